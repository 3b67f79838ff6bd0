import { z } from 'zod';
import { date, month, moment, name, names, points, post } from './shapes.ts';

const number = z.number().int().positive();
const item = z.enum(['study', 'organisation', 'dues', 'conduct']);

/** One row of 附件3 as published, figures rounded for printing. */
export const boardRow = z.object({
  name,
  posts: z.array(z.string()),
  obligation: z.number().nullable(),
  service: z.number().nullable(),
  bonus: z.number(),
  deduction: z.string(),
  total: z.number().nullable(),
});

/** Entries about scores and the month's way from collecting to filing (R17, R20, R21, R25–R30, R34, R35). */
export const monthly = {
  'post-scored': z.object({
    name,
    month,
    post,
    commitment: points.optional(),
    performance: points.optional(),
    deed: points.optional(),
    total: points.optional(),
    deedId: z.string().optional(),
  }),
  /** The recorder's own figure for an item that attendance and dues compute: a draft until a minute makes it final. */
  'item-adjusted': z.object({
    name,
    month,
    item,
    op: z.enum(['set', 'deduct']),
    points,
    reason: z.string().optional(),
  }),
  'final-set': z.object({ name, month, item: z.string(), points, minute: date }),
  'conduct-recorded': z.object({ name, date, kind: z.enum(['self', 'family', 'petition']), minute: date }),
  'year-zeroed': z.object({ name, date, minute: date }),
  'minute-taken': z.object({
    date,
    body: z.enum(['支委会', '党员大会']),
    present: names,
    words: z.string().optional(),
  }),
  'month-waived': z.object({ month, reason: z.string() }),
  /** A grave act waiting for the second person: the bodies it would append are kept as data. */
  proposed: z.object({
    number,
    summary: z.string(),
    needs: z.enum(['secretary', 'deputy', 'town', 'recorder']),
    bodies: z.array(z.object({ kind: z.string(), v: z.number(), data: z.unknown() })),
  }),
  'proposal-confirmed': z.object({ number }),
  'proposal-dropped': z.object({ number, reason: z.string().optional() }),

  'rating-opened': z.object({ month, salt: z.string() }),
  'rating-closed': z.object({ month }),
  /** A ballot under a token instead of a name; a second one with the token replaces the first (R25). */
  'ballot-cast': z.object({ month, token: z.string(), ratings: z.record(z.string(), z.number()) }),

  'month-collected': z.object({ month }),
  'agenda-issued': z.object({ month, date }),
  'month-checked': z.object({ month, minute: date }),
  'board-published': z.object({
    month,
    version: z.number().int().positive(),
    rows: z.array(boardRow),
    fingerprint: z.string(),
    publishedAt: moment,
    closes: date,
    policy: z.string(),
    changed: names.optional(),
  }),
  'board-held': z.object({ month, reason: z.string().optional() }),
  'board-withdrawn': z.object({ month, reason: z.string() }),
  confirmed: z.object({
    month,
    name,
    version: z.number().int(),
    score: z.number().nullable(),
    how: z.enum(['reply', 'proxy', 'paper']),
    by: name,
  }),
  'month-closed': z.object({ month }),
  'month-filed': z.object({ month, fingerprint: z.string() }),
  'filing-received': z.object({ month, number: z.string() }),
  'filing-returned': z.object({ month, reason: z.string() }),
  reminded: z.object({ what: z.string(), names }),

  objected: z.object({
    number,
    by: name,
    about: name,
    month: month.nullable(),
    version: z.number().int().nullable(),
    item: z.string().nullable(),
    date: date.optional(),
    words: z.string().max(500).optional(),
    late: z.boolean().default(false),
    year: z.number().int().optional(),
  }),
  'objection-detailed': z.object({
    number,
    item: z.string().optional(),
    about: name.optional(),
    words: z.string().max(500).optional(),
  }),
  'objection-investigated': z.object({ number }),
  'objection-ruled': z.object({
    number,
    ruling: z.enum(['upheld', 'partly', 'rejected']),
    words: z.string(),
  }),
  'objection-withdrawn': z.object({ number }),
  'objection-appealed': z.object({ number }),
  'appeal-decided': z.object({ number, ruling: z.enum(['upheld', 'partly', 'rejected']), words: z.string() }),
  /** A case for a month already published: what changed, before and after (R34). */
  corrected: z.object({
    month,
    name,
    what: z.string(),
    before: z.string(),
    after: z.string(),
    reason: z.string(),
    ticket: z.number().int().optional(),
  }),
} as const;
