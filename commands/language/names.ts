/**
 * Who is named in a text: exact forms first (the longest wins), then a surname with a title (张哥, 老潘), then
 * names that only sound like a member's. A name that fits several members keeps them all: the reading asks.
 */
import type { NameHit } from './message.ts';
import type { NameForm, NameIndex } from './name-index.ts';
import { soundOf } from './sounds.ts';
import { isSurname } from './surnames.ts';

/** Titles used for people of the branch; not those for elders who are visited (奶奶, 婆婆, 爹). Village speech, own knowledge. */
const TITLE = /^(?:副?书记|副?主任|支书|会计|组长|队长|委员|老师|校长|医生|师傅|总|哥|姐|嫂子?|叔)/;
/** What turns a given name into part of another word: 建国路, 学文件, 建国以来. */
const COMPOUND = /^(?:路|村|街|镇|湾|河|件|化|系列|周年|以来|以后|小学|中学|大桥|超市|医院|公司|饭店)/;
/** An office of somewhere else. */
const ELSEWHERE = /(?:县委|区委|市委|省委|镇委|党委|乡|镇|县|市|省|区|总|隔壁村?|别村)$/;

function allowed(body: string, start: number, form: NameForm, previousEnd: number): boolean {
  const end = start + form.text.length;
  if (form.how === 'role')
    return !ELSEWHERE.test(body.slice(Math.max(0, start - 4), start)) && body[start - 1] !== '副';
  if (form.how === 'group') return true;
  const short = form.text.length <= 2 && form.how !== 'name';
  if (!short) return true;
  if (COMPOUND.test(body.slice(end, end + 2))) return false;
  const before = body[start - 1];
  // 李建国 is somebody else, unless 李 is the end of the name before.
  return !(before !== undefined && previousEnd !== start && isSurname(before) && !isSurname(form.text[0]!));
}

/** 建军(三组): of several who bear the name, the one of that group. */
function ofGroup(body: string, hit: NameHit, index: NameIndex): NameHit {
  const aside = hit.members.length > 1 ? /^\(([^()]{1,4})\)/.exec(body.slice(hit.end)) : null;
  if (!aside) return hit;
  const members = hit.members.filter((m) => index.roster.get(m)?.group === aside[1]);
  if (members.length !== 1) return hit;
  return { ...hit, text: hit.text + aside[0], end: hit.end + aside[0].length, members, how: 'group' };
}

function exactAt(body: string, at: number, index: NameIndex, previousEnd: number): NameHit | null {
  const bucket = index.forms.get(body[at]!);
  if (!bucket) return null;
  for (const form of bucket) {
    if (!body.startsWith(form.text, at) || !allowed(body, at, form, previousEnd)) continue;
    const end = at + form.text.length;
    return ofGroup(body, { text: form.text, start: at, end, members: form.members, how: form.how }, index);
  }
  return null;
}

/** 老张, 小叶, 潘总, 方主任 where one member alone, or several to ask about, bears the surname. */
function titleAt(body: string, at: number, index: NameIndex): NameHit | null {
  const char = body[at]!;
  if (char === '老' || char === '小') {
    const members = index.surnames.get(body[at + 1] ?? '');
    // 老程家 is a household, 老李头 and 小王子 are other words.
    if (!members || /^[家屋头板师子孩婆爹伯]/.test(body.slice(at + 2))) return null;
    if (at > 0 && !/[和与跟、,，:： 。;；\s给叫喊让请同日会课天晚早午]/.test(body[at - 1]!)) return null;
    return { text: body.slice(at, at + 2), start: at, end: at + 2, members, how: 'title' };
  }
  const members = index.surnames.get(char);
  if (!members) return null;
  const title = TITLE.exec(body.slice(at + 1, at + 4));
  if (!title || (at > 0 && isSurname(body[at - 1]!))) return null;
  const end = at + 1 + title[0].length;
  return { text: body.slice(at, end), start: at, end, members, how: 'title' };
}

function soundsAlike(typed: string, sounds: NameIndex['sounds'][number]): 'exact' | 'folded' | null {
  let exact = true;
  for (let i = 0; i < typed.length; i++) {
    const said = soundOf(typed[i]!);
    const meant = sounds.sounds[i]!;
    if (!said.folded.some((s) => meant.folded.includes(s))) return null;
    if (!said.exact.some((s) => meant.exact.includes(s))) exact = false;
  }
  return exact ? 'exact' : 'folded';
}

function sharedCharacters(a: string, b: string): number {
  let shared = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) shared++;
  return shared;
}

/** Members whose name sounds like the text of the same length. */
export function membersSounding(typed: string, index: NameIndex): string[] {
  const alike = soundOf(typed[0] ?? '').folded.flatMap((s) => index.byFirstSound.get(s) ?? []);
  const close = alike.flatMap((s) => {
    if (s.base.length !== typed.length || s.sounds.length !== typed.length) return [];
    const likeness = soundsAlike(typed, s);
    return likeness ? [{ ...s, likeness }] : [];
  });
  const exact = close.filter((s) => s.likeness === 'exact');
  const found = exact.length > 0 ? exact : close.filter((s) => sharedCharacters(s.base, typed) >= 2);
  return found.map((s) => s.name);
}

function soundAt(body: string, at: number, index: NameIndex): NameHit | null {
  const first = body[at]!;
  if (!isSurname(first) && !index.surnames.has(first)) return null;
  if (!soundOf(first).folded.some((s) => index.byFirstSound.has(s))) return null;
  const typed = body.slice(at, at + 3);
  if (typed.length < 3) return null;
  const members = membersSounding(typed, index);
  return members.length > 0 ? { text: typed, start: at, end: at + 3, members, how: 'sound' } : null;
}

/** Everybody named in the text, in order, without overlaps. */
export function findNames(body: string, index: NameIndex): NameHit[] {
  const hits: NameHit[] = [];
  let previousEnd = -1;
  for (let at = 0; at < body.length; ) {
    const hit = exactAt(body, at, index, previousEnd) ?? soundAt(body, at, index) ?? titleAt(body, at, index);
    if (hit) {
      hits.push(hit);
      previousEnd = hit.end;
      at = hit.end;
    } else at++;
  }
  return hits;
}

/** The member whom a piece of text names and nothing else; null where it is nobody, or more than a name. */
export function resolveName(text: string, index: NameIndex): NameHit | null {
  const name = text
    .trim()
    .replace(/^@/, '')
    .replace(/(?:同志|党员)$/, '');
  if (name === '' || name.length > 14) return null;
  const [hit, ...more] = findNames(name, index);
  if (hit && more.length === 0 && hit.start === 0 && hit.end === name.length) return hit;
  if (hit || name.length !== 2) return null;
  // A given name by voice: 水声 for 水生. Only where a name is expected, which the caller knows.
  const members = index.sounds
    .filter(
      (s) =>
        s.base.length === 3 &&
        [0, 1].every((i) => soundOf(name[i]!).exact.some((x) => s.sounds[i + 1]!.exact.includes(x))),
    )
    .map((s) => s.name);
  return members.length > 0 ? { text: name, start: 0, end: name.length, members, how: 'sound' } : null;
}
