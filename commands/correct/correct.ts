/** Correcting and taking back what one just said; a recalled message; marks the recorder puts right; doubles to remove. */
import { type Command, isRefusal, nothing, type Outcome, refuse, type Request } from '../command.ts';
import type { CorrectSlots, Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { takeBack } from '../object/withdraw.ts';
import { changeReport } from './change.ts';
import { removeDouble } from './doubles.ts';
import { changeMarks, type MarkChange } from './marks.ts';
import { correctReading } from './reading.ts';
import { recalled, withdraw } from './withdraw.ts';

interface Slots extends CorrectSlots {
  readonly number?: number;
  readonly kind?: string;
  /** The double chosen. */
  readonly key?: string;
}

export const correct: Command = {
  ...correctReading,
  intent: 'correct',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '更正或撤回刚报的；没核实的直接改，核实过的转给记录员',
  examples: [
    '打错了，是3月12号不是13号',
    '是四组不是二组',
    '9号大扫除那条把张三去掉',
    '刚才报的那条撤回',
    '撤回 #37',
  ],
  decide: decideCorrect,
};

/** What a change of a report may name; any other key is a member whose mark is changed. */
const FIELDS: ReadonlySet<string> = new Set(['date', 'time', 'post', 'member', 'place']);

/** Overheard words that fit nothing of the speaker's were about something else. */
const NOTHING_MEANT: ReadonlySet<string> = new Set([
  'correct-nothing',
  'report-none-yours',
  'correct-no-double',
]);

function decideCorrect(request: Request, reading: Reading): Outcome {
  const outcome = decideMeant(request, reading);
  if (isRefusal(outcome) && !request.addressed && NOTHING_MEANT.has(outcome.refusal)) return nothing;
  return outcome;
}

function decideMeant(request: Request, reading: Reading): Outcome {
  const slots = slotsOf<Slots>(reading);
  switch (slots.op) {
    case 'recalled':
      // The edge names the recalled message where it knows it.
      return recalled(request, slots.member ?? request.speaker.name, slots.target);
    case 'withdraw':
      return withdraw(request, reading, {
        ...(slots.number === undefined ? {} : { number: slots.number }),
        // 刚才 is when it was said, not when it was done.
        ...(slots.date === undefined || /刚/.test(request.text) ? {} : { date: slots.date }),
        ...(slots.kind === undefined ? {} : { kind: slots.kind }),
        ...(slots.member === undefined || slots.member === request.speaker.name
          ? {}
          : { member: slots.member }),
      });
    case 'withdraw_objection':
      return takeBack(request, slots.number ?? null);
    case 'remove_duplicate':
      return removeDouble(request, reading, slots.key);
    default:
      return decideChange(request, reading, slots);
  }
}

function decideChange(request: Request, reading: Reading, slots: Slots): Outcome {
  const change = slots.change ?? {};
  const names = Object.keys(change).filter((key) => !FIELDS.has(key));
  if (names.length > 0) return changeMarks(request, reading, slots.target, onlyMarks(change, names));
  if (Object.keys(change).length === 0) return refuse('correct-nothing');
  const typed = /#(\d{1,5})/.exec(request.text);
  const number = slots.number ?? (typed ? Number(typed[1]) : undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the reading fills date, time, post and member so
  return changeReport(request, reading, change, number);
}

function onlyMarks(change: Readonly<Record<string, unknown>>, names: readonly string[]): MarkChange {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the reading gives every member a status to turn to
  return Object.fromEntries(names.map((name) => [name, change[name]])) as MarkChange;
}
