/** Acts of the town: which branch is meant, in whose ledgers an act is written, and what is said before it. */
import type { Body } from '../../ledger/entry.ts';
import { type BranchId, TOWN } from '../../ledger/entry.ts';
import type { BranchState, TownState } from '../../ledger/state.ts';
import { type Decision, type Refusal, refuse, type Reply, type Request } from '../command.ts';
import { ask } from '../asking.ts';
import { preview } from '../month/preview.ts';
import type { Reading } from '../reading.ts';

/** The branch that the words named, or the only one there is; null where it has to be asked for. */
export function branchMeant(request: Request): BranchState | null {
  return request.town.branches[request.branch.branch] ?? null;
}

/** Asks which branch, naming those for which the act would make sense. The answer is the same words with the name. */
export function askBranch(words: string, among: readonly BranchState[]): Refusal {
  const example = `${words} ${among[0] ? shortBranch(among[0].name) : '云岭村'}`;
  return refuse('branch-which', { example, names: among.slice(0, MOST_NAMED).map((b) => b.name) });
}

/** More branches than this are not listed. */
const MOST_NAMED = 12;

/**
 * A preview of a town's act on a branch. Where there are several branches the answer may name it too (通过 云岭村): an
 * officer may have several previews open at once, and each waits in the ledger of its own branch. The bare word is
 * about the one that was asked last.
 */
export function townPreview(
  request: Request,
  reading: Reading,
  branch: BranchState | null,
  text: string,
  word: string,
): Decision {
  const several = Object.keys(request.town.branches).length > 1;
  if (!branch || !several || !request.speaker.roles.includes('town'))
    return preview(request, reading, text, word);
  const short = shortBranch(branch.name);
  const words = [
    `${word} ${short}`,
    `${word}${short}`,
    `${word} ${branch.name}`,
    `${short} ${word}`,
    `${short}${word}`,
    word,
  ];
  return ask(request, `${text}\n回复“${word} ${short}”执行。`, { confirm: { words, reading } });
}

/** The ledger in which the engine writes what a request decides. */
function homeOf(request: Request): BranchId {
  return request.town.branches[request.branch.branch] ? request.branch.branch : TOWN;
}

/**
 * An act that touches several ledgers. What belongs to the ledger of the request itself stands in `bodies`: the same
 * source may be written once to each ledger.
 */
export function across(
  request: Request,
  acts: readonly { readonly branch: BranchId; readonly bodies: readonly Body[] }[],
  replies: readonly Reply[],
): Decision {
  const home = homeOf(request);
  return {
    bodies: acts.filter((a) => a.branch === home).flatMap((a) => a.bodies),
    elsewhere: acts.filter((a) => a.branch !== home && a.bodies.length > 0),
    replies,
  };
}

/** An act on one branch, written in that branch's own ledger whoever was heard where. */
export function inBranch(
  request: Request,
  branch: BranchState,
  bodies: readonly Body[],
  replies: readonly Reply[],
): Decision {
  return across(request, [{ branch: branch.branch, bodies }], replies);
}

/** An act on the town's own ledger. */
export function inOffice(request: Request, bodies: readonly Body[], replies: readonly Reply[]): Decision {
  return across(request, [{ branch: TOWN, bodies }], replies);
}

/** A branch's name as people say it: without 党支部 and without a remark in brackets. */
export function shortBranch(name: string): string {
  const short = name
    .replace(/[（(].*?[）)]/g, '')
    .replace(/中国共产党|中共/, '')
    .replace(/党?支部.*$/, '');
  return short === '' ? name : short;
}

/** The branches that a text names, the longest names first: 上云岭村 is not 云岭村. */
export function branchesNamed(town: TownState, text: string): BranchState[] {
  let rest = text;
  return Object.values(town.branches)
    .flatMap((b) => [b.name, b.branch, shortBranch(b.name)].map((word) => ({ b, word })))
    .filter(({ word }) => word !== '')
    .sort((x, y) => y.word.length - x.word.length)
    .flatMap(({ b, word }) => {
      if (!rest.includes(word)) return [];
      rest = rest.replaceAll(word, '\u0000');
      return [b];
    })
    .filter((b, i, all) => all.indexOf(b) === i);
}
