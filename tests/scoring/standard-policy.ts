/** The standard policy, for tests of the pure room. */
import { readFileSync } from 'node:fs';
import { type Policy, readPolicy } from '../../scoring/policy.ts';

/** The policy file as it stands on disk. */
export const standardFile: unknown = JSON.parse(
  readFileSync(new URL('../../scoring/policies/lanxi-2023.json', import.meta.url), 'utf8'),
);
const read = readPolicy(standardFile);
if (!read.policy) throw new Error(JSON.stringify(read.findings));
export const standard: Policy = read.policy;
