import { z } from 'zod';
import type { Body } from '../ledger/entry.ts';
import { body } from '../ledger/kinds.ts';
import { addMonths, isDate, type IsoDate, monthOf } from '../scoring/calendar.ts';
import type { Finding } from '../scoring/finding.ts';

const date = z.string().refine(isDate, '日期不存在');

/** A branch file: what `--branch` takes, and what the trial starts from. */
const branchFile = z.object({
  note: z.string().optional(),
  branch: z.string().min(1),
  town: z.string().default('示范镇'),
  bot: z.string().default('积分小助手'),
  timezone: z.literal('Asia/Shanghai').default('Asia/Shanghai'),
  members: z
    .array(
      z.object({
        name: z.string().min(1),
        role: z
          .enum(['member', 'recorder', 'supervisor', 'committee', 'secretary', 'deputy', 'town'])
          .default('member'),
        status: z.enum(['full', 'probationary', 'exempt', 'none']).default('full'),
        group: z.string().default(''),
        posts: z.array(z.string()).default([]),
        aliases: z.array(z.string()).default([]),
        floating: z.boolean().default(false),
        joined: date.nullable().optional(),
        fullSince: date.nullable().optional(),
        exemptFiled: date.nullable().optional(),
        profile: z.record(z.string(), z.string()).optional(),
      }),
    )
    .min(1),
  themeDay: z.number().int().min(1).max(28).optional(),
  noticeDays: z.number().int().min(1).max(60).optional(),
  postNames: z.record(z.string(), z.string()).optional(),
  places: z.array(z.string()).optional(),
  meetings: z
    .array(
      z.object({
        date,
        at: z.string().optional(),
        name: z.string(),
        category: z.enum(['study', 'organisation']),
        also: z.enum(['study', 'organisation']).nullable().optional(),
        committeeOnly: z.boolean().optional(),
      }),
    )
    .default([]),
});

export type BranchFile = z.output<typeof branchFile>;

/** Reads a branch file; every mistake in it is found and named with its path. */
export function readBranchFile(json: unknown): { file: BranchFile } | { findings: Finding[] } {
  const parsed = branchFile.safeParse(json);
  if (!parsed.success) {
    return {
      findings: parsed.error.issues.map((i) => ({
        place: i.path.join('.') || '(root)',
        problem: i.message,
        mend: '请按支部文件的格式改正',
      })),
    };
  }
  const seen = new Set<string>();
  const findings: Finding[] = [];
  parsed.data.members.forEach((m, i) => {
    if (seen.has(m.name))
      findings.push({
        place: `members.${i}.name`,
        problem: `“${m.name}”出现两次`,
        mend: '同名的人请加上小组，如 王某（三组）',
      });
    seen.add(m.name);
  });
  return findings.length > 0 ? { findings } : { file: parsed.data };
}

/** The town's officers in a branch file: they are no members. */
export function officersOf(file: BranchFile): string[] {
  return file.members.filter((m) => m.role === 'town').map((m) => m.name);
}

/** An account's id for people who have no WeChat account: the trial, replays and tests. */
export function contactOf(name: string): string {
  return `contact-${name}`;
}

/**
 * The first entries of a branch. Months of the year before `from` were not scored here: they are waived, so that
 * they neither block the year nor weigh in it (Q06).
 */
export function foundingBodies(
  file: BranchFile,
  from: IsoDate,
  options: { contacts?: (name: string) => string | undefined; room?: string },
): Body[] {
  const month = monthOf(from);
  const bodies: Body[] = [
    body('branch-founded', {
      name: file.branch,
      town: file.town,
      bot: file.bot,
      places: file.places,
      postNames: file.postNames,
    }),
    body('settings-changed', {
      ...(file.themeDay === undefined ? {} : { themeDay: file.themeDay }),
      ...(file.noticeDays === undefined ? {} : { noticeDays: file.noticeDays }),
    }),
  ];
  if (options.room) bodies.push(body('room-bound', { room: options.room }));
  for (const m of file.members) {
    if (m.role === 'town') continue;
    bodies.push(
      body('member-added', {
        name: m.name,
        status: m.status === 'none' ? 'full' : m.status,
        group: m.group,
        aliases: m.aliases,
        floating: m.floating,
        joined: m.joined ?? null,
        fullSince: m.fullSince ?? null,
        exemptFiled: m.exemptFiled ?? (m.status === 'exempt' ? `${addMonths(month, -1)}-01` : null),
        profile: m.profile ?? {},
      }),
    );
    if (m.role !== 'member')
      bodies.push(body('appointed', { name: m.name, role: m.role, from: `${month}-01` }));
    if (m.posts.length > 0)
      bodies.push(body('posts-assigned', { name: m.name, posts: m.posts, from: month }));
    const contact = options.contacts?.(m.name);
    if (contact) bodies.push(body('account-bound', { contact, name: m.name }));
  }
  for (const m of file.meetings) bodies.push(body('meeting-planned', m));
  for (let past = `${month.slice(0, 4)}-01`; past < month; past = addMonths(past, 1)) {
    bodies.push(body('month-waived', { month: past, reason: '启用本系统之前' }));
  }
  return bodies;
}
