/** What `/metrics` tells of a running bot. */
import type { TownState } from '../ledger/state.ts';
import type { StateStore } from '../storage/fold.ts';
import type { Bot } from './bot.ts';
import type { Gateway } from './gateway/port.ts';
import type { Vital } from './health.ts';

/** The bot is null until it is open. */
export function botVitals(gateway: Gateway, store: StateStore<TownState>, bot: () => Bot | null): Vital[] {
  return [
    {
      name: 'online',
      help: '1 while logged in.',
      kind: 'gauge',
      value: () => (gateway.state().kind === 'online' ? 1 : 0),
    },
    {
      name: 'outbox_waiting',
      help: 'Messages still to be sent.',
      kind: 'gauge',
      value: () => bot()?.outbox.waiting().length ?? 0,
    },
    {
      name: 'outbox_failed',
      help: 'Messages that could not be sent.',
      kind: 'counter',
      value: () => bot()?.outbox.failures().length ?? 0,
    },
    {
      name: 'entries',
      help: 'Entries in all ledgers.',
      kind: 'counter',
      value: () =>
        Object.values(store.state().branches).reduce((n, b) => n + b.seq, store.state().office.seq),
    },
  ];
}
