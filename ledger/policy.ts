import type { IsoDate } from '../scoring/calendar.ts';
import type { Finding } from '../scoring/finding.ts';
import { overridePolicy, type Policy } from '../scoring/policy.ts';
import type { BranchState, Office, PolicyChange } from './state.ts';

/** The changes in force on a day: the town's first, then the branch's own, each in the order of its date. */
function changesOn(office: Office, branch: BranchState | null, day: IsoDate): PolicyChange[] {
  const inForce = (changes: readonly PolicyChange[]): PolicyChange[] =>
    changes.filter((c) => c.date <= day).sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return [...inForce(office.policies), ...inForce(branch?.policies ?? [])];
}

/** What posts a branch defined itself, as an override of the policy (R22). */
function ownPosts(branch: BranchState | null): unknown {
  const posts = Object.entries(branch?.posts ?? {}).map(([id, p]) => ({
    id,
    name: p.name,
    enabled: !p.disabled,
    ...(p.minimum === null ? {} : { minimum: p.minimum }),
  }));
  return posts.length > 0 ? { posts } : null;
}

const laid = new WeakMap<Policy, Map<string, Policy>>();

/**
 * The policy in force for a branch on a day: the base file, the town's dated changes over it, the branch's over those.
 * Changes were checked when they were accepted; one that no longer fits the base is reported and left out.
 */
export function policyFor(
  base: Policy,
  office: Office,
  branch: BranchState | null,
  day: IsoDate,
  report: (findings: readonly Finding[]) => void = () => {},
): Policy {
  const overrides = [...changesOn(office, branch, day).map((c) => c.overrides), ownPosts(branch)].filter(
    (o) => o !== null,
  );
  if (overrides.length === 0) return base;
  const cache = laid.get(base) ?? new Map<string, Policy>();
  laid.set(base, cache);
  const key = JSON.stringify(overrides);
  const known = cache.get(key);
  if (known) return known;
  let policy = base;
  for (const override of overrides) {
    const result = overridePolicy(policy, override);
    if (result.policy) policy = result.policy;
    else report(result.findings);
  }
  cache.set(key, policy);
  return policy;
}
