/**
 * A second, slow and simple reading of the `score` contract, to compare the core with. It shares no code with the
 * core: exact BigInt fractions, every figure computed anew from the list of facts, the numbers of 附件1 written out.
 * It assumes a sound case.
 */
type Json = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any

class Q {
  readonly n: bigint;
  readonly d: bigint;
  constructor(n: bigint, d = 1n) {
    this.n = n;
    this.d = d;
  }
  static of(x: number): Q {
    const [whole, dec = ''] = String(x).replace('-', '').split('.');
    const q = new Q(BigInt(whole + dec), 10n ** BigInt(dec.length));
    return x < 0 ? new Q(-q.n, q.d) : q;
  }
  plus(o: Q): Q {
    return new Q(this.n * o.d + o.n * this.d, this.d * o.d);
  }
  minus(o: Q): Q {
    return this.plus(new Q(-o.n, o.d));
  }
  over(k: number): Q {
    return new Q(this.n, this.d * BigInt(k));
  }
  cmp(o: Q): number {
    const x = this.n * o.d - o.n * this.d;
    return x < 0n ? -1 : x > 0n ? 1 : 0;
  }
  min(o: Q): Q {
    return this.cmp(o) <= 0 ? this : o;
  }
  max(o: Q): Q {
    return this.cmp(o) >= 0 ? this : o;
  }
  /** Half up to two decimals. */
  print(): number {
    const x = this.n * 200n + this.d;
    const y = this.d * 2n;
    const floor = x / y - (x % y < 0n ? 1n : 0n);
    return Number(floor) / 100;
  }
}
const ZERO = Q.of(0);
const sum = (list: Q[]): Q => list.reduce((a, b) => a.plus(b), ZERO);

const DEFAULTS: Json = {
  cap: 'month',
  bonus: 'annual',
  divisor: 'in-scope',
  unscored: 'block',
  exempt: 'ungraded',
  leave: 'all',
  lateAndEarly: 'both',
  combinedMeeting: 'one',
  itemFloor: 'zero',
  unpaidDues: 'late',
  sharedDeed: 'one-post',
  awards: 'best-per-achievement',
  festivals: 'two-a-year',
  mutual: 'reference',
  noticeDays: 'plain',
  openObjection: 'blocks-branch',
  quotaBase: 'all',
  overQuota: 'qualified',
  probationMonths: 'count',
  floatingOnSite: 'excused',
};
const LEVELS: Json = { central: 4, province: 4, city: 3, county: 2, town: 1 };

const next = (month: string): string => {
  const [y, m] = month.split('-').map(Number) as [number, number];
  return m === 12
    ? `${String(y + 1).padStart(4, '0')}-01`
    : `${month.slice(0, 4)}-${String(m + 1).padStart(2, '0')}`;
};
const before = (month: string): string => {
  const [y, m] = month.split('-').map(Number) as [number, number];
  return m === 1
    ? `${String(y - 1).padStart(4, '0')}-12`
    : `${month.slice(0, 4)}-${String(m - 1).padStart(2, '0')}`;
};
const isLast = (date: string): boolean =>
  new Date(`${date}T00:00:00Z`).getTime() + 86_400_000 ===
  Date.parse(`${next(date.slice(0, 7))}-01T00:00:00Z`);
const fromFull = (date: string): string => (date.endsWith('-01') ? date.slice(0, 7) : next(date.slice(0, 7)));

function scoped(m: Json, month: string): boolean {
  if (m.joined && month < fromFull(m.joined)) return false;
  if (m.left) {
    const own = m.left.slice(0, 7);
    const last = m.leftReason === 'branch' ? own : isLast(m.left) ? own : before(own);
    if (month > last) return false;
  }
  if (m.exemptFiled && month > m.exemptFiled.slice(0, 7))
    return m.exemptUntil ? month >= fromFull(m.exemptUntil) : false;
  return true;
}

