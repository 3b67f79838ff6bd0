import { describe, expect, test } from '@jest/globals';
import type { Fact } from '../../scoring/case.ts';
import type { Readings } from '../../scoring/policy.ts';
import { MINUTE, meeting, row } from './build.ts';

const FLOATING = [{ name: '甲', floating: true }];
const CONTACT: Fact = { type: 'contact', name: '甲', date: '2024-03-30' };
const dues = (status: 'paid' | 'prepaid' | 'late' | 'short' | 'late-short' | 'unpaid'): Fact => ({
  type: 'dues',
  name: '甲',
  month: '2024-03',
  status,
});
const conduct = (kind: 'self' | 'family' | 'petition'): Fact => ({
  type: 'conduct',
  name: '甲',
  date: '2024-03-20',
  kind,
  minute: MINUTE,
});

describe('attendance items (R14, R15)', () => {
  const leave = (reason: 'sick' | 'duty' | 'private'): Fact => meeting({ leave: [{ name: '甲', reason }] });
  const both = meeting({ late: ['甲'], early: ['甲'] });
  const combined = meeting({ also: 'organisation', absent: ['甲'] });
  const away = meeting({ away: ['甲'] });
  const table: [string, Fact[], Partial<Readings>, { name: string; floating?: boolean }[], number, number][] =
    [
      ['nobody named is present', [meeting({})], {}, [{ name: '甲' }], 10, 10],
      ['absent', [meeting({ absent: ['甲'] })], {}, [{ name: '甲' }], 5, 10],
      ['late', [meeting({ late: ['甲'] })], {}, [{ name: '甲' }], 8, 10],
      ['early', [meeting({ early: ['甲'] })], {}, [{ name: '甲' }], 8, 10],
      ['late and early is two acts', [both], {}, [{ name: '甲' }], 6, 10],
      ['late and early once', [both], { lateAndEarly: 'once' }, [{ name: '甲' }], 8, 10],
      ['sick leave', [leave('sick')], {}, [{ name: '甲' }], 8, 10],
      ['sick leave waived', [leave('sick')], { leave: 'sick-and-duty-waived' }, [{ name: '甲' }], 10, 10],
      ['duty leave waived', [leave('duty')], { leave: 'sick-and-duty-waived' }, [{ name: '甲' }], 10, 10],
      [
        'private leave is never waived',
        [leave('private')],
        { leave: 'sick-and-duty-waived' },
        [{ name: '甲' }],
        8,
        10,
      ],
      [
        'another category',
        [meeting({ category: 'organisation', absent: ['甲'] })],
        {},
        [{ name: '甲' }],
        10,
        5,
      ],
      ['combined counts in the first', [combined], {}, [{ name: '甲' }], 5, 10],
      ['combined counts in both', [combined], { combinedMeeting: 'both' }, [{ name: '甲' }], 5, 5],
      [
        'the item stops at zero',
        Array.from({ length: 3 }, () => meeting({ absent: ['甲'] })),
        {},
        [{ name: '甲' }],
        0,
        10,
      ],
      [
        'the item goes below zero',
        Array.from({ length: 3 }, () => meeting({ absent: ['甲'] })),
        { itemFloor: 'none' },
        [{ name: '甲' }],
        -5,
        10,
      ],
      ['away without floating is absent', [away, CONTACT], {}, [{ name: '甲' }], 5, 10],
      ['away without contact is absent', [away], {}, FLOATING, 5, 10],
      ['away, floating and in contact', [away, CONTACT], {}, FLOATING, 10, 10],
      ['away counts as leave', [away, CONTACT], { floatingOnSite: 'leave' }, FLOATING, 8, 10],
      ['away counts as absent', [away, CONTACT], { floatingOnSite: 'absent' }, FLOATING, 5, 10],
      ['away without contact is never leave', [away], { floatingOnSite: 'leave' }, FLOATING, 5, 10],
    ];
  test.each(table)('%s', (_name, facts, readings, members, study, organisation) => {
    const found = row(facts, { readings, members });
    expect([found['study'], found['organisation']]).toEqual([study, organisation]);
  });

  test('a contact of another month excuses nothing', () => {
    const facts: Fact[] = [away, { type: 'contact', name: '甲', date: '2024-04-01' }];
    expect(row(facts, { members: FLOATING })['study']).toBe(5);
  });

  test('the item is full again the next month', () => {
    expect(row([meeting({ absent: ['甲'] })], {}, '甲', '2024-04')['study']).toBe(10);
  });
});

describe('dues and conduct (R16, R17)', () => {
  const table: [Parameters<typeof dues>[0], Partial<Readings>, number][] = [
    ['paid', {}, 10],
    ['prepaid', {}, 10],
    ['late', {}, 7],
    ['short', {}, 0],
    ['late-short', {}, 0],
    ['late-short', { itemFloor: 'none' }, -3],
    ['unpaid', {}, 7],
    ['unpaid', { unpaidDues: 'short' }, 0],
  ];
  test.each(table)('dues %s under %j are %d', (status, readings, points) => {
    expect(row([dues(status)], { readings })['dues']).toBe(points);
  });

  test('a month without an entry is paid', () => expect(row([])['dues']).toBe(10));

  test.each(['self', 'family', 'petition'] as const)('conduct %s takes ten', (kind) => {
    expect(row([conduct(kind)])['conduct']).toBe(0);
  });

  test('two facts stop at zero, or go on where nothing stops them', () => {
    const facts = [conduct('self'), conduct('family')];
    expect(row(facts)['conduct']).toBe(0);
    expect(row(facts, { readings: { itemFloor: 'none' } })['conduct']).toBe(-10);
    expect(row(facts, { readings: { itemFloor: 'none' } }).obligation).toBe(20);
  });
});

