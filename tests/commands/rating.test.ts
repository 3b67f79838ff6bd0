import { describe, expect, test } from '@jest/globals';
import { ballot, closeRating, openRating, ratingResult, tokenOf } from '../../commands/month/rating.ts';
import { ratingMeans } from '../../commands/month/rating-result.ts';
import { MARCH, scoredMarch } from './a-month.ts';
import { policy } from './town.ts';

const privately = { place: 'private' as const };

function opened() {
  const branch = scoredMarch();
  branch.says('严书林', openRating, { month: MARCH });
  return branch;
}

describe('mutual rating', () => {
  test('a ballot is kept under a token: neither its entry nor its receipt names the voter', () => {
    const branch = opened();
    const said = branch.tells('韩石头', ballot, '互评 鲁水根95 祝小梅90', privately);
    const data = said?.data('ballot-cast')[0];
    expect(data?.['ratings']).toEqual({ 鲁水根: 95, 祝小梅: 90 });
    expect(data?.['token']).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(said?.decision.bodies)).not.toContain('韩石头');
    expect(said?.to('here')).toContain('2人');
  });

  test('a second ballot replaces the first; another rating gives another token', () => {
    const branch = opened();
    branch.tells('韩石头', ballot, '互评 鲁水根95', privately);
    branch.tells('韩石头', ballot, '互评 鲁水根80', privately);
    branch.tells('祝小梅', ballot, '互评 鲁水根90', privately);
    expect(Object.keys(branch.state.months[MARCH]!.rating!.ballots)).toHaveLength(2);
    expect(ratingMeans(branch.state, policy, MARCH)).toEqual([{ name: '鲁水根', ballots: 2, mean: 85 }]);
    expect(tokenOf('a', '韩石头')).not.toBe(tokenOf('b', '韩石头'));
  });

  test('votes for oneself are dropped; in the group nothing is taken', () => {
    const branch = opened();
    expect(
      branch.tells('韩石头', ballot, '互评 韩石头100 鲁水根90', privately)?.data('ballot-cast')[0]?.[
        'ratings'
      ],
    ).toEqual({ 鲁水根: 90 });
    expect(branch.tells('鲁水根', ballot, '互评 鲁水根100', privately)?.refusal).toBe('rating-unclear');
    expect(branch.tells('祝小梅', ballot, '互评 鲁水根90')?.refusal).toBe('rating-in-private');
  });

  test('a name that two people bear, or a score above 100, sends the whole ballot back', () => {
    const branch = opened();
    const said = branch.tells('韩石头', ballot, '互评 马长河90 鲁水根95', privately);
    expect(said?.kinds).toEqual([]);
    expect(said?.to('here')).toContain('马长河');
    expect(branch.tells('韩石头', ballot, '互评 鲁水根195', privately)?.kinds).toEqual([]);
  });

  test('from five ballots up the highest and the lowest are left out', () => {
    const branch = opened();
    const voters = ['韩石头', '祝小梅', '柏青松', '丁守正', '尤新苗'];
    const scores = [100, 90, 91, 92, 10];
    voters.slice(0, 4).forEach((name, i) => branch.tells(name, ballot, `互评 鲁水根${scores[i]}`, privately));
    expect(ratingMeans(branch.state, policy, MARCH)[0]?.mean).toBe(93.25);
    branch.tells('尤新苗', ballot, '互评 鲁水根10', privately);
    expect(ratingMeans(branch.state, policy, MARCH)[0]).toMatchObject({ ballots: 5, mean: 91 });
  });

  test('the result is shown after closing, in private, beside the tracked score, with gaps that need a reason', () => {
    const branch = opened();
    branch.tells('韩石头', ballot, '互评 鲁水根80', privately);
    expect(branch.says('严书林', ratingResult, { month: MARCH }, privately).refusal).toBe(
      'rating-still-open',
    );
    const closed = branch.says('严书林', closeRating, {});
    expect(closed.to('private')).toContain('互评 鲁水根 80，跟踪记分98，相差18分，定分要写明理由');
    expect(closed.to('group')).not.toContain('80');
    expect(branch.tells('祝小梅', ballot, '互评 鲁水根90', privately)?.refusal).toBe('rating-none');
    expect(branch.says('柏青松', ratingResult, {}, privately).to('here')).toContain('鲁水根 80');
  });
});
