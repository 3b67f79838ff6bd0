import { randomInt } from 'node:crypto';
import { type Body, TOWN } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import type { TownState } from '../../ledger/state.ts';
import { dateOfTime, type LocalTime } from '../../scoring/calendar.ts';
import type { StateStore } from '../../storage/fold.ts';
import type { Config } from '../config.ts';
import { inviteOfficer, needsCode, openInvitations } from '../onboarding.ts';

/** The town's own entries where its ledger is new: name and officers from the config. */
export async function foundTown(store: StateStore<TownState>, config: Config, at: LocalTime): Promise<void> {
  const office = store.state().office;
  const missing = config.town.officers.filter(
    (o) =>
      !office.officers.some(
        (known) => known.name === o.name && (o.contact === undefined || known.contact === o.contact),
      ),
  );
  const bodies: Body[] = [
    ...(office.name === config.town.name ? [] : [body('town-founded', { name: config.town.name })]),
    ...missing.map((o) => body('officer-named', o)),
  ];
  if (bodies.length > 0)
    await store.append([{ branch: TOWN, source: `config ${at}`, at, by: 'cli:config', bodies }]);
}

/**
 * Invites officers whose WeChat is not known yet: a code each, to be typed in the office's group. Yields every code
 * that is open, also those of an earlier start.
 */
export async function inviteOfficers(
  store: StateStore<TownState>,
  at: LocalTime,
  newCode: () => string,
): Promise<{ name: string; code: string }[]> {
  const open = openInvitations(store.state(), at);
  const without = store
    .state()
    .office.officers.filter((o) => needsCode(store.state(), o.name) && !open.some((c) => c.name === o.name));
  const bodies = without.map((o) => inviteOfficer(o.name, newCode(), at));
  if (bodies.length > 0)
    await store.append([{ branch: TOWN, source: `invite ${at}`, at, by: 'cli:config', bodies }]);
  return openInvitations(store.state(), at);
}

/** Six characters that nobody guesses; without 0, O, 1, I, L, because they are read out and typed by hand. */
export function randomCode(): string {
  const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
  return Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('');
}

/** Accounts of those who are the town's officers now, where they are known. */
export function officerContacts(town: TownState, now: LocalTime): string[] {
  const day = dateOfTime(now);
  return town.office.officers.flatMap((o) =>
    o.contact !== null && (o.until === null || o.until >= day) ? [o.contact] : [],
  );
}
