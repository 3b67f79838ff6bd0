/** Commands of everyday life: what members, the recorder and the secretary say between two boards. */
import { attendance, leave } from './attendance/attendance.ts';
import { leaveDecision } from './attendance/leave-decision.ts';
import { cancelMeeting, moveMeeting, planMeeting } from './attendance/planning.ts';
import { closeSignIn, openSignIn } from './attendance/door.ts';
import { approveClaim, refuseClaim } from './claim/approval.ts';
import { claim } from './claim/claim.ts';
import type { Command } from './command.ts';
import { correct } from './correct/correct.ts';
import { dues } from './dues/dues.ts';
import { bind, rebind, refuseBinding, unbind } from './people/binding.ts';
import { erasePhotos, myData, postPrivacy, privacy } from './people/privacy.ts';
import { reminders, settings } from './people/settings.ts';
import { query } from './query/query.ts';
import { contest } from './report/contest.ts';
import { flag } from './report/flagging.ts';
import { report } from './report/report.ts';
import { showReport } from './report/showing.ts';
import { reject, resubmit } from './report/rejection.ts';
import { verify } from './report/verification.ts';

/** Administrative and narrow commands come first: their words win over the wide natural readings. */
export const memberCommands: readonly Command[] = [
  verify,
  reject,
  resubmit,
  showReport,
  flag,
  contest,
  leaveDecision,
  openSignIn,
  closeSignIn,
  planMeeting,
  moveMeeting,
  cancelMeeting,
  approveClaim,
  refuseClaim,
  bind,
  rebind,
  refuseBinding,
  unbind,
  reminders,
  settings,
  myData,
  erasePhotos,
  privacy,
  postPrivacy,
  report,
  attendance,
  leave,
  dues,
  claim,
  query,
  correct,
];
