import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type RunningTrial, startTrial } from '../../trial/trial.ts';
import { createEchoBot } from './echo-bot.ts';
import { PIXEL } from './pixel.ts';

/** The page as people use it, in a real browser without a window, with the whole stack behind it. */

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
      startTrial({ createBot: createEchoBot, dataFolder: folder, port: 0 }),
      chromium.launch({ executablePath: CHROMIUM, args }),
    ]);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(8000);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('request', (request) => {
      if (!request.url().startsWith(trial.url) && !request.url().startsWith('data:'))
        problems.push(request.url());
    });
    await page.goto(trial.url);
    await page.waitForSelector('.composer');
  }, 30_000);
  afterAll(async () => {
    await browser.close();
    await trial.stop();
  });

  const type = async (text: string): Promise<void> => {
    await page.fill('textarea', text);
    await page.press('textarea', 'Enter');
  };
  const sees = (text: string): Promise<void> =>
    page.getByRole('log').getByText(text, { exact: true }).last().waitFor();

  test('says in three lines what to try, fills in an example, and stays away once closed', async () => {
    expect(await page.locator('.welcome li').count()).toBe(3);
    await page.locator('.example').first().click();
    expect(await page.inputValue('textarea')).not.toBe('');
    await page.fill('textarea', '');
    await page.getByRole('button', { name: '知道了，关闭' }).click();
    await page.reload();
    await page.waitForSelector('.composer');
    expect(await page.locator('.welcome').count()).toBe(0);
  });

  test('a message is sent with Enter, with the bot mentioned by the @ list, and the answer seen', async () => {
    await page.locator('textarea').pressSequentially('@积分');
    await page.getByRole('option', { name: /积分小助手/ }).waitFor();
    await page.press('textarea', 'Enter');
    await page.locator('textarea').pressSequentially('帮助');
    await page.press('textarea', 'Enter');
    await sees('听到：帮助');
    expect(trial.wechat.messages.at(-2)).toMatchObject({ mentions: ['wxid_trialbot'] });
    expect(await page.inputValue('textarea')).toBe('');
  });

  test('an answer is quoted and one’s own words taken back, from the keyboard alone', async () => {
    await page.getByRole('log').press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: '引用' }).press('Enter');
    await page.locator('textarea').pressSequentially('@');
    await page.press('textarea', 'Enter');
    await page.locator('textarea').pressSequentially('好的');
    await page.press('textarea', 'Enter');
    await sees('听到：好的（引用积分小助手：听到：帮助）');
    await page.getByRole('log').press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: '撤回' }).click();
    await sees('您撤回了一条消息');
    await page.getByRole('log').getByText('撤回了 msg').waitFor();
  });

  test('a photo is sent, a picture from the bot is seen and made large', async () => {
    await page.setInputFiles('input[type=file]', { name: '照片.png', mimeType: 'image/png', buffer: PIXEL });
    await sees(`收到图片 ${PIXEL.length} 字节`);
    await type('图');
    await page.locator('.from-bot .picture').click();
    await page.locator('dialog.zoom img').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForFunction("!document.querySelector('dialog.zoom').open");
  });

  test('the private chat is private, and one can be somebody else', async () => {
    await page

      .getByRole('navigation', { name: '会话' })
      .getByRole('button', { name: /^积分小助手/ })
      .click();
    await type('我多少分');
    await sees('听到：我多少分');
    await page.getByRole('searchbox').fill('镇组织办');
    await page.getByRole('searchbox').press('Enter');
    await page.getByRole('heading', { name: /组织办积分备案群/ }).waitFor();
    expect(await page.getByText('我多少分').count()).toBe(0);
    await page.getByRole('searchbox').fill('');
  });

  test('what the bot writes to somebody else is announced, and leads there', async () => {
    const recorder = trial.wechat.world.people.find((p) => p.role === 'recorder');
    await trial.gateway.send({ contact: recorder?.id ?? '' }, { kind: 'text', text: '待核实 1 条' });
    await page.getByRole('button', { name: /私聊了/ }).click();
    await sees('待核实 1 条');
    await page.locator('.me-words strong', { hasText: recorder?.name ?? '' }).waitFor();
  });

  test('the clock goes to the next job, and what it does is seen', async () => {
    const due = trial.control.nextJob();
    await page.getByRole('button', { name: '下一个待办' }).click();
    await page.locator('.clock-now strong', { hasText: '18:00' }).waitFor();
    await page.getByRole('navigation', { name: '会话' }).getByText('晚上好').waitFor();
    expect(trial.control.now() >= (due ?? '')).toBe(true);
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
    await type('在吗');
    await sees('听到：在吗');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });

  test('nothing went wrong on the way, and nothing was asked of any other host', () => {
    expect(problems).toEqual([]);
  });
});
