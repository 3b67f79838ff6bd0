import { fingerprintOf } from '../boards/fingerprint.ts';
import type { BoardRow } from '../boards/views/board.ts';
import type { Entry } from '../ledger/entry.ts';
import type { Data } from '../ledger/kinds.ts';
import { policyFor } from '../ledger/policy.ts';
import { boardRows } from '../ledger/sheet.ts';
import type { TownState } from '../ledger/state.ts';
import { dateOfTime } from '../scoring/calendar.ts';
import type { Finding } from '../scoring/finding.ts';
import type { Policy } from '../scoring/policy.ts';

/**
 * Recomputes every published board of a month from the entries before it and compares rows and fingerprint:
 * what the group was shown is what the ledger says, under the policy that was in force (`lanxing verify`).
 */
export function boardCheck(base: Policy): (town: TownState, entry: Entry) => readonly Finding[] {
  return (town, entry) => {
    const state = town.branches[entry.branch];
    if (entry.kind !== 'board-published' || !state) return [];
    const board = entry.data as Data<'board-published'>;
    const place = `${entry.branch} #${entry.seq}`;
    const what = `${board.month} 公示榜 v${board.version}`;
    const findings: Finding[] = [];
    const rows = boardRows(state, policyFor(base, town.office, state, dateOfTime(entry.at)), board.month);
    const names = new Set([...rows, ...board.rows].map((r) => r.name));
    for (const name of names) {
      const [now, then] = [rows.find((r) => r.name === name), board.rows.find((r) => r.name === name)];
      if (JSON.stringify(now) !== JSON.stringify(then)) {
        findings.push({
          place,
          problem: `${what}：${name} 一行与记录算出来的不一致`,
          mend: '账本或程序被改动过，请用备份核对；配置里写了 policy 的，先加上一样的 --policy 再核对',
        });
      }
    }
    const { version, policy, fingerprint, month } = board;
    const recomputed = fingerprintOf({
      branch: state.name,
      period: month,
      version,
      policy,
      rows: board.rows as BoardRow[],
    });
    if (recomputed !== fingerprint) {
      findings.push({ place, problem: `${what}：校验码与内容不符`, mend: '账本被改动过，请用备份核对' });
    }
    return findings;
  };
}
