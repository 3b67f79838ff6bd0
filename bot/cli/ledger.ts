import { existsSync } from 'node:fs';
import type { BranchState, TownState } from '../../ledger/state.ts';
import { ledgerFolder, readTown } from '../town-store.ts';
import { BadInput } from './input.ts';

/** The branch that is meant: named, or the only one there is. */
export function branchMeant(town: TownState, wanted: string | undefined): BranchState {
  const all = Object.values(town.branches);
  const only = wanted === undefined && all.length === 1 ? all[0] : undefined;
  const found = only ?? all.find((b) => b.branch === wanted || b.name === wanted);
  if (found) return found;
  const problem = wanted === undefined ? '请写明支部' : `没有“${wanted}”`;
  throw new BadInput([
    {
      place: '--branch',
      problem,
      mend:
        all.length === 0
          ? '账本里还没有支部，先用 import 导入'
          : `可选：${all.map((b) => b.name).join('、')}`,
    },
  ]);
}

/** Reads a ledger beside a running bot; a folder without one is bad input. */
export async function readLedger(
  data: string,
): Promise<{ town: TownState; heads: Awaited<ReturnType<typeof readTown>>['heads'] }> {
  const folder = ledgerFolder(data);
  if (!existsSync(folder))
    throw new BadInput([{ place: data, problem: '没有这个文件夹', mend: '用 --data 指到账本所在的文件夹' }]);
  const { town, heads, findings } = await readTown(folder);
  if (findings.length > 0)
    throw new BadInput(
      findings.map((f) => ({ ...f, mend: f.mend ?? `详细检查：lanxing verify --data ${data}` })),
    );
  return { town, heads };
}
