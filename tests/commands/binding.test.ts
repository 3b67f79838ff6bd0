import { describe, expect, test } from '@jest/globals';
import { bind, rebind, refuseBinding, unbind } from '../../commands/people/binding.ts';
import { introduce, meetNewcomer, type Stranger } from '../../commands/people/newcomer.ts';
import { ownData } from '../../commands/people/own-data.ts';
import { erasePhotos, myData, postPrivacy, privacy } from '../../commands/people/privacy.ts';
import { reminders, settings } from '../../commands/people/settings.ts';
import { query } from '../../commands/query/query.ts';
import { report } from '../../commands/report/report.ts';
import { body } from '../../ledger/kinds.ts';
import { accountOf } from '../../ledger/roles.ts';
import { Branch, photo, policy, type Said } from './town.ts';

const NOW = '2026-03-02T08:00:00';
const PRIVATE = { place: 'private' } as const;

/** A branch in which 岳大娘 and two officers have no account yet. */
function opened(): Branch {
  const branch = new Branch();
  return branch.given(
    NOW,
    '严书林',
    body('account-unbound', { contact: 'wx-韩石头' }),
    body('account-unbound', { contact: 'wx-贺有田' }),
  );
}

function meets(branch: Branch, stranger: Stranger): Said {
  return branch.applies(meetNewcomer(branch.state, stranger, branch.at), branch.request('bot'));
}

describe('a newcomer in the group', () => {
  test('is matched by nickname and bound on the recorder’s word', () => {
    const branch = opened();
    const met = meets(branch, { contact: 'wx-new', nickname: '一组韩石头🌾' });
    expect(met.to('role:recorder')).toContain('绑定 韩石头');
    expect(meets(branch, { contact: 'wx-new', nickname: '一组韩石头🌾' }).replies).toEqual([]);
    expect(branch.state.accounts['wx-new']).toBeUndefined();
    const said = branch.tells('苗春燕', bind, '绑定 韩石头', PRIVATE);
    expect(branch.state.accounts['wx-new']).toBe('韩石头');
    expect(said?.to('#wx-new')).toContain('已经和云岭村的名册对上');
  });

  test('who seems to hold an office is the secretary’s to bind, not the recorder’s', () => {
    const branch = opened();
    expect(meets(branch, { contact: 'wx-new', nickname: '贺有田' }).to('role:secretary')).toContain(
      '绑定 贺有田',
    );
    const said = branch.tells('苗春燕', bind, '绑定 贺有田', PRIVATE);
    expect(said?.kinds).toEqual([]);
    expect(said?.to('role:secretary')).toContain('贺有田');
    expect(branch.tells('严书林', bind, '绑定 贺有田', PRIVATE)?.kinds).toContain('account-bound');
  });

  test('who is nobody’s is told to the secretary privately, and never in the group', () => {
    const branch = opened();
    const met = meets(branch, { contact: 'wx-x', nickname: '山里红' });
    expect(met.to('role:secretary')).toContain('山里红');
    expect(met.to('group') + met.to('here')).toBe('');
    expect(branch.tells('严书林', bind, '绑定 山里红 韩石头', PRIVATE)?.kinds).toContain('account-bound');
    expect(branch.state.accounts['wx-x']).toBe('韩石头');
  });

  test('with the name of two members is asked about', () => {
    const branch = opened().given(
      NOW,
      '严书林',
      body('account-unbound', { contact: 'wx-马长河(三组)' }),
      body('account-unbound', { contact: 'wx-马长河(六组)' }),
    );
    expect(meets(branch, { contact: 'wx-m', nickname: '马长河' }).to('role:secretary')).toContain(
      '马长河(三组)、马长河(六组)',
    );
    expect(meets(branch, { contact: 'wx-m6', nickname: '六组马长河' }).to('role:recorder')).toContain(
      '绑定 马长河(六组)',
    );
    branch.tells('苗春燕', bind, '绑定 马长河(六组)', PRIVATE);
    expect(branch.state.accounts['wx-m6']).toBe('马长河(六组)');
  });

  test('who is not the member stays a stranger, and nobody is asked again', () => {
    const branch = opened();
    meets(branch, { contact: 'wx-new', nickname: '韩石头' });
    branch.tells('苗春燕', refuseBinding, '不绑定 韩石头', PRIVATE);
    expect(branch.state.accountClaims['wx-new']?.name).toBeNull();
    expect(meets(branch, { contact: 'wx-new', nickname: '韩石头' }).replies).toEqual([]);
  });
});

