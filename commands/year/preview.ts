/** `年度评定`: the year as it would come out, for those who decide it, in private (R08, R30–R32). */
import { settlementText } from '../../boards/private-text.ts';
import { periodText } from '../../boards/wording.ts';
import { dateOfTime } from '../../scoring/calendar.ts';
import { answer, type Command, type Decision, type Reply, type Request } from '../command.ts';
import { ANSWERED_PRIVATELY } from '../asking.ts';
import { annex3OfYear } from './year-sheet.ts';
import { plainRead } from '../month/said.ts';
import type { Message } from '../language/message.ts';
import type { Reading } from '../reading.ts';
import { computed, isFirstComputed } from './computed.ts';
import { decisionSlots, isDecision } from './decision-slots.ts';
import { missingCarried, settlementView } from './settlement.ts';
import { yearMeant, yearSlot } from './which-year.ts';

const WORDS = ['年度评定', '评定', '年度测算', '评定预览'];

const readPreview = plainRead({
  name: 'year-preview',
  words: WORDS,
  speech:
    /(?:年度|全年|年终).{0,4}(?:评定|等次|积分).{0,6}(?:预览|测算|看看|怎么样|什么样|结果|算出来)|(?:预览|测算|看看|算一下).{0,4}(?:年度|全年|年终)/,
  slots: (message) => yearSlot(message),
});

export const yearPreview: Command = {
  name: 'year-preview',
  intent: 'none',
  words: WORDS,
  who: ['secretary', 'deputy', 'committee'],
  where: ['group', 'private'],
  summary: '年度评定测算：得分、等次、优秀名额、并列、待评月份、后续任务（私下）',
  examples: ['年度评定 预览', '年度测算 2026年'],
  // The same word opens the decision; what is said after it tells them apart.
  read: (message: Message): Reading | null => {
    const rest = message.command?.name === 'year-preview' ? message.command.rest : message.body;
    if (message.command?.name === 'year-preview' && isDecision(rest))
      return { act: 'record', intent: 'none', command: 'year-decide', slots: decisionSlots(message, rest) };
    // 评定 alone is a word of ordinary talk.
    if (message.command?.word === '评定' && !/^(?:$|预览|测算|20\d\d)/.test(rest)) return null;
    return readPreview(message);
  },
  decide: showSettlement,
};

function showSettlement(request: Request, reading: Reading): Decision {
  const { branch, policy, at, place } = request;
  const year = yearMeant(branch, reading, dateOfTime(at));
  const settlement = settlementView(branch, policy, year);
  const texts = settlementText(settlement);
  const notes = missingCarried(branch, year).map(
    ({ name, month }) =>
      `提醒：${name}在原支部的${periodText(month)}积分还没有转来，请镇组织办“转接积分 ${name}”。`,
  );
  const texted = notes.length > 0 ? [...texts, notes.join('\n')] : texts;
  const to = place === 'private' ? 'here' : 'private';
  const replies: Reply[] = texted.map((text) => answer(text, to));
  if (settlement.blocked.length === 0)
    replies.push({
      ...answer('年度评定表（供支委会讨论）。', to),
      attachment: {
        kind: 'file',
        name: `${branch.name}${year}年度评定表.xlsx`,
        form: 'settlement-excel',
        view: settlement,
      },
    });
  replies.push({
    ...answer(`附件3年度表（${branch.years[year]?.decision ? '评定' : '测算'}）。`, to),
    attachment: {
      kind: 'file',
      name: `${branch.name}${year}年度附件3.xlsx`,
      form: 'annex3-excel',
      view: annex3OfYear(branch, policy, year),
    },
  });
  const first = isFirstComputed(branch, year, settlement.blocked, dateOfTime(at));
  return {
    bodies: first ? [computed(branch, policy, year)] : [],
    replies: place === 'private' ? replies : [...replies, answer(ANSWERED_PRIVATELY)],
  };
}
