import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** A branch file, as far as a WeChat needs it; the bot reads the rest of the same file. */
const BranchFile = z.object({
  branch: z.string().min(1),
  bot: z.string().min(1).default('积分小助手'),
  town: z.string().optional(),
  members: z
    .array(
      z.object({
        name: z.string().min(1),
        role: z.string().default('member'),
        group: z.string().optional(),
        posts: z.array(z.string()).catch([]),
      }),
    )
    .min(1),
});

export interface WorldPerson {
  readonly id: string;
  readonly name: string;
  /** The role's key, as in the branch file. */
  readonly role: string;
  /** The role in words for the page. */
  readonly title: string;
  readonly group?: string;
  /** The keys of the posts held, as in the branch file. */
  readonly posts: readonly string[];
}

export interface WorldRoom {
  readonly id: string;
  readonly topic: string;
  readonly kind: 'branch' | 'town';
  readonly people: readonly string[];
}

/** Who and what there is in the local WeChat. Ids are the same whenever it is made from the same branch file. */
export interface World {
  readonly branch: string;
  readonly bot: WorldPerson;
  readonly people: readonly WorldPerson[];
  readonly rooms: readonly WorldRoom[];
}

const TITLES: Readonly<Record<string, string>> = {
  secretary: '书记',
  deputy: '副书记',
  committee: '支部委员',
  recorder: '积分记录员',
  supervisor: '监督员',
  member: '党员',
  town: '镇组织办',
};

/** A branch without anybody at the town still needs somebody to receive its filing. */
const OFFICER = { name: '镇组织办值班员', role: 'town', group: undefined, posts: [] };

/** Makes the world of a branch file's contents. Throws zod's error where they are no branch file. */
export function worldOf(contents: unknown): World {
  const file = BranchFile.parse(contents);
  const members = file.members.some((m) => m.role === 'town') ? file.members : [...file.members, OFFICER];
  const people = members.map((member, index) => ({
    id: `wxid_trial${String(index + 1).padStart(3, '0')}`,
    name: member.name,
    role: member.role,
    title: TITLES[member.role] ?? member.role,
    ...(member.group === undefined || member.group === '-' ? {} : { group: member.group }),
    posts: member.posts,
  }));
  const bot = { id: 'wxid_trialbot', name: file.bot, role: 'bot', title: '机器人', posts: [] };
  const idsOf = (town: boolean): string[] =>
    people.filter((p) => (p.role === 'town') === town).map((p) => p.id);
  return {
    branch: file.branch,
    bot,
    people,
    rooms: [
      {
        id: 'branch@chatroom',
        topic: `${shortName(file.branch)}党员群`,
        kind: 'branch',
        people: [...idsOf(false), bot.id],
      },
      {
        id: 'town@chatroom',
        topic: `${file.town ?? '镇'}组织办积分备案群`,
        kind: 'town',
        people: [...idsOf(true), bot.id],
      },
    ],
  };
}

export function readWorld(path: string): World {
  return worldOf(JSON.parse(readFileSync(path, 'utf8')));
}

function shortName(branch: string): string {
  return (
    branch
      .replace(/党支部(?:委员会)?/, '')
      .replace(/[（(].*?[）)]/g, '')
      .trim() || branch
  );
}
