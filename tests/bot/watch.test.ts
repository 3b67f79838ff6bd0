import { beforeEach, describe, expect, test } from '@jest/globals';
import { watchConnection } from '../../bot/watch.ts';
import { newTown } from '../../ledger/empty-state.ts';
import { QuietGateway } from './quiet-gateway.ts';

/** What people hear of the connection: officers of a long outage, the terminal of what is wrong. */

const ONLINE = { kind: 'online', self: { id: 'bot', name: '小助手' }, since: '' } as const;
let gateway: QuietGateway = new QuietGateway();
let now = '';
let told: [string, string][] = [];
let terminal: string[] = [];
let scanned: string[] = [];

beforeEach(() => {
  gateway = new QuietGateway();
  now = '2026-11-10T09:00:00';
  [told, terminal, scanned] = [[], [], []];
  const town = newTown();
  town.office.officers = [
    { name: '江一鸣', contact: 'wx-1', until: null },
    { name: '值班员', contact: 'wx-2', until: null },
    { name: '还没绑定的', contact: null, until: null },
    { name: '去年调走的', contact: 'wx-old', until: '2025-12-31' },
  ];
  watchConnection({
    gateway,
    now: () => now,
    town: () => town,
    tell: (contact, text) => told.push([contact, text]),
    log: () => {},
    say: (line) => terminal.push(line),
    onScan: async (code) => void scanned.push(code),
  });
});

const offline = (reason: string): void =>
  gateway.become({ kind: 'offline', since: now, cause: 'unreachable', reason });

describe('an outage', () => {
  test('of ten minutes is told to each of today’s officers once it is over, from when on; a shorter one to nobody', () => {
    offline('a');
    now = '2026-11-10T09:09:00';
    gateway.become(ONLINE);
    expect(told).toEqual([]);
    offline('a');
    now = '2026-11-10T09:14:00';
    offline('another reason, the same outage');
    now = '2026-11-10T09:20:00';
    gateway.become(ONLINE);
    expect(told.map(([contact]) => contact)).toEqual(['wx-1', 'wx-2']);
    for (const [, text] of told) expect(text).toMatch(/11-10 09:09 掉线，现在恢复了，共 11 分钟.*重发一遍/);
  });

  test('is said on the terminal once, however often and in whatever words it is tried again', () => {
    for (const reason of ['one', 'two', 'three']) offline(reason);
    gateway.become(ONLINE);
    expect(terminal).toEqual([
      '已连上微信。',
      expect.stringMatching(/^没有连上微信：接入服务连不上/),
      '已连上微信。',
    ]);
  });

  test('for which a scan is asked shows the code', () => {
    gateway.become({ kind: 'waiting-for-scan', qr: 'https://example.invalid/qr' });
    expect(scanned).toEqual(['https://example.invalid/qr']);
  });
});
