import { describe, expect, test } from '@jest/globals';
import { report } from '../../commands/report/report.ts';
import { Branch } from './town.ts';

describe('a report', () => {
  test('is receipted with its number, the day spelled out, the count of each and who verifies it', () => {
    const said = new Branch().says(
      '韩石头',
      report,
      { post: 'security-patrol', members: ['韩石头', '鲁水根'], dates: ['2026-03-02'] },
      { at: '2026-03-02T21:40:00', text: '今晚和水根巡逻了一圈' },
    );
    expect(said.to('here')).toBe(
      '已记 #1：韩石头、鲁水根 3月2日晚 治安巡逻（韩石头本月第1次、鲁水根本月第1次，至少2次）。待苗春燕核实。',
    );
    expect(said.to('@鲁水根')).toContain('#1 不是我');
    expect(said.kinds).toEqual(['reported']);
  });
});
