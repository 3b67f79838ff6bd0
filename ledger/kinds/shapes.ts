import { z } from 'zod';
import { isDate, isMonth } from '../../scoring/calendar.ts';

/** The shapes that several kinds of entry share. */
export const date = z.string().refine(isDate, '日期不存在');
export const month = z.string().refine(isMonth, '月份不存在');
export const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/);
export const name = z.string().min(1);
export const names = z.array(name);
export const post = z.string().min(1);
/** Points with at most one decimal, kept as the number that was said. */
export const points = z.number().refine((n) => Number.isInteger(Math.round(n * 1e6) / 1e5), '最多一位小数');
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const duesStatus = z.enum(['paid', 'prepaid', 'late', 'short', 'late-short', 'unpaid']);
export const leaveReason = z.enum(['sick', 'duty', 'private']);
export const role = z.enum(['member', 'recorder', 'supervisor', 'committee', 'secretary', 'deputy', 'town']);
export const memberStatus = z.enum(['full', 'probationary', 'exempt']);
/** Only a category of the cause for exemption is stored (R02). */
export const exemptionCategory = z.enum(['elderly', 'long-illness', 'no-self-care', 'limited-mobility']);

export const bonusItem = z.enum(['award', 'economy', 'public-welfare', 'festival', 'other']);
export const bonus = z.object({
  name,
  date,
  item: bonusItem,
  level: z.enum(['central', 'province', 'city', 'county', 'town']).optional(),
  achievement: z.string().optional(),
  occasion: z.enum(['july-1', 'october-1']).optional(),
  points: points.optional(),
});
