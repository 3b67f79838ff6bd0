/** The simulated town: its villages with their officers, how it is founded, and how words are said in it and heard. */
import { inScope } from '../ledger/case.ts';
import type { IsoMonth } from '../scoring/calendar.ts';
import { chances, namer, VILLAGES, type Villager, villagers } from './simulated-people.ts';
import type { Told, TownChat } from './town-chat.ts';

export const YEAR = 2026;

export interface Village {
  readonly name: string;
  /** Chances of this village alone, so that villages may speak at the same time and a seed still says it all. */
  readonly random: () => number;
  people: Villager[];
  /** Who holds which office; the recorder may change. */
  readonly secretary: string;
  readonly deputy: string;
  recorder: string;
}

export interface Town {
  readonly chat: TownChat;
  readonly villages: readonly Village[];
  readonly newName: () => string;
}

export const words = (told: readonly Told[]): string => told.map((t) => t.text).join('\n');

/** What was said must be heard; anything else is a fault of the simulation or of the bot, and stops it. */
export async function must(said: Promise<readonly Told[]>, expected: RegExp, what: string): Promise<string> {
  const heard = words(await said);
  if (!expected.test(heard)) throw new Error(`${what}: expected ${String(expected)}, heard:\n${heard}`);
  return heard;
}

/** Villages speak at the same time, as they do; each of them says one thing after the other. */
export async function each(
  villages: readonly Village[],
  work: (village: Village, index: number) => Promise<void>,
): Promise<void> {
  await Promise.all(villages.map(work));
}

export const dayText = (date: string): string =>
  `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
export const monthName = (month: IsoMonth): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;

export async function found(
  chat: TownChat,
  count: number,
  size: number,
  random: () => number,
): Promise<Town> {
  const newName = namer(random);
  const villages = VILLAGES.slice(0, count).map((name): Village => {
    const people = villagers(size, newName, random);
    const own = chances(Math.floor(random() * 2 ** 32));
    return {
      name,
      random: own,
      people,
      secretary: people[0]!.name,
      deputy: people[1]!.name,
      recorder: people[2]!.name,
    };
  });
  await chat.office(`登记支部 ${villages.map((v) => v.name).join('、')}`);
  await must(chat.office('登记'), /已登记/, 'registering');
  for (const v of villages) await chat.bringIn(v.name, v.people);
  const codes = await must(chat.office('绑定码 全部'), /绑定/, 'codes');
  for (const v of villages) {
    const code = new RegExp(`${v.name}：(绑定 \\S{6})`).exec(codes)?.[1] ?? '';
    await must(chat.group(v.name, v.secretary, code), /已绑定/, `binding ${v.name}`);
  }
  return { chat, villages, newName };
}

/** Members of a village who are scored in a month. */
export function scoredIn({ chat }: Town, v: Village, month: IsoMonth): Villager[] {
  const { people } = chat.state(v.name);
  return v.people.filter((p) => people[p.name] && inScope(people[p.name]!, month));
}
