/**
 * Scoring at the size of a town: one town-year against JSON.parse of the same facts in the same run, growth from one
 * branch to a county's worth, and the sensitivity of a town against one scoring. Scoring includes checking the input.
 */
import { pathToFileURL } from 'node:url';
import { loadPolicy } from '../bot/policy-file.ts';
import { monthsOfYear } from '../scoring/calendar.ts';
import type { Case, Fact } from '../scoring/case.ts';
import type { Policy } from '../scoring/policy.ts';
import { scoreAny } from '../scoring/score.ts';

export interface Measure {
  name: string;
  value: number;
  unit: string;
  baseline?: string;
  ratio?: number;
  aim?: string;
}

const YEAR = 2024;
const MONTHS = monthsOfYear(YEAR);
const MEMBERS = 45;
const POSTS = ['security-patrol', 'sanitation', 'policy-publicity', 'left-behind-care', 'facility-upkeep'];

/** A small generator with a seed, so that every run measures the same facts. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A branch's year: about 6,430 facts, so that 56 branches make about 360,000. */
export function branchYear(branch: number, months: readonly string[]): Case {
  const random = randomFrom(branch * 7919 + 1);
  const names = Array.from({ length: MEMBERS }, (_, i) => `党员${branch}号${i}`);
  const pick = (n: number): string[] => [
    ...new Set(Array.from({ length: n }, () => names[random(MEMBERS)]!)),
  ];
  const facts: Fact[] = names.flatMap((name, i) =>
    [0, 1].map(
      (k): Fact => ({
        type: 'claim',
        name,
        post: POSTS[(i + k) % POSTS.length]!,
        from: months[0]!,
        until: months.at(-1)!,
      }),
    ),
  );
  const day = (month: string): string => `${month}-${String(random(28) + 1).padStart(2, '0')}`;
  for (const month of months) {
    for (const category of ['study', 'organisation', 'organisation', 'study']) {
      const [a, b, c, d, e] = pick(5);
      facts.push({
        type: 'meeting',
        date: day(month),
        category,
        also: null,
        absent: [a, b].filter((x) => x !== undefined),
        late: [c].filter((x) => x !== undefined),
        early: [],
        leave: [d, e].flatMap((name) => (name === undefined ? [] : [{ name, reason: 'sick' as const }])),
        away: [],
      });
    }
    names.forEach((name, i) => {
      facts.push({ type: 'dues', name, month, status: random(20) === 0 ? 'late' : 'paid' });
      for (let k = 0; k < 2; k++) {
        const post = POSTS[(i + k) % POSTS.length]!;
        for (let r = 0; r < 4 + (random(3) === 0 ? 1 : 0); r++)
          facts.push({ type: 'report', name, post, date: day(month), verified: true, deed: r === 0 });
        facts.push({
          type: 'post-score',
          name,
          month,
          post,
          commitment: 10,
          performance: 6 + random(5),
          deed: 10,
          deedId: `d${month}-${k}`,
        });
      }
      if (random(10) === 0) facts.push({ type: 'contact', name, date: day(month) });
      if (random(40) === 0)
        facts.push({
          type: 'bonus',
          name,
          date: day(month),
          item: 'economy',
          points: 2,
          minute: `${month}-28`,
        });
      if (random(200) === 0)
        facts.push({ type: 'conduct', name, date: day(month), kind: 'family', minute: `${month}-28` });
    });
  }
  return { members: names.map((name) => ({ name, status: 'full', joined: '2015-07-01' })), facts };
}

function scoreAll(
  cases: readonly unknown[],
  policy: Policy,
  months: readonly string[],
  sensitivity = false,
): void {
  for (const one of cases) {
    const { result, findings } = scoreAny(one, policy, { months, year: YEAR, sensitivity });
    if (result?.year?.state !== 'computed')
      throw new Error(`the bench case must score: ${JSON.stringify(findings[0])}`);
  }
}

/** Several branches as one case: the names differ from branch to branch. */
function together(cases: readonly Case[]): Case {
  return { members: cases.flatMap((one) => one.members), facts: cases.flatMap((one) => one.facts ?? []) };
}

function inGroups(cases: readonly Case[], size: number): Case[] {
  return Array.from({ length: cases.length / size }, (_, i) =>
    together(cases.slice(i * size, (i + 1) * size)),
  );
}

/**
 * Growth: the same 560 branches, one month's facts each, as 560 cases of one branch, as 10 of 56 and as one of 560.
 * The facts and the memory they take are the same, so what differs is how the work grows with the size of a case.
 * The three are measured in turn, so that a busy machine slows all of them alike.
 */
function growth(policy: Policy): Measure[] {
  const single = Array.from({ length: 560 }, (_, i) => branchYear(i, [MONTHS[0]!]));
  const sizes = [1, 56, 560];
  const groups = sizes.map((size) => inGroups(single, size));
  const least = sizes.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < 7; round++)
    groups.forEach((cases, i) => {
      least[i] = Math.min(
        least[i]!,
        timed(() => scoreAll(cases, policy, [MONTHS[0]!])),
      );
    });
  return sizes.slice(1).map((size, i) => ({
    name: `scoring: a case of ${size} branches, per branch`,
    value: rounded(least[i + 1]! / 560),
    unit: 'ms',
    baseline: `cases of ${sizes[i]} branches, ${rounded(least[i]! / 560)} ms`,
    ratio: rounded(least[i + 1]! / least[i]!),
    aim: 'within 20% (≤ 1.2)',
  }));
}

export async function bench(): Promise<Measure[]> {
  const { policy } = loadPolicy();
  if (!policy) throw new Error('the standard policy must load');
  const texts = Array.from({ length: 56 }, (_, i) => JSON.stringify(branchYear(i, MONTHS)));
  const cases: Case[] = texts.map((text) => JSON.parse(text) as Case);
  const facts = cases.reduce((sum, one) => sum + (one.facts?.length ?? 0), 0);
  scoreAll(cases, policy, MONTHS, true);
  let [parse, town, sensitive] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ];
  for (let round = 0; round < 5; round++) {
    parse = Math.min(
      parse,
      timed(() => texts.forEach((text) => void JSON.parse(text))),
    );
    town = Math.min(
      town,
      timed(() => scoreAll(cases, policy, MONTHS)),
    );
    sensitive = Math.min(
      sensitive,
      timed(() => scoreAll(cases, policy, MONTHS, true)),
    );
  }
  return [
    {
      name: `scoring: a town-year, ${facts} facts, months and year`,
      value: rounded(town),
      unit: 'ms',
      baseline: `JSON.parse of the same facts, ${rounded(parse)} ms`,
      ratio: rounded(town / parse),
      aim: '≤ 1.0',
    },
    {
      name: 'scoring: sensitivity of a town, months and year included',
      value: rounded(sensitive),
      unit: 'ms',
      baseline: `one scoring of the town, ${rounded(town)} ms`,
      ratio: rounded(sensitive / town),
      aim: '≤ 10',
    },
    ...growth(policy),
  ];
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(await bench(), null, 2));
