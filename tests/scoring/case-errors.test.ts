import { describe, expect, test } from '@jest/globals';
import { scoreAny } from '../../scoring/score.ts';
import { standard } from './standard-policy.ts';

const sound = {
  members: [{ name: '甲', status: 'full', joined: '2020-01-01' }, { name: '乙' }],
  facts: [{ type: 'claim', name: '甲', post: 'mediation', from: '2024-01' }] as unknown[],
};
const places = (input: unknown): string[] => scoreAny(input, standard, {}).findings.map((f) => f.place);
const withFacts = (...facts: unknown[]): unknown => ({ ...sound, facts: [...sound.facts, ...facts] });
const member = (fields: object): unknown => ({ members: [{ name: '丙', status: 'full', ...fields }] });
const score = (fields: object): object => ({
  type: 'post-score',
  name: '甲',
  month: '2024-03',
  post: 'mediation',
  commitment: 1,
  performance: 1,
  deed: 1,
  ...fields,
});
const bonus = (fields: object): object => ({
  type: 'bonus',
  name: '甲',
  date: '2024-03-01',
  minute: '2024-03-28',
  ...fields,
});
const meeting = (fields: object): object => ({
  type: 'meeting',
  date: '2024-03-01',
  category: 'study',
  ...fields,
});
const final = (fields: object): object => ({
  type: 'final',
  name: '甲',
  month: '2024-03',
  item: 'study',
  points: 5,
  minute: '2024-03-28',
  ...fields,
});

