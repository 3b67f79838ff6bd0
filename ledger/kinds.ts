import type { z } from 'zod';
import type { Finding } from '../scoring/finding.ts';
import type { Body } from './entry.ts';
import { activity } from './kinds/activity.ts';
import { monthly } from './kinds/month.ts';
import { people } from './kinds/people.ts';
import { service } from './kinds/service.ts';
import { yearly } from './kinds/year.ts';

/** Every kind of entry with the schema of its data. */
export const kinds = { ...people, ...activity, ...monthly, ...yearly, ...service };

export type Kind = keyof typeof kinds;
/** The data of a kind as a writer gives it (defaults may be left out). */
export type DataIn<K extends Kind> = z.input<(typeof kinds)[K]>;
/** The data of a kind as the fold reads it. */
export type Data<K extends Kind> = z.output<(typeof kinds)[K]>;

/** The newest version of a kind that this program writes. Kinds not named are at 1. */
const versions: Partial<Record<Kind, number>> = {};

/** Steps from version n to n+1 of a kind's data, at index n−1. Old journals are read through them. */
const upgrades: Partial<Record<Kind, readonly ((data: unknown) => unknown)[]>> = {};

export function isKind(kind: string): kind is Kind {
  return Object.hasOwn(kinds, kind);
}

export function versionOf(kind: Kind): number {
  return versions[kind] ?? 1;
}

/** A body of one kind, checked and with its defaults filled in. Throws on data that does not fit: a bug, not bad input. */
export function body<K extends Kind>(kind: K, data: DataIn<K>): Body {
  return { kind, v: versionOf(kind), data: kinds[kind].parse(data) };
}

/**
 * What an entry of an older program means today, or a finding where it cannot be read:
 * an unknown kind or a newer version means that the journal is newer than the program.
 */
export function upgrade(old: Body, place: string): Body | Finding {
  if (!isKind(old.kind) || old.v > versionOf(old.kind)) {
    return {
      place,
      problem: `记录类型 ${old.kind} v${old.v} 比本程序新`,
      mend: '请先升级程序再打开这份账本',
    };
  }
  let data = old.data;
  for (let v = old.v; v < versionOf(old.kind); v++) data = upgrades[old.kind]?.[v - 1]?.(data) ?? data;
  return { kind: old.kind, v: versionOf(old.kind), data };
}
