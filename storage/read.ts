import { resolve } from 'node:path';
import type { Finding } from '../scoring/finding.ts';
import type { Entry } from '../ledger/entry.ts';
import type { Fold, Upgrade } from './fold.ts';
import { readMarker } from './folder.ts';
import { realIO, type IO } from './io.ts';
import { missing, reasonOf, StorageProblem, words } from './problem.ts';
import { recover } from './recover.ts';
import type { ShelfFile } from './shelves.ts';
import type { Head } from './store.ts';

export interface JournalRead<S> {
  readonly state: S;
  readonly heads: Head[];
  /** What is amiss, where nothing acknowledged is: a checkpoint that is not taken, a last line not finished. */
  readonly findings: Finding[];
}

/** Parts of a state that was read lie in its checkpoint file until somebody looks: it is closed when none is left. */
const unused = new FinalizationRegistry(({ io, handle }: { io: IO; handle: number }) => {
  io.close(handle).catch(() => {});
});

/**
 * The live model as a data folder holds it now, from the checkpoint and the journal's tail as at a start: but nothing is
 * locked, mended or changed, so that it works beside a running bot. Throws a StorageProblem where there is no ledger, or
 * where anything acknowledged is damaged; whether every branch's chain holds from its beginning, `verifyJournal` says.
 */
export async function readJournal<S>(options: {
  folder: string;
  fold: Fold<S>;
  upgrade?: Upgrade;
  io?: IO;
}): Promise<JournalRead<S>> {
  const { fold, upgrade = (entry: Entry): Entry => entry, io = realIO } = options;
  const folder = resolve(options.folder);
  const findings: Finding[] = [];
  try {
    const marker = await readMarker(io, folder);
    if (!marker) throw missing(folder, words.noLedger);
    const { town, file } = await recover(
      {
        io,
        folder,
        fold,
        upgrade,
        notice: () => {},
        onlyTell: (finding) => findings.push(finding),
      },
      marker,
    );
    if (file) closeWhenUnused(file);
    const heads = [...town.links].map(([branch, link]) => ({ branch, ...link }));
    return { state: town.state, heads, findings };
  } catch (error) {
    throw unread(folder, error);
  }
}

function closeWhenUnused(file: ShelfFile): void {
  unused.register(file, { io: file.io, handle: file.handle });
}

function unread(folder: string, cause: unknown): StorageProblem {
  if (cause instanceof StorageProblem) return cause;
  return new StorageProblem({
    kind: 'fault',
    place: folder,
    problem: `读不了账本（${reasonOf(cause)}）`,
    safe: '全部内容；什么都没有改动',
    mend: '用 lanxing doctor 检查权限和磁盘',
    cause,
  });
}
