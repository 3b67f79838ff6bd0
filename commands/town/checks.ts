/** `抽查`, `填表信号`: five entries with their evidence, and signs of filling in for the form's sake (R36). Signs, not findings. */
import { createHash } from 'node:crypto';
import { body } from '../../ledger/kinds.ts';
import { monthSheet } from '../../ledger/sheet.ts';
import { standingBoard } from '../../ledger/stage.ts';
import type { BranchState, Report } from '../../ledger/state.ts';
import { addMonths, type IsoMonth, instant, type LocalTime, monthOf } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { answer, type Command, type Outcome, type Request } from '../command.ts';
import { periodText } from '../../boards/wording.ts';
import { monthSlot, plainRead, textSlot } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { activityName, listed, momentText } from '../wording.ts';
import { askBranch, branchMeant, branchesNamed, inBranch } from './where.ts';

const SAMPLE = 5;
/** Fewer people than this having the same says nothing. */
const LEAST_ALIKE = 5;

export const spotCheck: Command = {
  name: 'spot-check',
  intent: 'none',
  words: ['抽查', '随机抽查'],
  who: ['town'],
  where: ['private', 'town'],
  summary: '随机抽查一个支部的5条已核实报告和印证资料',
  examples: ['抽查 云岭村', '抽查 云岭村 3月'],
  read: plainRead({
    name: 'spot-check',
    words: [],
    slots: (message) => (message.spokenTo || message.context.branch !== '' ? monthSlot(message) : null),
  }),
  decide: drawSample,
};

/** The sample follows from the message alone: nobody can choose it, and a replay draws the same. */
function sampleOf(source: string, reports: readonly Report[]): Report[] {
  const rank = (r: Report): string =>
    createHash('sha256').update(`${source}\n${r.number}`, 'utf8').digest('hex');
  return reports
    .map((report) => ({ report, rank: rank(report) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, SAMPLE)
    .map(({ report }) => report)
    .sort((a, b) => a.number - b.number);
}

function drawSample(request: Request, reading: Reading): Outcome {
  const branch = branchMeant(request);
  if (!branch) return askBranch('抽查', Object.values(request.town.branches));
  const month = textSlot(reading, 'month');
  const since = addMonths(monthOf(request.at), -2);
  const verified = Object.values(branch.reports).filter(
    (r) => r.state === 'verified' && (month ? monthOf(r.date) === month : monthOf(r.date) >= since),
  );
  if (verified.length === 0)
    return {
      bodies: [],
      replies: [answer(`${branch.name}${month ? periodText(month) : '近三个月'}没有已核实的报告。`)],
    };
  const sample = sampleOf(request.source, verified);
  const lines = sample.map((r) => {
    const proof = r.evidence.length > 0 ? `照片${r.evidence.length}张` : '没有照片';
    const flags = r.flags.includes('reused-photo') ? '，照片用过两次' : '';
    return `#${r.number} ${listed(r.names)} ${momentText(r.date, r.time, request.at)} ${activityName({ branch, policy: request.policy }, r.post)}：${proof}${flags}，${r.verifiedBy ?? ''}核实`;
  });
  const text = [
    `抽查${branch.name}${sample.length}条（共${verified.length}条），请向支部调阅印证资料：`,
    ...lines,
  ].join('\n');
  const to = request.place === 'town' ? 'private' : 'here';
  const logged = body('access-logged', {
    who: request.speaker.name,
    about: listed(sample.flatMap((r) => r.names)),
    what: '抽查',
  });
  return inBranch(
    request,
    branch,
    [logged],
    to === 'private' ? [answer(text, to), answer('已私下回复您。')] : [answer(text)],
  );
}

/** Signs in one branch's month; empty where there are none. */
export function signalsOf(branch: BranchState, policy: Policy, month: IsoMonth): string[] {
  const signs: string[] = [];
  const rows = Object.values(monthSheet(branch, policy, month)).filter((r) => r.service !== null);
  const full = rows.filter((r) => r.total === 100).length;
  if (rows.length >= LEAST_ALIKE && full === rows.length) signs.push('所有人都是100分');
  const shapes = new Map<string, number>();
  for (const r of rows) {
    const key = `${r.obligation} ${r.service}`;
    shapes.set(key, (shapes.get(key) ?? 0) + 1);
  }
  const alike = Math.max(0, ...shapes.values());
  if (alike >= LEAST_ALIKE && alike * 10 >= rows.length * 9 && full !== rows.length)
    signs.push(`${rows.length}人里${alike}人的分一模一样`);
  const hasty = hastyScores(branch, month);
  if (hasty > 0) signs.push(`${hasty}人的岗位分在一分钟内录完`);
  const m = branch.months[month];
  const versions = m?.boards.length ?? 0;
  if (versions > 1) signs.push(`公示后改过${versions - 1}版`);
  const late = (m?.corrections ?? []).length;
  if (late > 0) signs.push(`公示后更正${late}处`);
  const posts = Object.values(branch.reports).filter(
    (r) => monthOf(r.date) === month && r.state === 'verified',
  );
  if (standingBoard(m) && rows.length >= LEAST_ALIKE && posts.length === 0)
    signs.push('没有一条已核实的报告却评了分');
  return signs;
}

/** How many people's post scores were typed within one minute, where that is everybody's. */
function hastyScores(branch: BranchState, month: IsoMonth): number {
  const scores = Object.values(branch.months[month]?.scores ?? {});
  const times: LocalTime[] = scores.flatMap((posts) => Object.values(posts).map((s) => s.at)).sort();
  const [first, last] = [times[0], times.at(-1)];
  if (scores.length < LEAST_ALIKE || !first || !last) return 0;
  return instant(last) - instant(first) <= 60_000 ? scores.length : 0;
}

export const signals: Command = {
  name: 'signals',
  intent: 'none',
  words: ['填表信号', '异常', '异常信号'],
  who: ['town'],
  where: ['private', 'town'],
  summary: '像是应付填表的迹象：全是满分、一模一样、一分钟录完、公示后改动',
  examples: ['填表信号', '填表信号 3月'],
  read: plainRead({
    name: 'signals',
    words: [],
    slots: (message, rest) =>
      rest === '' || message.spokenTo || /月/.test(rest) ? monthSlot(message) : null,
  }),
  decide: (request, reading) => {
    const month = textSlot(reading, 'month') ?? addMonths(monthOf(request.at), -1);
    const named = branchesNamed(request.town, request.text);
    const among = named.length > 0 ? named : Object.values(request.town.branches);
    const lines = among.flatMap((b) => {
      const signs = signalsOf(b, request.policy, month);
      return signs.length > 0 ? [`${b.name}：${signs.join('；')}`] : [];
    });
    const head = `${periodText(month)}填表信号（只是提示，要看印证资料）`;
    return {
      bodies: [],
      replies: [answer(lines.length === 0 ? `${head}：没有。` : [head, ...lines].join('\n'))],
    };
  },
};
