/**
 * Filling in the posts nobody scored yet, for everybody at once: by what the verified reports suggest, or as last
 * month. It is a preview that the recorder says yes to; exceptions are typed afterwards (R23: people give the score).
 */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { monthSheet } from '../../ledger/sheet.ts';
import { addMonths, type IsoMonth, monthOf } from '../../scoring/calendar.ts';
import { answer, type Command, type Outcome, type Request } from '../command.ts';
import { settleChange } from '../month/correction.ts';
import { preview } from '../month/preview.ts';
import { monthMeant, pendingNames } from '../month/publish.ts';
import { monthSlot, plainRead, textSlot } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { listed, monthText, postTitle } from '../wording.ts';
import { suggestionFor } from './suggestion.ts';
import { tellPrivately } from './told.ts';

type Parts = readonly [number, number, number];
/** What a post would get; null where the source says nothing. */
type Source = (request: Request, name: string, post: string, month: IsoMonth) => Parts | null;

const bySuggestion: Source = ({ branch, policy }, name, post, month) => {
  const s = suggestionFor(branch, policy, name, post, month);
  return s === null || s.performance === null ? null : [s.commitment, s.performance, s.deed];
};

const asLastMonth: Source = ({ branch }, name, post, month) => {
  const s = branch.months[addMonths(month, -1)]?.scores[name]?.[post];
  return s?.commitment === undefined || s.performance === undefined || s.deed === undefined
    ? null
    : [s.commitment, s.performance, s.deed];
};

interface Filled {
  readonly name: string;
  readonly post: string;
  readonly parts: Parts;
}

/** Every post still 待评 of everybody but the speaker, with what the source gives it. */
function fillOf(request: Request, source: Source, month: IsoMonth): { filled: Filled[]; left: string[] } {
  const sheet = monthSheet(request.branch, request.policy, month);
  const filled: Filled[] = [];
  const left: string[] = [];
  for (const name of Object.keys(request.branch.people)) {
    for (const post of sheet[name]?.pending ?? []) {
      const parts = name === request.speaker.name ? null : source(request, name, post, month);
      if (parts) filled.push({ name, post, parts });
      else left.push(`${name}${postTitle(request, post)}`);
    }
  }
  return { filled, left };
}

/** The month said; else the one that is due, or this one where everybody has been scored in that. */
function monthFilled(request: Request, reading: Reading): IsoMonth {
  const meant = monthMeant(request, textSlot(reading, 'month'));
  const said = textSlot(reading, 'month') !== null;
  return said || pendingNames(request.branch, request.policy, meant).length > 0 ? meant : monthOf(request.at);
}

function decideFill(request: Request, reading: Reading, source: Source, by: string): Outcome {
  const month = monthFilled(request, reading);
  const said = monthText(month, request.at);
  const { filled, left } = fillOf(request, source, month);
  const rest = left.length > 0 ? `\n没有依据、要单独打分的：${listed(left)}` : '';
  if (filled.length === 0)
    return { bodies: [], replies: tellPrivately(request, `${said}没有可以${by}打分的岗位。${rest}`) };
  const lines = filled.map(
    ({ name, post, parts }) =>
      `${name} ${postTitle(request, post)} ${parts.join('+')}＝${parts[0] + parts[1] + parts[2]}`,
  );
  if (!request.confirmed) {
    const head = `将${by}给${said}还没有评的${filled.length}个岗位打分（设岗定责+履职+办实事）：`;
    return preview(request, reading, `${[head, ...lines].join('\n')}${rest}`, '记上', { private: true });
  }
  return settleChange(request, reading, {
    bodies: filled.map(
      ({ name, post, parts }): Body =>
        body('post-scored', {
          name,
          month,
          post,
          commitment: parts[0],
          performance: parts[1],
          deed: parts[2],
        }),
    ),
    months: [month],
    reason: `${by}打分`,
    replies: () => [
      answer(
        `已${by}给${said}${filled.length}个岗位打分。要改的直接发，例如“打分 ${filled[0]!.name} ${postTitle(request, filled[0]!.post)} 10 9 10”。`,
      ),
    ],
  });
}

export const fillBySuggestion: Command = {
  name: 'fill-by-record',
  intent: 'score',
  words: ['按记录打分', '按建议打分'],
  who: ['recorder'],
  where: ['group', 'private'],
  summary: '把还没评的岗位按核实的次数一次打分，先看再记',
  examples: ['按记录打分 3月'],
  read: plainRead({
    name: 'fill-by-record',
    intent: 'score',
    words: [],
    speech: /(?:按|照)(?:核实的?)?(?:记录|建议|次数).{0,6}(?:打分|评分|记分)/,
    slots: (message) => monthSlot(message),
  }),
  decide: (request, reading) => decideFill(request, reading, bySuggestion, '按核实的记录'),
};

export const fillAsLastMonth: Command = {
  name: 'fill-as-last',
  intent: 'score',
  words: ['照上月打分', '同上月打分'],
  who: ['recorder'],
  where: ['group', 'private'],
  summary: '把还没评的岗位照上月一次打分，先看再记，再改有变化的',
  examples: ['照上月打分'],
  read: plainRead({
    name: 'fill-as-last',
    intent: 'score',
    words: [],
    speech: /(?:按|照|同)上个?月.{0,8}(?:打分|评分|记分)|(?:打分|评分|记分).{0,4}(?:按|照|同)上个?月/,
    // 上月 is what is copied, not the month that is scored.
    slots: (message) => monthSlot(message.part(message.body.replace(/上个?月/g, ' '))),
  }),
  decide: (request, reading) => decideFill(request, reading, asLastMonth, '照上月'),
};
