/** `确认年度`: a member's answer to the year's board, or somebody's for another (R11, R28). */
import { body } from '../../ledger/kinds.ts';
import { accountOf } from '../../ledger/roles.ts';
import { ANSWERED_PRIVATELY } from '../asking.ts';
import { answer, type Command, notice, type Outcome, refuse, type Reply, type Request } from '../command.ts';
import { namesSlot, plainRead } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { openYear, unconfirmedOfYear, yearBoardOpenFor } from './year-board.ts';

export const yearConfirm: Command = {
  name: 'year-confirm',
  intent: 'confirm',
  words: ['确认年度', '年度确认', '年度无异议'],
  who: 'anyone',
  where: ['group', 'private'],
  summary: '确认自己的年度积分和等次；替别人确认会注明代确认',
  examples: ['确认年度', '年度确认'],
  read: plainRead({
    name: 'year-confirm',
    intent: 'confirm',
    words: [],
    // The whole message, or it is talk about the year.
    speech:
      /^(?:我)?(?:对)?(?:自己|本人)?(?:的)?(?:年度|全年|年终)(?:的)?(?:积分|等次|公示|评定|结果)?(?:我)?(?:都)?(?:确认(?:无误)?|无异议|没有?意见|没有?异议|同意)$/,
    overheard: ['member', 'recorder', 'supervisor', 'committee', 'secretary', 'deputy'],
    slots: (message) => ({
      ...(/纸质|签字|书面/.test(message.body) ? { paper: true } : {}),
      names: [...new Set(message.names().flatMap((n) => (n.members.length === 1 ? n.members : [])))],
    }),
  }),
  timely: ({ branch }) => openYear(branch) !== null,
  decide: (request, reading) => decideConfirm(request, reading),
};

function decideConfirm(request: Request, reading: Reading): Outcome {
  const named = namesSlot(reading, 'names').filter((n) => request.branch.people[n]);
  const { roles, name } = request.speaker;
  // A signed sheet is recorded by those who keep it.
  const paper =
    reading.slots['paper'] === true &&
    named.length > 0 &&
    roles.some((r) => r === 'secretary' || r === 'deputy');
  return confirmYear(request, named.length > 0 ? named : [name], paper);
}

/** Confirms rows of the year's board that hangs out. For the plain word 确认 too, where no month's board is open. */
export function confirmYear(request: Request, members: readonly string[], paper = false): Outcome {
  const { branch, speaker } = request;
  const year = openYear(branch);
  const board = year === null ? undefined : branch.years[year]?.boards.at(-1);
  if (year === null || !board) return refuse('year-no-board');
  const missing = members.find((name) => !board.rows.some((r) => r.name === name));
  if (missing !== undefined) return refuse('year-no-row', { name: missing, year });
  const open = members.filter((name) => yearBoardOpenFor(branch, name) !== null);
  if (open.length === 0) return { bodies: [], replies: [answer(`${year}年度已经确认过了，不用再回。`)] };
  const bodies = open.map((name) =>
    body('year-confirmed', {
      year,
      name,
      version: board.version,
      how: paper ? 'paper' : name === speaker.name ? 'reply' : 'proxy',
      by: speaker.name,
    }),
  );
  const left = unconfirmedOfYear(branch, year).filter((name) => !open.includes(name)).length;
  const said = open.map((name) =>
    name === speaker.name ? name : `${name}（${paper ? '纸质' : `${speaker.name}代`}）`,
  );
  const head = `已确认${year}年度：`;
  const tail = `（${board.rows.length - left}/${board.rows.length}）`;
  const receipt: Reply = {
    ...answer(`${head}${said.join('、')}${tail}`),
    priority: 'notice',
    gather: { key: `year-confirm ${year}`, items: said, head, tail },
  };
  const told = open
    .filter((name) => !paper && name !== speaker.name && accountOf(branch, name) !== null)
    .map((name) =>
      notice(
        { person: name },
        `${speaker.name}代您确认了${year}年度积分和等次。不是您的意思请回复“年度异议”。`,
      ),
    );
  return {
    bodies,
    replies: [request.place === 'private' ? answer(`${head}${said.join('、')}。`) : receipt, ...told],
  };
}

export const yearUnconfirmed: Command = {
  name: 'year-unconfirmed',
  intent: 'none',
  words: ['年度未确认', '未确认年度'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '年度公示还有谁没有确认（私下）',
  examples: ['年度未确认'],
  read: plainRead({ name: 'year-unconfirmed', words: [] }),
  decide: (request) => {
    const year = openYear(request.branch);
    if (year === null) return refuse('year-no-board');
    const names = unconfirmedOfYear(request.branch, year);
    const text =
      names.length === 0
        ? `${year}年度都确认了。`
        : `${year}年度还有${names.length}人没有确认：${names.join('、')}。`;
    return {
      bodies: [],
      replies:
        request.place === 'group' ? [answer(ANSWERED_PRIVATELY), answer(text, 'private')] : [answer(text)],
    };
  },
};
