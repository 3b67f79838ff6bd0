/**
 * Photos and the reports they belong to: a picture that the reporter sends within ten minutes before or after a report
 * is attached by its SHA-256. What is in a picture is never guessed at.
 */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import type { Report } from '../../ledger/state.ts';
import { addMinutes } from '../../scoring/calendar.ts';
import { type Decision, notice, nothing, type Request } from '../command.ts';
import { listed } from '../wording.ts';
import { toVerifier } from './verifier.ts';

/** How far a photo and its report may be apart, in minutes. */
export const PHOTO_MINUTES = 10;

export interface PhotoEvidence {
  readonly hashes: readonly string[];
  /** Those that another live report has already. */
  readonly reused: readonly string[];
  /** The numbers of the reports that had them. */
  readonly earlier: readonly number[];
}

/** The photos that came with a message, and those its sender sent shortly before. */
export function photoEvidence(request: Request, number: number): PhotoEvidence {
  const { branch, speaker, at } = request;
  const oldest = addMinutes(at, -PHOTO_MINUTES);
  const before = branch.photos.filter((p) => p.name === speaker.name && p.at >= oldest).map((p) => p.sha256);
  const hashes = [...new Set([...before, ...request.photos])].filter(
    (sha) => !branch.reports[number]?.evidence.includes(sha),
  );
  const users = (sha: string): number[] => usersOf(request, sha, number);
  const reused = hashes.filter((sha) => users(sha).length > 0);
  return { hashes, reused, earlier: [...new Set(reused.flatMap(users))] };
}

/** Live reports other than this one that a picture is evidence of; a rejected report may be made again with its picture. */
function usersOf({ branch }: Request, sha256: string, number: number): number[] {
  return (branch.evidence[sha256] ?? []).filter((n) => {
    const state = branch.reports[n]?.state;
    return n !== number && (state === 'pending' || state === 'verified');
  });
}

/**
 * Photos without words (called by the engine for a picture message that nothing else takes). They join the sender's
 * newest report of the last ten minutes, or wait for one that follows. The group hears nothing.
 */
export function receivePhotos(request: Request): Decision {
  if (request.photos.length === 0) return nothing;
  const report = reportOfPhoto(request);
  if (!report) {
    return {
      bodies: request.photos.map((sha256) => body('photo-received', { sha256, name: request.speaker.name })),
      replies: [],
    };
  }
  const bodies: Body[] = [];
  const earlier = new Set<number>();
  for (const sha256 of new Set(request.photos)) {
    if (report.evidence.includes(sha256)) continue;
    const users = usersOf(request, sha256, report.number);
    for (const n of users) earlier.add(n);
    bodies.push(body('evidence-added', { number: report.number, sha256, reused: users.length > 0 }));
  }
  const told = listed([...earlier].map((n) => `#${n}`));
  const replies =
    earlier.size > 0
      ? [
          notice(
            toVerifier(request.branch, report.names, request.at),
            `#${report.number}的照片在${told}用过，是同一张图，核实时请留意。`,
          ),
        ]
      : [];
  return { bodies, replies };
}

/** The report that a photo without words belongs to: the sender's newest of the last ten minutes, one's own first. */
export function reportOfPhoto({ branch, speaker, at }: Request): Report | undefined {
  const oldest = addMinutes(at, -PHOTO_MINUTES);
  return Object.values(branch.reports)
    .filter(
      (r) =>
        r.state === 'pending' && r.at >= oldest && (r.by === speaker.name || r.names.includes(speaker.name)),
    )
    .sort((a, b) => (a.by === speaker.name ? 1 : 0) - (b.by === speaker.name ? 1 : 0) || a.number - b.number)
    .at(-1);
}
