import { expect, test } from '@jest/globals';
import { type Circumstances, type Example, understand } from '../language/own-branch.ts';

const KEEPER: Circumstances = { by: '唐小雨' };
const months = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `2026-${String(from + i).padStart(2, '0')}`);
type Entry = readonly [member: string, months: readonly string[], status: string];
const entries = (...list: readonly Entry[]): Record<string, unknown> => ({ entries: list });
const JUNE = ['2026-06'];
const me = (list: readonly string[], status = 'paid'): Record<string, unknown> =>
  entries(['彭大勇', list, status]);

const DUES: readonly Example[] = [
  ['党费我叫秋生代交了', 'record dues', me(JUNE)],
  ['5月党费忘了交，今天补上了', 'record dues', me(['2026-05'], 'late')],
  ['小雨，党费发你了，四五六月的', 'record dues', me(months(4, 6))],
  ['高远党费收到，补5月的', 'record dues', entries(['高远', ['2026-05'], 'late']), KEEPER],
  ['党费我一次交到年底了', 'record dues', me(months(6, 12))],
  ['高远预交7-9月', 'record dues', entries(['高远', months(7, 9), 'prepaid']), KEEPER],
  ['党费交了', 'record dues', me(JUNE)],
  ['6月党费已转', 'record dues', me(JUNE)],
  ['我的党费昨天就微信转给小雨了', 'record dues', me(JUNE)],
  ['党费转了12块，一年的', 'record dues', me(months(1, 12))],
  ['第二季度党费交了', 'record dues', me(months(4, 6))],
  ['4到6月的党费转你了，小雨', 'record dues', me(months(4, 6))],
  ['小雨，7-9月三块钱转你了', 'record dues', me(months(7, 9))],
  ['党费 6月 已交[图片]', 'record dues', me(JUNE)],
  ['上个月的党费补交了', 'record dues', me(['2026-05'], 'late')],
  ['4月、5月党费一起补上了', 'record dues', me(['2026-04', '2026-05'], 'late')],
  ['下半年党费预交了', 'record dues', me(months(7, 12), 'prepaid')],
  ['在手机上交了党费，截图[图片]', 'record dues', me(JUNE)],
  ['我帮月娥婶把党费交了', 'record dues', entries(['秦月娥', JUNE, 'paid'])],
  ['我和秋生的党费都转了', 'record dues', entries(['彭大勇', JUNE, 'paid'], ['田秋生', JUNE, 'paid'])],
  [
    '收到党费：彭大勇1元 田秋生1元 高远1元',
    'record dues',
    entries(['彭大勇', JUNE, 'paid'], ['田秋生', JUNE, 'paid'], ['高远', JUNE, 'paid']),
    KEEPER,
  ],
  [
    '5月党费：宋春兰、单文海、四海都交了',
    'record dues',
    entries(
      ['宋春兰', ['2026-05'], 'paid'],
      ['单文海', ['2026-05'], 'paid'],
      ['蒋四海', ['2026-05'], 'paid'],
    ),
    KEEPER,
  ],
  ['乔山5月党费6月3号才交，迟了', 'record dues', entries(['乔山', ['2026-05'], 'late']), KEEPER],
  ['高远党费少交1块', 'record dues', entries(['高远', JUNE, 'short']), KEEPER],
  ['邹建平4月党费没交', 'record dues', entries(['邹建平', ['2026-04'], 'unpaid']), KEEPER],
  ['1-6月 尹红霞 6元 微信 已收', 'record dues', entries(['尹红霞', months(1, 6), 'paid']), KEEPER],
  [
    '彭大勇 田秋生 二季度党费已交',
    'record dues',
    entries(['彭大勇', months(4, 6), 'paid'], ['田秋生', months(4, 6), 'paid']),
    KEEPER,
  ],
  ['党费交了15', 'ask dues', {}],
  ['党费转了24块', 'ask dues', {}],
  ['党费明天交', 'silent none'],
  ['记得交党费', 'silent none'],
  ['电费交了', 'silent none'],
  ['还没交党费', 'silent none'],
  ['请大家抓紧交6月党费', 'silent none', {}, KEEPER],
  ['转发：关于党费收缴的通知', 'silent none'],
  ['收党费的人来了', 'silent none'],
  ['这个月话费20', 'silent none'],
  ['交了300块学费', 'silent none'],
  ['1-3月房租已交', 'silent none'],
  ['高远党费交了', 'silent none'],
  ['党费交给谁', 'answer help'],
  ['党费可以半年一交吗', 'answer help'],
];

test('dues are read with member, months and status', () => {
  const wrong = DUES.flatMap(([text, means, slots = {}, around = {}]) => {
    const reading = understand(text, around);
    const said = `${reading.act} ${reading.intent}`;
    const got = reading.slots['entries'] as
      | { member: string; months: string[]; status: string }[]
      | undefined;
    const read = got?.map((e) => [e.member, e.months, e.status]);
    const right =
      said === means &&
      (slots['entries'] === undefined || JSON.stringify(read) === JSON.stringify(slots['entries']));
    return right ? [] : [`${text} → ${said} ${JSON.stringify(read)}`];
  });
  expect(wrong).toEqual([]);
});
