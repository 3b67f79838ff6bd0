/** Reading scores that are given, taken or asked for. Who may give them is said here; who gives what is decided later. */
import { isDate } from '../../scoring/calendar.ts';
import { duesOf } from '../dues/payment.ts';
import type { Message, ReadingDeclaration } from '../language/message.ts';
import type { Question, Reading, ScoreOp } from '../reading.ts';
import { whichOf } from '../which.ts';
import { readChanges, type Change } from './changes.ts';
import { findItems } from './items.ts';
import { isMonthUnsaid, monthOfScores } from './month-meant.ts';
import { mayPlead, readPlea } from './plea-reading.ts';
import { readSheet, type Sheet } from './sheet.ts';
import { isBareTotal, isJoke, isTalk, MAY, OTHER_GAMES, PLEA, TALK } from './talk.ts';
import { tidied } from './tidied.ts';

const WORDS = ['打分', '评分', '记分', '扣分', '加分', '给分', '补录', '登分'];
export const SCORE_HINT = /\d|分|满|[一二三四五六七八九十][,、，\s][一二三四五六七八九十][,、，\s]/;

function scoreAsk(question: Question): Reading {
  return { act: 'ask', intent: 'score', command: 'score', slots: {}, question };
}

/** The committee's minute: its day, or `yes` where one is claimed without a day (R20, R35). */
function minuteOf(message: Message): string | undefined {
  const { body } = message;
  const m = /支委会?|支部?委员会|支委/.exec(body);
  const dated =
    /(?:\d{1,2}月\d{1,2}[日号]|\d{1,2}\.\d{1,2})的?支(?:部?委员会|委会?)|支(?:部?委员会|委会?)\(?(?:\d{1,2}月\d{1,2}[日号]|\d{1,2}\.\d{1,2})/;
  if (
    !m ||
    (!dated.test(body) &&
      !/研究|讨论|同意|决定|通过|议定|会议|商量|商定|定的|定了|定\s*[:：]|纪要|议过|开会|会上|表决/.test(
        body,
      ))
  )
    return undefined;
  const around = body.slice(Math.max(0, m.index - 14), m.index + 16);
  const at = m.index - Math.max(0, m.index - 14);
  const date = message
    .part(around)
    .dates('past')
    // 加2，28号支委会: the figure before is no day; what stands next to the committee is.
    .toSorted((a, b) => Math.abs(a.end - at) - Math.abs(b.end - at) || b.date.localeCompare(a.date))
    // 国庆升旗，经支委会同意 names no day of the committee's.
    .find(
      (d) =>
        d.vague !== 'day' &&
        isDate(d.date) &&
        /\d|[一二三四五六七八九十]+[号日]|昨|今|前天|周|星期|礼拜/.test(d.text),
    );
  return date ? date.date : 'yes';
}

/** 海涛做得好，给他加分: how much, for what and by which minute is not said. */
function readWithoutFigure(message: Message): Reading | null {
  // 宣传岗给高点: how much?
  if (
    MAY.test(message.role) &&
    message.names().length === 1 &&
    !message.asks &&
    /岗.{0,3}(?:给|打)(?:高|低|多|少)(?:一)?点/.test(message.body)
  )
    return scoreAsk({ text: '具体是多少分？', missing: ['value'] });
  // 给国华打28: of which post?
  const bare = /^(?:那就|就)?(?:给|为)?(.{2,6}?)(?:那个)?打\s*(\d{1,2})分?$/.exec(message.body);
  if (bare && MAY.test(message.role) && message.names().length === 1)
    return scoreAsk({ text: `${bare[2]}分是哪个岗位的？`, missing: ['post'] });
  const said = /(?:给|为).{1,6}(加|扣)(?:点|些|一?下)?分$/.exec(message.body);
  if (!said || !MAY.test(message.role) || message.asks || isJoke(message.text)) return null;
  const names = new Set(message.names().flatMap((n) => n.members));
  if (names.size !== 1 || names.has(message.sender ?? '') || TALK.test(message.text)) return null;
  return scoreAsk({
    text: `${[...names][0]}${said[1]}几分、哪一项？${said[1] === '加' ? '是哪一天支委会研究的？' : '什么原因？'}`,
    missing: ['item', 'value'],
  });
}

function refuseOwn(month: string, ops: readonly ScoreOp[]): Reading {
  return {
    act: 'refuse',
    intent: 'score',
    command: 'score',
    why: 'own_score',
    slots: { month, ops, why: 'own_score' },
  };
}

function missingQuestion(changes: readonly Change[], sheet: Sheet): Reading | null {
  const missing = new Set(changes.flatMap((c) => c.missing));
  if (missing.has('member')) return scoreAsk({ text: '是给谁的？请写上姓名', missing: ['member'] });
  if (missing.has('item')) {
    const deducting = changes.some((c) => c.ops.some((o) => o.op === 'deduct'));
    return scoreAsk({
      text: deducting ? '扣哪一项、什么原因？' : '加在哪一项？比如县级表彰、经济发展、公益事业',
      missing: deducting ? ['item', 'reason'] : ['item'],
    });
  }
  if (missing.has('post') || sheet.missingPost)
    return scoreAsk({ text: '是哪个岗位的？', missing: ['post'] });
  return null;
}

/** Posts that the sender's message before this one named. */
function spokenOf(message: Message): string[] {
  const { before } = message;
  if (!before || (before.by !== null && before.by !== message.sender)) return [];
  const hits = findItems(before.text, message.context).filter((i) => i.kind === 'post');
  return [...new Set(hits.map((h) => h.item))];
}

/** A post is said by the part alone where the member has but one claim. */
function completeParts(ops: readonly ScoreOp[], message: Message): ScoreOp[] {
  const posts = findItems(message.body, message.context).flatMap((i) => (i.kind === 'post' ? [i.item] : []));
  return ops.map((op) => {
    if (!op.item.startsWith('.')) return op;
    const held = message.context.members.find((m) => m.name === op.member)?.posts ?? [];
    // 亮岗10 履职10 实事9，设施岗 …: of two posts the parts are those of the one not named, or of the one just spoken of.
    const named = new Set(ops.filter((o) => o.member === op.member).map((o) => o.item.split('.')[0]));
    const other = held.filter((post) => !named.has(post));
    const earlier = other.length === 1 ? [] : spokenOf(message).filter((post) => held.includes(post));
    // 实事改成9分，巡逻岗的: told behind.
    const told = posts.filter((post) => held.includes(post) && !named.has(post));
    const fitting = told.length === 1 ? told : earlier.length === 1 ? earlier : other;
    return fitting.length === 1 ? { ...op, item: fitting[0]! + op.item } : op;
  });
}

/** 扣哪一项？党费不够，党费那项扣10: asked and answered, the same is said twice. */
function withoutDoubles(ops: readonly ScoreOp[]): ScoreOp[] {
  const seen = new Set<string>();
  return ops.filter((op) => {
    const key = JSON.stringify([op.member, op.item, op.op, op.value]);
    return !seen.has(key) && seen.add(key);
  });
}

function isScoring(message: Message, changes: readonly Change[], sheet: Sheet): boolean {
  if (changes.some((c) => c.ops.length > 0 || c.unclear)) return true;
  // 收到党费，甲1-3月共3元 is money, not a score.
  const money = /[元块收交缴转]/.test(message.body) && !/分|扣/.test(message.body);
  if (money && sheet.ops.every((op) => op.item === 'dues')) return false;
  if (sheet.ops.length > 0 || sheet.unclearScored) return true;
  if (sheet.unread.length > 0 && findItems(message.body, message.context).length > 0) return true;
  return (
    sheet.unsplit.length > 0 &&
    (isBareTotal(message, sheet) ||
      /补录|打分|评分|得分|的分|总分|合计/.test(message.body) ||
      message.command?.name === 'score')
  );
}

/** 书记给老方打个分嘛 asks another to score: neither of the two gets anything by it. */
function urgesAnother(message: Message): boolean {
  const first = message.names()[0];
  if (!first || first.start > 2 || first.members.includes(message.sender ?? '')) return false;
  return /^[,，\s]?(?:你|您)?(?:也|快|来|就|去)?(?:给|帮|替).{1,12}?(?:打|评|记|加|给)(?:一?个|一?下|点)?分?.{0,12}?(?:[嘛呗吧](?:[,，。!！]|$)|个分|一下分|下分)/.test(
    message.body.slice(first.end),
  );
}

function readScores(heard: Message): Reading | null {
  const message = tidied(heard);
  const { body } = message;
  if (!message.spokenTo && urgesAnother(message)) return null;
  if (!MAY.test(message.role) ? !mayPlead(message) : isTalk(message)) return null;
  const changes = readChanges(message);
  const sheet = readSheet(message, changes);
  if (!isScoring(message, changes, sheet)) {
    const bare = message.command?.name === 'score' && message.command.rest === '';
    return bare && MAY.test(message.role)
      ? scoreAsk({ text: '给谁、哪一项、多少分？比如：打分 甲 治安岗 10 10 9', missing: ['member', 'items'] })
      : readWithoutFigure(message);
  }
  if (!MAY.test(message.role)) return readPlea(message, changes, sheet);
  if (
    !message.spokenTo &&
    (isJoke(message.text) || TALK.test(message.text) || (message.asks && !/[?？]$/.test(body)))
  )
    return null;
  if (message.asks && !message.command) return null;
  const unclear = sheet.unclear ?? changes.find((c) => c.unclear)?.unclear;
  if (unclear)
    return {
      ...scoreAsk({
        text: whichOf(unclear),
        missing: ['member'],
      }),
      slots: { candidates: unclear.members },
    };
  return decide(message, changes, sheet);
}

function decide(message: Message, changes: readonly Change[], sheet: Sheet): Reading | null {
  const month = monthOfScores(message, changes);
  const several = month.includes(',') && /各|每月|分别|都/.test(message.body);
  const fixed = withoutDoubles(completeParts([...sheet.ops, ...changes.flatMap((c) => c.ops)], message));
  const ops = several ? fixed.map((op) => ({ ...op, per_month: true })) : fixed;
  const nobody = changes.length > 0 && [...sheet.ops, ...changes.flatMap((c) => c.ops)].length === 0;
  const granted = changes.some((c) => c.missing.includes('member') && !c.missing.includes('item'));
  // 国庆升旗参加的12人各加2分: whose points they are is asked; a joke about points names no kind of them.
  if (nobody && !granted && !message.spokenTo && !message.command) return null;
  if (
    !message.spokenTo &&
    !message.command &&
    message.names().length === 0 &&
    fixed.every((op) => op.member === message.sender)
  ) {
    if (/自己|本人|我的(?:分|义务|.{0,4}岗)/.test(message.body) && sheet.ops.length > 0)
      return refuseOwn(month, fixed);
    return PLEA.test(message.body) && !OTHER_GAMES.test(message.body) ? refuseOwn(month, fixed) : null;
  }
  if (sheet.unread.length > 0 && ops.length === 0)
    return scoreAsk({ text: `“${sheet.unread[0]!.what}”没看懂是哪一项，请再写一遍`, missing: ['items'] });
  const question = missingQuestion(changes, {
    ...sheet,
    missingPost: ops.some((o) => o.item.startsWith('.')),
  });
  if (question) {
    const known = ops.length > 0 && ops.every((op) => op.item !== '' && !op.item.startsWith('.'));
    return known ? { ...question, slots: { month, ops } } : question;
  }
  if (sheet.unsplit.length > 0 && ops.length === 0) {
    const { value } = sheet.unsplit[0]!;
    return scoreAsk({ text: `${value}分怎么构成（义务、两个岗位、加分各多少）？`, missing: ['items'] });
  }
  const minute = minuteOf(message);
  const self = message.sender ?? '';
  if (ops.some((op) => op.member === self)) {
    const own = { month, ops, ...(minute ? { minute } : {}), why: 'own_score' };
    return { act: 'refuse', intent: 'score', command: 'score', why: 'own_score', slots: own };
  }
  const needsMinute = ops.some((op) => op.item.startsWith('bonus'));
  if (needsMinute && minute === undefined && message.role === 'recorder') {
    return {
      ...scoreAsk({ text: '加分要支委会研究过才能记：哪一天研究的？', missing: ['minute'] }),
      slots: { month, ops },
    };
  }
  // R17: established facts only, with a minute.
  if (minute === undefined && ops.some((op) => op.item === 'conduct' && op.op === 'deduct')) {
    return {
      ...scoreAsk({ text: '遵纪守法扣分要有支委会会议记录：哪一天研究的？', missing: ['minute'] }),
      slots: { month, ops },
    };
  }
  const entries = sheet.duesNotes.map((note) => duesOf(note.member, note.text, message));
  const also: readonly Reading[] =
    entries.length > 0 ? [{ act: 'record', intent: 'dues', command: 'dues', slots: { entries } }] : [];
  const unread = sheet.unread.length > 0 ? { unread: sheet.unread.map((row) => row.line) } : {};
  const basis = ops.some((o) => o.reason !== undefined) ? { basis: 'none_in_text' } : {};
  return {
    act: 'record',
    intent: 'score',
    command: 'score',
    slots: {
      month,
      ops,
      ...(minute ? { minute } : {}),
      ...basis,
      ...unread,
      ...(isMonthUnsaid(message, changes) ? { unsaid: true } : {}),
    },
    ...(also.length > 0 ? { also } : {}),
  };
}

export const scoreReading: ReadingDeclaration = {
  name: 'score',
  words: WORDS,
  read: (message) => (message.role === 'system' || message.role === 'town' ? null : readScores(message)),
};
