import { dateOfTime, monthOf } from '../../scoring/calendar.ts';
import { themeDate } from '../../scheduler/calendar-jobs.ts';
import { ANSWERED_PRIVATELY } from '../asking.ts';
import { answer, type Command } from '../command.ts';
import { agendaPack, missingText } from './month-jobs.ts';
import { monthMeant } from './publish.ts';
import { monthSlot, plainRead, textSlot } from './said.ts';

/** `议程`: the agenda pack at any time; the clock sends it the day before 主题党日 (R13). */
export const agenda: Command = {
  name: 'agenda',
  intent: 'query',
  words: ['议程', '支委会议程', '议题'],
  who: ['secretary', 'deputy', 'committee', 'supervisor'],
  where: ['group', 'private'],
  summary: '私下看支委会议程：每个人的记录、待定加分、异议',
  examples: ['议程 3月'],
  read: plainRead({
    name: 'agenda',
    intent: 'query',
    words: [],
    speech: /(?:支委会?|会议).{0,4}(?:议程|材料)(?!.{0,4}(?:没|吗))/,
    slots: (m) => monthSlot(m),
  }),
  decide: (request, reading) => {
    const month = monthMeant(request, textSlot(reading, 'month'));
    const theme = themeDate(request.branch, monthOf(request.at));
    const meeting = theme >= dateOfTime(request.at) ? theme : dateOfTime(request.at);
    const pack = agendaPack(request, month, meeting, request.at);
    const replies = pack.replies.map((r) => ({ ...r, to: 'private' as const, priority: 'answer' as const }));
    return {
      bodies: pack.bodies,
      replies: request.place === 'group' ? [answer(ANSWERED_PRIVATELY), ...replies] : replies,
    };
  },
};

/** `还缺什么`: what a month still needs from the recorder. */
export const missing: Command = {
  name: 'missing',
  intent: 'query',
  words: ['还缺什么', '缺什么', '汇总', '待办'],
  who: ['recorder', 'secretary', 'deputy', 'supervisor'],
  where: ['group', 'private'],
  summary: '私下看某月还缺什么：待核实、待评、党费、考勤',
  examples: ['还缺什么'],
  read: plainRead({
    name: 'missing',
    intent: 'query',
    words: [],
    speech:
      /^(?:[\d一二三四五六七八九十]{1,2}月份?|本月|上个?月)(?:的)?汇总$|(?:哪些|哪几个|谁|还有几个).{0,8}(?:没|冇|未)(?:有)?(?:打分|评分|评|核实|记分|交党费)|还有(?:哪些|谁|什么).{0,6}(?:没|待)(?:打分|评|核实|弄|办)/,
    slots: (m) => monthSlot(m),
  }),
  decide: (request, reading) => {
    const month = monthMeant(request, textSlot(reading, 'month'));
    const text = missingText(request, month);
    return {
      bodies: [],
      replies:
        request.place === 'group' ? [answer(ANSWERED_PRIVATELY), answer(text, 'private')] : [answer(text)],
    };
  },
};
