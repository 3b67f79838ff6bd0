/** Claims of several people, or by somebody who arranges: a 接龙, the secretary's list, whom a carer looks after. */
import { readSolitaire } from '../language/lists.ts';
import type { Message } from '../language/message.ts';
import { findNames } from '../language/names.ts';
import { nameIndex } from '../language/name-index.ts';
import { chosenPosts, findPostWords, postsIn } from '../language/posts.ts';
import type { Reading, ReadingContext } from '../reading.ts';
import { whichOf } from '../which.ts';
import { ask, claim } from './says.ts';

/** 接龙 of posts: every line a name and what it takes. */
export function readList(message: Message, context: ReadingContext): Reading | null {
  const list = readSolitaire(message.body);
  if (!list || !/岗/.test(list.title)) return null;
  const claims: Record<string, string[]> = {};
  const unknown: string[] = [];
  for (const item of list.items) {
    const hit = findNames(item.text, nameIndex(context))[0];
    if (!hit) continue;
    const posts = chosenPosts(item.text.slice(hit.end).replace(/^[\s:：,，、-]+/, ''), context);
    if (hit.members.length > 1) unknown.push(hit.text);
    else if (posts.length > 0) claims[hit.members[0]!] = posts;
  }
  if (unknown.length > 0) return ask({ text: `接龙里的${unknown[0]}是哪一位？`, missing: ['member'] });
  return Object.keys(claims).length > 0 ? claim({ claims }) : null;
}

/** 甲：治安、宣传；乙：治安、环境 without a figure: what each is to do. */
function isTable(message: Message): boolean {
  const rows = message.names().filter((n) => /^\s*[:：]/.test(message.body.slice(n.end)));
  if (rows.length > 1 && rows.length === message.names().length && !/\d/.test(message.body)) return true;
  // 甲结对帮扶、环境卫生；乙结对帮扶、治安巡逻: two posts behind every name, and no word of what was done.
  const hits = message.names();
  return (
    hits.length > 1 &&
    !/\d|[了过]|今|昨/.test(message.body) &&
    hits.every((n, i) => {
      const text = message.body.slice(n.end, hits[i + 1]?.start ?? message.body.length);
      return new Set(findPostWords(text, message.context).map((h) => h.post)).size === 2;
    })
  );
}

/** 岗位安排：甲 村务监督+治安；乙 设施+环境: by those who arrange posts. */
export function readArrangement(message: Message, context: ReadingContext): Reading | null {
  if (!/secretary|deputy|committee|recorder/.test(message.role)) return null;
  if (
    !(/岗位|安排|认领|分工|调整|负责|研究|商量|决定|定下|明确/.test(message.body) || isTable(message)) ||
    /打分|履职|亮岗|实事|\d\s*分|扣|加\s*\d|加[一二两三四]分|得分|公示|[多几]少/.test(message.body)
  )
    return null;
  const hits = message.names();
  if (hits.length === 0 || message.asks) return null;
  const claims: Record<string, string[]> = {};
  let waiting: string[] = [];
  for (const [i, hit] of hits.entries()) {
    if (hit.members.length > 1)
      return ask(
        {
          text: whichOf(hit),
          missing: ['member'],
        },
        { candidates: hit.members },
      );
    const text = message.body
      .slice(hit.end, hits[i + 1]?.start ?? message.body.length)
      .split(/[;。\n]/)[0]!
      .replace(/[,，、\s]+$/, '');
    // 甲免考不认领: not among those who are given any.
    if (/不认领|免(?:考|于)|不(?:安排|参加|报)/.test(text)) continue;
    waiting.push(hit.members[0]!);
    const posts = postsIn(
      text.replace(/^[\s:：,，、-]+/, '').replace(/岗位/g, '岗'),
      context,
      /^\s*[:： ]?\s*\d/.test(text),
    );
    if (posts.length === 0) continue;
    for (const name of waiting) claims[name] = posts;
    waiting = [];
  }
  const by = message.role === 'recorder' || message.role === 'committee' ? {} : { by: message.role };
  return Object.keys(claims).length > 0 ? claim({ claims, ...by }) : null;
}

/** 关爱岗帮扶对象：甲—张婆婆、小宇（化名），每月2次 (四(二)2: 要明确帮扶人员姓名及走访周期). */
export function readServed(message: Message, context: ReadingContext): Reading | null {
  const m = /(?:帮扶|关爱|走访|结对)(?:对象|户)[:：]\s*/.exec(message.body);
  if (!m) return null;
  const rest = message.body.slice(m.index + m[0].length);
  const hit = findNames(rest, nameIndex(context))[0];
  const carer = hit && hit.start === 0 && hit.members.length === 1 ? hit.members[0]! : (message.sender ?? '');
  const frequency = /每月\s*(\d+|[一二两三四])\s*次/.exec(rest);
  const served = rest
    .slice(hit && hit.start === 0 ? hit.end : 0)
    .replace(/,?每.*$/, '')
    .replace(/^[\s:：—–-]+/, '')
    .split(/[、,，和]/)
    .map((s) => s.trim())
    .filter((s) => s !== '');
  if (served.length === 0) return null;
  const post = postsIn(message.body.slice(0, m.index + 2), context)[0] ?? 'left-behind-care';
  const times = frequency
    ? '一二三四'.indexOf(frequency[1]!) + 1 || (frequency[1] === '两' ? 2 : Number(frequency[1]))
    : undefined;
  return claim({ detail: { [carer]: served }, post, ...(times ? { frequency: times } : {}) });
}
