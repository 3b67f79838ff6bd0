/** What changes in the simulated town within a year: arrivals, transfers, exemptions, offices. */
import { type IsoMonth, lastDay } from '../scoring/calendar.ts';
import { dayText, each, must, type Town } from './simulated-town.ts';

/** Somebody new: named by the secretary, then known by an account, then with posts of their own. */
export async function arrivals(town: Town, month: IsoMonth): Promise<void> {
  const { chat } = town;
  await chat.at(`${month}-02T08:30:00`);
  await each(town.villages, async (v) => {
    const name = town.newName();
    await must(
      chat.whisper(v.secretary, `新增党员 ${name} ${dayText(`${month}-01`)} 二组`),
      /将登记/,
      `joining ${v.name}`,
    );
    await must(chat.whisper(v.secretary, '登记'), /已登记/, `joining ${v.name}`);
    await chat.group(v.name, name, '大家好', true);
    await must(chat.whisper(v.recorder, `绑定 ${name}`), /绑定/, `account ${v.name}`);
    await must(chat.whisper(name, '认领 治安巡逻 环境卫生'), /认领|岗/, `claim ${v.name}`);
    await must(chat.whisper(v.secretary, `同意认领 ${name}`), /已定/, `claim ${v.name}`);
    v.people.push({ name, posts: ['security-patrol', 'sanitation'], group: '二组', zeal: 0.8 });
  });
}

/** One member of every village goes to the next one. */
export async function transfers(town: Town, month: IsoMonth): Promise<string[]> {
  const { chat, villages } = town;
  if (villages.length < 2) return [];
  // On the last day: the old branch scores the month while the member is still on its roster.
  const date = lastDay(month);
  await chat.at(`${date}T09:00:00`);
  const moved: string[] = [];
  for (const [i, v] of villages.entries()) {
    const to = villages[(i + 1) % villages.length]!;
    const who = v.people[7]!;
    const shown = await must(
      chat.office(`转接 ${who.name} 从${v.name}到${to.name} ${dayText(date)}`),
      /回复“(转接 \S+)”/,
      'transfer',
    );
    await must(chat.office(/回复“(转接 \S+?)”/.exec(shown)![1]!), /已登记/, 'transfer');
    moved.push(who.name);
    await must(chat.whisper(who.name, '认领 治安巡逻 环境卫生'), /认领|岗/, `claim ${who.name}`);
  }
  for (const [i, v] of villages.entries()) {
    const to = villages[(i + 1) % villages.length]!;
    const who = v.people[7]!;
    await chat.whisper(to.secretary, `同意认领 ${who.name}`);
    to.people = [...to.people, { ...who, posts: ['security-patrol', 'sanitation'] }];
  }
  return moved;
}

export async function exemptions(town: Town, month: IsoMonth): Promise<void> {
  const { chat } = town;
  await chat.at(`${month}-10T09:00:00`);
  await each(town.villages, async (v) => {
    const old = v.people[9]!.name;
    await must(
      chat.group(v.name, v.people[10]!.name, `申请不纳入 ${old} 年老体弱`, true),
      /私下/,
      `exemption ${v.name}`,
    );
    await must(
      chat.whisper(v.secretary, `同意不纳入 ${old} 支委会${dayText(`${month}-09`)}`),
      /报镇/,
      `exemption ${v.name}`,
    );
    await must(chat.office(`不纳入备案 ${v.name} ${old}`), /已备案/, `exemption ${v.name}`);
  });
}

export async function officesAndStatus(town: Town, month: IsoMonth): Promise<void> {
  const { chat } = town;
  await chat.at(`${month}-18T09:00:00`);
  await each(town.villages, async (v, i) => {
    const young = v.people.find((p) => p.status === 'probationary')!.name;
    await chat.whisper(v.secretary, `转正 ${young} ${dayText(`${month}-17`)}`);
    await must(chat.whisper(v.secretary, '登记'), /正式党员/, `full ${v.name}`);
    if (i % 4 !== 0) return;
    const next = v.people[4]!.name;
    await chat.whisper(v.secretary, `任命 ${next} 记录员 ${dayText(`${month}-18`)}起`);
    await must(chat.whisper(v.secretary, '任命'), /已登记/, `recorder ${v.name}`);
    v.recorder = next;
  });
}
