import type { BranchId, Entry, Operation } from '../ledger/entry.ts';
import type { Finding } from '../scoring/finding.ts';

/** What an append yields once it is durable. */
export interface Receipt {
  readonly branch: BranchId;
  readonly source: string;
  /** Sequence of the operation's first and last entry in its branch. */
  readonly first: number;
  readonly last: number;
  /** The branch's chain hash after the operation, in hex. */
  readonly hash: string;
  /** True where the source had been appended before: nothing was written now. */
  readonly duplicate: boolean;
  /** The operation's entries as stored; for a duplicate, the first one's. */
  readonly entries: readonly Entry[];
}

/** A branch's newest sequence and chain hash. */
export interface Head {
  readonly branch: BranchId;
  readonly seq: number;
  readonly hash: string;
}

/** Where a town's ledgers live. Every implementation passes the contract suite in `tests/storage/contract.ts`. */
export interface Store {
  /** Resolves when durable; each operation is atomic, and idempotent on (branch, source). */
  append(operations: readonly Operation[]): Promise<Receipt[]>;
  entries(branch: BranchId, from?: number): AsyncIterable<Entry>;
  branches(): Promise<BranchId[]>;
  head(branch: BranchId): Promise<Head>;
  verify(heads?: readonly Head[]): Promise<Finding[]>;
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}
