/** The pictures of the handbook and the README: chats as the program speaks, and the trial as it runs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { createTrialBot } from '../bot/cli/trial.ts';
import { addDays, addMinutes, addMonths, firstDay, monthOf } from '../scoring/calendar.ts';
import { type RunningTrial, startTrial } from '../trial/trial.ts';
import { type Bubble, play, sampleFile, scoring, type Transcript } from './docs-transcript.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const FOLDER = join(import.meta.dirname, '..', 'docs', 'pictures');

interface Picture {
  readonly name: string;
  readonly title: string;
  /** Whose eyes: their own words stand on the right. */
  readonly me: string;
  readonly room: Bubble['room'];
  readonly from: string;
  readonly to: string;
}

const PICTURES: readonly Picture[] = [
  {
    name: 'member-report',
    title: '云溪村党员群',
    me: '韦大勇',
    room: 'group',
    from: '2026-11-03',
    to: '2026-11-05',
  },
  {
    name: 'member-score',
    title: '积分小助手',
    me: '贝小军',
    room: 'private',
    from: '2026-12-01',
    to: '2026-12-02',
  },
  {
    name: 'board-in-group',
    title: '云溪村党员群',
    me: '韦大勇',
    room: 'group',
    from: '2026-12-02T09',
    to: '2026-12-02T10',
  },
  {
    name: 'recorder-verify',
    title: '积分小助手',
    me: '苏晓雯',
    room: 'private',
    from: '2026-11-04',
    to: '2026-11-16',
  },
  {
    name: 'recorder-score',
    title: '积分小助手',
    me: '苏晓雯',
    room: 'private',
    from: '2026-11-30',
    to: '2026-11-30T20:12',
  },
  {
    name: 'secretary-publish',
    title: '积分小助手',
    me: '梁振邦',
    room: 'private',
    from: '2026-12-02',
    to: '2026-12-03',
  },
  {
    name: 'secretary-ruling',
    title: '积分小助手',
    me: '梁振邦',
    room: 'private',
    from: '2026-12-05',
    to: '2026-12-05T09:25',
  },
  {
    name: 'town-filing',
    title: '云溪镇组织办积分备案群',
    me: '江一鸣',
    room: 'town',
    from: '2026-12-01',
    to: '2026-12-31',
  },
];

const FONT = '@expo-google-fonts/noto-sans-sc/';
const require = createRequire(import.meta.url);
const fontUrl = (file: string): string => pathToFileURL(require.resolve(FONT + file)).href;

const STYLE = `
@font-face { font-family: Docs; src: url(${fontUrl('400Regular/NotoSansSC_400Regular.ttf')}); }
@font-face { font-family: Docs; font-weight: 700; src: url(${fontUrl('700Bold/NotoSansSC_700Bold.ttf')}); }
* { box-sizing: border-box; margin: 0; }
body { width: 460px; font: 15px/1.55 Docs, sans-serif; background: #ececec; color: #1c1c1e; }
header { background: #f6f6f6; border-bottom: 1px solid #d9d9d9; padding: 11px; text-align: center; font-weight: 700; }
main { padding: 4px 12px 16px; }
time { display: block; text-align: center; font-size: 12px; color: #8a8a8e; margin: 12px 0 4px; }
.row { display: flex; gap: 9px; margin: 9px 0; align-items: flex-start; }
.row.me { flex-direction: row-reverse; }
.face { flex: none; width: 36px; height: 36px; border-radius: 6px; color: #fff; font-weight: 700; font-size: 14px;
  display: flex; align-items: center; justify-content: center; background: #7a8b99; }
.bot .face { background: #c0392b; }
.words { max-width: 340px; }
.who { font-size: 12px; color: #8a8a8e; margin-bottom: 2px; }
.bubble { background: #fff; border-radius: 7px; padding: 8px 11px; white-space: pre-wrap; overflow-wrap: anywhere; }
.me .bubble { background: #95ec69; }
.shot { display: block; width: 330px; border-radius: 7px; border: 1px solid #ddd; }
.file { display: flex; gap: 10px; align-items: center; background: #fff; border-radius: 7px; padding: 11px; margin-bottom: 6px; width: 300px; }
.file b { flex: 1; font-weight: 400; overflow-wrap: anywhere; }
.file i { flex: none; width: 34px; height: 40px; border-radius: 4px; background: #217346; color: #fff; font: 700 12px/40px Docs; text-align: center; }
.file i.docx { background: #2b579a; }
`;

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.codePointAt(0)};`);
}

function attached(bubble: Bubble): string {
  if (bubble.kind === 'image' && bubble.bytes)
    return `<img class="shot" src="data:image/png;base64,${Buffer.from(bubble.bytes).toString('base64')}">`;
  if (bubble.kind !== 'file') return '';
  const ending = bubble.name?.split('.').at(-1) ?? '';
  return `<div class="file"><b>${escape(bubble.name ?? '')}</b><i class="${ending}">${ending === 'docx' ? 'Word' : 'Excel'}</i></div>`;
}

function stamp(at: string): string {
  return `${Number(at.slice(5, 7))}月${Number(at.slice(8, 10))}日 ${at.slice(11, 16)}`;
}

function row(bubble: Bubble, picture: Picture, bot: string): string {
  const side = bubble.from === picture.me ? 'me' : bubble.from === bot ? 'bot' : '';
  const face = bubble.from === bot ? '积分' : bubble.from.slice(-2);
  const who =
    picture.room === 'private' || side === 'me' ? '' : `<div class="who">${escape(bubble.from)}</div>`;
  const words = bubble.text === '' ? '' : `<div class="bubble">${escape(bubble.text)}</div>`;
  const gap = words !== '' && bubble.kind !== 'text' ? '<div style="height:6px"></div>' : '';
  return `<div class="row ${side}"><div class="face">${face}</div><div class="words">${who}${words}${gap}${attached(bubble)}</div></div>`;
}

function page(transcript: Transcript, picture: Picture): string {
  const shown = transcript.bubbles.filter(
    (b) =>
      b.room === picture.room &&
      b.at >= picture.from &&
      b.at < picture.to &&
      (picture.room !== 'private' || b.with === picture.me),
  );
  if (shown.length === 0) throw new Error(`nothing is seen in ${picture.name}`);
  let last = '';
  const rows = shown.map((b) => {
    const time = b.at.slice(0, 16) > last ? `<time>${stamp(b.at)}</time>` : '';
    // A new time stands only after a while, as in WeChat.
    last = time === '' ? last : later(b.at);
    return time + row(b, picture, transcript.file.bot);
  });
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><header>${escape(picture.title)}</header><main>${rows.join('')}</main>`;
}

