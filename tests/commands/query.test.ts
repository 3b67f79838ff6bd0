import { describe, expect, test } from '@jest/globals';
import { query } from '../../commands/query/query.ts';
import { body } from '../../ledger/kinds.ts';
import { Branch } from './town.ts';

const MARCH = { target: 'self', scope: '2026-03' };

/** March for 韩石头: late once, paid, one patrol verified and one pending, one post scored. */
function recorded(): Branch {
  const branch = new Branch();
  return branch.given(
    '2026-03-20T20:00:00',
    '苗春燕',
    body('meeting-planned', { date: '2026-03-15', name: '主题党日', category: 'organisation' }),
    body('attendance-recorded', {
      date: '2026-03-15',
      meeting: '主题党日',
      category: 'organisation',
      late: ['韩石头'],
      leave: [{ name: '祝小梅', reason: 'sick' }],
    }),
    body('dues-recorded', { name: '韩石头', month: '2026-03', status: 'late' }),
    body('reported', {
      number: 1,
      names: ['韩石头'],
      post: 'security-patrol',
      date: '2026-03-02',
      by: '韩石头',
    }),
    body('report-verified', { number: 1 }),
    body('reported', {
      number: 2,
      names: ['韩石头'],
      post: 'security-patrol',
      date: '2026-03-09',
      by: '韩石头',
    }),
    body('post-scored', {
      name: '韩石头',
      month: '2026-03',
      post: 'security-patrol',
      commitment: 10,
      performance: 9,
      deed: 10,
    }),
  );
}

describe('asking for one’s own score', () => {
  test('answers in private, line by line with the clause, what is short and how to object', () => {
    const said = recorded().says('韩石头', query, MARCH);
    expect(said.to('here')).toBe('已私下回复您。');
    const text = said.to('private');
    expect(text).toContain('韩石头 2026年3月积分：待评（记录中）');
    expect(text).toMatch(/组织生活 8\/10\n.*3月15日.*迟到.*附件1·义务·2/);
    expect(text).toMatch(/党费缴纳 7\/10/);
    expect(text).toContain('学习教育 10/10');
    expect(text).toMatch(/治安巡逻岗 29\/30/);
    expect(text).toMatch(/环境卫生维护岗 待评$/m);
    expect(text).toContain('还差：3月治安巡逻已核实1次，至少2次，另有1次待核实');
    expect(text).toContain('异议');
    expect(said.kinds).toEqual([]);
  });

  test('never says why somebody was on leave', () => {
    expect(recorded().says('祝小梅', query, MARCH, { place: 'private' }).to('here')).toMatch(/请假/);
    expect(recorded().says('祝小梅', query, MARCH, { place: 'private' }).to('here')).not.toMatch(/病|sick/);
  });

  test('calls a figure of the recorder’s what it is', () => {
    const branch = recorded().given(
      '2026-03-21T20:00:00',
      '苗春燕',
      body('item-adjusted', {
        name: '韩石头',
        month: '2026-03',
        item: 'study',
        op: 'deduct',
        points: 2,
        reason: '没交笔记',
      }),
    );
    const text = branch.says('韩石头', query, MARCH, { place: 'private' }).to('here');
    expect(text).toContain('学习教育 10/10');
    expect(text).toContain('草稿，支委会定了才算：苗春燕扣2：没交笔记');
    expect(text).not.toContain('核定');
  });

  test('of the year so far gives the months that are scored and their mean', () => {
    const branch = recorded().given(
      '2026-03-21T20:00:00',
      '苗春燕',
      body('post-scored', { name: '韩石头', month: '2026-03', post: 'sanitation', total: 20 }),
      body('post-scored', { name: '韩石头', month: '2026-02', post: 'sanitation', total: 30 }),
      body('post-scored', { name: '韩石头', month: '2026-02', post: 'security-patrol', total: 29 }),
    );
    const text = branch
      .says('韩石头', query, { target: 'self', scope: 'year_to_date' }, { place: 'private' })
      .to('here');
    expect(text).toContain('2月 义务40 岗位59，合计99');
    expect(text).toContain('3月 义务35 岗位49，合计84');
    expect(text).toContain('已评2个月，月均91.5');
    expect(text).not.toContain('1月');
  });

  test('of an exempt member, or a month to come, says so', () => {
    expect(recorded().says('龚老根', query, MARCH, { place: 'private' }).to('here')).toContain(
      '不纳入积分管理',
    );
    expect(
      recorded().says('韩石头', query, { target: 'self', scope: '2026-09' }, { place: 'private' }).to('here'),
    ).toContain('还没有到');
  });
});

describe('asking for somebody else’s', () => {
  test('is refused to members', () => {
    expect(recorded().says('鲁水根', query, { target: '韩石头', scope: '2026-03' }).refusal).toBe(
      'query-others',
    );
    expect(recorded().says('鲁水根', query, { target: 'all', scope: '2026-03' }).refusal).toBe('query-all');
  });

  test('is answered privately to those whose job it is, and logged', () => {
    const branch = recorded();
    const said = branch.says('丁守正', query, { target: '韩石头', scope: '2026-03' });
    expect(said.data('access-logged')).toEqual([{ who: '丁守正', about: '韩石头', what: '积分 2026-03' }]);
    expect(said.to('here')).not.toContain('韩石头');
    expect(said.to('private')).toContain('韩石头 2026年3月积分');
    expect(branch.says('苗春燕', query, { target: 'all', scope: '2026-03' }).to('private')).toContain(
      '韩石头 义务35 岗位待评 合计待评',
    );
  });
});
