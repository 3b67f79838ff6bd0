/** Commands about scores and the month's way from collecting to filing. */
import type { Command } from './command.ts';
import { confirm } from './confirm/confirm.ts';
import { paper } from './confirm/paper.ts';
import { agenda, missing } from './month/agenda.ts';
import { applyBonus, bonusList, declineBonus, grantBonus } from './month/bonus.ts';
import { check } from './month/check.ts';
import { close } from './month/close.ts';
import { receive, returnFiling } from './month/filing.ts';
import { conduct, yearZero } from './month/grave.ts';
import { hold, release, waive, withdraw } from './month/hold.ts';
import { minute } from './month/minute.ts';
import { dropProposal, second } from './month/proposal.ts';
import { publish } from './month/publish.ts';
import { ballot, closeRating, openRating, ratingResult } from './month/rating.ts';
import { remind, unconfirmed } from './month/unconfirmed.ts';
import { appealRuling } from './object/appeal.ts';
import { object } from './object/object.ts';
import { investigate, ruling } from './object/ruling.ts';
import { withdrawObjection } from './object/withdraw.ts';
import { fillAsLastMonth, fillBySuggestion } from './score/fill.ts';
import { score } from './score/score.ts';

/** Narrow commands first; the three that listen to ordinary speech last. */
export const monthCommands: readonly Command[] = [
  withdrawObjection,
  investigate,
  ruling,
  appealRuling,
  publish,
  hold,
  release,
  withdraw,
  waive,
  check,
  minute,
  agenda,
  missing,
  unconfirmed,
  remind,
  receive,
  returnFiling,
  close,
  applyBonus,
  grantBonus,
  declineBonus,
  bonusList,
  openRating,
  closeRating,
  ratingResult,
  ballot,
  yearZero,
  conduct,
  second,
  dropProposal,
  paper,
  fillBySuggestion,
  fillAsLastMonth,
  score,
  confirm,
  object,
];