describe('mistakes in a case', () => {
  test('a sound case has none', () => {
    expect(places(sound)).toEqual([]);
    expect(
      places(
        withFacts(
          score({}),
          bonus({ item: 'economy', points: null }),
          meeting({ late: ['甲'], early: ['甲'] }),
          final({}),
        ),
      ),
    ).toEqual([]);
  });

  const table: [string, unknown, string[]][] = [
    ['not an object', [], ['(文件)']],
    ['an unknown top field', { ...sound, fact: [] }, ['fact']],
    ['no members', {}, ['members']],
    ['a member that is no object', { members: ['甲'] }, ['members[0]']],
    ['an unknown member field', member({ gender: 1 }), ['members[0].gender']],
    ['no name', { members: [{ status: 'full' }] }, ['members[0].name']],
    ['a name twice', { members: [{ name: '甲' }, { name: '甲' }] }, ['members[1].name']],
    ['a name that no row could bear', { members: [{ name: '__proto__' }] }, ['members[0].name']],
    ['an unknown status', member({ status: 'gone' }), ['members[0].status']],
    ['a date that does not exist', member({ joined: '2023-02-29' }), ['members[0].joined']],
    ['a date in other words', member({ joined: '2023-2-9' }), ['members[0].joined']],
    ['a date of the wrong type', member({ joined: 20230209 }), ['members[0].joined']],
    ['left before joined', member({ joined: '2023-02-20', left: '2023-02-10' }), ['members[0].left']],
    ['an unknown leftReason', member({ left: '2023-02-10', leftReason: 'home' }), ['members[0].leftReason']],
    ['exempt without a filing', member({ status: 'exempt' }), ['members[0].exemptFiled']],
    [
      'exempt until before the filing',
      member({ exemptFiled: '2024-02-10', exemptUntil: '2024-01-10' }),
      ['members[0].exemptUntil'],
    ],
    ['floating of the wrong type', member({ floating: 'yes' }), ['members[0].floating']],
    [
      'a carried month twice',
      member({
        carried: [
          { month: '2024-01', obligation: 1, service: 1 },
          { month: '2024-01', obligation: 1, service: 1 },
        ],
      }),
      ['members[0].carried[1].month'],
    ],
    [
      'carried out of range',
      member({ carried: [{ month: '2024-01', obligation: 41, service: 61, bonus: 11 }] }),
      ['members[0].carried[0].obligation', 'members[0].carried[0].service', 'members[0].carried[0].bonus'],
    ],
    [
      'a carried field unknown',
      member({ carried: [{ month: '2024-13', obligation: 1, service: 1, x: 1 }] }),
      ['members[0].carried[0].x', 'members[0].carried[0].month'],
    ],
    [
      'an unknown name in history',
      { ...sound, history: [{ name: '丁', year: 2023, outcome: '合格' }] },
      ['history[0].name'],
    ],
    [
      'an unknown outcome',
      { ...sound, history: [{ name: '甲', year: 2023, outcome: '好' }] },
      ['history[0].outcome'],
    ],
    [
      'history twice',
      {
        ...sound,
        history: [
          { name: '甲', year: 2023, outcome: '合格' },
          { name: '甲', year: 2023, outcome: '合格' },
        ],
      },
      ['history[1]'],
    ],
    ['history without a year', { ...sound, history: [{ name: '甲', outcome: '合格' }] }, ['history[0].year']],
    ['an unknown type', withFacts({ type: 'praise' }), ['facts[1].type']],
    ['no type', withFacts({ name: '甲' }), ['facts[1].type']],
    ['a fact that is no object', withFacts(null), ['facts[1]']],
    [
      'an unknown field',
      withFacts({ type: 'contact', name: '甲', date: '2024-03-01', how: 'phone' }),
      ['facts[1].how'],
    ],
    ['an unknown name', withFacts({ type: 'contact', name: '丁', date: '2024-03-01' }), ['facts[1].name']],
    ['an unknown category', withFacts(meeting({ category: 'dues' })), ['facts[1].category']],
    ['an unknown second category', withFacts(meeting({ also: 'party' })), ['facts[1].also']],
    ['an unknown name in a list', withFacts(meeting({ absent: ['甲', '丁'] })), ['facts[1].absent[1]']],
    ['a list that is none', withFacts(meeting({ absent: '甲' })), ['facts[1].absent']],
    ['a name in two lists', withFacts(meeting({ absent: ['甲'], late: ['甲'] })), ['facts[1].late[0]']],
    [
      'late, early and away',
      withFacts(meeting({ late: ['甲'], early: ['甲'], away: ['甲'] })),
      ['facts[1].away[0]'],
    ],
    ['a name twice in a list', withFacts(meeting({ late: ['甲', '甲'] })), ['facts[1].late[1]']],
    ['leave without a reason', withFacts(meeting({ leave: [{ name: '甲' }] })), ['facts[1].leave[0].reason']],
    [
      'leave for an unknown reason',
      withFacts(meeting({ leave: [{ name: '甲', reason: 'farm' }] })),
      ['facts[1].leave[0].reason'],
    ],
    [
      'leave with an unknown field',
      withFacts(meeting({ leave: [{ name: '甲', reason: 'sick', note: '' }] })),
      ['facts[1].leave[0].note'],
    ],
    [
      'dues twice',
      withFacts(
        ...['paid', 'late'].map((status) => ({ type: 'dues', name: '甲', month: '2024-03', status })),
      ),
      ['facts[2]'],
    ],
    [
      'an unknown dues status',
      withFacts({ type: 'dues', name: '甲', month: '2024-03', status: 'owed' }),
      ['facts[1].status'],
    ],
    [
      'a month that does not exist',
      withFacts({ type: 'dues', name: '甲', month: '2024-00', status: 'paid' }),
      ['facts[1].month'],
    ],
    [
      'conduct without a minute',
      withFacts({ type: 'conduct', name: '甲', date: '2024-03-01', kind: 'self' }),
      ['facts[1].minute'],
    ],
    [
      'an unknown kind of conduct',
      withFacts({ type: 'conduct', name: '甲', date: '2024-03-01', kind: 'dog', minute: '2024-03-28' }),
      ['facts[1].kind'],
    ],
    [
      'an unknown post',
      withFacts({ type: 'claim', name: '甲', post: 'sleeping', from: '2024-01' }),
      ['facts[1].post'],
    ],
    [
      'a claim that ends before it begins',
      withFacts({ type: 'claim', name: '甲', post: 'sanitation', from: '2024-03', until: '2024-02' }),
      ['facts[1].until'],
    ],
    [
      'a third claim in one month',
      withFacts(
        { type: 'claim', name: '甲', post: 'sanitation', from: '2024-02', until: '2024-05' },
        { type: 'claim', name: '甲', post: 'culture-sports', from: '2024-05' },
      ),
      ['facts[2]'],
    ],
    [
      'a third claim after the second ended',
      withFacts(
        { type: 'claim', name: '甲', post: 'sanitation', from: '2024-02', until: '2024-05' },
        { type: 'claim', name: '甲', post: 'culture-sports', from: '2024-06' },
      ),
      [],
    ],
    [
      'a third claim that covers two later ones',
      withFacts(
        { type: 'claim', name: '乙', post: 'sanitation', from: '2024-05', until: '2024-06' },
        { type: 'claim', name: '乙', post: 'mediation', from: '2024-06', until: '2024-07' },
        { type: 'claim', name: '乙', post: 'culture-sports', from: '2024-01' },
      ),
      ['facts[3]'],
    ],
    ['a score for a post not claimed', withFacts(score({ post: 'sanitation' })), ['facts[1]']],
    ['a score before the claim', withFacts(score({ month: '2023-12' })), ['facts[1]']],
    ['a final for a post not claimed', withFacts(final({ item: 'sanitation' })), ['facts[1]']],
    ['a score twice', withFacts(score({}), score({})), ['facts[2]']],
    ['a score above ten', withFacts(score({ deed: 10.1 })), ['facts[1].deed']],
    ['a score below zero', withFacts(score({ deed: -1 })), ['facts[1].deed']],
    ['a score with two decimals', withFacts(score({ deed: 9.25 })), ['facts[1].deed']],
    ['a score as text', withFacts(score({ deed: '9' })), ['facts[1].deed']],
    ['a score without a part', withFacts(score({ deed: null })), ['facts[1].deed']],
    [
      'parts and a total',
      withFacts(score({ total: 20 })),
      ['facts[1].commitment', 'facts[1].performance', 'facts[1].deed'],
    ],
    [
      'a total above thirty',
      withFacts({ type: 'post-score', name: '甲', month: '2024-03', post: 'mediation', total: 31 }),
      ['facts[1].total'],
    ],
    ['an unknown bonus item', withFacts(bonus({ item: 'luck' })), ['facts[1].item']],
    [
      'an unknown level',
      withFacts(bonus({ item: 'award', level: 'world', achievement: 'a' })),
      ['facts[1].level'],
    ],
    [
      'an award without an achievement',
      withFacts(bonus({ item: 'award', level: 'town' })),
      ['facts[1].achievement'],
    ],
    ['a festival without an occasion', withFacts(bonus({ item: 'festival' })), ['facts[1].occasion']],
    ['economy above two', withFacts(bonus({ item: 'economy', points: 3 })), ['facts[1].points']],
    ['other below one', withFacts(bonus({ item: 'other', points: 0.5 })), ['facts[1].points']],
    ['other without points', withFacts(bonus({ item: 'other' })), ['facts[1].points']],
    [
      'a field of another bonus',
      withFacts(bonus({ item: 'festival', occasion: 'july-1', points: 2 })),
      ['facts[1].points'],
    ],
    ['a bonus without a minute', withFacts(bonus({ item: 'economy', minute: null })), ['facts[1].minute']],
    ['a final of an unknown item', withFacts(final({ item: 'bonus' })), ['facts[1].item']],
    ['a final out of range', withFacts(final({ points: 10.5 })), ['facts[1].points']],
    ['a final without a minute', withFacts(final({ minute: undefined })), ['facts[1].minute']],
    ['a waiver without a reason', withFacts({ type: 'waive', month: '2024-03' }), ['facts[1].reason']],
    [
      'year zero without a minute',
      withFacts({ type: 'year-zero', name: '甲', date: '2024-03-01' }),
      ['facts[1].minute'],
    ],
    [
      'verified of the wrong type',
      withFacts({ type: 'report', name: '甲', post: 'mediation', date: '2024-03-01', verified: 'yes' }),
      ['facts[1].verified'],
    ],
    ['an unknown reading', { ...sound, policy: { readings: { leaves: 'all' } } }, ['policy.readings.leaves']],
    [
      'an unknown value of a reading',
      { ...sound, policy: { readings: { leave: 'none' } } },
      ['policy.readings.leave'],
    ],
    ['an unknown field of the policy', { ...sound, policy: { reading: {} } }, ['policy.reading']],
  ];
  test.each(table)('%s', (_name, input, expected) => expect(places(input)).toEqual(expected));

  test('are found all together', () => {
    const input = {
      members: [{ name: '甲', status: 'x' }],
      history: [{ name: '丁', year: 2023, outcome: '合格' }],
      facts: [{ type: 'dues', name: '丁', month: '2024-13', status: 'x' }, { type: 'z' }],
      policy: { readings: { cap: 'x' } },
      more: 1,
    };
    expect(places(input)).toEqual([
      'policy.readings.cap',
      'more',
      'members[0].status',
      'history[0].name',
      'facts[0].name',
      'facts[0].month',
      'facts[0].status',
      'facts[1].type',
    ]);
  });

  test('compute nothing', () => {
    expect(scoreAny(withFacts({ type: 'z' }), standard, { year: 2024 }).result).toBeNull();
  });
});