function later(at: string): string {
  const minutes = Number(at.slice(14, 16)) + 5;
  return minutes < 60
    ? `${at.slice(0, 14)}${String(minutes).padStart(2, '0')}`
    : `${at.slice(0, 11)}${String(Number(at.slice(11, 13)) + 1).padStart(2, '0')}:${String(minutes - 60).padStart(2, '0')}`;
}

async function chats(browser: Browser): Promise<void> {
  const transcript = await play();
  const folder = mkdtempSync(join(tmpdir(), 'lanxing-docs-'));
  const tab = await browser.newPage({ viewport: { width: 460, height: 400 }, deviceScaleFactor: 1.5 });
  for (const picture of PICTURES) {
    const html = join(folder, `${picture.name}.html`);
    writeFileSync(html, page(transcript, picture));
    // oxlint-disable no-await-in-loop -- one tab, one picture after the other
    await tab.goto(pathToFileURL(html).href);
    await tab.evaluate('document.fonts.ready');
    await tab.screenshot({ path: join(FOLDER, `${picture.name}.png`), fullPage: true });
    // oxlint-enable no-await-in-loop
  }
  await tab.close();
  rmSync(folder, { recursive: true });
  const board = transcript.bubbles.find((b) => b.kind === 'image' && b.bytes !== undefined);
  if (!board?.bytes) throw new Error('no board was drawn');
  writeFileSync(join(FOLDER, 'board.png'), board.bytes);
}

/** Says something in the running trial and waits until the bot has answered. */
async function says(
  trial: RunningTrial,
  name: string,
  text: string,
  place: 'group' | 'private',
): Promise<void> {
  const { wechat } = trial;
  const { people, rooms, bot } = wechat.world;
  const from = people.find((p) => p.name === name)?.id ?? '';
  const chat = place === 'group' ? (rooms.find((r) => r.kind === 'branch')?.id ?? '') : `private:${from}`;
  const answered = new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no answer to “${text}”`)), 15_000);
    wechat.on('message', (message) => {
      if (message.from !== bot.id) return;
      clearTimeout(late);
      resolve();
    });
  });
  wechat.say({ from, chat, text });
  await answered;
  await new Promise((resolve) => setTimeout(resolve, 300));
}

async function trialPage(browser: Browser): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lanxing-docs-'));
  const trial = await startTrial({ createBot: createTrialBot, dataFolder: join(folder, 'data'), port: 0 });
  try {
    const month = monthOf(trial.control.now());
    // oxlint-disable-next-line no-await-in-loop -- a conversation
    for (const [, , name, text] of scoring(sampleFile(), month)) await says(trial, name, text, 'private');
    await trial.control.advanceTo(`${addDays(firstDay(addMonths(month, 1)), 1)}T19:30:00`);
    await says(trial, '梁振邦', `发布${Number(month.slice(5))}月公示`, 'private');
    await says(trial, '梁振邦', '发布', 'private');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await says(trial, '韦大勇', '今天下午和春生在一组二组巡了一圈，没啥情况', 'group');
    const { people, rooms } = trial.wechat.world;
    const own = people.find((p) => p.name === '韦大勇')?.id ?? '';
    trial.wechat.say({ from: own, chat: rooms[0]?.id ?? '', text: '确认' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    // Confirmations of one minute are gathered into one line.
    await trial.control.advanceTo(addMinutes(trial.control.now(), 2));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const tab = await browser.newPage({ viewport: { width: 1360, height: 960 } });
    await tab.goto(trial.url);
    await tab.waitForSelector('.composer');
    await tab.getByRole('searchbox').fill('韦大勇');
    await tab.getByRole('searchbox').press('Enter');
    await tab.getByRole('searchbox').fill('');
    await tab.getByRole('button', { name: '知道了，关闭' }).click();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await tab.screenshot({ path: join(FOLDER, 'trial.png') });
    await tab.close();
  } finally {
    await trial.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes every picture anew. Needs Debian's chromium, or another one named by CHROMIUM. */
export async function makePictures(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const args = ['--no-sandbox', '--disable-background-networking', '--disable-gpu'];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args });
  try {
    await chats(browser);
    await trialPage(browser);
  } finally {
    await browser.close();
  }
}
