/**
 * Policy files (细则) from disk. The town's standard policy ships with the package, beside the sources; since the
 * build copies no JSON it is found from the package root. Override files are laid over it in the order given.
 */
import { join } from 'node:path';
import type { Finding } from '../scoring/finding.ts';
import { type Policy, overridePolicy, readPolicy } from '../scoring/policy.ts';
import { readJsonFile } from './json-file.ts';
import { packageRoot } from './package-root.ts';

const STANDARD_POLICY = 'lanxi-2023';

interface FileFinding extends Finding {
  readonly file: string;
}

export type PolicyLoad =
  | { readonly policy: Policy; readonly findings: readonly [] }
  | { readonly policy: null; readonly findings: readonly FileFinding[] };

/** Loads the standard policy and lays override files over it; each override must be dated and approved. */
export function loadPolicy(overrideFiles: readonly string[] = []): PolicyLoad {
  const standard = join(packageRoot(), 'scoring', 'policies', `${STANDARD_POLICY}.json`);
  const json = readJsonFile(standard);
  if (!json.ok) return { policy: null, findings: [{ file: standard, ...json.finding }] };
  const whole = readPolicy(json.value);
  if (!whole.policy) return { policy: null, findings: whole.findings.map((f) => ({ file: standard, ...f })) };
  let policy = whole.policy;
  for (const file of overrideFiles) {
    const over = readJsonFile(file);
    if (!over.ok) return { policy: null, findings: [{ file, ...over.finding }] };
    const next = overridePolicy(policy, over.value, { approval: true });
    if (!next.policy) return { policy: null, findings: next.findings.map((f) => ({ file, ...f })) };
    policy = next.policy;
  }
  return { policy, findings: [] };
}
