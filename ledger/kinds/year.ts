import { z } from 'zod';
import { boardRow } from './month.ts';
import { date, moment, name, names } from './shapes.ts';

const year = z.number().int();
const outcome = z.enum(['优秀', '合格', '基本合格', '不合格', '不确定等次', '未纳入']);

/** Entries about the settlement of a year (R08–R11, R30–R32). */
export const yearly = {
  'year-computed': z.object({ year, fingerprint: z.string() }),
  'tie-decided': z.object({ year, excellent: names, minute: date }),
  'year-decided': z.object({
    year,
    minute: date,
    rows: z.array(
      z.object({
        name,
        computed: z.string().nullable(),
        decided: outcome,
        appraisal: z.string().optional(),
        reason: z.string().optional(),
        score: z.number().nullable(),
        stars: z.number().nullable(),
      }),
    ),
  }),
  'year-submitted': z.object({ year }),
  'year-returned': z.object({ year, reason: z.string() }),
  'year-passed': z.object({ year, number: z.string() }),
  'year-published': z.object({
    year,
    version: z.number().int(),
    rows: z.array(boardRow.extend({ grade: z.string().nullable(), stars: z.number().nullable() })),
    fingerprint: z.string(),
    publishedAt: moment,
    closes: date,
    policy: z.string(),
  }),
  'year-confirmed': z.object({
    year,
    name,
    version: z.number().int(),
    how: z.enum(['reply', 'proxy', 'paper']),
    by: name,
  }),
  'year-closed': z.object({ year }),
  'year-opened': z.object({ year }),
  'task-opened': z.object({
    number: z.number().int().positive(),
    year,
    name,
    task: z.string(),
    owner: z.string(),
    due: date,
  }),
  'task-assigned': z.object({
    number: z.number().int().positive(),
    owner: z.string().optional(),
    due: date.optional(),
  }),
  'task-done': z.object({ number: z.number().int().positive(), date, note: z.string().optional() }),
} as const;
