/** Whether figures are meant as scores at all: jokes, talk about points and pleas beside bare rows. */
import type { Message } from '../language/message.ts';
import { findItems } from './items.ts';
import type { Sheet } from './sheet.ts';

/** Those who draft or decide scores (R03–R07). */
export const MAY = /recorder|secretary|deputy|committee/;

const LAUGH = /😂|🤣|😄|😆|🐶|哈哈|嘿嘿|狗头|红包|开玩笑|罚酒|罚.杯|请客|买单|鸡腿|帅/;
const TABLE = /喝|打牌|输|赢|吃饭|吃酒|烟/;
/** What is said at the table is no score; drink and cards may be why one is taken, where the deed is told. */
export const isJoke = (text: string): boolean =>
  LAUGH.test(text) || (TABLE.test(text) && !/赌|派出所|处分|违纪|违法|酒驾|处理|拘留/.test(text));
export const TALK = /@所有人|请大家|通知[:：]|按规定扣|扣分事小|规定|转发|辛苦(?!了$)|建议/;

/** Overheard of one who may score: announced, joked or talked about, and so no score. */
export function isTalk(message: Message): boolean {
  const direct = message.spokenTo || message.command?.name === 'score';
  return !direct && (isJoke(message.text) || TALK.test(message.text));
}

export const PLEA =
  /(?:给|帮|替|为)我.{0,8}打.{0,4}分|(?:给|帮|为)我(?:自己)?.{0,6}加\s*[\d一二两三四五]+\s*分|我.{0,10}申请.{0,4}加\s*[\d一二两三四五]+\s*分|(?:书记|支委|记录员).{0,30}我.{0,20}加\s*[\d一二两三四五]+\s*分/;
/** Points of school, games and shops. */
export const OTHER_GAMES = /作业|考|老师|平时分|绩点|成绩|游戏|好评|评价|店|学|鸡腿|颜值|求|跪|卷|题/;

/** 甲 巡逻岗30分: a name, posts and figures, and nothing else. */
export function isBareRow(message: Message): boolean {
  const { body } = message;
  if (!/岗/.test(body)) return false;
  const spans = [...message.names(), ...findItems(body, message.context).filter((i) => i.kind === 'post')];
  let rest = body;
  for (const span of spans.toSorted((a, b) => b.start - a.start))
    rest = rest.slice(0, span.start) + rest.slice(span.end);
  return rest.replace(/[\d\s.分,，、:：+/岗]/g, '') === '';
}

/** 甲95: a name and what may be a month's total. */
export function isBareTotal(message: Message, sheet: Sheet): boolean {
  const [name] = message.names();
  const value = sheet.unsplit[0]?.value ?? 0;
  return (
    sheet.unsplit.length === 1 &&
    name?.how === 'name' &&
    value >= 50 &&
    value <= 100 &&
    /^\s*(?:给|打|评)?\s*\d{2,3}(?:\.\d)?分?$/.test(message.body.slice(name.end)) &&
    name.start === 0
  );
}
