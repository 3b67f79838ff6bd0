import { describe, expect, test } from '@jest/globals';
import { showBranch } from '../../bot/show.ts';
import { type Chat, openChat, policy } from './chat.ts';
import { SPOKEN } from './spoken-posts.ts';

interface Shown {
  month: {
    stage: string;
    board: { version: number; closes: string } | null;
    confirmed: { name: string; score: number }[];
    unconfirmed: string[];
    tickets: { number: number; state: string }[];
    sheet: Record<string, { organisation: number; total: number }>;
  };
}

function shown(chat: Chat, month: string): Shown['month'] {
  const town = chat.rehearsal.store.state();
  const head = { seq: chat.state().seq, hash: '' };
  return (showBranch(town, chat.state(), policy(), { month, head }) as Shown).month;
}

/** Everybody but the recorder gets their posts scored by the recorder; the secretary scores the recorder. */
async function scoreEverybody(chat: Chat): Promise<void> {
  const lines = chat.file.members
    .filter((m) => m.role !== 'town' && m.role !== 'recorder' && m.posts.length > 0)
    .map(
      (m) => `${m.name} ${m.posts.map((p) => `${chat.file.postNames?.[p] ?? SPOKEN[p]} 10 9 9`).join('，')}`,
    );
  await chat.whispers('苏晓雯', `打分 11月\n${lines.join('\n')}`);
  await chat.whispers('梁振邦', '打分 11月 苏晓雯 政策宣传岗 10 9 9，环境卫生岗 10 9 9');
  await chat.whispers('卢秀英', '打分 11月 梁振邦 政策宣传岗 10 9 9，矛盾化解岗 10 9 9');
}

describe('one whole month', () => {
  test('goes from a report in plain words to the filing in the town’s room', async () => {
    const chat = await openChat({ from: '2026-11-01T08:00:00' });

    await chat.at('2026-11-03T20:15:00');
    const report = await chat
      .says('韦大勇', '今晚和春生在一组二组巡了一圈，没啥情况')
      .hears('已记 #1', '韦大勇、廖春生', '11月3日', '治安巡逻', '待苏晓雯核实');
    expect(report.in('private', '廖春生')).toContain('#1');
    await chat.says('农海燕', '明天降温，大家多穿点').silence();
    await chat.says('苏晓雯', '核实 1').hears('已核实 #1');
    expect(chat.state().reports[1]?.state).toBe('verified');

    await chat.at('2026-11-15T10:30:00');
    await chat.whispers('苏晓雯', '考勤 11月15日主题党日\n迟到：贝小军\n缺席：罗永福\n其他都到');
    await chat.whispers('苏晓雯', '11月党费都交了，甘立新没按时交');
    expect(shown(chat, '2026-11').sheet['罗永福']?.organisation).toBe(5);
    expect(shown(chat, '2026-11').sheet['贝小军']?.organisation).toBe(8);

    await chat.at('2026-11-28T20:00:00');
    await scoreEverybody(chat);

    await chat.at('2026-12-02T09:00:00');
    expect(shown(chat, '2026-11').stage).toBe('collected');
    await chat.whispers('梁振邦', '发布11月公示').hears('发布');
    const published = await chat.whispers('梁振邦', '发布');
    expect(published.in('group')).toContain('11月');
    expect(
      published.all.some((s) => s.kind === 'image' && s.room === 'group' && (s.bytes?.length ?? 0) > 10_000),
    ).toBe(true);
    expect(shown(chat, '2026-11')).toMatchObject({
      stage: 'published',
      board: { version: 1, closes: '2026-12-09' },
    });

    for (const m of chat.file.members) {
      if (m.role !== 'town' && m.name !== '罗永福' && m.name !== '谭水娇') await chat.says(m.name, '确认');
    }
    await chat.says('罗永福', '异议，我15号明明到了的，怎么记我缺席');
    const month = shown(chat, '2026-11');
    expect(month.tickets).toMatchObject([{ number: 1, state: 'open' }]);
    expect(month.unconfirmed.sort()).toEqual(['罗永福', '谭水娇'].sort());

    await chat.at('2026-12-04T09:00:00');
    await chat.whispers('梁振邦', '裁定 1 采纳 签到表上有他的签名，15号按到会算').hears('确定');
    await chat.whispers('梁振邦', '确定');
    await chat.whispers('苏晓雯', '更正：11月15日罗永福不是缺席，是到会').hears('罗永福', '更正');
    await chat.whispers('苏晓雯', '更正');
    await chat.whispers('梁振邦', '发布11月公示');
    const second = await chat.whispers('梁振邦', '发布');
    expect(second.in('group')).toContain('罗永福');
    expect(shown(chat, '2026-11')).toMatchObject({ board: { version: 2 }, tickets: [{ state: 'upheld' }] });
    expect(shown(chat, '2026-11').sheet['罗永福']?.organisation).toBe(10);
    await chat.says('罗永福', '确认');
    await chat.says('谭水娇', '没意见');
    expect(shown(chat, '2026-11').unconfirmed).toEqual([]);

    const filed = await chat.at('2026-12-14T12:00:00');
    expect(shown(chat, '2026-11').stage).toBe('filed');
    expect(filed.all.filter((s) => s.room === 'town' && s.kind === 'file').length).toBeGreaterThan(0);
    await chat.town('江一鸣', '云溪村 11月备案收到');
    expect(shown(chat, '2026-11').stage).toBe('received');
  });
});
