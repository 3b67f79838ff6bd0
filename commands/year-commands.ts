/** Commands about the settlement of a year, about people, and the town's own. */
import type { Command } from './command.ts';
import { appoint, dismiss } from './people/appointment.ts';
import {
  applyExemption,
  approveExemption,
  endExemption,
  fileExemption,
  refuseExemption,
} from './people/exemption.ts';
import { becomeFull } from './people/full.ts';
import { handover } from './people/handover.ts';
import { history } from './people/history.ts';
import { join } from './people/joining.ts';
import { leaveBranch } from './people/leaving.ts';
import { carry, transfer } from './people/transfer.ts';
import { signals, spotCheck } from './town/checks.ts';
import { bindingCode, registerBranches } from './town/onboarding.ts';
import { policyChange } from './town/policy.ts';
import { lists, review } from './town/review.ts';
import { filings, stages } from './town/stages.ts';
import { passYear, returnYear } from './town/year-verdict.ts';
import { yearClose } from './year/close.ts';
import { yearConfirm, yearUnconfirmed } from './year/confirm.ts';
import { yearDecide } from './year/decide.ts';
import { yearObject } from './year/object.ts';
import { yearPreview } from './year/preview.ts';
import { yearPublish } from './year/publish.ts';
import { yearSubmit } from './year/submit.ts';
import { tasks } from './year/tasks.ts';

const year: readonly Command[] = [
  yearDecide,
  yearSubmit,
  yearPublish,
  yearUnconfirmed,
  yearConfirm,
  yearObject,
  yearClose,
  yearPreview,
  tasks,
];

const people: readonly Command[] = [
  applyExemption,
  approveExemption,
  refuseExemption,
  endExemption,
  join,
  leaveBranch,
  becomeFull,
  appoint,
  dismiss,
  handover,
  history,
];

const town: readonly Command[] = [
  fileExemption,
  transfer,
  carry,
  passYear,
  returnYear,
  registerBranches,
  bindingCode,
  stages,
  filings,
  review,
  lists,
  policyChange,
  spotCheck,
  signals,
];

export const yearCommands: readonly Command[] = [...town, ...year, ...people];
