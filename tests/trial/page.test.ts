import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { addDays, dateOfTime } from '../../scoring/calendar.ts';
import { type RunningTrial, startTrial } from '../../trial/trial.ts';
import { createTrialBot } from '../../bot/cli/trial.ts';
import { PIXEL } from './pixel.ts';

/** The page as people use it, in a real browser without a window, with the real bot and the whole stack behind it. */

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const there = existsSync(CHROMIUM);
if (!there)
  process.stderr.write(`the page was not tested: there is no browser at ${CHROMIUM} (set CHROMIUM)\n`);
const withBrowser = there ? describe : describe.skip;

withBrowser('the page', () => {
  let trial: RunningTrial;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'lanxing-page-')), 'data');
    const args = ['--no-sandbox', '--disable-background-networking', '--disable-gpu'];
    [trial, browser] = await Promise.all([
      startTrial({ createBot: createTrialBot, dataFolder: folder, port: 0 }),
      chromium.launch({ executablePath: CHROMIUM, args }),
    ]);
    // Always a morning: in the quiet hours a notice to somebody else waits until the next day.
    await trial.control.advanceTo(`${addDays(dateOfTime(trial.control.now()), 1)}T09:00:00`);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('request', (request) => {
      if (!request.url().startsWith(trial.url) && !request.url().startsWith('data:'))
        problems.push(request.url());
    });
    await page.goto(trial.url);
    await page.waitForSelector('.composer');
  });
  afterAll(async () => {
    await browser.close();
    await trial.stop();
  });

  const type = async (text: string): Promise<void> => {
    await page.fill('textarea', text);
    await page.press('textarea', 'Enter');
  };
  const sees = (text: string | RegExp): Promise<void> =>
    page.getByRole('log').getByText(text, { exact: true }).last().waitFor();
  /** Clicks one of the welcome's examples and sends what it filled in. */
  const tries = async (example: string): Promise<void> => {
    await page.locator('.example', { hasText: example }).click();
    // The page forbids evaluated code, also a test's: its box is asked from outside.
    for (let i = 0; i < 100 && (await page.inputValue('textarea')) === ''; i++) await page.waitForTimeout(50);
    await page.press('textarea', 'Enter');
  };
  const becomes = async (name: string): Promise<void> => {
    await page.locator('.who', { hasText: name }).click();
    await page.locator('.me-words strong', { hasText: name }).waitFor();
  };

  test('says in three lines what to try, and its examples work, also those for another chat', async () => {
    expect(await page.locator('.welcome li').count()).toBe(3);
    await tries('巡逻');
    await sees(/^已记 #1：韦大勇 .*20:00 治安巡逻.*待苏晓雯核实。$/);
    await tries('我多少分');
    await sees(/^韦大勇 \d{4}年\d+月积分/);
    await tries('帮助');
    await sees('已私下回复您。');
  });

  test('leads in a few clicks to a published board, whose picture is seen and made large', async () => {
    await becomes('苏晓雯');
    await tries('核实 全部');
    await sees(/^待核实1条/);
    await tries('给大家打分');
    await sees(/^已记\d+月：/);
    await becomes('梁振邦');
    await tries('给记录员打分');
    await sees(/苏晓雯 环境卫生维护岗/);
    await tries('发布公示');
    await sees(/^将发布\d+月公示榜 v1：19人/);
    await tries('看过预览');
    await page.locator('.from-bot .picture').click();
    await page.locator('dialog.zoom img').waitFor();
    await page.waitForFunction("document.querySelector('dialog.zoom img').naturalWidth >= 600");
    await page.keyboard.press('Escape');
    await page.waitForFunction("!document.querySelector('dialog.zoom').open");
  });

  test('what the bot writes to somebody else is announced, and leads there', async () => {
    await becomes('韦大勇');
    await tries('榜出来后：异议');
    await page.getByRole('button', { name: /私聊了 梁振邦/ }).click();
    await sees(/^1号异议：韦大勇/);
    await page.locator('.me-words strong', { hasText: '梁振邦' }).waitFor();
  });

  test('the welcome stays away once closed', async () => {
    await page.getByRole('button', { name: '知道了，关闭' }).click();
    await page.reload();
    await page.waitForSelector('.composer');
    expect(await page.locator('.welcome').count()).toBe(0);
  });

  test('a message is sent with Enter, with the bot mentioned by the @ list', async () => {
    await page.getByRole('searchbox').fill('廖春生');
    await page.getByRole('searchbox').press('Enter');
    await page.getByRole('searchbox').fill('');
    await page.locator('.me-words strong', { hasText: '廖春生' }).waitFor();
    await page.locator('textarea').pressSequentially('@积分');
    await page.getByRole('option', { name: /积分小助手/ }).waitFor();
    await page.press('textarea', 'Enter');
    await page.locator('textarea').pressSequentially('昨天上午修了二组的路灯');
    await page.press('textarea', 'Enter');
    await sees(/^已记 #2：廖春生 .*公共设施维护/);
    const said = trial.wechat.messages.find((m) => m.text.includes('昨天上午修了二组的路灯'));
    expect(said).toMatchObject({ mentions: ['wxid_trialbot'] });
    expect(await page.inputValue('textarea')).toBe('');
  });

  test('words typed while the page is slow to draw stay after the mention', async () => {
    await page.locator('textarea').pressSequentially('@积分');
    await page.getByRole('option', { name: /积分小助手/ }).waitFor();
    await page.evaluate(
      'window.drawnSoon = requestAnimationFrame; requestAnimationFrame = (f) => setTimeout(f, 200)',
    );
    await page.keyboard.press('Enter');
    await page.keyboard.insertText('帮');
    await page.waitForTimeout(400);
    await page.keyboard.insertText('助');
    await page.evaluate('requestAnimationFrame = window.drawnSoon');
    expect(await page.inputValue('textarea')).toBe('@积分小助手\u2005帮助');
    await page.fill('textarea', '');
  });

  test('Enter chooses a word while an input method is composing, and sends nothing', async () => {
    const before = trial.wechat.messages.length;
    const keys = await page.context().newCDPSession(page);
    await page.focus('textarea');
    await keys.send('Input.imeSetComposition', { text: '巡逻', selectionStart: 2, selectionEnd: 2 });
    await page.keyboard.press('Enter');
    await keys.send('Input.insertText', { text: '巡逻' });
    expect(await page.inputValue('textarea')).toContain('巡逻');
    expect(trial.wechat.messages).toHaveLength(before);
    await page.fill('textarea', '');
  });

  test('an answer is quoted and one’s own words taken back, from the keyboard alone', async () => {
    await page.getByRole('log').press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: '引用' }).press('Enter');
    await page.locator('textarea').pressSequentially('不是昨天，是前天上午');
    await page.press('textarea', 'Enter');
    await page.getByRole('button', { name: /^引用积分小助手：已记 #2/ }).waitFor();
    await sees(/#2.*廖春生.*公共设施维护/);
    await page.getByRole('log').press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: '撤回' }).click();
    await sees('您撤回了一条消息');
  });

  test('a photo is sent and seen', async () => {
    await page.setInputFiles('input[type=file]', { name: '照片.png', mimeType: 'image/png', buffer: PIXEL });
    await page.locator('.mine .picture img').last().waitFor();
    expect(trial.wechat.messages.findLast((m) => m.file)?.file?.name).toBe('照片.png');
  });

  test('the private chat is private, and one can be the town', async () => {
    await page
      .getByRole('navigation', { name: '会话' })
      .getByRole('button', { name: /^积分小助手/ })
      .click();
    await type('我多少分');
    await sees(/^廖春生 \d{4}年\d+月积分/);
    await page.getByRole('searchbox').fill('镇组织办');
    await page.getByRole('searchbox').press('Enter');
    await page.getByRole('heading', { name: /组织办积分备案群/ }).waitFor();
    expect(await page.getByText('我多少分').count()).toBe(0);
    await page.getByRole('searchbox').fill('');
  });

  test('the clock goes to the next job that says something, and tells how much was said', async () => {
    const before = trial.wechat.messages.length;
    await page.getByRole('button', { name: '下一个待办' }).click();
    await page.getByText(/^这段时间它说了\d+句$/).waitFor();
    expect(trial.wechat.messages.length).toBeGreaterThan(before);
  });

  test('on a phone everything is in reach, and nothing sticks out', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator('.phone-bar .pill').first().click();
    const people = page.getByRole('dialog', { name: '换一个身份' });
    await people.getByRole('button', { name: /欧阳翠/ }).click();
    await page.locator('.phone-bar strong', { hasText: '欧阳翠' }).waitFor();
    await page.locator('.clock-pill').click();
    await page.getByRole('dialog', { name: '时钟' }).getByRole('button', { name: '下一天' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.tab', { hasText: '私聊' }).click();
    await type('我多少分');
    await sees(/^欧阳翠 \d{4}年\d+月积分/);
    for (const width of [390, 320]) {
      // oxlint-disable no-await-in-loop -- one after the other
      await page.setViewportSize({ width, height: 844 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      // oxlint-enable no-await-in-loop
    }
  });

  test('nothing went wrong on the way, and nothing was asked of any other host', () => {
    expect(problems).toEqual([]);
  });
});
