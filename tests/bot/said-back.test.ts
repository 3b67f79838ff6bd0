import { test } from '@jest/globals';
import { openChat } from './chat.ts';

test('what people say is written as they meant it and said back so that it can be checked', async () => {
  const chat = await openChat({ from: '2026-11-01T08:00:00' });
  await chat.town('江一鸣', '帮助').tells('江一鸣', '备案收到');
  await chat.whispers('梁振邦', '暂缓 10月 还有两人的分要核对').hears('（还有两人的分要核对）');
  await chat.whispers('梁振邦', '算了');
  await chat.whispers('梁振邦', '发布10月').hears('将发布10月公示榜');
  await chat.whispers('梁振邦', '算了');
  // Three days before it, 11月28日 is no meeting of last year.
  await chat.at('2026-11-25T09:00:00');
  await chat.whispers('梁振邦', '支委会 11月28日 参会：梁振邦、卢秀英').hears('11月28日还没到');
  await chat.whispers('苏晓雯', '打分 11月 韦大勇 治安 10 10 11').hears('韦大勇治安巡逻岗办实事最多10分');
  await chat
    .whispers('苏晓雯', '11月全体党员党费都交了，罗永福只交了一部分')
    .hears('罗永福：11月不足额', '（18人）：11月已交');
});

test('an objection that names the day is about the meeting at which points were taken', async () => {
  const chat = await openChat({ from: '2026-11-01T08:00:00' });
  await chat.at('2026-11-15T10:00:00');
  await chat.whispers('苏晓雯', '考勤 11月15日主题党日 缺席：罗永福；其余都到');
  await chat.at('2026-12-02T09:00:00');
  await chat.whispers('梁振邦', '免评 11月 防汛');
  await chat.whispers('梁振邦', '免评');
  await chat.whispers('梁振邦', '发布11月公示');
  await chat.whispers('梁振邦', '发布');
  await chat.says('韦大勇', '确认').hears('11月经支部同意免评');
  await chat.whispers('梁振邦', '纸质确认 欧阳翠').hears('免评，欧阳翠的分不用确认');
  await chat.says('罗永福', '异议，我15号明明到了').tells('罗永福', '组织生活');
});
