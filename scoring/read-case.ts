/**
 * Reading a case: from whatever a file holds to books that the core can trust, or to every mistake in it with its
 * place. Nothing is computed from a case with a mistake.
 */
import type { Books } from './books.ts';
import { type Draft, checkFields, isRaw, newDraft, readList, say, show } from './draft.ts';
import type { Fact } from './case.ts';
import type { Finding } from './finding.ts';
import { type Policy, overridePolicy } from './policy.ts';
import { readFacts } from './read-facts.ts';
import { readHistory, readMembers } from './read-members.ts';
import { rulesOf } from './rules.ts';

export type CaseResult =
  | { readonly books: Books; readonly findings: readonly [] }
  | { readonly books: null; readonly findings: readonly Finding[] };

const CASE_FIELDS = new Set(['policy', 'members', 'history', 'facts']);

/** Checks a case and lays it out. `policy` is what it is scored under, before the case's own changes to it. */
export function readCase(input: unknown, policy: Policy): CaseResult {
  if (!isRaw(input))
    return { books: null, findings: [{ place: '(文件)', problem: `须为一个对象，现为 ${show(input)}` }] };
  const own = input['policy'] ?? null;
  const overridden = own === null ? null : overridePolicy(policy, own, { place: 'policy' });
  const inForce = overridden?.policy ?? policy;
  const draft = newDraft(rulesOf(inForce));
  if (overridden) draft.findings.push(...overridden.findings);
  checkFields(draft, input, CASE_FIELDS, '');
  readMembers(draft, input['members']);
  readHistory(draft, input['history']);
  const facts = readList(draft, input['facts'], 'facts');
  readFacts(draft, facts);
  checkClaims(draft);
  checkScored(draft);
  if (draft.findings.length > 0) return { books: null, findings: draft.findings };
  markRepeatedDeeds(draft);
  // Without findings every fact has the shape of its kind.
  return { books: { ...booksOf(draft), policy: inForce, facts: facts as readonly Fact[] }, findings: [] };
}

function booksOf(draft: Draft): Omit<Books, 'policy' | 'facts'> {
  const { members, byName, cells, claims, bonuses, zeros, waived, history, warnings } = draft;
  for (const list of bonuses) list.sort((a, b) => a.day - b.day || a.fact - b.fact);
  return { members, byName, cells, claims, bonuses, zeros, waived, history, warnings };
}

/** R21: each claim is held against the earlier ones of the file; a third in one month is an error. */
function checkClaims(draft: Draft): void {
  const most = draft.rules.policy.service.postsPerMember;
  draft.claims.forEach((claims, member) => {
    if (claims.length <= most) return;
    claims.forEach((claim, i) => {
      const earlier = claims.slice(0, i).filter((c) => c.from <= claim.until && c.until >= claim.from);
      // The fullest month of the overlap begins where one of the claims begins.
      const starts = [claim.from, ...earlier.map((c) => c.from).filter((m) => m > claim.from)];
      const full = starts.find((m) => earlier.filter((c) => c.from <= m && c.until >= m).length >= most);
      if (full !== undefined)
        say(
          draft,
          `facts[${claim.fact}]`,
          `${draft.members[member]!.name} 同一个月认领了第 ${most + 1} 个岗位`,
          `每人每月 ${most} 个岗位：给前一岗位写上 until`,
        );
    });
  });
}

/** A score or a final needs a claim that covers its month (R21). */
function checkScored(draft: Draft): void {
  for (const list of [draft.scores, draft.finals])
    for (const of of list) {
      if (of.post < 0 || holds(draft, of.member, of.post, of.month)) continue;
      const name = draft.members[of.member]!.name;
      const post = draft.rules.policy.posts[of.post]!.id;
      say(draft, `facts[${of.fact}]`, `${name} 当月没有认领岗位 ${post}`, '先有 claim，或改岗位、月份');
    }
}

function holds(draft: Draft, member: number, post: number, month: number): boolean {
  for (const claim of draft.claims[member]!)
    if (claim.post === post && month >= claim.from && month <= claim.until) return true;
  return false;
}

/** Q24: by month, then by order of the file, the first use of a deed counts and later ones are repeats. */
function markRepeatedDeeds(draft: Draft): void {
  const used = new Map<number, Set<string>>();
  draft.deeds.sort((a, b) => a.score.month - b.score.month || a.score.fact - b.score.fact);
  for (const { score, deedId } of draft.deeds) {
    let ids = used.get(score.member);
    if (!ids) used.set(score.member, (ids = new Set()));
    score.repeated = ids.has(deedId);
    ids.add(deedId);
  }
}
