import { z } from 'zod';
import { date, exemptionCategory, memberStatus, month, name, post, role } from './shapes.ts';

/** Profile fields of 附件2; they appear in that form and nowhere else. */
export const profile = z
  .object({
    gender: z.string(),
    born: z.string(),
    ethnicity: z.string(),
    education: z.string(),
    joinedParty: z.string(),
    health: z.string(),
    phone: z.string(),
    note: z.string(),
  })
  .partial();

const carried = z.object({
  month,
  obligation: z.number(),
  service: z.number(),
  bonus: z.number().default(0),
});
const history = z.object({ year: z.number().int(), outcome: z.string() });

/** Entries about who belongs, who holds an office, and which account is whose (R02–R07, R22, R33). */
export const people = {
  'branch-founded': z.object({
    name: z.string(),
    town: z.string(),
    bot: z.string(),
    places: z.array(z.string()).optional(),
    postNames: z.record(z.string(), z.string()).optional(),
  }),
  'settings-changed': z
    .object({
      themeDay: z.number().int().min(1).max(28),
      themeAt: z.string(),
      noticeDays: z.number().int().min(1).max(60),
      quietFrom: z.string(),
      quietTo: z.string(),
      reminderAt: z.string(),
      ranking: z.boolean(),
      shortfallReminders: z.boolean(),
      quarterlyDues: z.boolean(),
      /** Weekday of the 扶贫日 reminder, 1 = Monday. */
      pairingDay: z.number().int().min(1).max(7),
    })
    .partial(),
  'room-bound': z.object({ room: z.string(), topic: z.string().optional() }),
  'room-unbound': z.object({ room: z.string() }),
  'account-bound': z.object({ contact: z.string(), name, nickname: z.string().optional() }),
  'account-unbound': z.object({ contact: z.string() }),
  /** A newcomer's account that waits for the recorder's word on who it is. */
  'account-claimed': z.object({ contact: z.string(), nickname: z.string(), name: name.nullable() }),
  'alias-learned': z.object({ alias: z.string(), name }),
  'member-added': z.object({
    name,
    status: memberStatus,
    group: z.string().default(''),
    aliases: z.array(z.string()).default([]),
    floating: z.boolean().default(false),
    joined: date.nullable().default(null),
    fullSince: date.nullable().default(null),
    exemptFiled: date.nullable().default(null),
    profile: profile.optional(),
    carried: z.array(carried).optional(),
    history: z.array(history).optional(),
    /** The branch of this town that the member came from (R33). */
    from: z.string().optional(),
  }),
  /** Months scored in the branch that a member came from; they replace what was carried of the same months. */
  'carried-recorded': z.object({ name, months: z.array(carried) }),
  'member-changed': z.object({
    name,
    rename: name.optional(),
    group: z.string().optional(),
    aliases: z.array(z.string()).optional(),
    floating: z.boolean().optional(),
    profile: profile.optional(),
    reminders: z.boolean().optional(),
    phoneless: z.boolean().optional(),
  }),
  'member-left': z.object({ name, date, reason: z.enum(['town', 'branch']), to: z.string().optional() }),
  'history-recorded': z.object({ name, year: z.number().int(), outcome: z.string() }),
  'became-full': z.object({ name, date }),
  'exemption-applied': z.object({ name, category: exemptionCategory, by: name }),
  'exemption-approved': z.object({ name, minute: date }),
  'exemption-refused': z.object({ name, reason: z.string() }),
  /** Filed by the town: out of scope from the month after (R02). */
  'exemption-filed': z.object({ name, date }),
  'exemption-ended': z.object({ name, date }),
  appointed: z.object({ name, role, from: date, until: date.nullable().default(null) }),
  'appointment-ended': z.object({ name, role, until: date }),
  /** A member's claim of posts, waiting for the secretary (R22). */
  'posts-claimed': z.object({
    name,
    posts: z.array(post),
    replace: z.record(z.string(), z.string()).optional(),
    from: month,
  }),
  'claim-refused': z.object({ name, reason: z.string() }),
  /** The posts a member holds from a month on; replaces what was held before. */
  'posts-assigned': z.object({ name, posts: z.array(post), from: month }),
  'post-detailed': z.object({ name, post, detail: z.string() }),
  'post-defined': z.object({
    post,
    name: z.string(),
    minimum: z.number().int().min(0).optional(),
    disabled: z.boolean().optional(),
  }),
} as const;
