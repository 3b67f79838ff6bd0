import type { BranchId, Entry, Operation } from '../ledger/entry.ts';
import type { Finding } from '../scoring/finding.ts';
import { entriesOf, hashText, linkAfter, readOperation, START, writeOperation, type Link } from './chain.ts';
import { applyAll, type Fold, type StateStore, type Upgrade } from './fold.ts';
import { closedStore } from './problem.ts';
import type { Head, Receipt } from './store.ts';

interface Branch {
  link: Link;
  readonly texts: string[];
  readonly bySource: Map<string, { text: string; hash: string }>;
}

/** A store that keeps nothing beyond the process: the twin of the journal for tests and rehearsals. */
export async function openMemoryStore<S>(options: {
  fold: Fold<S>;
  upgrade?: Upgrade;
}): Promise<StateStore<S>> {
  const { fold, upgrade = (entry: Entry): Entry => entry } = options;
  const branches = new Map<BranchId, Branch>();
  let state = fold.initial();
  let closed = false;

  const receiptOf = (text: string, hash: string, duplicate: boolean): Receipt => {
    const kept = readOperation(text);
    const { seq: last } = linkAfter(kept, hash);
    const entries = entriesOf(kept).map(upgrade);
    return { branch: kept.branch, source: kept.source, first: kept.seq, last, hash, duplicate, entries };
  };

  const appendOne = (operation: Operation): Receipt => {
    const branch: Branch = branches.get(operation.branch) ?? { link: START, texts: [], bySource: new Map() };
    const known = branch.bySource.get(operation.source);
    if (known) return receiptOf(known.text, known.hash, true);
    const text = writeOperation(operation, branch.link);
    const hash = hashText(text);
    const receipt = receiptOf(text, hash, false);
    branches.set(operation.branch, branch);
    branch.link = { seq: receipt.last, hash };
    branch.texts.push(text);
    branch.bySource.set(operation.source, { text, hash });
    state = applyAll(fold, state, receipt.entries);
    return receipt;
  };

  return {
    state: () => state,
    async append(operations: readonly Operation[]): Promise<Receipt[]> {
      if (closed) throw closedStore();
      for (const operation of operations) writeOperation(operation, START);
      return operations.map(appendOne);
    },
    async *entries(branch: BranchId, from = 1): AsyncIterable<Entry> {
      for (const text of branches.get(branch)?.texts ?? []) {
        for (const entry of entriesOf(readOperation(text))) if (entry.seq >= from) yield upgrade(entry);
      }
    },
    branches: async () => [...branches.keys()].sort(),
    async head(branch: BranchId): Promise<Head> {
      return { branch, ...(branches.get(branch)?.link ?? START) };
    },
    verify: async (heads: readonly Head[] = []): Promise<Finding[]> => compareMemoryHeads(branches, heads),
    checkpoint: async () => {},
    close: async () => {
      closed = true;
    },
  };
}

function compareMemoryHeads(branches: ReadonlyMap<BranchId, Branch>, heads: readonly Head[]): Finding[] {
  return heads.flatMap((head) => {
    const texts = branches.get(head.branch)?.texts ?? [];
    const found = texts.find((text) => linkAfter(readOperation(text), '').seq === head.seq);
    if (found !== undefined && hashText(found).startsWith(head.hash)) return [];
    return [
      {
        place: `${head.branch}#${head.seq}`,
        problem: `这里没有以 ${head.hash.slice(0, 8)} 结尾的一笔`,
        mend: '与当时记下它的那份账本核对',
      },
    ];
  });
}
