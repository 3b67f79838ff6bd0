/** What the readings of claims share: how a claim and a question about one are put. */
import { addMonths, type IsoMonth } from '../../scoring/calendar.ts';
import type { Message } from '../language/message.ts';
import { findMonths } from '../language/months.ts';
import type { Question, Reading } from '../reading.ts';

export function claim(slots: Record<string, unknown>): Reading {
  return { act: 'record', intent: 'claim', command: 'claim', slots };
}

export function ask(question: Question, slots: Record<string, unknown> = {}): Reading {
  return { act: 'ask', intent: 'claim', command: 'claim', slots, question };
}

/** From which month on: 下个月, 4月起. */
export function effectiveOf(message: Message): IsoMonth | undefined {
  if (/下个?月/.test(message.body)) return addMonths(message.month, 1);
  const [month] = findMonths(message.body, { month: message.month, bias: 'around' });
  return month;
}

/** Things that are claimed, found or applied for elsewhere. */
export const NOT_A_CLAIM =
  /钥匙|失物|失主|狗|猫|快递|孩子|包裹|钱包|丢|捡|课|专业|委员(?!会)|选修|(?<![上下])班|公司|工作|单位|岗位工资|招聘|招人|应聘|求职|上岗证|竞聘/;
