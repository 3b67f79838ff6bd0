/**
 * The chats of the handbook: one month of the fictional sample branch, played through the whole bot, so that every
 * word of the bot in a picture is what it really says.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type BranchFile, readBranchFile } from '../bot/founding.ts';
import { loadPolicy } from '../bot/policy-file.ts';
import { openRehearsal, type Said } from '../bot/rehearsal.ts';
import { townFold } from '../bot/town-store.ts';
import type { LocalTime } from '../scoring/calendar.ts';
import { openMemoryStore } from '../storage/memory.ts';
import { SPOKEN } from '../tests/bot/spoken-posts.ts';

/** One bubble of a chat. `with` is whose private chat it stands in. */
export interface Bubble {
  readonly at: LocalTime;
  readonly room: Said['room'];
  readonly with: string;
  readonly from: string;
  readonly kind: Said['kind'];
  readonly text: string;
  readonly name?: string;
  readonly bytes?: Uint8Array;
}

export interface Transcript {
  readonly file: BranchFile;
  readonly bubbles: readonly Bubble[];
}

export function sampleFile(): BranchFile {
  const url = new URL('../trial/sample-branch.json', import.meta.url);
  const read = readBranchFile(JSON.parse(readFileSync(url, 'utf8')));
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return read.file;
}

type Saying = readonly [at: LocalTime, room: Said['room'], from: string, text: string];

const SECRETARY = '梁振邦';
const RECORDER = '苏晓雯';
const DEPUTY = '卢秀英';
const OFFICER = '江一鸣';

/** The scores of a month for everybody, typed by those who may. */
export function scoring(file: BranchFile, month: string): Saying[] {
  const head = `打分 ${Number(month.slice(5))}月`;
  const line = (name: string, i: number): string => {
    const posts = file.members.find((m) => m.name === name)?.posts ?? [];
    return `${name} ${posts.map((p, k) => `${SPOKEN[p]} 10 ${10 - ((i + k) % 3)} ${9 - ((i + 2 * k) % 2)}`).join('，')}`;
  };
  const scored = file.members.filter((m) => m.role !== 'town' && m.posts.length > 0).map((m) => m.name);
  const lines = scored.filter((name) => name !== RECORDER && name !== SECRETARY).map(line);
  return [
    [`${month}-30T20:10:00`, 'private', RECORDER, `${head}\n${lines.slice(0, 2).join('\n')}`],
    [`${month}-30T20:14:00`, 'private', RECORDER, `${head}\n${lines.slice(2).join('\n')}`],
    [`${month}-30T20:20:00`, 'private', SECRETARY, `${head} ${line(RECORDER, 3)}`],
    [`${month}-30T20:22:00`, 'private', DEPUTY, `${head} ${line(SECRETARY, 4)}`],
  ];
}

function sayings(file: BranchFile): Saying[] {
  const rest = file.members.filter(
    (m) => m.role !== 'town' && !['罗永福', '谭水娇', '韦大勇'].includes(m.name),
  );
  return [
    ['2026-11-03T20:15:00', 'group', '韦大勇', '今晚和春生在一组二组巡了一圈，没啥情况'],
    ['2026-11-03T20:18:00', 'group', '农海燕', '明天降温，大家多穿点'],
    ['2026-11-03T20:19:00', 'group', '龙国柱', '收到'],
    ['2026-11-04T09:40:00', 'group', '谭水娇', '帮钟守田报一下，他昨天下午去检查了桥头的路灯'],
    ['2026-11-04T20:30:00', 'private', RECORDER, '核实 全部'],
    ['2026-11-04T20:31:00', 'private', RECORDER, '核实'],
    ['2026-11-13T19:00:00', 'private', '甘立新', '15号主题党日我请假，要去县医院看病'],
    ['2026-11-13T19:20:00', 'private', SECRETARY, '准假 甘立新'],
    [
      '2026-11-15T10:40:00',
      'private',
      RECORDER,
      '考勤 11月15日主题党日\n迟到：贝小军\n缺席：罗永福\n请假：甘立新\n其他都到',
    ],
    ['2026-11-20T20:30:00', 'group', '韦大勇', '巡逻 昨晚8点 三组'],
    ['2026-11-21T08:10:00', 'private', RECORDER, '核实 3'],
    ['2026-11-26T20:00:00', 'private', RECORDER, '11月党费都交了，甘立新没按时交'],
    ...scoring(file, '2026-11'),
    ['2026-12-01T19:30:00', 'private', '贝小军', '11月我多少分，扣在哪'],
    ['2026-12-02T09:00:00', 'private', SECRETARY, '发布11月公示'],
    ['2026-12-02T09:01:00', 'private', SECRETARY, '发布'],
    ['2026-12-02T09:20:00', 'group', '韦大勇', '确认'],
    ['2026-12-02T09:21:00', 'group', '罗永福', '异议，我15号到了的，怎么记我缺席'],
    ...rest.map(
      (m, i): Saying => [
        `2026-12-02T10:${String(10 + Math.floor(i / 3)).padStart(2, '0')}:00`,
        'group',
        m.name,
        i % 3 === 0 ? '确认无误' : '确认',
      ],
    ),
    ['2026-12-05T09:00:00', 'private', SECRETARY, '谁没确认'],
    ['2026-12-05T09:10:00', 'private', SECRETARY, '裁定 1 采纳 签到表上有他的签名，15号按到会算'],
    ['2026-12-05T09:11:00', 'private', SECRETARY, '确定'],
    ['2026-12-05T09:20:00', 'private', RECORDER, '更正：11月15日罗永福不是缺席，是到会'],
    ['2026-12-05T09:21:00', 'private', RECORDER, '更正'],
    ['2026-12-05T09:30:00', 'private', SECRETARY, '发布11月公示'],
    ['2026-12-05T09:31:00', 'private', SECRETARY, '发布'],
    ['2026-12-05T11:00:00', 'group', '罗永福', '确认'],
    ['2026-12-05T11:02:00', 'group', '谭水娇', '没意见'],
    ['2026-12-14T10:05:00', 'town', OFFICER, '云溪村 11月备案收到'],
    ['2026-12-14T10:20:00', 'town', OFFICER, '进度 11月'],
  ];
}

export async function play(): Promise<Transcript> {
  const file = sampleFile();
  const { policy } = loadPolicy();
  if (!policy) throw new Error('the standard policy does not load');
  const bubbles: Bubble[] = [];
  const rehearsal = await openRehearsal({
    store: await openMemoryStore({ fold: townFold }),
    file,
    from: '2026-11-01T08:00:00',
    policy,
    keepPhoto: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
    hear: ({ to, ...said }) => bubbles.push({ ...said, with: to, from: file.bot }),
    log: (event) => {
      if (event.error !== undefined) throw event.error;
    },
  });
  for (const [i, [at, room, from, text]] of sayings(file).entries()) {
    await rehearsal.advance(at);
    bubbles.push({ at, room, with: from, from, kind: 'text', text });
    await rehearsal.say({ id: `m${i}`, at, room, from, text, mention: room === 'town' });
  }
  await rehearsal.close();
  return { file, bubbles };
}
