/** Help: what this person can do now, with examples from the own posts; and how things work, with the clause. */
import { postsIn } from '../../ledger/fold/people.ts';
import { monthOf } from '../../scoring/calendar.ts';
import { answer, type Command, type Outcome, type Request } from '../command.ts';
import type { Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { answerPrivately } from '../telling.ts';
import { activityName, listed } from '../wording.ts';
import { waitingFor } from './now.ts';
import { helpReading } from './reading.ts';
import { topicText } from './topics.ts';

/** The help over a list of commands: theirs are the words, summaries and permissions it speaks of. */
export function helpOver(commands: () => readonly Command[]): Command {
  return {
    ...helpReading,
    intent: 'help',
    who: 'anyone',
    where: ['group', 'private', 'town'],
    summary: '看现在能做什么、怎么说',
    examples: ['帮助', '请假要扣分吗', '积分怎么算'],
    decide: (request, reading) => decideHelp(request, reading, commands()),
  };
}

function decideHelp(request: Request, reading: Reading, commands: readonly Command[]): Outcome {
  const { topic = 'commands', about } = slotsOf<{ readonly topic?: string; readonly about?: string }>(
    reading,
  );
  const text = topicText(request, topic);
  if (text !== null) return { bodies: [], replies: [answer(text)] };
  if (topic === 'unknown') return { bodies: [], replies: [answer(unknownText(request))] };
  return {
    bodies: [],
    replies: answerPrivately(
      request,
      about === undefined ? overview(request, commands) : helpOn(request, commands, about),
    ),
  };
}

/** Everyday words for a post's activity, as a report of it would be typed. */
const REPORT_EXAMPLES: Readonly<Record<string, string>> = {
  'policy-publicity': '上午在广场宣讲了防火政策',
  'village-supervision': '今天查看了村务公开栏，村务监督',
  'security-patrol': '昨晚8点在{group}巡逻',
  'facility-upkeep': '今天巡查了泵站，正常',
  sanitation: '今天上午大扫除，把{group}的路扫了',
  'culture-sports': '晚上组织了广场舞',
  mediation: '调解了一起田界纠纷，双方签字了',
  'left-behind-care': '今天走访了留守老人',
  'poverty-pairing': '今天到结对户家里走访',
  'floating-member': '向支部报到：在外一切正常，流动党员岗',
  'family-virtue': '今天讲了家风家教',
};

/** Examples of reports for the posts that somebody holds this month. */
function reportExamples({ branch, policy, speaker, at }: Request): string[] {
  const person = branch.people[speaker.name];
  if (!person) return [];
  return postsIn(person, monthOf(at)).map((post) => {
    const example = REPORT_EXAMPLES[post]?.replace('{group}', person.group || '村里');
    return example ?? `报 ${activityName({ branch, policy }, post)} 今天上午`;
  });
}

function unknownText(request: Request): string {
  const member = request.branch.people[request.speaker.name] !== undefined;
  const examples = member
    ? [...reportExamples(request).slice(0, 1), '查分', '请假']
    : ['进度', '备案清单', '年度审核'];
  return `没有听懂，没有记。可以说${examples.map((e) => `“${e}”`).join('')}，或发“帮助”看现在能做什么。`;
}

function allowed({ speaker, place }: Request, command: Command): boolean {
  const roles: readonly string[] = speaker.roles;
  const open = roles.includes('member') || command.where.includes('town');
  const may = command.who === 'anyone' ? open : command.who.some((r) => roles.includes(r));
  // What is answered privately may be said in private, wherever help was asked for.
  return may && (command.where.includes(place) || command.where.includes('private'));
}

/** Everyday commands of members with a line each; what is seldom needed only by its word. */
const EVERYDAY: ReadonlySet<string> = new Set([
  'attendance',
  'dues',
  'claim',
  'query',
  'confirm',
  'object',
  'correct',
]);

const SCORERS = ['recorder', 'secretary', 'deputy', 'committee'] as const;

/** What one may say and what there is something for at the moment. */
function offered(request: Request, commands: readonly Command[]): Command[] {
  return commands.filter(
    (c) => allowed(request, c) && c.examples.length > 0 && (c.timely?.(request) ?? true),
  );
}

/** Scoring is open to everybody's words, so that a member is told why not; it is offered to those who score. */
function ofOffice({ speaker }: Request, c: Command): boolean {
  const scores = SCORERS.some((role) => speaker.roles.includes(role));
  return c.who !== 'anyone' || (scores && c.intent === 'score' && c.name === 'score');
}

/** An example and the first half of what it is for: the rest is for who asks about it. */
function shortLine(c: Command): string {
  return `· “${c.examples[0]}”：${c.summary.split('；')[0]}`;
}

/** A secretary has more commands than a screen has lines: beyond this many only their words are named. */
const MANY = 12;

function officeLines({ speaker }: Request, office: readonly Command[]): string[] {
  if (office.length === 0) return [];
  const head = speaker.roles.includes('member') ? '您的职务还可以：' : '您可以办：';
  if (office.length <= MANY) return [head, ...office.map(shortLine)];
  const words = office.flatMap((c) => c.words.slice(0, 1));
  return [`${head}${listed(words)}。`, `哪一样怎么说，发“帮助”加那个词，例如“帮助 ${words[0]}”。`];
}

function overview(request: Request, commands: readonly Command[]): string {
  const waiting = waitingFor(request);
  const examples = reportExamples(request);
  const mine = offered(request, commands);
  const everyone = mine.filter((c) => c.who === 'anyone' && EVERYDAY.has(c.intent));
  const seldom = mine.filter((c) => c.who === 'anyone' && c.intent === 'none' && c.words.length > 0);
  return [
    ...(waiting.length > 0 ? ['现在等您的：', ...waiting.map((w) => `· ${w}`)] : []),
    ...(examples.length > 0 ? ['报岗位活动，可以这样说：', ...examples.map((e) => `· “${e}”`)] : []),
    ...(everyone.length > 0 ? ['平时可以说：', ...everyone.map(shortLine)] : []),
    ...officeLines(
      request,
      mine.filter((c) => ofOffice(request, c)),
    ),
    ...(seldom.length > 0 ? [`不常用的：${listed(seldom.map((c) => c.words[0]!))}。`] : []),
  ].join('\n');
}

/** Help on a word: every command of the speaker's that has it, with all its examples. */
function helpOn(request: Request, commands: readonly Command[], about: string): string {
  const mine = commands.filter((c) => allowed(request, c) && c.examples.length > 0);
  const exact = mine.filter((c) => c.words.includes(about));
  const found = exact.length > 0 ? exact : mine.filter((c) => [...c.words, c.summary].join().includes(about));
  if (found.length === 0) return overview(request, commands);
  return found.map((c) => `${c.summary}：\n${c.examples.map((e) => `· “${e}”`).join('\n')}`).join('\n');
}
