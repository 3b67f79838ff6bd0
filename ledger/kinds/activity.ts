import { z } from 'zod';
import { bonus, date, duesStatus, leaveReason, month, name, names, post, sha256 } from './shapes.ts';

const number = z.number().int().positive();

/** Entries about what members did and how it was recorded (R14–R16, R21, R23, R24). */
export const activity = {
  /** One activity of one post on one day, by one or several people; pending until the recorder verifies it. */
  reported: z.object({
    number,
    names,
    post,
    date,
    time: z.string().optional(),
    by: name,
    proxy: z.boolean().default(false),
    deed: z.boolean().default(false),
    place: z.string().optional(),
    /** The words of the report, left out where they would name people helped or in dispute. */
    words: z.string().max(300).optional(),
    evidence: z.array(sha256).default([]),
    flags: z.array(z.string()).default([]),
  }),
  /** More people, a time or a place told later about an activity already reported. */
  'report-completed': z.object({
    number,
    names: names.optional(),
    time: z.string().optional(),
    place: z.string().optional(),
    deed: z.boolean().optional(),
    flags: z.array(z.string()).optional(),
  }),
  'report-verified': z.object({ number, deed: z.boolean().optional() }),
  'report-rejected': z.object({ number, reason: z.string() }),
  'report-withdrawn': z.object({ number, reason: z.string().optional() }),
  'report-changed': z.object({
    number,
    date: date.optional(),
    post: post.optional(),
    names: names.optional(),
    time: z.string().optional(),
    place: z.string().optional(),
  }),
  /** A companion says: not me. */
  'report-contested': z.object({ number, name }),
  'report-flagged': z.object({ number, flag: z.string() }),
  /** A photo from a member that may belong to a report within ten minutes; its bytes are held beside the ledger. */
  'photo-received': z.object({ sha256, name }),
  'photo-released': z.object({ sha256 }),
  'evidence-added': z.object({ number, sha256, reused: z.boolean().default(false) }),
  'evidence-removed': z.object({ sha256, reason: z.enum(['retention', 'request', 'minor']) }),

  'meeting-planned': z.object({
    date,
    at: z.string().optional(),
    name: z.string(),
    category: z.enum(['study', 'organisation']),
    also: z.enum(['study', 'organisation']).nullable().default(null),
    committeeOnly: z.boolean().default(false),
  }),
  'meeting-moved': z.object({ date, name: z.string(), to: date, at: z.string().optional() }),
  'meeting-cancelled': z.object({ date, name: z.string() }),
  'signin-opened': z.object({ date, meeting: z.string() }),
  'signin-closed': z.object({ date, meeting: z.string() }),
  'rsvp-given': z.object({ date, meeting: z.string(), names }),
  'signed-in': z.object({
    date,
    meeting: z.string(),
    names,
    proxy: z.record(z.string(), z.string()).optional(),
  }),
  /** A member's own word about coming late or leaving early; the recorder decides. */
  'self-noted': z.object({
    date,
    meeting: z.string(),
    name,
    note: z.enum(['present', 'late', 'early', 'absent']),
  }),
  'leave-requested': z.object({ date, meeting: z.string(), name, reason: leaveReason }),
  'leave-decided': z.object({
    date,
    meeting: z.string(),
    name,
    approved: z.boolean(),
    reason: leaveReason.optional(),
  }),
  /** Marks of one meeting; a name stands in the lists its mark says. Later marks of a name replace earlier ones. */
  'attendance-recorded': z.object({
    date,
    meeting: z.string(),
    category: z.enum(['study', 'organisation']),
    also: z.enum(['study', 'organisation']).nullable().default(null),
    present: names.default([]),
    absent: names.default([]),
    late: names.default([]),
    early: names.default([]),
    leave: z.array(z.object({ name, reason: leaveReason })).default([]),
    away: names.default([]),
    /** Everyone else in scope was present: the record is complete. */
    rest: z.boolean().default(false),
  }),

  'dues-claimed': z.object({ name, months: z.array(month), by: name }),
  'dues-recorded': z.object({ name, month, status: duesStatus }),

  'bonus-applied': z.object({ number, name, words: z.string().max(200), by: name }),
  'bonus-declined': z.object({ number, reason: z.string() }),
  'bonus-granted': bonus.extend({ minute: date, application: z.number().int().optional() }),
} as const;
