/** The end of the simulated year, in January: decided, reviewed, published, answered, closed. */
import { each, must, type Town, words, YEAR } from './simulated-town.ts';

/** January: decided, reviewed, published, answered, closed. */
export async function settle(town: Town): Promise<void> {
  const { chat } = town;
  const next = YEAR + 1;
  await chat.at(`${next}-01-13T09:00:00`);
  await each(town.villages, async (v) => {
    const decision = `年度评定 ${YEAR}年 会议1月12日 全部按测算。民主评议：其余合格`;
    let heard = words(await chat.whisper(v.secretary, decision));
    const tie = /并列定([^”]+)”/.exec(heard)?.[1];
    if (tie)
      heard = words(
        await chat.whisper(
          v.secretary,
          `年度评定 ${YEAR}年 会议1月12日 并列定${tie}；其余按测算。民主评议：其余合格`,
        ),
      );
    if (!heard.includes('将按支委会')) throw new Error(`deciding ${v.name}: ${heard}`);
    await must(chat.whisper(v.secretary, '确定'), /已记/, `deciding ${v.name}`);
    await chat.whisper(v.secretary, '年度上报');
    await must(chat.whisper(v.secretary, '上报'), /已报/, `submitting ${v.name}`);
  });
  for (const v of town.villages) {
    const shown = await must(chat.office(`年度通过 ${v.name}`), /将通过/, `passing ${v.name}`);
    await must(chat.office(/回复“(通过[^”]*)”/.exec(shown)![1]!), /已通过/, `passing ${v.name}`);
  }
  await chat.at(`${next}-01-14T09:00:00`);
  await each(town.villages, async (v) => {
    await chat.whisper(v.secretary, '年度公示');
    await must(chat.whisper(v.secretary, '公示'), /公示榜|年度/, `publishing ${v.name}`);
  });
  await chat.at(`${next}-01-14T19:00:00`);
  await each(town.villages, async (v) => {
    const rows = chat.state(v.name).years[YEAR]?.boards.at(-1)?.rows ?? [];
    for (const row of rows) if (v.random() < 0.9) await chat.group(v.name, row.name, '确认年度');
    const objector = rows.at(-1)!.name;
    const number = chat.state(v.name).nextTicket;
    await chat.group(v.name, objector, '年度异议 月均算得不对');
    await chat.whisper(v.secretary, `裁定 ${number} 不采纳 逐月核对无误`);
    await must(chat.whisper(v.secretary, '确定'), /已裁定/, `ruling ${v.name}`);
  });
  await chat.at(`${next}-01-23T09:00:00`);
  await each(town.villages, async (v) => {
    if (chat.state(v.name).years[YEAR]?.stage === 'closed') return;
    await must(chat.whisper(v.secretary, '年度办结'), /将办结/, `closing ${v.name}`);
    await must(chat.whisper(v.secretary, '办结'), /已办结/, `closing ${v.name}`);
  });
}