describe('a change of account', () => {
  test('is the secretary’s to approve, and the old account goes', () => {
    const branch = new Branch();
    expect(meets(branch, { contact: 'wx-new', nickname: '韩石头' }).to('role:secretary')).toContain(
      '换绑 韩石头',
    );
    expect(branch.tells('苗春燕', bind, '绑定 韩石头', PRIVATE)?.refusal).toBe('bind-taken');
    const said = branch.tells('严书林', rebind, '换绑 韩石头', PRIVATE);
    expect(said?.to('#wx-new')).toContain('已经和云岭村的名册对上');
    expect(said?.to('#wx-韩石头')).toContain('不是您本人要换的，请马上找严书林');
    expect(branch.state.accounts['wx-new']).toBe('韩石头');
    expect(branch.state.accounts['wx-韩石头']).toBeUndefined();
    expect(accountOf(branch.state, '韩石头')).toBe('wx-new');
  });

  test('unbinding asks first', () => {
    const branch = new Branch();
    expect(branch.tells('严书林', unbind, '解绑 韩石头', PRIVATE)?.kinds).toEqual(['question-asked']);
    branch.agrees('严书林', unbind);
    expect(accountOf(branch.state, '韩石头')).toBeNull();
    expect(branch.tells('严书林', unbind, '解绑 严书林', PRIVATE)?.refusal).toBe('bind-own');
  });
});

test('我是… in private gives the same answer to a member and to a stranger', () => {
  const branch = opened();
  const say = (contact: string, text: string) =>
    branch.applies(
      introduce(branch.state, { contact, nickname: '夜猫' }, text, branch.at),
      branch.request('bot'),
    );
  const known = say('wx-a', '我是韩石头');
  const unknown = say('wx-b', '我是钱不在');
  expect(known.to('here')).toBe(unknown.to('here'));
  expect(known.to('role:recorder')).toContain('韩石头');
  expect(say('wx-a', '我是韩石头').kinds).toEqual([]);
  expect(say('wx-c', '在吗').to('here')).toContain('我是+姓名');
});

describe('settings', () => {
  test('one’s own reminders', () => {
    const branch = new Branch();
    branch.tells('韩石头', reminders, '提醒 关');
    expect(branch.state.people['韩石头']?.reminders).toBe(false);
    branch.tells('韩石头', reminders, '提醒 开');
    expect(branch.state.people['韩石头']?.reminders).toBe(true);
    expect(branch.reads('韩石头', reminders, '提醒大家明天开会', { addressed: false })).toBeNull();
  });

  test.each([
    ['设置 主题党日 20日 9:00', { themeDay: 20, themeAt: '09:00' }],
    ['设置 公示天数 10', { noticeDays: 10 }],
    ['设置 安静时间 22:00-6:30', { quietFrom: '22:00', quietTo: '06:30' }],
    ['设置 提醒时间 17点30', { reminderAt: '17:30' }],
    ['设置 按名次 开', { ranking: true }],
    ['设置 按季党费 关', { quarterlyDues: false }],
  ])('of the branch: %s', (text, expected) => {
    const branch = new Branch();
    branch.tells('严书林', settings, text);
    expect(branch.state.settings).toMatchObject(expected);
  });

  test('cannot shorten the notice period below the regulation’s', () => {
    expect(new Branch().tells('严书林', settings, '设置 公示天数 3')?.refusal).toBe('setting-notice');
  });
});

describe('privacy', () => {
  test('a member sees what is kept and who looked, and nothing of others', () => {
    const branch = new Branch();
    branch.says('韩石头', report, { post: 'security-patrol', members: ['韩石头'], dates: ['2026-03-02'] });
    branch.says('祝小梅', report, { post: 'sanitation', members: ['祝小梅'], dates: ['2026-03-02'] });
    branch.says('丁守正', query, { target: '韩石头', scope: '2026-03' });
    branch.given(
      '2026-03-03T08:00:00',
      '苗春燕',
      body('dues-recorded', { name: '韩石头', month: '2026-03', status: 'late' }),
    );
    const text = branch.tells('韩石头', myData, '我的资料')?.to('private') ?? '';
    expect(text).toContain('#1 韩石头');
    expect(text).toContain('丁守正看过积分 2026-03');
    expect(text).toContain('不按时');
    expect(text).not.toContain('祝小梅');
    expect(ownData(branch.state, policy, '没有这人', NOW)).toEqual([]);
  });

  test('photos are removed on request, after asking', () => {
    const branch = new Branch();
    branch.says(
      '韩石头',
      report,
      { post: 'security-patrol', members: ['韩石头'], dates: ['2026-03-02'] },
      { photos: [photo('a')] },
    );
    expect(branch.tells('韩石头', erasePhotos, '删除我的照片')?.kinds).toEqual(['question-asked']);
    branch.agrees('韩石头', erasePhotos);
    expect(branch.state.reports[1]?.evidence).toEqual([]);
    expect(branch.tells('韩石头', erasePhotos, '删除我的照片')?.refusal).toBe('photos-none');
  });

  test('the notice is for everybody, posting it is the secretary’s', () => {
    const branch = new Branch();
    expect(branch.tells('韩石头', privacy, '隐私说明')?.to('here')).toContain('普通聊天不保存');
    expect(branch.tells('严书林', postPrivacy, '发隐私说明', PRIVATE)?.kinds).toEqual(['notice-posted']);
  });
});
