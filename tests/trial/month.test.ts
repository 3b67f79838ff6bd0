import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTrialBot } from '../../bot/cli/trial.ts';
import { addDays, addMonths, dateOfTime, firstDay, monthOf } from '../../scoring/calendar.ts';
import { type RunningTrial, startTrial } from '../../trial/trial.ts';
import type { TrialMessage } from '../../trial/wechat.ts';
import { PIXEL } from './pixel.ts';

/** One month from the first report to the town's receipt: the real bot, real wechaty, real gRPC, our own WeChat. */

let trial: RunningTrial;
beforeAll(async () => {
  const dataFolder = join(mkdtempSync(join(tmpdir(), 'lanxing-month-')), 'data');
  trial = await startTrial({ createBot: createTrialBot, dataFolder, port: 0 });
  // Always the tenth of a month, so that the day on which the test runs makes no difference.
  await trial.control.advanceTo(`${addDays(nextMonth(), 9)}T09:00:00`);
});
afterAll(() => trial.stop());

const nextMonth = (): string => firstDay(addMonths(monthOf(trial.control.now()), 1));

type Where = 'branch' | 'town' | 'private';
const idOf = (name: string): string => trial.wechat.world.people.find((p) => p.name === name)?.id ?? '';
const chatOf = (name: string, where: Where): string =>
  where === 'private'
    ? `private:${idOf(name)}`
    : (trial.wechat.world.rooms.find((r) => r.kind === where)?.id ?? '');

/** Waits until the bot has said (or sent) something that fits in a chat, after what was said before. */
async function hears(chat: string, fits: RegExp, since = 0): Promise<TrialMessage> {
  const end = Date.now() + 10_000;
  for (;;) {
    const said = trial.wechat.messages.filter(
      (m) => m.seq > since && m.chat === chat && m.from === trial.wechat.world.bot.id,
    );
    const found = said.find((m) => fits.test(m.file?.name ?? m.text));
    if (found) return found;
    if (Date.now() > end)
      throw new Error(`${fits} was not said in ${chat}, but: ${said.map((m) => m.text).join(' | ')}`);
    // oxlint-disable-next-line no-await-in-loop -- that is what waiting is
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

/** Somebody says something; resolves with the answer that is waited for, by default where it was said. */
async function says(
  name: string,
  where: Where,
  text: string,
  answer: RegExp,
  answered = chatOf(name, where),
): Promise<TrialMessage> {
  const { bot } = trial.wechat.world;
  const mentions = text.includes(`@${bot.name}`) ? [bot.id] : [];
  const { seq } = trial.wechat.say({ from: idOf(name), chat: chatOf(name, where), text, mentions });
  return hears(answered, answer, seq);
}

const SCORED = ['10 10 9', '10 9 10'];
/** One line for each of the given people, as a recorder types them; the month said, for early in it the last is meant. */
function scoresOf(
  names: readonly string[],
  posts: Readonly<Record<string, readonly string[]>>,
  month: number,
): string {
  const line = (name: string): string =>
    `${name} ${(posts[name] ?? []).map((post, i) => `${post} ${SCORED[i]}`).join('，')}`;
  return `打分 ${month}月\n${names.map(line).join('\n')}`;
}

async function postsByName(): Promise<Record<string, string[]>> {
  const answer: unknown = await (await fetch(new URL('/api/world', trial.url))).json();
  const { postNames } = answer as { postNames: Record<string, string> };
  return Object.fromEntries(
    trial.wechat.world.people.map((p) => [p.name, p.posts.map((key) => postNames[key] ?? key)]),
  );
}

test('a month goes from a report to the town’s receipt', async () => {
  const month = Number(dateOfTime(trial.control.now()).slice(5, 7));
  const receipt = await says('韦大勇', 'branch', '昨晚8点我和廖春生在三组巡逻', /^已记 #1：.*韦大勇.*廖春生/);
  expect(receipt.text).toContain(`${month}月9日20:00 治安巡逻`);
  await hears(chatOf('廖春生', 'private'), /#1 不是我/);
  const photo = { name: '巡逻.png', type: 'image/png', bytes: PIXEL };
  trial.wechat.say({ from: idOf('韦大勇'), chat: chatOf('', 'branch'), file: photo });
  await says('苏晓雯', 'private', '核实 1', /已核实 #1/);

  const attendance = '昨天主题党日，迟到：钟守田；请假：施桂芳；其他都到';
  await says('苏晓雯', 'branch', attendance, /应到19，实到1[78]/);
  await says('苏晓雯', 'private', `党费 ${month}月 黎广明、甘立新 已交`, /已记党费/);

  const posts = await postsByName();
  const others = Object.keys(posts).filter((n) => n !== '苏晓雯' && (posts[n]?.length ?? 0) > 0);
  await says('韦大勇', 'private', '打分 韦大勇 治安岗 10 10 10', /记录员|加分|不能/);
  await says('苏晓雯', 'private', scoresOf(others, posts, month), /韦大勇 治安巡逻岗 10\+10\+9＝29/);
  await says('梁振邦', 'private', scoresOf(['苏晓雯'], posts, month), /苏晓雯 政策宣传岗/);

  const preview = await says('梁振邦', 'branch', `@积分小助手 发布 ${month}月`, /将发布/);
  expect(preview.text).toContain(`${month}月公示榜 v1：19人`);
  const board = await says('梁振邦', 'branch', '发布', /公示榜v1\.png$/);
  const picture = trial.wechat.bytes(board.file?.sha256 ?? '');
  expect(board.kind).toBe('image');
  expect(
    Buffer.from(picture ?? [])
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
  expect(picture?.length).toBeGreaterThan(50_000);

  await says('农海燕', 'private', '确认', /农海燕确认.*分（第1版）/);
  trial.wechat.say({ from: idOf('龙国柱'), chat: chatOf('', 'branch'), text: '收到' });
  await says('韦大勇', 'private', '异议 治安巡逻岗的办实事少算了1分', /已受理 1号异议.*治安巡逻岗/);
  await says('梁振邦', 'private', '裁定 1 采纳 查了登记，补1分', /回复“确定”/);
  await says('梁振邦', 'private', '确定', /已裁定：采纳/);
  await hears(chatOf('韦大勇', 'private'), /答复：采纳/);
  await says('梁振邦', 'private', `打分 ${month}月 韦大勇 治安岗 10 10 10`, /回复“更正”/);
  await says('梁振邦', 'private', '更正', /10\+10\+10＝30/);
  await says('梁振邦', 'private', `发布 ${month}月`, /公示榜 v2：.*变动的1人/);
  await says('梁振邦', 'private', '发布', /岗位分 58→59/, chatOf('', 'branch'));
  await hears(chatOf('', 'branch'), /公示榜v2\.png$/);

  // The notice period ends, and the month has too.
  await trial.control.advanceTo(`${addDays(nextMonth(), 0)}T09:00:00`);
  const filing = await hears(chatOf('', 'town'), /备案\.xlsx$/);
  expect(
    Buffer.from(trial.wechat.bytes(filing.file?.sha256 ?? '') ?? [])
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
  await hears(chatOf('梁振邦', 'private'), /备案\.docx$/);
  // Of two who answered, one only said that it had come.
  await hears(chatOf('', 'town'), /【备案】.*已确认1人，未确认18人/);
  await says('江一鸣', 'town', `@积分小助手 备案收到 云溪村 ${month}月`, /回执编号/);
  await hears(chatOf('梁振邦', 'private'), /镇组织办已收.*回执编号/);
});
