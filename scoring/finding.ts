/**
 * Something wrong in data that people wrote: a case, a policy, a roster, a config, a ledger.
 * Findings are collected and reported all together, never thrown one at a time (design: "Errors, three kinds").
 */
export interface Finding {
  /** Where it is: a JSON path such as `facts[3].date`, a cell such as `B7`, or `file:line`. */
  readonly place: string;
  /** What is wrong there, as one sentence for a person. */
  readonly problem: string;
  /** What to do about it, where that is not plain from the problem. */
  readonly mend?: string;
}
