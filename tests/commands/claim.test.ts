import { describe, expect, test } from '@jest/globals';
import { approveClaim, refuseClaim } from '../../commands/claim/approval.ts';
import { claim } from '../../commands/claim/claim.ts';
import { body } from '../../ledger/kinds.ts';
import { postsIn } from '../../ledger/fold/people.ts';
import { Branch } from './town.ts';

const held = (branch: Branch, name: string, month: string): string[] =>
  postsIn(branch.state.people[name]!, month);

describe('claiming posts', () => {
  test('waits for the secretary; the first claim counts at once', () => {
    const branch = new Branch();
    const said = branch.says('尤新苗', claim, { member: '尤新苗', posts: ['security-patrol', 'sanitation'] });
    expect(said.to('here')).toBe('已记 尤新苗认领治安巡逻岗、环境卫生维护岗（3月起），待严书林同意。');
    expect(said.to('@严书林')).toContain('同意认领 尤新苗');
    expect(held(branch, '尤新苗', '2026-03')).toEqual([]);
    branch.tells('严书林', approveClaim, '同意认领 尤新苗');
    expect(held(branch, '尤新苗', '2026-03')).toEqual(['security-patrol', 'sanitation']);
  });

  test('a change counts from the next month', () => {
    const branch = new Branch();
    branch.says('韩石头', claim, { member: '韩石头', replace: { sanitation: 'culture-sports' } });
    branch.tells('严书林', approveClaim, '同意认领 全部');
    expect(held(branch, '韩石头', '2026-03')).toEqual(['security-patrol', 'sanitation']);
    expect(held(branch, '韩石头', '2026-04')).toEqual(['security-patrol', 'culture-sports']);
  });

  test('one more beside one held makes two; a third asks which two', () => {
    const branch = new Branch();
    branch.says('马长河(三组)', claim, { member: '马长河(三组)', posts: ['sanitation'] });
    expect(branch.state.people['马长河(三组)']?.pendingClaim?.posts).toEqual([
      'security-patrol',
      'sanitation',
    ]);
    const asked = branch.says('韩石头', claim, { member: '韩石头', posts: ['mediation'] });
    expect(asked.kinds).toEqual(['question-asked']);
    expect(asked.to('here')).toContain('1 治安巡逻岗、环境卫生维护岗');
    branch.chooses('韩石头', claim, 2);
    expect(branch.state.people['韩石头']?.pendingClaim).toMatchObject({
      posts: ['security-patrol', 'mediation'],
      from: '2026-04',
    });
  });

  test('explains who a post is meant for, to the member and to the secretary', () => {
    const said = new Branch().says('尤新苗', claim, {
      member: '尤新苗',
      posts: ['village-supervision', 'floating-member'],
    });
    expect(said.to('here')).toContain('村务监督岗有资格要求');
    expect(said.to('@严书林')).toContain('不是登记的流动党员');
  });

  test('of a post that is not offered is refused', () => {
    const branch = new Branch();
    branch.given(
      '2026-03-01T08:00:00',
      '严书林',
      body('post-defined', { post: 'mediation', name: '信访矛盾化解岗', disabled: true }),
    );
    expect(branch.says('尤新苗', claim, { member: '尤新苗', posts: ['mediation'] }).refusal).toBe(
      'claim-not-offered',
    );
  });

  test('in a list sent again, only what is new counts', () => {
    const branch = new Branch();
    const claims = { 尤新苗: ['security-patrol', 'sanitation'], 韩石头: ['security-patrol', 'sanitation'] };
    expect(
      branch
        .says('尤新苗', claim, { claims })
        .data('posts-claimed')
        .map((d) => d['name']),
    ).toEqual(['尤新苗']);
    expect(branch.says('鲁水根', claim, { claims }, { addressed: false }).kinds).toEqual([]);
  });

  test('arranged by the secretary holds without a further word; the secretary’s own is the deputy’s', () => {
    const branch = new Branch();
    const said = branch.says('严书林', claim, {
      claims: { 尤新苗: ['mediation'], '马长河(六组)': ['sanitation', 'mediation'] },
    });
    expect(said.kinds).toEqual(['posts-assigned', 'posts-assigned']);
    const own = branch.says('严书林', claim, { member: '严书林', posts: ['mediation', 'sanitation'] });
    expect(own.to('@贺有田')).toContain('严书林');
    expect(branch.tells('严书林', approveClaim, '同意认领 严书林')?.refusal).toBe('claim-own');
  });

  test('not agreed to needs a reason, which the member hears', () => {
    const branch = new Branch();
    branch.says('尤新苗', claim, { member: '尤新苗', posts: ['mediation'] });
    expect(branch.tells('严书林', refuseClaim, '不同意认领 尤新苗')?.refusal).toBe('claim-reason');
    const said = branch.tells('严书林', refuseClaim, '不同意认领 尤新苗 这个岗满了');
    expect(said?.to('@尤新苗')).toContain('这个岗满了');
    expect(branch.state.people['尤新苗']?.pendingClaim).toBeNull();
  });

  test('keeps whom a carer looks after out of the group', () => {
    const said = new Branch().says('祝小梅', claim, {
      detail: { 祝小梅: ['小雨(化名)'] },
      post: 'left-behind-care',
      frequency: 2,
    });
    expect(said.kinds).toEqual(['post-detailed']);
    expect(said.to('here')).not.toContain('小雨');
    expect(new Branch().says('韩石头', claim, { detail: { 祝小梅: ['小雨'] } }).refusal).toBe(
      'claim-detail-not-yours',
    );
  });
});
