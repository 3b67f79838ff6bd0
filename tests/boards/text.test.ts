import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { canonicalJson, fingerprintOf, shortFingerprint } from '../../boards/fingerprint.ts';
import { byteLength, splitMessage } from '../../boards/message.ts';
import { explanationText } from '../../boards/private-text.ts';
import {
  boardNotice,
  boardText,
  changedRows,
  differenceText,
  signInText,
  stageText,
  unconfirmedText,
} from '../../boards/text.ts';
import { branchText, figureText, placeText } from '../../boards/wording.ts';
import { board, row, rows } from './sample.ts';

describe('A message that is too long for WeChat', () => {
  test('is split so that every part fits and nothing is lost or torn', () => {
    const line = fc.string({
      unit: fc.constantFrom('党', '员', '，', '。', 'a', '1', '𠮷', ' '),
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 120, max: 400 }),
        (blocks, limit) => {
          const parts = splitMessage('标题', blocks, limit);
          for (const part of parts) {
            expect(byteLength(part)).toBeLessThanOrEqual(limit);
            expect(part).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
          }
          const body =
            parts.length === 1
              ? parts.map((p) => p.slice(3))
              : parts.map((p) => p.slice(p.indexOf('\n') + 1));
          expect(body.join('').replaceAll('\n', '')).toBe(blocks.join('').replaceAll('\n', ''));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('keeps each block whole where it fits, and numbers the parts', () => {
    const parts = splitMessage(
      '榜',
      ['一二三四五六七八九十\n一二三四五', '甲乙丙丁戊己庚辛壬癸\n子丑寅卯辰', '终'],
      80,
    );
    expect(parts).toEqual([
      '榜（1/2）\n一二三四五六七八九十\n一二三四五',
      '榜（2/2）\n甲乙丙丁戊己庚辛壬癸\n子丑寅卯辰\n终',
    ]);
  });

  test('stays one message without a number where it fits', () => {
    expect(splitMessage('榜', ['一', '二'], 80)).toEqual(['榜\n一\n二']);
  });
});

describe('The board as text', () => {
  test('has every person once and in roster order, in parts that fit', () => {
    const view = board(rows(120));
    const parts = boardText(view);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) expect(byteLength(part)).toBeLessThanOrEqual(2000);
    const names = parts
      .join('\n')
      .match(/^\d+\. [^｜]+/gm)
      ?.map((text) => text.replace(/^\d+\. /, ''));
    expect(names).toEqual(view.rows.map((each) => each.name));
  });

  test('writes 待评 for what is not scored, 年度清零 in the deduction, and the sum as reckoned', () => {
    const text = boardText(
      board([
        row('赵一鸣', { bonus: 2, total: 94 }),
        row('钱二妹', { service: null, total: null }),
        row('孙三元', { deduction: '年度清零', total: 0 }),
        row('李四海', { posts: [], service: 0, total: 40 }),
      ]),
    ).join('\n');
    expect(text).toContain('1. 赵一鸣｜治安巡逻、家风家教｜40+52+2＝94');
    expect(text).toContain('2. 钱二妹｜治安巡逻、家风家教｜40+待评＝待评');
    expect(text).toContain('3. 孙三元｜治安巡逻、家风家教｜40+52＝0｜年度清零');
    expect(text).toContain('4. 李四海｜未认领｜40+0＝40');
  });

  test('is announced with its period, how to answer, how many are not scored, and its fingerprint', () => {
    const view = board([row('赵一鸣'), row('钱二妹', { service: null, total: null })]);
    const text = boardNotice(view);
    expect(text).toContain('云岭镇青石坳村党支部 2031年5月积分（第1版，2人）');
    expect(text).toContain('6月11日（周三）');
    expect(text).toContain('1人尚未评分');
    expect(text).toContain(shortFingerprint(view.fingerprint));
    expect(byteLength(text)).toBeLessThan(700);
  });

  test('says only what changed between two versions, and who must confirm again', () => {
    const before = [row('赵一鸣'), row('钱二妹'), row('孙三元')];
    const after = [row('赵一鸣'), row('钱二妹', { obligation: 38, total: 90 }), row('李四海')];
    const changes = changedRows(before, after);
    expect(changes.map((change) => change.name)).toEqual(['钱二妹', '李四海', '孙三元']);
    const text = differenceText(board(after, { version: 2 }), changes).join('\n');
    expect(text).toContain('钱二妹：义务 40→38，合计 92→90');
    expect(text).toContain('李四海：新增 40+52＝92');
    expect(text).toContain('孙三元：不再列入');
    expect(text).toContain('请钱二妹、李四海重新确认');
    expect(text).not.toContain('赵一鸣');
  });
});

describe('Texts for the secretary and the town', () => {
  test('list who has not answered by group, and leave out whoever has objected', () => {
    const text = unconfirmedText({
      branch: '青石坳村',
      period: '2031-05',
      version: 1,
      closes: '2031-06-11',
      members: 5,
      confirmed: 2,
      people: [
        { name: '赵一鸣', group: '一组', total: 92 },
        { name: '钱二妹', group: '一组', total: 90, reminded: 1 },
        { name: '孙三元', group: '二组', total: 88, objecting: true },
      ],
    }).join('\n');
    expect(text).toContain('已确认2/5，还有2人没有答复');
    expect(text).toContain('一组：赵一鸣、钱二妹（已提醒1次）');
    expect(text).toContain('有异议正在处理：孙三元');
    expect(text).not.toMatch(/92|90|88/);
  });

  test('count a sign-in in one line', () => {
    const members = [
      { name: '赵一鸣', mark: 'present' },
      { name: '钱二妹', mark: 'late' },
      { name: '孙三元', mark: 'leave' },
      { name: '李四海' },
    ] as const;
    const text = signInText({ branch: '青石坳村', meeting: '主题党日', date: '2031-06-05', members });
    expect(text).toBe('6月5日主题党日：已签到2/4，已准假1，未到1');
  });

  test('put the latest branch first and no score anywhere', () => {
    const base = { members: 20, stage: '公示中', progress: 0.6, openTickets: 0, unconfirmed: 3 };
    const text = stageText({
      town: '云岭镇',
      period: '2031-05',
      at: '2031-06-12T08:00:00',
      rows: [
        { ...base, branch: '甲村', daysLate: 0 },
        { ...base, branch: '乙村', daysLate: 2, waitsFor: '书记发布' },
        { ...base, branch: '丙村', daysLate: 9, openTickets: 1 },
      ],
    }).join('\n');
    expect(text.match(/[甲乙丙]村/g)).toEqual(['丙村', '乙村', '甲村']);
    expect(text).toContain('3个支部，2个逾期');
    expect(text).toContain('● 丙村：公示中，逾期9天，异议1件，未确认3人');
  });

  test("give a member's own record with each line's clause and the way to object", () => {
    const text = explanationText({
      name: '赵一鸣',
      period: '2031-05',
      state: '记录中',
      items: [
        {
          label: '组织生活',
          points: 8,
          of: 10,
          lines: [{ text: '5月8日主题党日迟到', points: -2, clause: '附件1·义务·2' }],
        },
      ],
      total: null,
      shortfalls: ['治安巡逻还差1次'],
      yearSoFar: { months: 4, mean: 91.25, bonus: 2 },
    }).join('\n');
    expect(text).toContain('组织生活 8/10\n  · 5月8日主题党日迟到 −2（附件1·义务·2）');
    expect(text).toContain('还差：治安巡逻还差1次');
    expect(text).toContain('4个月，月均91.25，加分累计2');
    expect(text).toContain('异议');
  });
});

describe('A fingerprint', () => {
  test('does not depend on the order of fields, and changes with any figure, name, version or policy', () => {
    const view = board([row('赵一鸣')]);
    const { name, posts, ...rest } = row('赵一鸣');
    const turned = { ...rest, posts, name };
    expect(
      fingerprintOf({
        ...view,
        rows: [turned],
      }),
    ).toBe(view.fingerprint);
    const others = [
      { ...view, rows: [row('赵一鸣', { total: 91 })] },
      { ...view, rows: [row('赵一明')] },
      { ...view, version: 2 },
      { ...view, policy: 'x' },
      { ...view, period: '2031-06' },
    ].map(fingerprintOf);
    expect(new Set([view.fingerprint, ...others]).size).toBe(6);
    expect(fingerprintOf(board([row('赵一鸣')], { closes: '2031-07-01' }))).toBe(view.fingerprint);
  });

  test('canonical JSON sorts keys at every depth and drops what is absent', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: undefined })).toBe('{"b":[{"c":null,"d":1}]}');
  });
});

describe('Names of places and figures', () => {
  test('a branch is called 党支部 once', () => {
    expect(branchText('青石坳村')).toBe('青石坳村党支部');
    expect(branchText('青石坳村党支部')).toBe('青石坳村党支部');
    expect(branchText('青石坳村党支部（试点）')).toBe('青石坳村党支部（试点）');
    expect(placeText('云岭镇', '云岭镇机关党总支')).toBe('云岭镇机关党总支');
  });

  test('figures have no trailing zeros and no binary dust', () => {
    expect([92, 88.5, 88.25, 0.1 + 0.2, null].map(figureText)).toEqual([
      '92',
      '88.5',
      '88.25',
      '0.3',
      '待评',
    ]);
  });
});
