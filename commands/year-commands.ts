/** Commands about the settlement of a year, about people, and the town's own. */
import type { Command } from './command.ts';
import { passYear, returnYear } from './town/year-verdict.ts';
import { yearClose } from './year/close.ts';
import { yearConfirm } from './year/confirm.ts';
import { yearDecide } from './year/decide.ts';
import { yearObject } from './year/object.ts';
import { yearPreview } from './year/preview.ts';
import { yearPublish } from './year/publish.ts';
import { yearSubmit } from './year/submit.ts';
import { tasks } from './year/tasks.ts';

/** The year before the month in every family: 年度公示 is not a month's. */
export const yearCommands: readonly Command[] = [
  passYear,
  returnYear,
  yearDecide,
  yearSubmit,
  yearPublish,
  yearConfirm,
  yearObject,
  yearClose,
  yearPreview,
  tasks,
];