export function referenceScore(input: Json, months: string[], year: number | null): Json {
  const r: Json = { ...DEFAULTS, ...input.policy?.readings };
  const facts: Json[] = (input.facts ?? []).map((f: Json, i: number) => ({ ...f, i }));
  const member = (name: string): Json => input.members.find((m: Json) => m.name === name);
  // The only shortcut: facts are looked up by kind, name and month, and a member's month is worked out once.
  const index = new Map<string, Json[]>();
  for (const f of facts) {
    const key = `${f.type} ${f.name} ${f.month ?? f.date?.slice(0, 7)}`;
    index.set(key, [...(index.get(key) ?? []), f]);
  }
  const of = (type: string, name: string, month: string): Json[] =>
    index.get(`${type} ${name} ${month}`) ?? [];
  const kinds = (type: string): Json[] => facts.filter((f) => f.type === type);
  const [meetings, claims, deeds] = [
    kinds('meeting'),
    kinds('claim'),
    kinds('post-score').filter((f) => f.deedId),
  ];

  const attendance = (name: string, month: string, category: string): Q => {
    const m = member(name);
    const inTouch = m.floating && of('contact', name, month).length > 0;
    let left = 10;
    for (const f of meetings) {
      if (f.date.slice(0, 7) !== month) continue;
      const hit = f.category === category || (r.combinedMeeting === 'both' && f.also === category);
      if (!hit) continue;
      const late = f.late?.includes(name);
      const early = f.early?.includes(name);
      if (f.absent?.includes(name)) left -= 5;
      if (late && early) left -= r.lateAndEarly === 'both' ? 4 : 2;
      else if (late || early) left -= 2;
      const leave = f.leave?.find((l: Json) => l.name === name);
      if (leave && (r.leave === 'all' || leave.reason === 'private')) left -= 2;
      if (f.away?.includes(name)) {
        if (!inTouch || r.floatingOnSite === 'absent') left -= 5;
        else if (r.floatingOnSite === 'leave') left -= 2;
      }
    }
    return Q.of(r.itemFloor === 'zero' ? Math.max(0, left) : left);
  };
  const dues = (name: string, month: string): Q => {
    const status = of('dues', name, month)[0]?.status ?? 'paid';
    const unpaid = r.unpaidDues === 'late' ? 3 : 10;
    const off: Json = { paid: 0, prepaid: 0, late: 3, short: 10, 'late-short': 13, unpaid };
    const left = 10 - off[status];
    return Q.of(r.itemFloor === 'zero' ? Math.max(0, left) : left);
  };
  const conduct = (name: string, month: string): Q => {
    const left = 10 - 10 * of('conduct', name, month).length;
    return Q.of(r.itemFloor === 'zero' ? Math.max(0, left) : left);
  };
  const final = (name: string, month: string, item: string): Q | null => {
    const list = of('final', name, month).filter((f) => f.item === item);
    return list.length > 0 ? Q.of(list[list.length - 1]!.points) : null;
  };
  const item = (name: string, month: string, id: string): Q =>
    final(name, month, id) ??
    (id === 'dues'
      ? dues(name, month)
      : id === 'conduct'
        ? conduct(name, month)
        : attendance(name, month, id));

  const usedBefore = (f: Json): boolean =>
    deeds.some(
      (g) =>
        g.name === f.name &&
        g.deedId &&
        g.deedId === f.deedId &&
        g.i !== f.i &&
        scoped(member(g.name), g.month) &&
        (g.month < f.month || (g.month === f.month && g.i < f.i)),
    );
  const post = (name: string, month: string, id: string): Q | null => {
    const fixed = final(name, month, id);
    if (fixed) return fixed;
    const f = of('post-score', name, month).find((x) => x.post === id);
    if (!f) return null;
    if (f.total !== undefined && f.total !== null) return Q.of(f.total);
    const deed = r.sharedDeed === 'one-post' && f.deedId && usedBefore(f) ? ZERO : Q.of(f.deed);
    return sum([Q.of(f.commitment), Q.of(f.performance), deed]);
  };
  const claimed = (name: string, month: string): string[] => [
    ...new Set(
      claims
        .filter((f) => f.name === name && f.from <= month && (!f.until || month <= f.until))
        .map((f) => f.post as string),
    ),
  ];

  /** Credited bonuses of a year as month and points, the carried ones first. */
  const credits = (name: string, y: number): { month: string; points: Q; carried: boolean }[] => {
    const out: { month: string; points: Q; carried: boolean }[] = [];
    let room = Q.of(10);
    const credit = (month: string, want: Q, carried: boolean): void => {
      const points = want.min(room).max(ZERO);
      room = room.minus(points);
      out.push({ month, points, carried });
    };
    for (const c of member(name).carried ?? [])
      if (c.month.startsWith(`${y}-`)) credit(c.month, Q.of(c.bonus ?? 0), true);
    const mine = facts
      .filter((f) => f.type === 'bonus' && f.name === name && f.date.startsWith(`${y}-`))
      .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.i - b.i));
    const best: Record<string, number> = {};
    const pool: Record<string, Q> = {};
    const once = new Set<string>();
    for (const f of mine) {
      let want = ZERO;
      if (f.item === 'award') {
        const key = r.awards === 'best-of-year' ? 'all' : `a${f.achievement}`;
        const value = LEVELS[f.level] as number;
        want = r.awards === 'sum' ? Q.of(value) : Q.of(Math.max(0, value - (best[key] ?? 0)));
        best[key] = Math.max(best[key] ?? 0, value);
      } else if (f.item === 'economy' || f.item === 'public-welfare') {
        const rest = pool[f.item] ?? Q.of(2);
        want = Q.of(f.points ?? 2).min(rest);
        pool[f.item] = rest.minus(want);
      } else if (f.item === 'festival') {
        const key = r.festivals === 'two-a-year' ? 'festival' : f.occasion;
        want = once.has(key) ? ZERO : Q.of(r.festivals === 'one-each' ? 1 : 2);
        once.add(key);
      } else want = Q.of(f.points);
      credit(f.date.slice(0, 7), want, false);
    }
    return out;
  };

  const worked = new Map<string, Json>();
  const figures = (name: string, month: string): Json => {
    const key = `${name} ${month}`;
    const known = worked.get(key) ?? figuresOf(name, month);
    worked.set(key, known);
    return known;
  };
  const figuresOf = (name: string, month: string): Json => {
    const items = ['study', 'organisation', 'dues', 'conduct'].map((id) => item(name, month, id));
    const posts = claimed(name, month).map((id) => ({ id, value: post(name, month, id) }));
    const bonus = sum(
      credits(name, Number(month.slice(0, 4)))
        .filter((c) => !c.carried && c.month === month)
        .map((c) => c.points),
    );
    return {
      items,
      posts,
      bonus,
      obligation: sum(items),
      service: sum(posts.map((p) => p.value ?? ZERO)),
      pending: posts.filter((p) => p.value === null).map((p) => p.id),
    };
  };
  const row = (name: string, month: string): Json => {
    const f = figures(name, month);
    const open = f.pending.length > 0;
    const uncapped: Q = sum([f.obligation, f.service, f.bonus]);
    const [study, organisation, due, law] = f.items.map((x: Q) => x.print());
    return {
      study,
      organisation,
      dues: due,
      conduct: law,
      obligation: f.obligation.print(),
      posts: Object.fromEntries(f.posts.map((p: Json) => [p.id, p.value === null ? null : p.value.print()])),
      service: open ? null : f.service.print(),
      bonus: f.bonus.print(),
      uncapped: open ? null : uncapped.print(),
      total: open ? null : (r.cap === 'month' ? uncapped.min(Q.of(100)) : uncapped).print(),
      pending: f.pending,
    };
  };
  const out: Json = { months: {}, year: null };
  for (const month of months)
    out.months[month] = Object.fromEntries(
      input.members.filter((m: Json) => scoped(m, month)).map((m: Json) => [m.name, row(m.name, month)]),
    );
  if (year === null) return out;

  const all = Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);
  const waived = (month: string): boolean => facts.some((f) => f.type === 'waive' && f.month === month);
  const blocked =
    r.unscored === 'block'
      ? all.filter(
          (month) =>
            !waived(month) &&
            input.members.some((m: Json) => scoped(m, month) && figures(m.name, month).pending.length > 0),
        )
      : [];
  if (blocked.length > 0) {
    out.year = { year, state: 'blocked', blocked, members: {}, quota: null };
    return out;
  }
  const roll = input.members.filter(
    (m: Json) => (!m.joined || m.joined <= `${year}-12-31`) && (!m.left || m.left > `${year}-12-31`),
  );
  const years = roll.map((m: Json): Json => {
    const credited = credits(m.name, year);
    const bonus = sum(credited.map((c) => c.points));
    const list: { raw: Q; capped: Q }[] = [];
    let divisor = 12;
    for (const month of all) {
      const c = (m.carried ?? []).find((x: Json) => x.month === month);
      if (waived(month) && !c) divisor -= 1;
      if (!c && (waived(month) || !scoped(m, month))) continue;
      if (!c && r.probationMonths === 'drop' && m.fullSince && month < fromFull(m.fullSince)) continue;
      const f = c ? null : figures(m.name, month);
      let raw = c ? Q.of(c.obligation).plus(Q.of(c.service)) : (f!.obligation as Q).plus(f!.service);
      const within = (x: Json): boolean => (r.bonus === 'monthly' ? x.month === month : x.month <= month);
      if (r.bonus !== 'annual') {
        raw = raw.plus(sum(credited.filter((x) => !x.carried && within(x)).map((x) => x.points)));
        raw = raw.plus(
          sum(
            (m.carried ?? [])
              .filter((x: Json) => x.month.startsWith(`${year}-`) && within(x))
              .map((x: Json) => Q.of(x.bonus ?? 0)),
          ),
        );
      }
      list.push({ raw, capped: r.bonus !== 'annual' && r.cap === 'month' ? raw.min(Q.of(100)) : raw });
    }
    const zeroed = facts.some(
      (f) => f.type === 'year-zero' && f.name === m.name && f.date.startsWith(`${year}-`),
    );
    if (list.length === 0)
      return { m, months: 0, bonus, mean: null, uncapped: null, score: zeroed ? ZERO : null, zeroed };
    const by = r.divisor === 'twelve' ? divisor : list.length;
    const mean = sum(list.map((x) => x.capped)).over(by);
    const uncapped = r.bonus === 'annual' ? mean.plus(bonus) : sum(list.map((x) => x.raw)).over(by);
    let score = r.bonus === 'annual' ? uncapped : mean;
    if (r.cap !== 'none') score = score.min(Q.of(100));
    if (zeroed) score = ZERO;
    return { m, months: list.length, bonus, mean, uncapped, score, zeroed };
  });
  const graded = (m: Json): boolean =>
    m.status !== 'probationary' && (m.status !== 'exempt' || r.exempt === 'graded');
  const base = years.filter(
    (y: Json) => r.quotaBase === 'all' || (r.quotaBase === 'graded' ? graded(y.m) : y.m.status !== 'exempt'),
  ).length;
  const places = Math.floor(base / 5);
  const candidates = years
    .filter((y: Json) => graded(y.m) && y.score !== null && y.score.print() >= 80)
    .sort((a: Json, b: Json) => b.score.cmp(a.score) || b.uncapped.cmp(a.uncapped));
  const same = (a: Json, b: Json): boolean => a.score.cmp(b.score) === 0 && a.uncapped.cmp(b.uncapped) === 0;
  let [excellent, tied, overQuota] = [candidates.slice(0, places), [] as Json[], candidates.slice(places)];
  if (places > 0 && candidates.length > places && same(candidates[places - 1], candidates[places])) {
    const edge = candidates[places];
    tied = candidates.filter((c: Json) => same(c, edge));
    excellent = excellent.filter((c: Json) => !same(c, edge));
    overQuota = overQuota.filter((c: Json) => !same(c, edge));
  }
  const names = (list: Json[]): string[] => list.map((y) => y.m.name);
  const gradeOf = (y: Json): [string | null, number | null] => {
    if (y.score === null || !graded(y.m) || tied.includes(y)) return [null, null];
    const s = y.score.print();
    if (s >= 80) return overQuota.includes(y) && r.overQuota === 'qualified' ? ['合格', 4] : ['优秀', 5];
    if (s >= 70) return ['合格', 4];
    if (s >= 60) return ['基本合格', 3];
    return ['不合格', s >= 55 ? 2 : s >= 50 ? 1 : 0];
  };
  const failed = (name: string, y: number): boolean =>
    (input.history ?? []).some((h: Json) => h.name === name && h.year === y && h.outcome === '不合格');
  const followUps = (y: Json, grade: string | null): string[] => {
    if (y.m.status === 'probationary')
      return y.score !== null && y.score.print() < 60
        ? ['propose-extended-probation', 'sponsor-talk', 'help-measures']
        : [];
    if (grade !== '不合格') return [];
    const list = ['admonition-talk', 'rectify-by-deadline', 'one-on-one'];
    if (failed(y.m.name, year - 1)) list.push('town-study-class');
    if (failed(y.m.name, year - 1) && failed(y.m.name, year - 2)) list.push('organisation-procedure');
    return list;
  };
  out.year = {
    year,
    state: 'computed',
    blocked: [],
    members: Object.fromEntries(
      years.map((y: Json) => {
        const [grade, stars] = gradeOf(y);
        const print = (q: Q | null): number | null => (q === null ? null : q.print());
        return [
          y.m.name,
          {
            months: y.months,
            mean: print(y.mean),
            bonus: y.bonus.print(),
            uncapped: print(y.uncapped),
            score: print(y.score),
            grade,
            stars,
            zeroed: y.zeroed,
            followUps: followUps(y, grade),
          },
        ];
      }),
    ),
    quota: {
      base,
      places,
      excellent: names(excellent),
      tied: names(tied),
      overQuota: names(overQuota),
      needsTown: places === 0,
    },
  };
  return out;
}
