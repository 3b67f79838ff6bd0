/** Reading dues: whether a message is about them, and whose word it is. Amounts are read to ask, never shown. */
import type { Message, ReadingDeclaration } from '../language/message.ts';
import { findMonths } from '../language/months.ts';
import { tellsHearsay } from '../language/particles.ts';
import type { Reading } from '../reading.ts';
import { readOthers, readRows, readUnnamed, REST } from './list.ts';
import { readOwn, spokenTo } from './own.ts';
import { AMOUNT, ask, DUES, near, PAID } from './payment.ts';

const WORDS = ['党费', '缴费', '缴党费', '交党费'];
/** Other things that are paid for. */
const OTHER_FEES =
  /电费|水费|话费|房租|学费|物业|燃气|气费|网费|车费|油费|运费|医保费|社保|保险费|罚款|会费|报名费|押金|定金|团费|份子钱|礼金|货款|饭钱/;

/** Things that are handed in besides dues. */
const PAPERS =
  /笔记|材料|表格?(?!$)|作业|照片|心得|体会|总结|计划|清单|报告|档案|合同|电费|水费|医保|社保|卡|钥匙|票/;

/** 党费 need not be said where months are paid for and the money went to the recorder: 4-6月三块钱，微信转你了. */
function aboutDues(message: Message): boolean {
  const { body } = message;
  if (DUES.test(body) || (REST.test(body) && DUES.test(message.before?.text ?? ''))) return true;
  if (OTHER_FEES.test(body) || message.body.length > 120) return false;
  const keeper = /recorder|secretary|deputy/.test(message.role);
  const months = findMonths(body, near(message));
  if (months.length === 0) return false;
  const named = message.names().length > 0;
  if (keeper && named && !PAPERS.test(body) && !/扣|分/.test(body)) {
    if (/^(?:收到|已收|收)/.test(body)) return onlyNamesAndMonths(message);
    if (/[交缴](?:的是|的|了)(?:全年|半年|\d|[一二三四五六七八九十])/.test(body)) return true;
    if (/(?:都|已经?|全|刚|还没有?|没有?|未|欠|迟|晚|补|预)(?:按时)?[交缴]/.test(body)) return true;
  }
  if (!AMOUNT.test(body) || !PAID.test(body)) return false;
  // 我交半年的，1到6月6块: what else is paid by the half year, a yuan a month?
  if (/^我?(?:先)?交(?:半年|全年|一年|一个?季度)的/.test(body) && months.length > 1) return true;
  if (keeper) return named && /已收|收到|收讫|收了|交了|已交|交来/.test(body);
  return (
    /季度|全年|半年|\d\s*[-~到至]\s*\d+月/.test(body) &&
    message
      .names()
      .some(
        (n) =>
          n.start === 0 &&
          n.members.some((m) => message.context.members.some((x) => x.name === m && x.role === 'recorder')),
      )
  );
}

/** 收到 甲4到6月: nothing but whose and which months. */
function onlyNamesAndMonths(message: Message): boolean {
  let rest = message.body;
  for (const hit of message.names().toReversed()) rest = rest.slice(0, hit.start) + rest.slice(hit.end);
  return (
    rest.replace(
      /收到|已收|收|的|[\d一二三四五六七八九十]+|月份?|[到至、,，\-~\s和]|元|块钱?|上半年|下半年|全年|季度|第|现金|微信/g,
      '',
    ).length === 0
  );
}

function read(message: Message): Reading | null {
  if (message.role === 'system' || message.role === 'town') return null;
  if (!aboutDues(message) && message.command?.name !== 'dues') return null;
  if (/电费|水费/.test(message.body) && !DUES.test(message.body)) return null;
  if (message.command?.name === 'dues' && message.command.rest === '')
    return ask({ text: '党费是哪几个月的？比如：党费 3月 已交', missing: ['months'] });
  if (tellsHearsay(message.body) || /电视|新闻|报纸|抖音|佩服|一辈子/.test(message.body)) return null;
  // 扣了我3分，我是月初交的 complains of a score.
  if (message.asks || /扣(?:了)?我|不是(?:迟|晚|没|未)|交了几(?:回|次|个月)/.test(message.body)) return null;
  const keeper = /recorder|secretary|deputy|committee/.test(message.role);
  const mine = /我|本人/.test(message.body) && !/收|交给我|给我|转我|我们/.test(message.body);
  if (!keeper || mine) return readOwn(message);
  // 转给小燕了: named is only who keeps the money.
  if (message.names().length > 0 && !message.names().every((n) => spokenTo(message, n)))
    return readRows(message);
  return readOthers(message) ?? readUnnamed(message) ?? readOwn(message);
}

export const DUES_HINT = /党[费非废]|缴费|[元块]|[交缴收欠]/;
export const duesReading: ReadingDeclaration = { name: 'dues', words: WORDS, read };
