/** `lanxing parse --dates`: the date reader alone, one line in and one line out, in the shape of spec/cli.md. */
import { z } from 'zod';
import { type FoundDate, findDates } from '../../commands/language/dates/find.ts';

const DatesLine = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  input: z.string(),
  /** Now, Asia/Shanghai; seconds may be left out. */
  reference: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/, '应为 YYYY-MM-DDTHH:mm[:ss]'),
});

/** One found date as other programs read it. */
export interface PrintedDate {
  text: string;
  date: string;
  time?: string;
  part?: string;
  end?: { date: string; time?: string };
  approx?: true;
  flags?: string[];
}

function print(found: FoundDate): PrintedDate {
  const printed: PrintedDate = { text: found.text, date: found.date };
  if (found.time !== undefined) printed.time = found.time;
  if (found.part !== undefined) printed.part = found.part;
  if (found.endDate !== undefined) {
    printed.end = { date: found.endDate, ...(found.endTime === undefined ? {} : { time: found.endTime }) };
  }
  if (found.approx) printed.approx = true;
  if (found.flags.length > 0) printed.flags = found.flags;
  return printed;
}

/**
 * Reads one input object. Throws a ZodError that names the field where the line is not of the right shape.
 * `mask` = roster and place names, where a branch is given.
 */
export function readDatesLine(
  line: unknown,
  mask: readonly string[] = [],
): { id?: string | number; found: PrintedDate[] } {
  const { id, input, reference } = DatesLine.parse(line);
  const found = findDates(input, { reference, mask }).map(print);
  return id === undefined ? { found } : { id, found };
}
