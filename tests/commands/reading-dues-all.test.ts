import { expect, test } from '@jest/globals';
import { createReader } from '../../commands/read.ts';
import type { DuesSlots } from '../../commands/reading.ts';
import {
  type Circumstances,
  contextFor,
  type Example,
  heardFrom,
  MEMBERS,
  misread,
} from '../language/own-branch.ts';

const KEEPER: Circumstances = { by: '唐小雨', at: '2026-06-29T10:00' };
const read = createReader();
const everybody = MEMBERS.filter((m) => m.status === 'full' || m.status === 'probationary').map(
  (m) => m.name,
);

/** Statuses by name, for the entries of one message of the recorder's. */
function recorded(text: string, around: Circumstances = KEEPER): Record<string, string> {
  const reading = read(heardFrom(text, around), contextFor(around));
  if (reading.act !== 'record') return { [reading.act]: reading.intent };
  const slots = reading.slots as unknown as DuesSlots;
  return Object.fromEntries(slots.entries.map((e) => [e.member, `${e.status} ${e.months.join(' ')}`]));
}

const but = (exceptions: Record<string, string>, rest: string): Record<string, string> => ({
  ...Object.fromEntries(everybody.map((name) => [name, rest])),
  ...exceptions,
});

test.each([
  ['5月党费 四海没按时交，其他人都交了', but({ 蒋四海: 'late 2026-05' }, 'paid 2026-05')],
  ['5月党费都交了，四海没按时交', but({ 蒋四海: 'late 2026-05' }, 'paid 2026-05')],
  [
    '6月党费没交的有：四海、高远，剩下的都交清了',
    but({ 蒋四海: 'unpaid 2026-06', 高远: 'unpaid 2026-06' }, 'paid 2026-06'),
  ],
  ['除了四海，6月党费都交了', but({ 蒋四海: 'unpaid 2026-06' }, 'paid 2026-06')],
  ['6月党费收齐了，就差四海的', but({ 蒋四海: 'unpaid 2026-06' }, 'paid 2026-06')],
  ['六月份所有人党费都收齐了', but({}, 'paid 2026-06')],
])('%s', (text, expected) => {
  expect(recorded(text)).toEqual(expected);
});

test('a list with its own statuses says nothing of those it does not name', () => {
  expect(recorded('6月党费已交：高远、乔山；未交：四海')).toEqual({
    高远: 'paid 2026-06',
    乔山: 'paid 2026-06',
    蒋四海: 'unpaid 2026-06',
  });
  expect(recorded('还有两个 高远 乔山 六月份的都交了')).toEqual({
    高远: 'paid 2026-06',
    乔山: 'paid 2026-06',
  });
  expect(recorded('四海6月份的还没交')).toEqual({ 蒋四海: 'unpaid 2026-06' });
  expect(recorded('收到 高远7到9月')).toEqual({ 高远: 'paid 2026-07 2026-08 2026-09' });
  expect(recorded('以上人员党费都交了', { ...KEEPER, previous: '高远、乔山' })).toEqual({
    高远: 'paid 2026-06',
    乔山: 'paid 2026-06',
  });
});

const OTHERS: readonly Example[] = [
  ['以上人员党费都交了', 'ask dues', {}, KEEPER],
  ['党费都交了', 'ask dues', {}, KEEPER],
  [
    '补交4月5月党费2块',
    'record dues',
    { entries: [{ member: '彭大勇', months: ['2026-04', '2026-05'], status: 'late', amount: 2 }] },
  ],
  ['党费发了五块', 'ask dues', {}],
  [
    '七月八月的党费微信发过去了',
    'record dues',
    { entries: [{ member: '彭大勇', months: ['2026-07', '2026-08'], status: 'paid' }] },
  ],

  ['党费都交了', 'record dues', { entries: [{ member: '彭大勇', months: ['2026-06'], status: 'paid' }] }],
];

test('months, amounts and other things handed in', () => {
  expect(misread(OTHERS)).toEqual([]);
});
