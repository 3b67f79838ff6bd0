/** The bot over the real local stack beside a bare wechaty echo bot: how long a member waits, and how soon it is back. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTrialBot } from '../bot/cli/trial.ts';
import { packageRoot } from '../bot/package-root.ts';
import { bench as echo } from './echo.ts';
import type { Row } from './main.ts';

/** Different every time, so that each is a report of its own and not the one before said again. */
function report(round: number): string {
  const day = 1 + (round % 20);
  const post = ['巡逻', '大扫除', '巡查泵站', '看望留守老人'][Math.floor(round / 20) % 4];
  return `11月${day}号在${'一二三四五六'[round % 6]}组${post}，一切正常`;
}

export async function bench(): Promise<Row[]> {
  const branch: unknown = JSON.parse(readFileSync(join(packageRoot(), 'trial/sample-branch.json'), 'utf8'));
  const figures = await echo(createTrialBot, {
    branch,
    reporter: '韦大勇',
    report,
    // With ten to warm up, fewer than the bot takes of one person before it holds back a flood.
    rounds: 45,
    outages: 5,
    starts: 3,
  });
  return [
    {
      name: 'report said → receipt heard, p50',
      value: figures.bot,
      unit: 'ms',
      baseline: 'a bare echo bot',
      ratio: figures.ratio,
      aim: '≤ 1.5',
    },
    {
      name: 'server back → first message handled, p50',
      value: figures.restored,
      unit: 'ms',
      aim: '≤ 3000 ms',
    },
    {
      name: 'process start → logged in',
      value: figures.startGateway,
      unit: 'ms',
      baseline: 'a bare wechaty bot',
      ratio: figures.startRatio,
      aim: '≤ 1.3',
    },
  ];
}
