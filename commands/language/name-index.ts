/**
 * Everything a branch calls its members, worked out once per roster: full names, aliases, given names, groups
 * (三组王建军), offices (书记), and how the names sound.
 */
import type { ReadingContext, RosterMember } from '../reading.ts';
import type { NameHit } from './message.ts';
import { type Sound, soundsOfName } from './sounds.ts';
import { surnameOf } from './surnames.ts';

export interface NameForm {
  readonly text: string;
  readonly members: string[];
  readonly how: NameHit['how'];
}

export interface NameIndex {
  /** Forms by their first character, longest first. */
  readonly forms: ReadonlyMap<string, readonly NameForm[]>;
  /** Surname → members. */
  readonly surnames: ReadonlyMap<string, readonly string[]>;
  readonly sounds: readonly {
    readonly name: string;
    readonly base: string;
    readonly sounds: readonly Sound[];
  }[];
  /** Names by their folded first syllable: what a homophone must begin with. */
  readonly byFirstSound: ReadonlyMap<string, NameIndex['sounds']>;
  readonly roster: ReadonlyMap<string, RosterMember>;
}

const CHINESE_DIGITS = [
  '',
  '一',
  '二',
  '三',
  '四',
  '五',
  '六',
  '七',
  '八',
  '九',
  '十',
  '十一',
  '十二',
  '十三',
  '十四',
  '十五',
];

/** A name without what the roster adds to tell two people apart: 王建军(三组) → 王建军. */
export function baseName(name: string): string {
  return name.replace(/\s*[(（].*$/, '');
}

/** 三组 → [三组, 3组]. */
function groupForms(group: string): string[] {
  const m = /^(\d+|[一二三四五六七八九十]+)([组队湾片])$/.exec(group);
  if (!m) return group && group !== '-' ? [group] : [];
  const [, number = '', unit = ''] = m;
  const chinese = CHINESE_DIGITS.indexOf(number);
  const forms = chinese > 0 ? [number, String(chinese)] : [CHINESE_DIGITS[Number(number)] ?? number, number];
  return forms.map((n) => n + unit);
}

function nameForms(member: RosterMember): [string, NameHit['how']][] {
  const base = baseName(member.name);
  const surname = surnameOf(base);
  const given = base.slice(surname.length);
  const half = member.name.replaceAll('（', '(').replaceAll('）', ')');
  const forms: [string, NameHit['how']][] = [
    [base, 'name'],
    [half, 'name'],
  ];
  for (const alias of member.aliases) forms.push([alias, 'alias']);
  if (given.length === 2) forms.push([given, 'given']);
  for (const group of groupForms(member.group)) {
    for (const alias of member.aliases)
      if (!alias.startsWith(group)) forms.push([group + alias, 'group'], [`${group}的${alias}`, 'group']);
    for (const called of given.length === 2 ? [base, given] : [base]) {
      forms.push(
        [group + called, 'group'],
        [`${group}的${called}`, 'group'],
        [`${group}那个${called}`, 'group'],
      );
      if (called === base)
        forms.push(
          [`${called}(${group})`, 'group'],
          [`${called} ${group}`, 'group'],
          [called + group, 'group'],
        );
    }
  }
  return forms;
}

/** What an office is called, where the branch has exactly one holder. */
const OFFICES: Partial<Record<RosterMember['role'], readonly string[]>> = {
  secretary: ['书记', '支书', '支部书记', '村支书'],
  deputy: ['副书记'],
  recorder: ['记录员', '积分记录员'],
  supervisor: ['监督员', '积分监督员'],
};

function officeForms(members: readonly RosterMember[]): [string, string][] {
  return Object.entries(OFFICES).flatMap(([role, words]) => {
    const holders = members.filter((m) => m.role === role);
    return holders.length === 1 ? words.map((word): [string, string] => [word, holders[0]!.name]) : [];
  });
}

function buildIndex(members: readonly RosterMember[]): NameIndex {
  const byText = new Map<string, NameForm>();
  const add = (text: string, name: string, how: NameHit['how']): void => {
    const known = byText.get(text);
    if (!known) byText.set(text, { text, members: [name], how });
    else if (!known.members.includes(name)) {
      // A full name or alias beats what is only worked out: 小军 is whoever goes by it, not every 军.
      const derived = how === 'given' || how === 'role' || how === 'title';
      if (!derived || known.how === how) known.members.push(name);
    }
  };
  const local = members.filter((m) => m.role !== 'town' && m.role !== 'system');
  const forms = local.map((member) => ({ member, forms: nameForms(member) }));
  for (const pass of [false, true]) {
    for (const { member, forms: own } of forms) {
      for (const [text, how] of own) if ((how === 'given') === pass) add(text, member.name, how);
    }
  }
  for (const [text, name] of officeForms(local)) add(text, name, 'role');
  const buckets = new Map<string, NameForm[]>();
  for (const form of byText.values()) {
    const first = form.text[0];
    if (first === undefined) continue;
    const bucket = buckets.get(first);
    if (bucket) bucket.push(form);
    else buckets.set(first, [form]);
  }
  for (const bucket of buckets.values()) bucket.sort((a, b) => b.text.length - a.text.length);
  const surnames = new Map<string, string[]>();
  for (const member of local) {
    const surname = surnameOf(baseName(member.name));
    surnames.set(surname, [...(surnames.get(surname) ?? []), member.name]);
  }
  const sounds = local.map((m) => ({
    name: m.name,
    base: baseName(m.name),
    sounds: soundsOfName(baseName(m.name)),
  }));
  const byFirstSound = new Map<string, (typeof sounds)[number][]>();
  for (const one of sounds) {
    const first = one.sounds[0]?.folded[0] ?? '';
    byFirstSound.set(first, [...(byFirstSound.get(first) ?? []), one]);
  }
  return {
    forms: buckets,
    surnames,
    sounds,
    byFirstSound,
    roster: new Map(members.map((m) => [m.name, m])),
  };
}

const indexes = new WeakMap<readonly RosterMember[], NameIndex>();

/** The index of a branch's roster; built once for each roster. */
export function nameIndex(context: Pick<ReadingContext, 'members'>): NameIndex {
  let index = indexes.get(context.members);
  if (!index) {
    index = buildIndex(context.members);
    indexes.set(context.members, index);
  }
  return index;
}
