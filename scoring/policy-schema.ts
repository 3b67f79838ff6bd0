/**
 * The shape of a policy file (细则): every number, name and clause that a town decides. The schema knows the kinds
 * of rules; the file says what they are worth. 附件1 calls itself a 参考样式, so nothing of it is in the code.
 */
import { z } from 'zod';
import { isDate } from './calendar.ts';
import { hasDecimals } from './points.ts';
import { READINGS, type ReadingName } from './readings.ts';

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, '须为小写字母、数字和连字符组成的代号');
const text = z.string().trim().min(1, '不能为空');

/** Points with at most two decimals: the core counts in hundredths and must lose nothing. */
const points = z
  .number()
  .min(0)
  .max(1000)
  .refine((n) => hasDecimals(n, 2), '最多两位小数');

const named = { name: text, clause: text };

const attendanceItem = z.strictObject({
  id,
  kind: z.literal('attendance'),
  ...named,
  /** What people call a meeting of this category: 学习会. */
  event: text,
  points,
  deductions: z.strictObject({ absent: points, late: points, early: points, leave: points }),
});

const duesItem = z.strictObject({
  id,
  kind: z.literal('dues'),
  ...named,
  points,
  deductions: z.strictObject({ late: points, short: points }),
});

const conductItem = z.strictObject({
  id,
  kind: z.literal('conduct'),
  ...named,
  points,
  deductions: z.strictObject({ self: points, family: points, petition: points }),
});

const item = z.discriminatedUnion('kind', [attendanceItem, duesItem, conductItem]);

const part = z.strictObject({ ...named, points });

/** A branch may add a post with a name alone (R22): what it leaves out is the plainest thing there is. */
const postFields = z.strictObject({
  id,
  name: text,
  clause: text.default('本支部自设岗位'),
  /** Left out: the name. */
  shortName: text.optional(),
  /** Least number of verified activities a month, or null. */
  minimum: z.int().min(1).max(31).nullable().default(null),
  /** What one activity is called: 治安巡逻. */
  activity: text.optional(),
  /** `weekly`: a reminder every week (扶贫日). */
  cadence: z.enum(['weekly']).optional(),
  /** What the minimum counts. Left out: verified reports. */
  counts: z.enum(['reports', 'contacts']).optional(),
  /** What a claim must be detailed with. */
  records: z.array(z.enum(['place', 'facility', 'person-alias', 'cycle'])).optional(),
  eligibility: z
    .strictObject({
      who: z.enum(['any', 'supervision-bodies', 'floating', 'elderly']),
      rule: z.enum(['open', 'secretary-may-override', 'advice']),
      note: text.optional(),
    })
    .default({ who: 'any', rule: 'open' }),
  /** False: this town or branch does not offer it; old scores stay readable. Left out: true. */
  enabled: z.boolean().optional(),
});
const post = postFields.transform((of) => ({ ...of, shortName: of.shortName ?? of.name }));

const bonusItem = z.discriminatedUnion('kind', [
  z.strictObject({
    id,
    kind: z.literal('award'),
    ...named,
    levels: z.array(z.strictObject({ id, name: text, points })).min(1),
  }),
  /** Any number of times, `points` a year in all. */
  z.strictObject({ id, kind: z.literal('pool'), ...named, points }),
  z.strictObject({
    id,
    kind: z.literal('festival'),
    ...named,
    occasions: z.array(z.strictObject({ id, name: text })).min(1),
    points: z.strictObject({ 'two-a-year': points, 'one-each': points, 'two-each': points }),
  }),
  /** A value the committee sets, from `least` to `most` each time. */
  z.strictObject({ id, kind: z.literal('committee'), ...named, least: points, most: points }),
]);

const band = z.strictObject({ from: points.nullable(), grade: text, stars: z.int().min(0).max(5) });

function readingSchema(name: ReadingName) {
  return z.strictObject({ value: z.enum([...READINGS[name].values] as [string, ...string[]]), clause: text });
}
const readings = z.strictObject(
  Object.fromEntries(
    (Object.keys(READINGS) as ReadingName[]).map((name) => [name, readingSchema(name)]),
  ) as Record<ReadingName, ReturnType<typeof readingSchema>>,
);

const date = z.string().refine(isDate, '须为存在的日期，如 2023-05-20');

/** Who decided a change, and when: each change of a policy is dated and approved. */
export const approvalSchema = z.strictObject({ date, minute: text, by: text });

