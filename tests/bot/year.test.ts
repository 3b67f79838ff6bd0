import { describe, expect, test } from '@jest/globals';
import { body } from '../../ledger/kinds.ts';
import { postsIn } from '../../ledger/fold/people.ts';
import { type Chat, openChat } from './chat.ts';

const BRANCH = '云溪村';

/** Scores of December as the recorder would give them, and the board that was signed; told to the ledger directly. */
async function december(chat: Chat, points: (name: string) => number): Promise<void> {
  const state = chat.state();
  const bodies = Object.values(state.people).flatMap((p) =>
    postsIn(p, '2026-12').map((post) =>
      body('post-scored', {
        name: p.name,
        month: '2026-12',
        post,
        commitment: 10,
        performance: points(p.name),
        deed: 9,
      }),
    ),
  );
  const at = chat.rehearsal.now();
  await chat.rehearsal.store.append([{ branch: state.branch, source: 'scores', at, by: '苏晓雯', bodies }]);
}

async function openDecember(): Promise<Chat> {
  const chat = await openChat({ from: '2026-12-01T08:00:00' });
  await chat.at('2026-12-31T15:00:00');
  await december(chat, (name) =>
    name === '罗永福' ? 0 : name === '谭水娇' ? 10 : name === '贝小军' ? 0 : 8,
  );
  return chat;
}

describe('a whole year', () => {
  test('goes from the preview to the day on which it is closed, and its follow-ups become tasks', async () => {
    const chat = await openDecember();
    const shown = await chat.says('梁振邦', '年度评定 预览', { mention: true });
    expect(shown.in('group')).toBe('已私下回复您。');
    expect(shown.in('private', '梁振邦')).toMatch(/优秀名额 \d\/3/);
    expect(shown.all.filter((s) => s.kind === 'file').map((s) => s.name?.replace(/^.*2026/, ''))).toEqual([
      '年度评定表.xlsx',
      '年度附件3.xlsx',
    ]);
    await chat.whispers('韦大勇', '年度评定 预览').hears('这件事要由');

    // The three places of 优秀: one is ahead, the others are level, and the committee has to say who.
    await chat.whispers('梁振邦', '年度评定 会议12月31日 全部按测算').hears('并列');
    await chat
      .whispers(
        '梁振邦',
        '年度评定 会议12月31日，并列定韦大勇、蒙丽华，罗永福 不合格 原因：全年没有履职；其余按测算。民主评议：优秀 韦大勇、谭水娇；其余合格',
      )
      .hears('罗永福', '定为不合格', '全年没有履职', '优秀3人', '回复“确定”');
    await chat.whispers('梁振邦', '确定').hears('已记2026年度评定');
    const rows = new Map(chat.state().years[2026]?.decision?.rows.map((r) => [r.name, r]));
    expect(rows.get('罗永福')).toMatchObject({ computed: '合格', decided: '不合格', reason: '全年没有履职' });
    expect(rows.get('韦大勇')).toMatchObject({ decided: '优秀', stars: 5, appraisal: '优秀' });
    expect(rows.get('农海燕')).toMatchObject({ decided: '合格', stars: 4, appraisal: '合格' });
    expect(rows.get('贝小军')).toMatchObject({ decided: '不确定等次', stars: null });

    const submitted = await chat.whispers('梁振邦', '年度上报').then(() => chat.whispers('梁振邦', '上报'));
    expect(submitted.in('town')).toContain('年度评定');
    await chat.town('江一鸣', `年度退回 ${BRANCH} 原因：缺民主评议会议记录`).hears('将退回');
    const returned = await chat.town('江一鸣', '退回');
    expect(returned.in('private', '梁振邦')).toContain('缺民主评议会议记录');
    await chat.whispers('梁振邦', '年度公示').hears('镇里审核通过以后才能公示');
    await chat.whispers('梁振邦', '年度上报');
    await chat.whispers('梁振邦', '上报');
    await chat.at('2027-01-05T09:00:00');
    await chat.town('江一鸣', `年度通过 ${BRANCH}`).hears('将通过', '党员19人');
    const passed = await chat.town('江一鸣', '通过');
    expect(passed.in('private', '梁振邦')).toContain('2026N-01');

    await chat.whispers('梁振邦', '年度公示').hears('公示到2027年1月12日');
    const board = await chat.whispers('梁振邦', '公示');
    expect(board.in('group')).toContain('2026年度');
    expect(board.all.some((s) => s.kind === 'image' && s.room === 'group')).toBe(true);

    await chat.says('韦大勇', '确认年度');
    await chat.says('廖春生', '年度无异议');
    expect(Object.keys(chat.state().years[2026]?.confirmed ?? {})).toEqual(['韦大勇', '廖春生']);
    const objected = await chat.says('罗永福', '年度异议 我有两次履职没有算');
    expect(objected.in('group')).toBe('已私下回复您。');
    expect(objected.in('private', '梁振邦')).toContain('我有两次履职没有算');

    await chat.whispers('梁振邦', '年度办结').hears('还不能办结', '公示到1月12日才满', '1号异议');
    await chat.at('2027-01-14T09:00:00');
    await chat.whispers('梁振邦', '年度办结').hears('1号异议');
    expect(chat.state().years[2026]?.stage).toBe('published');
    await chat.whispers('梁振邦', '裁定 1 不采纳 两次都没有印证');
    await chat.whispers('梁振邦', '确定');
    await chat.whispers('梁振邦', '年度办结').hears('将办结');
    await chat.whispers('梁振邦', '办结').hears('后续任务3项');
    expect(chat.state().years[2026]?.stage).toBe('closed');
    expect(chat.state().people['罗永福']?.history).toEqual([{ year: 2026, outcome: '不合格' }]);

    await chat.whispers('梁振邦', '任务').hears('3项未完成', '罗永福：诫勉谈话');
    await chat.whispers('梁振邦', '任务 2 交 覃文斌 3月31日前').hears('覃文斌', '3月31日');
    await chat.whispers('梁振邦', '任务 1 完成 已谈话').hears('已登记任务1完成');
    await chat.whispers('韦大勇', '任务').hears('这件事要由');
    expect(chat.state().tasks).toMatchObject({
      1: { done: { note: '已谈话', by: '梁振邦' } },
      2: { owner: '覃文斌', due: '2027-03-31' },
    });
  });
});
