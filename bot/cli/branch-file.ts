/** A branch file (`--branch`): the shape of roster-dev.json, checked, and turned into what a reader needs to know. */
import { z } from 'zod';
import type { MeetingPlan, ReadingContext, RosterMember } from '../../commands/reading.ts';

const MEMBER = z.object({
  name: z.string().min(1),
  role: z.enum(['member', 'recorder', 'supervisor', 'committee', 'secretary', 'deputy', 'town']),
  status: z.enum(['full', 'probationary', 'exempt', 'none']),
  group: z.string().default('-'),
  posts: z.array(z.string()).default([]),
  aliases: z.array(z.string()).default([]),
  floating: z.boolean().optional(),
});

const MEETING = z.object({
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  at: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .optional(),
  name: z.string().min(1),
  category: z.enum(['study', 'organisation']),
  committeeOnly: z.boolean().optional(),
});

const BRANCH = z.object({
  branch: z.string().default(''),
  bot: z.string().default(''),
  members: z.array(MEMBER).min(1),
  postNames: z.record(z.string(), z.string()).default({}),
  meetings: z.array(MEETING).default([]),
  places: z.array(z.string()).optional(),
});

/** What a reader knows of the branch; `pending` and `previous` come with each message. */
export type BranchKnowledge = Omit<ReadingContext, 'pending' | 'previous'>;

/** The branch in a parsed JSON file, or the first thing wrong with it: the place in the file and what belongs there. */
export function readBranch(json: unknown): { readonly branch: BranchKnowledge } | { readonly wrong: string } {
  const checked = BRANCH.safeParse(json);
  if (!checked.success) {
    const issue = checked.error.issues[0]!;
    return { wrong: `${issue.path.join('.') || 'the top level'}: ${issue.message}` };
  }
  const { branch, bot, members, postNames, meetings, places } = checked.data;
  const names = new Set<string>();
  for (const member of members) {
    if (names.has(member.name))
      return {
        wrong: `members: ${member.name} stands twice; tell the two apart in the name, as in 王建军(三组)`,
      };
    names.add(member.name);
  }
  const roster = members.map(
    ({ floating, ...rest }): RosterMember => (floating === undefined ? rest : { ...rest, floating }),
  );
  const plans = meetings.map(
    ({ at, committeeOnly, ...rest }): MeetingPlan => ({
      ...rest,
      ...(at === undefined ? {} : { at }),
      ...(committeeOnly === undefined ? {} : { committeeOnly }),
    }),
  );
  return {
    branch: {
      branch,
      bot,
      members: roster,
      posts: postNames,
      meetings: plans,
      ...(places ? { places } : {}),
    },
  };
}
