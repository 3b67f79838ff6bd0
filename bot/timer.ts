import { performance } from 'node:perf_hooks';
import type { LocalTime } from '../scoring/calendar.ts';
import type { OutboxTimer } from './outbox.ts';

/** The machine's own clock for the outbox; `now` tells the day that the daily cap counts. */
export function realTimer(now: () => LocalTime): OutboxTimer {
  return {
    now: () => performance.now(),
    after: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    day: () => now().slice(0, 10),
  };
}
