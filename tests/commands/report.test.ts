import { describe, expect, test } from '@jest/globals';
import { receivePhotos } from '../../commands/report/photos.ts';
import { report } from '../../commands/report/report.ts';
import { body } from '../../ledger/kinds.ts';
import { Branch, photo, type Said } from './town.ts';

const patrol = (members: string[], dates = ['2026-03-02'], more: object = {}) => ({
  post: 'security-patrol',
  members,
  dates,
  ...more,
});

describe('a report', () => {
  test('is receipted with its number, the day spelled out, the count of each and who verifies it', () => {
    const said = new Branch().says('韩石头', report, patrol(['韩石头', '鲁水根']), {
      at: '2026-03-02T21:40:00',
      text: '今晚和水根巡逻了一圈',
    });
    expect(said.to('here')).toBe(
      '已记 #1：韩石头、鲁水根 3月2日晚 治安巡逻（韩石头、鲁水根本月第1次，至少2次）。待苗春燕核实。',
    );
    expect(said.to('@鲁水根')).toContain('#1 不是我');
    expect(said.kinds).toEqual(['reported']);
  });

  test('counts the days of the month, several days of one message in order', () => {
    const branch = new Branch();
    branch.says('鲁水根', report, patrol(['鲁水根'], ['2026-03-01']), { at: '2026-03-01T21:00:00' });
    const said = branch.says('鲁水根', report, patrol(['鲁水根'], ['2026-03-05', '2026-03-03']), {
      at: '2026-03-06T08:00:00',
    });
    expect(said.to('here')).toContain('#2：鲁水根 3月3日 治安巡逻（鲁水根本月第2次');
    expect(said.to('here')).toContain('#3：鲁水根 3月5日 治安巡逻（鲁水根本月第3次');
  });

  test('of one person alone, where the minimum counts what is done together, is left to the verifier', () => {
    const sweep = { post: 'sanitation', members: ['韩石头'], dates: ['2026-03-02'] };
    const alone = new Branch().says('韩石头', report, sweep, { text: '把门口的路扫了' });
    expect(alone.to('here')).toContain('算不算集中活动由核实的人定');
    expect(alone.data('reported')[0]).toMatchObject({ flags: ['alone'] });
    const together = new Branch().says('韩石头', report, sweep, { text: '今天参加了村里的大扫除' });
    expect(together.data('reported')[0]).toMatchObject({ flags: [] });
  });

  test('of a month gone by is counted in that month', () => {
    const said = new Branch().says('鲁水根', report, patrol(['鲁水根'], ['2026-02-27']), {
      at: '2026-03-02T08:00:00',
    });
    expect(said.to('here')).toContain('2月27日 治安巡逻（鲁水根2月第1次');
  });

  test('of a post nobody claimed is still written, and says so', () => {
    const said = new Branch().says('祝小梅', report, patrol(['祝小梅', '韩石头']), {
      at: '2026-03-02T21:00:00',
    });
    expect(said.kinds).toEqual(['reported']);
    expect(said.to('here')).toContain('祝小梅没有认领这个岗，照样登记');
    expect(said.to('here')).not.toContain('祝小梅本月');
  });

  test('that names the recorder is verified by the secretary, and one that names both by the deputy', () => {
    const branch = new Branch();
    expect(branch.says('苗春燕', report, patrol(['苗春燕'])).to('here')).toContain('待严书林核实');
    expect(branch.says('苗春燕', report, patrol(['苗春燕', '严书林'], ['2026-03-01'])).to('here')).toContain(
      '待贺有田核实',
    );
  });

  test('for an elder without a phone is marked as typed by somebody else', () => {
    const said = new Branch().says('祝小梅', report, {
      post: 'family-virtue',
      members: ['岳大娘'],
      dates: ['2026-03-02'],
      proxy: '祝小梅',
    });
    expect(said.data('reported')[0]).toMatchObject({ names: ['岳大娘'], by: '祝小梅', proxy: true });
    expect(said.replies).toHaveLength(1);
  });

  test('of tomorrow, or of a stranger, is refused', () => {
    const branch = new Branch();
    expect(branch.says('韩石头', report, patrol(['韩石头'], ['2026-03-09'])).refusal).toBe('report-future');
    expect(branch.says('韩石头', report, patrol(['胡不在'])).refusal).toBe('report-not-member');
  });

  test('of mediation or of visits keeps neither words nor place', () => {
    const branch = new Branch();
    for (const post of ['mediation', 'left-behind-care']) {
      const said = branch.says(
        '贺有田',
        report,
        { post, members: ['贺有田'], dates: ['2026-03-02'], place: '二组' },
        { text: '二组谁和谁家扯皮，调解好了' },
      );
      expect(said.data('reported')[0]).not.toHaveProperty('words');
      expect(said.data('reported')[0]).not.toHaveProperty('place');
    }
  });
});

