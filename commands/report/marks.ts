/** How a report stands, and what the verifier should know of it, in a word each. */
import type { BranchState, Report } from '../../ledger/state.ts';

export const STATE_WORDS: Readonly<Record<Report['state'], string>> = {
  pending: '待核实',
  verified: '已核实',
  rejected: '已驳回',
  withdrawn: '已撤回',
};

const FLAG_WORDS: Readonly<Record<string, string>> = {
  'reused-photo': '照片用过',
  'time-clash': '时间有出入',
  'assumed-yesterday': '日期按昨天',
  'ambiguous-am-pm': '上下午不明',
  'ambiguous-numeric': '日期写法不明',
  'lunar-guess': '按农历推算',
  approximate: '日期不确切',
  'after-publication': '公示后补报',
  recalled: '原消息已撤回',
  alone: '像是一个人做的',
};

/** What the verifier should know: evidence and flags in a word each. */
export function marks(found: Report): string {
  const words = [
    ...(found.evidence.length > 0 ? [`照片${found.evidence.length}张`] : ['无照片']),
    ...(found.proxy ? [`${found.by}代报`] : []),
    ...found.flags.flatMap((f) => FLAG_WORDS[f] ?? (f.startsWith('存疑') ? [f] : [])),
  ];
  return `（${words.join('；')}）`;
}

/** The report that a rejected one was made again as, unless that one was rejected or taken back too. */
export function successorOf(branch: BranchState, number: number): Report | undefined {
  return Object.values(branch.reports).find(
    (r) => r.flags.includes(`again-${number}`) && r.state !== 'rejected' && r.state !== 'withdrawn',
  );
}