describe('posts (R21)', () => {
  const claim = (post: string, from = '2024-01', until: string | null = null): Fact => ({
    type: 'claim',
    name: '甲',
    post,
    from,
    until,
  });
  const parts = (post: string, deedId?: string, month = '2024-03'): Fact => ({
    type: 'post-score',
    name: '甲',
    month,
    post,
    commitment: 10,
    performance: 8.5,
    deed: 6,
    ...(deedId === undefined ? {} : { deedId }),
  });

  test('no claim at all is zero, not pending', () => {
    expect(row([])).toMatchObject({ posts: {}, service: 0, total: 40, pending: [] });
  });

  test('three parts add up, a total stands by itself', () => {
    const facts: Fact[] = [
      claim('mediation'),
      claim('sanitation'),
      parts('mediation'),
      { type: 'post-score', name: '甲', month: '2024-03', post: 'sanitation', total: 28.3 },
    ];
    expect(row(facts)).toMatchObject({
      posts: { mediation: 24.5, sanitation: 28.3 },
      service: 52.8,
      total: 92.8,
    });
  });

  test('a claimed post without a score is pending, never zero', () => {
    const found = row([claim('mediation'), claim('sanitation'), parts('mediation')]);
    expect(found).toMatchObject({
      posts: { mediation: 24.5, sanitation: null },
      service: null,
      uncapped: null,
      total: null,
      pending: ['sanitation'],
      obligation: 40,
    });
  });

  test('a claim holds from its first to its last month', () => {
    const facts = [claim('mediation', '2024-03', '2024-04')];
    const at = (month: string): readonly string[] => row(facts, {}, '甲', month).pending;
    expect(['2024-02', '2024-03', '2024-04', '2024-05'].map(at)).toEqual([
      [],
      ['mediation'],
      ['mediation'],
      [],
    ]);
  });

  test('one deed counts for one post, the first by month and then by file', () => {
    const facts = [
      claim('mediation'),
      claim('sanitation'),
      parts('mediation', 'd'),
      parts('sanitation', 'd'),
    ];
    expect(row(facts).posts).toEqual({ mediation: 24.5, sanitation: 18.5 });
    expect(row(facts, { readings: { sharedDeed: 'both' } }).posts).toEqual({
      mediation: 24.5,
      sanitation: 24.5,
    });
  });

  test('a deed of an earlier month is used, wherever it stands in the file', () => {
    const facts = [claim('mediation'), parts('mediation', 'd'), parts('mediation', 'd', '2024-02')];
    expect(row(facts).posts).toEqual({ mediation: 18.5 });
    expect(row(facts, {}, '甲', '2024-02').posts).toEqual({ mediation: 24.5 });
  });

  test('the same deed of two members is two deeds', () => {
    const facts = [
      claim('mediation'),
      parts('mediation', 'd'),
      { ...claim('mediation'), name: '乙' },
      { ...parts('mediation', 'd'), name: '乙' },
    ] as Fact[];
    expect(row(facts, { members: [{ name: '甲' }, { name: '乙' }] }, '乙').posts).toEqual({
      mediation: 24.5,
    });
  });
});

describe('finals of the committee', () => {
  const final = (item: string, points: number): Fact => ({
    type: 'final',
    name: '甲',
    month: '2024-03',
    item,
    points,
    minute: MINUTE,
  });
  const claim: Fact = { type: 'claim', name: '甲', post: 'mediation', from: '2024-01' };

  test('a final replaces an item, the last of the file holds', () => {
    expect(row([final('study', 3), meeting({ absent: ['甲'] }), final('study', 8.5)])['study']).toBe(8.5);
  });

  test('a final replaces a post, pending or not', () => {
    expect(row([claim, final('mediation', 21)])).toMatchObject({
      posts: { mediation: 21 },
      service: 21,
      pending: [],
    });
    const score: Fact = { type: 'post-score', name: '甲', month: '2024-03', post: 'mediation', total: 30 };
    expect(row([claim, score, final('mediation', 21)]).service).toBe(21);
    expect(row([claim, final('mediation', 21), final('mediation', 22.5)]).service).toBe(22.5);
  });
});

describe('the month as a whole (R30, Q01)', () => {
  const full: Fact[] = [
    ...['mediation', 'sanitation'].flatMap((post): Fact[] => [
      { type: 'claim', name: '甲', post, from: '2024-03', until: '2024-03' },
      { type: 'post-score', name: '甲', month: '2024-03', post, total: 30 },
    ]),
    { type: 'bonus', name: '甲', date: '2024-03-09', item: 'economy', minute: MINUTE },
  ];
  test.each([
    ['month', 100],
    ['year', 102],
    ['none', 102],
  ] as const)('under cap %s the total is %d', (cap, total) => {
    expect(row(full, { readings: { cap } })).toMatchObject({ bonus: 2, uncapped: 102, total });
  });
});
