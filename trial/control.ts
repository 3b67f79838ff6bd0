import type { LocalTime } from '../scoring/calendar.ts';
import type { TrialClock } from './clock.ts';
import type { TrialControl } from './server.ts';

/** What works by the clock: the bot. */
export interface Worker {
  /** When it next has something to do by itself. */
  nextJob(): LocalTime | null;
  /** Does what is due at this moment; resolves when it is done and said. */
  tick(now: LocalTime): Promise<void>;
}

/** Jumps from due moment to due moment, so that what is due on the way happens at its own time and in order. */
export function controlOf(clock: TrialClock, bot: Worker): TrialControl {
  let advancing: Promise<void> = Promise.resolve();
  const advance = async (to: LocalTime): Promise<void> => {
    let last = '';
    for (;;) {
      const next = bot.nextJob();
      // A job that stays due after its tick waits for something else; going round it again would not end.
      if (next === null || next > to || next === last) break;
      last = next;
      clock.set(next);
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await bot.tick(clock.now());
    }
    clock.set(to);
    await bot.tick(clock.now());
  };
  return {
    now: () => clock.now(),
    nextJob: () => bot.nextJob(),
    advanceTo(moment) {
      advancing = advancing.catch(() => {}).then(() => advance(moment));
      return advancing;
    },
  };
}

/** Does what falls due while time just runs. */
export function tickByItself(clock: TrialClock, bot: Worker): NodeJS.Timeout {
  const tick = (): void => {
    const next = bot.nextJob();
    if (next !== null && next <= clock.now()) void bot.tick(clock.now()).catch(() => {});
  };
  return setInterval(tick, 5_000).unref();
}
