/** A made-up branch for the reader's tests; nobody in it exists. */
import { createReader } from '../../commands/read.ts';
import type {
  Heard,
  MeetingPlan,
  Pending,
  Reading,
  ReadingContext,
  Role,
  RosterMember,
} from '../../commands/reading.ts';

const person = (
  name: string,
  group: string,
  posts: readonly string[],
  aliases: readonly string[],
  more: Partial<RosterMember> = {},
): RosterMember => ({
  name,
  role: 'member',
  status: 'full',
  group,
  posts,
  aliases,
  ...more,
});

const PATROL = 'security-patrol';
const FACILITY = 'facility-upkeep';
const CLEAN = 'sanitation';
const PUBLICITY = 'policy-publicity';
const CARE = 'left-behind-care';
const CULTURE = 'culture-sports';

export const MEMBERS: readonly RosterMember[] = [
  person('罗启明', '一组', [PUBLICITY, 'mediation'], ['老罗', '罗书记'], { role: 'secretary' }),
  person('欧阳静', '二组', ['mediation', PUBLICITY], ['静姐', '欧阳主任'], { role: 'deputy' }),
  person('韩素梅', '三组', ['poverty-pairing', CLEAN], ['素梅', '韩主任'], { role: 'committee' }),
  person('唐小雨', '一组', [PUBLICITY, CLEAN], ['小雨'], { role: 'recorder' }),
  person('龚守正', '四组', [PUBLICITY, 'family-virtue'], ['龚老师'], { role: 'supervisor' }),
  person('李伟(二组)', '二组', [FACILITY, CLEAN], ['大伟', '二组李伟']),
  person('李伟(五组)', '五组', ['village-supervision', PATROL], ['伟伢', '五组李伟']),
  person('彭大勇', '三组', [PATROL, CLEAN], ['大勇']),
  person('田秋生', '五组', [PATROL, FACILITY], ['秋生']),
  person('田秋菊', '五组', [CARE, CLEAN], ['秋菊']),
  person('谢桂芳', '二组', [CARE, CULTURE], ['桂芳姐']),
  person('谢贵方', '四组', ['poverty-pairing', PATROL], ['贵方']),
  person('曾志强', '四组', [FACILITY, PATROL], ['志强']),
  person('单文海', '五组', [CLEAN, CULTURE], ['文海']),
  person('宋春兰', '一组', [CLEAN, CULTURE], ['春兰', '宋嫂']),
  person('高远', '三组', [PATROL, FACILITY], ['小高']),
  person('秦月娥', '二组', ['family-virtue', CARE], ['月娥婶']),
  person('丁得水', '三组', [], ['丁爹'], { status: 'exempt' }),
  person('尹红霞', '五组', ['floating-member', 'family-virtue'], ['红霞'], { floating: true }),
  person('邹建平', '四组', ['floating-member', PUBLICITY], ['建平'], { floating: true }),
  person('乔山', '一组', [PATROL, CARE], ['小乔'], { status: 'probationary' }),
  person('蒋四海', '六组', [FACILITY, CLEAN], ['四海']),
  person('方敏', '-', [], [], { role: 'town', status: 'none' }),
];

export const MEETINGS: readonly MeetingPlan[] = [
  { date: '2026-06-15', at: '08:30', name: '主题党日', category: 'organisation' },
  { date: '2026-06-18', at: '19:30', name: '党课', category: 'study' },
  { date: '2026-06-24', at: '19:00', name: '组织生活会', category: 'organisation' },
  { date: '2026-06-26', at: '15:00', name: '支委会', category: 'study', committeeOnly: true },
  { date: '2026-06-28', at: '19:00', name: '党员大会', category: 'study' },
  { date: '2026-07-15', at: '08:30', name: '主题党日', category: 'organisation' },
];

export const POSTS: Readonly<Record<string, string>> = {
  'policy-publicity': '政策宣传志愿服务岗',
  'village-supervision': '村务监督岗',
  'security-patrol': '治安巡逻志愿服务岗',
  'facility-upkeep': '公共设施维护志愿服务岗',
  sanitation: '环境卫生维护志愿服务岗',
  'culture-sports': '文体健身志愿服务岗',
  mediation: '信访矛盾化解岗',
  'left-behind-care': '三留守关心关爱岗',
  'poverty-pairing': '精准扶贫结对帮扶岗',
  'floating-member': '流动党员岗',
  'family-virtue': '家风家教岗',
};

export const BOT = '积分小兰';

export interface Circumstances {
  /** Sender; 彭大勇 where not said. */
  readonly by?: string;
  /** Moment; the evening of Saturday 20 June 2026 where not said. */
  readonly at?: string;
  readonly room?: Heard['room'];
  readonly mention?: boolean;
  readonly quote?: string;
  readonly previous?: string;
  readonly pending?: readonly Pending[];
  readonly images?: number;
}

export const BOARD: readonly Pending[] = [{ kind: 'board', month: '2026-05' }];
const NOTHING: readonly Pending[] = [];
const reader = createReader();

export function contextFor(around: Circumstances = {}): ReadingContext {
  return {
    bot: BOT,
    branch: '枫树坳村党支部（虚构）',
    members: MEMBERS,
    posts: POSTS,
    meetings: MEETINGS,
    pending: around.pending ?? NOTHING,
    ...(around.previous === undefined ? {} : { previous: around.previous }),
  };
}

export function heardFrom(text: string, around: Circumstances = {}): Heard {
  const sender = around.by ?? '彭大勇';
  const role: Role =
    sender === '系统' ? 'system' : (MEMBERS.find((m) => m.name === sender)?.role ?? 'member');
  return {
    text,
    sender: sender === '系统' ? null : sender,
    role,
    at: `${around.at ?? '2026-06-20T21:30'}:00`,
    room: around.room ?? 'group',
    addressed: around.mention ?? false,
    ...(around.quote === undefined ? {} : { quote: around.quote }),
    ...(around.images === undefined ? {} : { images: around.images }),
  };
}

/** What the made-up branch's bot understands. */
export function understand(text: string, around: Circumstances = {}): Reading {
  return reader(heardFrom(text, around), contextFor(around));
}

/** One example: words, what is expected (`record report`), the slots that matter, the circumstances. */
export type Example = readonly [
  text: string,
  means: string,
  slots?: Readonly<Record<string, unknown>>,
  around?: Circumstances,
];

/** What went otherwise than expected, in words; empty where all is well. */
export function misread(examples: readonly Example[]): string[] {
  return examples.flatMap(([text, means, slots = {}, around = {}]) => {
    const reading = understand(text, around);
    const got: Record<string, unknown> = {
      ...reading.slots,
      ...(reading.also ? { also: reading.also.map((r) => ({ intent: r.intent, ...r.slots })) } : {}),
    };
    const wrong = Object.keys(slots).filter((key) => JSON.stringify(got[key]) !== JSON.stringify(slots[key]));
    const said = `${reading.act} ${reading.intent}`;
    if (said === means && wrong.length === 0) return [];
    const shown = Object.fromEntries(wrong.map((key) => [key, got[key]]));
    return [
      `${text.replaceAll('\n', '⏎')} → ${said} ${JSON.stringify(said === means ? shown : reading.slots)}, expected ${means} ${JSON.stringify(slots)}`,
    ];
  });
}
