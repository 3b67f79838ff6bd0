/** What the readings of corrections share: how one is put, the two sides of it, and what it is about. */
import type { IsoDate } from '../../scoring/calendar.ts';
import type { Message } from '../language/message.ts';
import type { Reading } from '../reading.ts';
import { findActivities } from '../report/activities.ts';

export function correct(slots: Record<string, unknown>): Reading {
  return { act: 'record', intent: 'correct', command: 'correct', slots };
}

/** `是甲不是乙` or `不是乙是甲`, the two sides as typed. */
export function sides(body: string): { from: string; to: string } | null {
  // 把甲写成乙了: what was written is wrong.
  const written =
    /(?:把|将)?([^,，。;]{1,16}?)(?:给)?(?:写|打|报|记|说|弄|搞|登|填)成(?:了)?([^,，。;]{1,16}?)(?:了|$|[,，。;])/.exec(
      body,
    );
  if (written) return { from: written[2]!, to: written[1]! };
  const notFirst = /不是(.{1,16}?)[,，、 ]*(?:而是|应该是|应是|是|改成|改为)(.{1,16}?)(?:$|[,，。;])/.exec(
    body,
  );
  if (notFirst) return { from: notFirst[1]!, to: notFirst[2]! };
  const lastNot =
    /(?:应该是|应是|是|为)(.{1,16}?)[,，、 ]*(?:,)?(?:不是|而不是|不为)(.{1,16}?)(?:$|[,，。;])/.exec(body);
  if (lastNot) return { from: lastNot[2]!, to: lastNot[1]! };
  const turned = /(?:把|将)?(.{1,16}?)(?:改成|改为|改到|换成|更正为)(.{1,16}?)(?:$|[,，。;])/.exec(body);
  return turned ? { from: turned[1]!, to: turned[2]! } : null;
}

export function dateIn(text: string, message: Message): IsoDate | null {
  return (
    message
      .part(text)
      .dates('past')
      .find((d) => d.vague !== 'day')?.date ?? null
  );
}
/** Whether what was said before, or is quoted, was for the bot. */
export function afterReport(message: Message): boolean {
  // 我昨天报的大扫除日期写错了 says itself what it is about.
  if (
    /我?(?:昨天|前天|刚才|刚刚|之前|上次|早上)?(?:报|发|记|写)的[^,，。]{1,14}(?:写|报|记|打|搞|弄|说)?(?:的)?错/.test(
      message.body,
    )
  )
    return true;
  const earlier =
    message.before?.by === null ||
    message.before?.by === message.sender ||
    message.before?.by === message.context.bot
      ? message.before?.text
      : undefined;
  const said = `${earlier ?? ''}\n${message.quote ?? ''}`;
  return (
    findActivities(said).length > 0 ||
    /已记|党费|认领|请假|打分|岗|(?:学习|生活|组织|履职|实事|亮岗|义务|守法).{0,4}\d|\d\s*分|\d{1,2}[.月]\d{1,2}/.test(
      said,
    )
  );
}
