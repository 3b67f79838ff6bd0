import { z } from 'zod';
import { date, name } from './shapes.ts';

/** Entries that keep the conversation and the clock: questions, what was said, jobs done, policy. */
export const service = {
  /** A question to one person in one room; it lapses at `until` and a new one replaces it. */
  'question-asked': z.object({
    to: name,
    room: z.string(),
    text: z.string(),
    original: z.string(),
    until: z.string(),
    choices: z.array(z.object({ label: z.string(), reading: z.unknown() })).optional(),
    /** What is done when the answer is yes (发布, 确定 …): the reading to decide. */
    confirm: z.object({ words: z.array(z.string()), reading: z.unknown() }).optional(),
  }),
  'question-settled': z.object({ to: name, room: z.string() }),
  /** The replies an operation owes, saved with it so that a crash between saving and answering loses none. */
  owed: z.object({ replies: z.array(z.unknown()) }),
  /** The source whose owed replies were delivered. */
  delivered: z.object({ source: z.string(), count: z.number().int() }),
  'job-done': z.object({ job: z.string() }),
  'policy-set': z.object({ overrides: z.unknown(), date, minute: z.string() }),
  'access-logged': z.object({ who: z.string(), about: z.string(), what: z.string() }),
  'notice-posted': z.object({ notice: z.string() }),

  'town-founded': z.object({ name: z.string() }),
  'officer-named': z.object({ name, contact: z.string().optional(), until: date.nullable().default(null) }),
  'branch-registered': z.object({ branch: z.string(), name: z.string() }),
  'binding-code-issued': z.object({ branch: z.string(), code: z.string(), until: z.string() }),
  'binding-code-used': z.object({ branch: z.string(), code: z.string(), room: z.string() }),
  'branch-transfer': z.object({ name, from: z.string(), to: z.string(), date }),
} as const;
