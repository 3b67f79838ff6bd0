/**
 * Acts of the town: which branch is meant, in whose ledger an act is written, and previews that survive in the
 * town's room, where an answer such as 确定 names no branch.
 */
import type { Body } from '../../ledger/entry.ts';
import { TOWN } from '../../ledger/entry.ts';
import type { BranchState } from '../../ledger/state.ts';
import { type Decision, type Outcome, refuse, type Reply, type Request } from '../command.ts';
import { ask } from '../asking.ts';
import { preview } from '../month/preview.ts';
import { textSlot } from '../month/said.ts';
import type { Reading } from '../reading.ts';

/** More branches than this are not offered one by one. */
const MOST_CHOICES = 9;

/** The branch kept in the reading, else the one that the words named; null where none was named. */
export function branchMeant(request: Request, reading: Reading): BranchState | null {
  const kept = textSlot(reading, 'branch');
  if (kept !== null) return request.town.branches[kept] ?? null;
  return request.branch.branch === '' ? null : request.branch;
}

export function forBranch(reading: Reading, branch: BranchState): Reading {
  return { ...reading, slots: { ...reading.slots, branch: branch.branch } };
}

/** Asks which branch, among those for which the act would make sense. */
export function askBranch(
  request: Request,
  reading: Reading,
  among: readonly BranchState[],
  text: string,
): Outcome {
  if (among.length === 0 || among.length > MOST_CHOICES) return refuse('branch-needed');
  const choices = among.map((b) => ({ label: b.name, reading: forBranch(reading, b) }));
  return inOfficeRoom(request, ask(request, text, { choices }));
}

/** A preview of a town's act; the branch stays in the reading, because the answer will not name it. */
export function townPreview(
  request: Request,
  reading: Reading,
  branch: BranchState | null,
  text: string,
  word: string,
): Decision {
  return inOfficeRoom(request, preview(request, branch ? forBranch(reading, branch) : reading, text, word));
}

/** A question to an officer lies where the answer is looked for: in the town's ledger, unless there is one branch alone. */
function inOfficeRoom(request: Request, asked: Decision): Decision {
  const alone = Object.keys(request.town.branches).length === 1;
  if (request.branch.branch === '' || alone || !request.speaker.roles.includes('town')) return asked;
  return { bodies: [], replies: asked.replies, elsewhere: [{ branch: TOWN, bodies: asked.bodies }] };
}

/** An act on one branch, written in that branch's own ledger whoever was heard where. */
export function inBranch(
  request: Request,
  branch: BranchState,
  bodies: readonly Body[],
  replies: readonly Reply[],
): Decision {
  if (request.branch.branch === branch.branch) return { bodies, replies };
  return { bodies: [], replies, elsewhere: [{ branch: branch.branch, bodies }] };
}

/** An act on the town's own ledger. */
export function inOffice(request: Request, bodies: readonly Body[], replies: readonly Reply[]): Decision {
  if (request.branch.branch === '') return { bodies, replies };
  return { bodies: [], replies, elsewhere: [{ branch: TOWN, bodies }] };
}
