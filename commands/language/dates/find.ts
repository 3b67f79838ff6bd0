/**
 * The date reader. chrono-node's engine walks the message; the one parser it is given is the Chinese grammar of
 * this folder (chrono's own Chinese parsers read half of what villagers write, a fifth of it silently wrong, and
 * take the server's timezone). No local clock and no `Date` getter decides anything here.
 */
import { Chrono, type Parser, type ParsingContext } from 'chrono-node';
import type { LocalTime } from '../../../scoring/calendar.ts';
import { hasInvisible, isInvisible, normalise } from '../normalise.ts';
import type { Reading } from './date-reading.ts';
import type { Now } from './day.ts';
import { readExpression } from './expression.ts';
import type { DateOptions, FoundDate } from './found.ts';
import { type Item, link } from './link.ts';
import { maskNames } from './mask.ts';
import { OPENERS, opensAt } from './openings.ts';
import { resolve } from './resolve.ts';

export type { DateOptions, FoundDate } from './found.ts';

/** The fixed instant that chrono is given so that it never asks the machine for one; nothing is read from it. */
const NO_INSTANT = new Date(0);
/** More dates than a message can mean: the rest of a longer list (or of nonsense) is left unread. */
const MOST = 60;

/** The grammar as a chrono parser, for one message. */
class ChineseDates implements Parser {
  readonly items: Item[] = [];
  private readonly now: Now;
  /** Before this place every word has been used up by an earlier expression. */
  private used = 0;

  constructor(now: Now) {
    this.now = now;
  }

  pattern(): RegExp {
    return OPENERS;
  }

  extract(context: ParsingContext, match: RegExpMatchArray): ReturnType<Parser['extract']> {
    const at = match.index ?? 0;
    if (at < this.used || this.items.length >= MOST || !opensAt(context.text, at)) return null;
    const expression = readExpression(context.text, at, this.now);
    if (!expression) return null;
    this.used = expression.end;
    const last = this.items.findLast((item) => item.reading.dated);
    const between = last === undefined ? '。' : context.text.slice(last.end, at);
    const readings = resolve(expression, {
      now: this.now,
      listed: isList(between),
      near: !/[,。;!?\n]/.test(between),
      ...(last ? { last: last.reading } : {}),
    });
    for (const reading of readings) this.items.push({ start: at, end: expression.end, reading });
    const first = readings[0];
    return first ? context.createParsingResult(at, expression.end, components(first)) : null;
  }
}

function isList(between: string): boolean {
  return between.length <= 4 && /^ ?(?:[、,;；/\n和跟与及]|以及|还有)? ?$/.test(between);
}

function components(reading: Reading): { year: number; month: number; day: number } {
  const { date } = reading;
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8)) };
}

/** Text without invisible characters, and where each of its characters stands in the message. */
function compact(text: string): { plain: string; places: number[] | null } {
  if (!hasInvisible(text)) return { plain: normalise(text), places: null };
  const places: number[] = [];
  let kept = '';
  for (let i = 0; i < text.length; i += 1) {
    if (isInvisible(text[i]!)) continue;
    kept += text[i];
    places.push(i);
  }
  return { plain: normalise(kept), places };
}

/** 俩点, 仨天: the spoken forms of 两 and 三, before what one counts time in. */
const SPOKEN_TWO = /俩(?=[点天年周月]|个?(?:小时|钟头|星期|礼拜|月))/g;
const SPOKEN_THREE = /仨(?=[点天年周]|个?(?:小时|钟头|星期|礼拜|月))/g;

function momentOf(reference: LocalTime): LocalTime {
  return reference.length === 16 ? `${reference}:00` : reference.slice(0, 19);
}

/** One cheap look at a normalised text: whether anything in it could begin a date. */
export function mayHoldDate(plain: string): boolean {
  return OPENERS.test(plain);
}

/**
 * The dates and times in a message, in the order they stand in it. Every one has a day: the one said, or the one
 * that the rules give (`flags` say how sure that is). With `approx` the day is only the first of those it may be,
 * and nothing may be recorded on it without asking.
 */
export function findDates(text: string, options: DateOptions): FoundDate[] {
  const { plain, places } = compact(text);
  const masked = maskNames(plain.replace(SPOKEN_TWO, '两').replace(SPOKEN_THREE, '三'), options.mask);
  const moment = momentOf(options.reference);
  if (!OPENERS.test(masked)) return [];
  const parser = new ChineseDates({ moment, today: moment.slice(0, 10), bias: options.bias ?? 'past' });
  new Chrono({ parsers: [parser], refiners: [] }).parse(masked, NO_INSTANT);
  const place = (offset: number): number => (places === null ? offset : (places[offset] ?? text.length));
  const placeEnd = (offset: number): number => (places === null ? offset : (places[offset - 1] ?? -1) + 1);
  return link(masked, parser.items).map((item) => toFound(text, item, place, placeEnd));
}

function toFound(
  text: string,
  item: Item,
  place: (offset: number) => number,
  placeEnd: (offset: number) => number,
): FoundDate {
  const { reading } = item;
  const start = place(item.start);
  const end = placeEnd(item.end);
  const also = item.also?.map((piece) => ({ start: place(piece.start), end: placeEnd(piece.end) }));
  const pieces = [{ start, end }, ...(also ?? [])].map((piece) => text.slice(piece.start, piece.end));
  const found: FoundDate = {
    text: pieces.join(' '),
    start,
    end,
    date: reading.date,
    flags: [...new Set(reading.flags)],
  };
  if (also) found.also = also;
  if (reading.time !== undefined) found.time = reading.time;
  if (reading.part !== undefined) found.part = reading.part;
  if (reading.endDate !== undefined) found.endDate = reading.endDate;
  if (reading.endTime !== undefined) found.endTime = reading.endTime;
  if (reading.flags.includes('approximate')) {
    found.approx = true;
    found.vague = reading.vague ?? 'day';
  }
  return found;
}
