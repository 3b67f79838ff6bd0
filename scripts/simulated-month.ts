/** A month of the simulated town: reports, the meeting, scores, and the board until the town has received it. */
import { postsIn } from '../ledger/fold/people.ts';
import { addMonths, type IsoMonth, lastDay } from '../scoring/calendar.ts';
import { POSTS, type Villager } from './simulated-people.ts';
import { dayText, each, monthName, must, scoredIn, type Town, type Village } from './simulated-town.ts';

/** What members did: reported in the group, verified by the recorder. */
export async function reports(town: Town, month: IsoMonth): Promise<void> {
  const { chat } = town;
  for (const day of [6, 13, 24]) {
    const date = `${month}-${String(day).padStart(2, '0')}`;
    await chat.at(`${date}T19:30:00`);
    await each(town.villages, async (v) => {
      const first = chat.state(v.name).nextReport;
      for (const p of scoredIn(town, v, month)) {
        const doing = POSTS.find((post) => p.posts.includes(post.id) && post.doing)?.doing;
        if (doing && v.random() < p.zeal * 0.7)
          await chat.group(v.name, p.name, `${doing} ${dayText(date)} ${p.group ?? ''}`);
      }
      const { reports: all, nextReport } = chat.state(v.name);
      const numbers = Array.from({ length: nextReport - first }, (_, i) => first + i);
      const mine = numbers.filter((n) => !all[n]?.names.includes(v.recorder));
      const own = numbers.filter((n) => all[n]?.names.includes(v.recorder));
      if (mine.length > 0)
        await must(chat.whisper(v.recorder, `核实 ${mine.join(' ')}`), /已核实/, `verifying ${v.name}`);
      if (own.length > 0) await chat.whisper(v.secretary, `核实 ${own.join(' ')}`);
    });
  }
}

export async function meeting(town: Town, month: IsoMonth): Promise<void> {
  const { chat } = town;
  const date = `${month}-15`;
  await chat.at(`${date}T10:30:00`);
  await each(town.villages, async (v) => {
    const here = scoredIn(town, v, month).filter((p) => p.name !== v.recorder && p.name !== v.secretary);
    const absent = here.filter((p) => v.random() < (1 - p.zeal) * 0.15).map((p) => p.name);
    const late = here.filter((p) => !absent.includes(p.name) && v.random() < 0.03).map((p) => p.name);
    const lines = [`考勤 ${dayText(date)}主题党日`];
    if (late.length > 0) lines.push(`迟到：${late.join('、')}`);
    if (absent.length > 0) lines.push(`缺席：${absent.join('、')}`);
    await must(
      chat.whisper(v.recorder, [...lines, '其他都到'].join('\n')),
      /已记|登记/,
      `attendance ${v.name}`,
    );
    const unpaid = here.find(() => v.random() < 0.01);
    await chat.whisper(
      v.recorder,
      `${Number(month.slice(5))}月党费都交了${unpaid ? `，${unpaid.name}没按时交` : ''}`,
    );
  });
}

function scoreLine(town: Town, v: Village, name: string, month: IsoMonth, zeal: number): string {
  const person = town.chat.state(v.name).people[name];
  const part = (): number => Math.max(0, Math.min(10, Math.round(zeal * 8 + 2 + v.random() * 3 - 1.5)));
  const posts = (person ? postsIn(person, month) : []).map((id) => {
    const post = POSTS.find((p) => p.id === id);
    return `${post?.title ?? id} 10 ${part()} ${part()}`;
  });
  return posts.length === 0 ? '' : `${name} ${posts.join('，')}`;
}

/** The recorder scores everybody else, the secretary the recorder, the deputy the secretary. */
export async function scores(town: Town, month: IsoMonth): Promise<void> {
  const { chat } = town;
  await chat.at(`${lastDay(month)}T19:00:00`);
  await each(town.villages, async (v) => {
    const line = (p: Villager): string => scoreLine(town, v, p.name, month, p.zeal);
    const of = (name: string): string =>
      scoredIn(town, v, month)
        .filter((p) => p.name === name)
        .map(line)
        .join('');
    const others = scoredIn(town, v, month).filter((p) => p.name !== v.recorder && p.name !== v.secretary);
    const lines = others.map(line).filter((l) => l !== '');
    for (let i = 0; i < lines.length; i += 15)
      await must(
        chat.whisper(v.recorder, `打分 ${monthName(month)}\n${lines.slice(i, i + 15).join('\n')}`),
        /已记/,
        `scores ${v.name}`,
      );
    await chat.whisper(v.secretary, `打分 ${monthName(month)}\n${of(v.recorder)}`);
    await chat.whisper(v.deputy, `打分 ${monthName(month)}\n${of(v.secretary)}`);
  });
}

/** Published, answered by most, objected to by a few, closed by the clock, received by the town. */
export async function board(town: Town, month: IsoMonth): Promise<void> {
  const { chat } = town;
  const next = addMonths(month, 1);
  await chat.at(`${next}-02T09:00:00`);
  await each(town.villages, async (v) => {
    await must(chat.whisper(v.secretary, `发布 ${monthName(month)}`), /将发布/, `preview ${v.name} ${month}`);
    await must(chat.whisper(v.secretary, '发布'), /公示榜/, `publishing ${v.name} ${month}`);
  });
  await chat.at(`${next}-02T19:00:00`);
  await each(town.villages, async (v) => {
    for (const p of scoredIn(town, v, month)) {
      if (v.random() < 0.004) await objectAndRule(town, v, p.name, month);
      if (v.random() < 0.92) await chat.group(v.name, p.name, '确认');
    }
  });
  await chat.at(`${next}-11T10:00:00`);
  for (const v of town.villages) {
    if (!chat.state(v.name).months[month]?.filed) {
      await must(chat.whisper(v.secretary, `备案 ${monthName(month)}`), /将把/, `filing ${v.name} ${month}`);
      await must(chat.whisper(v.secretary, '备案'), /已报/, `filing ${v.name} ${month}`);
    }
    await must(chat.office(`${v.name} ${monthName(month)}备案收到`), /已收/, `receipt ${v.name} ${month}`);
  }
}

async function objectAndRule({ chat }: Town, v: Village, name: string, month: IsoMonth): Promise<void> {
  const number = chat.state(v.name).nextTicket;
  await chat.group(v.name, name, `异议 我${dayText(`${month}-15`)}主题党日到了，怎么没记上`);
  if (chat.state(v.name).nextTicket === number) return;
  const judge = name === v.secretary ? v.deputy : v.secretary;
  await must(chat.whisper(judge, `裁定 ${number} 不采纳 已核对签到表`), /将裁定/, `ruling ${v.name}`);
  await chat.whisper(judge, '确定');
}
