/** Watches the connection: tells the town's people when the bot is back and how long it was away. */
import type { TownState } from '../ledger/state.ts';
import { instant, type LocalTime } from '../scoring/calendar.ts';
import type { Log } from './engine.ts';
import type { OutageCause } from './gateway/outage.ts';
import type { ConnectionState, Gateway } from './gateway/port.ts';
import { outageWords } from './outage-words.ts';
import { officerContacts } from './upkeep/officers.ts';

/** Shorter breaks are nobody's business. */
const WORTH_TELLING_MINUTES = 10;

export interface WatchOptions {
  readonly gateway: Gateway;
  readonly now: () => LocalTime;
  readonly town: () => TownState;
  readonly tell: (contact: string, text: string) => void;
  readonly log: Log;
  /** One line for whoever looks at the terminal. */
  readonly say: (line: string) => void;
  readonly onScan: (code: string) => Promise<void>;
}

export function watchConnection(options: WatchOptions): { trouble(): string | null } {
  const { gateway, log } = options;
  let awaySince: LocalTime | null = null;
  /** What the terminal said last: the same trouble is not said at every try. */
  let said: OutageCause | 'online' | null = null;

  const back = (): void => {
    if (awaySince === null) return;
    const minutes = Math.round((instant(options.now()) - instant(awaySince)) / 60_000);
    const since = awaySince;
    awaySince = null;
    if (minutes < WORTH_TELLING_MINUTES) return;
    const text = `兰星在 ${since.slice(5, 16).replace('T', ' ')} 掉线，现在恢复了，共 ${minutes} 分钟。这段时间群里的消息没有收到，请提醒各支部把要记的事重发一遍。`;
    for (const contact of officerContacts(options.town(), options.now())) options.tell(contact, text);
  };

  const onState = (state: ConnectionState): void => {
    log({ level: 'info', what: `connection ${state.kind}` });
    if (state.kind === 'online') {
      if (said !== 'online') options.say('已连上微信。');
      said = 'online';
      back();
    } else if (state.kind === 'offline') {
      awaySince ??= state.since;
      if (said !== state.cause) options.say(`没有连上微信：${outageWords(state.cause)}。`);
      said = state.cause;
    } else if (state.kind === 'waiting-for-scan') {
      awaySince ??= options.now();
      void options
        .onScan(state.qr)
        .catch((error: unknown) => log({ level: 'error', what: 'scan code', error }));
    }
  };
  gateway.onState(onState);

  return {
    trouble() {
      const state = gateway.state();
      if (state.kind === 'online') return null;
      if (state.kind === 'waiting-for-scan') return '等待扫码登录';
      return state.kind === 'offline'
        ? `从 ${state.since.slice(0, 16).replace('T', ' ')} 起离线：${outageWords(state.cause)}`
        : '正在连接';
    },
  };
}
