/** Random sound cases, dense in edges: joins on the 1st, leaves on the last, transfers, exemptions, shared deeds, ties. */
import type { Case, CaseMember, Fact } from '../../scoring/case.ts';
import { READING_NAMES, type Readings, readingValues } from '../../scoring/readings.ts';

const POSTS = ['security-patrol', 'sanitation', 'policy-publicity', 'family-virtue'];
const YEAR = 2024;

export type Random = (below: number) => number;

export function randomFrom(seed: number): Random {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const two = (n: number): string => String(n).padStart(2, '0');
const LAST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function randomReadings(random: Random): Partial<Readings> {
  const out: Record<string, string> = {};
  for (const name of READING_NAMES) {
    const values = readingValues(name);
    if (random(2) === 0) out[name] = values[random(values.length)]!;
  }
  return out;
}

export function randomCase(seed: number): Case {
  const random = randomFrom(seed);
  const one = <T>(list: readonly T[]): T => list[random(list.length)]!;
  const chance = (percent: number): boolean => random(100) < percent;
  const month = (): string => `${YEAR}-${two(random(12) + 1)}`;
  const date = (year = YEAR): string => {
    const m = random(12);
    const last = m === 1 && year !== 2024 ? 28 : LAST[m]!;
    const day = one([1, last, random(last) + 1, random(last) + 1]);
    return `${year}-${two(m + 1)}-${two(day)}`;
  };
  const minute = '2024-12-30';
  const tenth = (most: number): number =>
    chance(70) ? random(most + 1) : Math.round(random(most * 10 + 1)) / 10;
  // An even branch has hardly any difference between its members, so that the last place of 优秀 is tied.
  const even = chance(20);
  const count = even ? random(12) + 10 : random(11) + 1;
  const members = Array.from({ length: count }, (_, i) => randomMember(`党员${i}`));
  const names = members.map((m) => m.name);
  const facts: Fact[] = [];

  function randomMember(name: string): CaseMember {
    const member: CaseMember = {
      name,
      status: one(['full', 'full', 'full', 'probationary', 'exempt'] as const),
    };
    if (chance(90)) member.joined = chance(30) ? date() : date(2020 + random(4));
    if (chance(15)) {
      // Leaving never comes before joining.
      member.left = chance(80) ? `${YEAR}-12-${two(random(31) + 1)}` : '2025-03-04';
      if (chance(60) && (member.joined ?? '0') < `${YEAR}-07-01`)
        member.left = `${YEAR}-${one(['07-31', '08-01', '09-15'])}`;
      if (member.left < (member.joined ?? '0')) member.left = '2025-03-04';
      if (chance(80)) member.leftReason = one(['town', 'branch'] as const);
    }
    if (chance(20)) member.fullSince = date();
    if (member.status === 'exempt' || chance(10)) {
      member.exemptFiled = date(chance(80) ? YEAR : 2023);
      if (chance(40)) member.exemptUntil = one([`${YEAR}-12-01`, `${YEAR}-12-15`, `${YEAR + 1}-02-01`]);
      if (chance(20) || (member.exemptUntil ?? '9') < member.exemptFiled)
        member.exemptUntil = member.exemptFiled;
    }
    if (chance(30)) member.floating = true;
    if (chance(15))
      member.carried = [...new Set([month(), month()])].map((m) => ({
        month: m,
        obligation: tenth(40),
        service: tenth(60),
        ...(chance(50) ? { bonus: random(3) } : {}),
      }));
    return member;
  }

  for (let k = even ? 0 : random(14); k > 0; k--) {
    const lists: {
      absent: string[];
      late: string[];
      early: string[];
      away: string[];
      leave: { name: string; reason: 'sick' | 'duty' | 'private' }[];
    } = { absent: [], late: [], early: [], away: [], leave: [] };
    for (const name of names) {
      const where = random(16);
      if (where === 0) lists.absent.push(name);
      if (where === 1 || where === 2) lists.late.push(name);
      if (where === 2 || where === 3) lists.early.push(name);
      if (where === 4 || where === 5) lists.away.push(name);
      if (where === 6) lists.leave.push({ name, reason: one(['sick', 'duty', 'private'] as const) });
    }
    const category = one(['study', 'organisation']);
    const also = chance(30) ? (category === 'study' ? 'organisation' : 'study') : null;
    facts.push({ type: 'meeting', date: date(), category, also, ...lists });
  }
  const duesSeen = new Set<string>();
  for (let k = random(20); k > 0; k--) {
    const [name, m] = [one(names), month()];
    if (duesSeen.has(name + m)) continue;
    duesSeen.add(name + m);
    facts.push({
      type: 'dues',
      name,
      month: m,
      status: one(['paid', 'prepaid', 'late', 'short', 'late-short', 'unpaid'] as const),
    });
  }
  for (let k = random(6); k > 0; k--) facts.push({ type: 'contact', name: one(names), date: date() });
  for (let k = random(3); k > 0; k--)
    facts.push({
      type: 'conduct',
      name: one(names),
      date: date(),
      kind: one(['self', 'family', 'petition'] as const),
      minute,
    });
  const generous = chance(50);
  for (const name of names) {
    const posts = [...POSTS].sort(() => random(3) - 1).slice(0, even ? 2 : random(3));
    for (const post of posts) {
      if (even) {
        facts.push({ type: 'claim', name, post, from: `${YEAR}-01` });
        for (let m = 1; m <= 12; m++)
          facts.push({
            type: 'post-score',
            name,
            month: `${YEAR}-${two(m)}`,
            post,
            total: m === 1 ? 28 + random(2) : 28,
          });
        continue;
      }
      const from = chance(70) ? 1 : random(12) + 1;
      const until = chance(70) ? 12 : from + random(13 - from);
      facts.push({
        type: 'claim',
        name,
        post,
        from: `${YEAR}-${two(from)}`,
        ...(until === 12 && chance(50) ? {} : { until: `${YEAR}-${two(until)}` }),
      });
      for (let m = from; m <= until; m++) {
        const at = `${YEAR}-${two(m)}`;
        if (chance(generous ? 0 : 2)) continue;
        if (chance(15))
          facts.push({
            type: 'post-score',
            name,
            month: at,
            post,
            total: generous ? 30 : tenth(30),
            ...(chance(20) ? { deedId: `d${random(3)}` } : {}),
          });
        else {
          const whole = generous && chance(80);
          facts.push({
            type: 'post-score',
            name,
            month: at,
            post,
            commitment: whole ? 10 : tenth(10),
            performance: whole ? 10 : tenth(10),
            deed: whole ? 10 : tenth(10),
            ...(chance(20) ? { deedId: `d${random(4)}` } : {}),
          });
        }
        if (chance(4)) facts.push({ type: 'final', name, month: at, item: post, points: tenth(30), minute });
      }
    }
    if (chance(10))
      facts.push({
        type: 'final',
        name,
        month: month(),
        item: one(['study', 'organisation', 'dues', 'conduct']),
        points: tenth(10),
        minute,
      });
    for (let k = even ? random(2) : random(5); k > 0; k--) facts.push(randomBonus(name));
    if (chance(3)) facts.push({ type: 'year-zero', name, date: date(), minute });
    if (chance(20))
      facts.push({
        type: 'report',
        name,
        post: one(POSTS),
        date: date(),
        verified: chance(50),
        deed: chance(50),
      });
  }

  function randomBonus(name: string): Fact {
    const base = { type: 'bonus' as const, name, date: date(chance(90) ? YEAR : 2023), minute };
    switch (random(5)) {
      case 0:
        return {
          ...base,
          item: 'award',
          level: one(['central', 'province', 'city', 'county', 'town']),
          achievement: `a${random(2)}`,
        };
      case 1:
        return { ...base, item: 'economy', ...(chance(50) ? {} : { points: tenth(2) }) };
      case 2:
        return { ...base, item: 'public-welfare', ...(chance(50) ? {} : { points: tenth(2) }) };
      case 3:
        return { ...base, item: 'festival', occasion: one(['july-1', 'october-1']) };
      default:
        return { ...base, item: 'other', points: one([1, 1.5, 2]) };
    }
  }
  for (let k = random(3); k > 0; k--) facts.push({ type: 'waive', month: month(), reason: '防汛' });
  for (let i = facts.length - 1; i > 0; i--) {
    const j = random(i + 1);
    [facts[i], facts[j]] = [facts[j]!, facts[i]!];
  }
  const history = names.flatMap((name) =>
    [2021, 2022, 2023].flatMap((year) =>
      chance(40) ? [{ name, year, outcome: chance(70) ? '不合格' : '合格' }] : [],
    ),
  );
  return { policy: { readings: randomReadings(random) }, members, history, facts };
}