describe('the same activity told twice', () => {
  test('by the same person is one, and nothing is written', () => {
    const branch = new Branch();
    branch.says('韩石头', report, patrol(['韩石头']));
    const again = branch.says('韩石头', report, patrol(['韩石头']));
    expect(again.kinds).toEqual([]);
    expect(again.to('here')).toContain('已记在#1');
  });

  test('by a companion who brings somebody new completes the first', () => {
    const branch = new Branch();
    branch.says('韩石头', report, patrol(['韩石头', '鲁水根']));
    const said = branch.says(
      '鲁水根',
      report,
      patrol(['鲁水根', '柏青松'], ['2026-03-02'], { time: '20:00' }),
    );
    expect(said.kinds).toEqual(['report-completed']);
    expect(branch.state.reports[1]).toMatchObject({ names: ['韩石头', '鲁水根', '柏青松'], time: '20:00' });
    expect(said.to('@柏青松')).toContain('#1');
  });

  test('after verification does not slip anybody in unverified', () => {
    const branch = new Branch();
    branch.says('韩石头', report, patrol(['韩石头']));
    branch.given('2026-03-02T22:00:00', '苗春燕', body('report-verified', { number: 1 }));
    const said = branch.says('鲁水根', report, patrol(['韩石头', '鲁水根']));
    expect(said.data('reported')[0]).toMatchObject({ number: 2, names: ['鲁水根'] });
    expect(branch.state.reports[1]?.names).toEqual(['韩石头']);
  });

  test('at another time of day is left to the verifier to sort out', () => {
    const branch = new Branch();
    branch.says('韩石头', report, patrol(['韩石头'], ['2026-03-02'], { time: '14:00' }));
    const said = branch.says(
      '鲁水根',
      report,
      patrol(['鲁水根', '韩石头'], ['2026-03-02'], { time: '20:00-21:30' }),
    );
    expect(said.data('reported')[0]).toMatchObject({ names: ['鲁水根'], flags: ['time-clash'] });
    expect(said.to('@苗春燕')).toContain('#2与#1');
  });

  test('after a withdrawal or a rejection is a new one', () => {
    const branch = new Branch();
    branch.says('韩石头', report, patrol(['韩石头']));
    branch.given('2026-03-02T22:00:00', '苗春燕', body('report-rejected', { number: 1, reason: '没去' }));
    expect(branch.says('韩石头', report, patrol(['韩石头'])).data('reported')[0]).toMatchObject({
      number: 2,
    });
  });

  test('does not put back a companion who said it was not them', () => {
    const branch = new Branch();
    branch.says('韩石头', report, patrol(['韩石头', '鲁水根']));
    branch.given('2026-03-02T22:00:00', '鲁水根', body('report-contested', { number: 1, name: '鲁水根' }));
    expect(branch.says('韩石头', report, patrol(['韩石头', '鲁水根'])).kinds).toEqual([]);
    expect(branch.says('鲁水根', report, patrol(['鲁水根'])).kinds).toEqual(['reported']);
  });
});

describe('a photo', () => {
  test('of the reporter within ten minutes before or after belongs to the report', () => {
    const branch = new Branch();
    const receive = (name: string, at: string, digit: string): Said => {
      const request = branch.request(name, { at, photos: [photo(digit)] });
      return branch.applies(receivePhotos(request), request);
    };
    receive('韩石头', '2026-03-02T20:00:00', 'a');
    receive('鲁水根', '2026-03-02T20:05:00', 'b');
    branch.says('韩石头', report, patrol(['韩石头']), { at: '2026-03-02T20:09:00' });
    expect(branch.state.reports[1]?.evidence).toEqual([photo('a')]);
    expect(receive('韩石头', '2026-03-02T20:18:00', 'c').replies).toEqual([]);
    receive('韩石头', '2026-03-02T20:30:00', 'd');
    expect(branch.state.reports[1]?.evidence).toEqual([photo('a'), photo('c')]);
  });

  test('seen before is flagged to the verifier, and only to the verifier', () => {
    const branch = new Branch();
    branch.says('韩石头', report, patrol(['韩石头'], ['2026-03-01']), { photos: [photo('a')] });
    const said = branch.says('韩石头', report, patrol(['韩石头'], ['2026-03-02']), {
      photos: [photo('a')],
      at: '2026-03-02T21:00:00',
    });
    expect(said.data('reported')[0]).toMatchObject({ flags: ['reused-photo'] });
    expect(said.to('@苗春燕')).toContain('#2的照片在#1用过');
    expect(said.to('here')).not.toContain('照片');
  });

  test('of a rejected report may be used again', () => {
    const branch = new Branch();
    branch.says('韩石头', report, patrol(['韩石头']), { photos: [photo('a')] });
    branch.given('2026-03-02T22:00:00', '苗春燕', body('report-rejected', { number: 1, reason: '看不清' }));
    expect(
      branch.says('韩石头', report, patrol(['韩石头']), { photos: [photo('a')] }).data('reported')[0],
    ).toMatchObject({ flags: [] });
  });

  test('that may show a child brings a private word to the sender', () => {
    const said = new Branch().says(
      '祝小梅',
      report,
      { post: 'left-behind-care', members: ['祝小梅'], dates: ['2026-03-02'] },
      { photos: [photo('a')] },
    );
    expect(said.to('private')).toContain('孩子的脸');
    expect(said.to('here')).not.toContain('孩子');
  });
});