export const policySchema = z
  .strictObject({
    id,
    title: text,
    version: text,
    approved: approvalSchema.optional(),
    items: z.array(item).min(1),
    obligation: z.strictObject(named),
    service: z.strictObject({
      ...named,
      postsPerMember: z.int().min(0).max(20),
      parts: z.strictObject({ commitment: part, performance: part, deed: part }),
    }),
    posts: z.array(post),
    bonus: z.strictObject({ ...named, yearCap: points, items: z.array(bonusItem) }),
    caps: z.strictObject({ month: points, year: points, clause: text }),
    bands: z.array(band).min(2),
    grading: z.strictObject({ clause: text }),
    quota: z.strictObject({ percent: z.number().min(0).max(100), clause: text }),
    yearZero: z.strictObject(named),
    followUps: z.strictObject({
      names: z.record(id, text),
      failing: z.strictObject({ grade: text, years: z.array(z.array(id)).min(1), clause: text }),
      probationary: z.strictObject({ below: points, tasks: z.array(id), clause: text }),
    }),
    mutual: z.strictObject({
      trimFrom: z.int().min(3),
      tracked: z.number().min(0).max(1),
      ballots: z.number().min(0).max(1),
      gap: points,
      clause: text,
    }),
    notice: z.strictObject({ days: z.int().min(1).max(60), clause: text }),
    exemption: z.strictObject({ clause: text }),
    readings,
  })
  .superRefine(checkWhole);

export type PolicyFile = z.infer<typeof policySchema>;

type Report = { addIssue(issue: { code: 'custom'; path: (string | number)[]; message: string }): void };

/** What one field alone cannot show: ids that meet, bands that fall, tasks without a name. */
function checkWhole(policy: PolicyFile, context: Report): void {
  const say = (path: (string | number)[], message: string): void =>
    context.addIssue({ code: 'custom', path, message });
  checkIds(policy, say);
  checkBands(policy, say);
  for (const kind of ['dues', 'conduct'] as const) {
    const of = policy.items.filter((i) => i.kind === kind);
    if (of.length > 1) say(['items'], `“${kind}”类的项目最多一个，现有 ${of.map((i) => i.id).join('、')}`);
  }
  policy.bonus.items.forEach((b, i) => {
    if (b.kind === 'committee' && b.least > b.most) say(['bonus', 'items', i, 'least'], '不能大于 most');
  });
  if (Math.abs(policy.mutual.tracked + policy.mutual.ballots - 1) > 1e-9)
    say(['mutual', 'ballots'], 'tracked 与 ballots 之和须为 1');
  const tasks = [...policy.followUps.failing.years.flat(), ...policy.followUps.probationary.tasks];
  for (const task of new Set(tasks))
    if (!(task in policy.followUps.names)) say(['followUps', 'names'], `缺少“${task}”的名称`);
  if (!policy.bands.some((b) => b.grade === policy.followUps.failing.grade))
    say(['followUps', 'failing', 'grade'], `等次中没有“${policy.followUps.failing.grade}”`);
}

function checkIds(policy: PolicyFile, say: (path: (string | number)[], message: string) => void): void {
  // A final names an item or a post by id alone, so the two lists share one space; the month row has its own words.
  const taken = new Set(['obligation', 'posts', 'service', 'bonus', 'uncapped', 'total', 'pending']);
  for (const list of ['items', 'posts'] as const)
    policy[list].forEach((entry, i) => {
      if (taken.has(entry.id)) say([list, i, 'id'], `代号“${entry.id}”重复或已被占用`);
      taken.add(entry.id);
    });
  const seen = new Set<string>();
  policy.bonus.items.forEach((entry, i) => {
    if (seen.has(entry.id)) say(['bonus', 'items', i, 'id'], `代号“${entry.id}”重复`);
    seen.add(entry.id);
    const inner = entry.kind === 'award' ? entry.levels : entry.kind === 'festival' ? entry.occasions : [];
    const key = entry.kind === 'award' ? 'levels' : 'occasions';
    const innerSeen = new Set<string>();
    inner.forEach((x, j) => {
      if (innerSeen.has(x.id)) say(['bonus', 'items', i, key, j, 'id'], `代号“${x.id}”重复`);
      innerSeen.add(x.id);
    });
  });
}

function checkBands(policy: PolicyFile, say: (path: (string | number)[], message: string) => void): void {
  policy.bands.forEach((of, i) => {
    const last = i === policy.bands.length - 1;
    if ((of.from === null) !== last)
      say(['bands', i, 'from'], last ? '最后一档须为 null（其余全部）' : '只有最后一档可为 null');
    const before = policy.bands[i - 1];
    if (before && before.from !== null && of.from !== null && of.from >= before.from)
      say(['bands', i, 'from'], '各档须由高到低');
  });
}
