/** From what was heard to a tidied message: quotes, mentions, pictures and particles taken off, once. */
import { dateOfTime, monthOf } from '../../scoring/calendar.ts';
import type { IsoDate, IsoMonth, LocalTime } from '../../scoring/calendar.ts';
import type { Heard, ReadingContext, Role } from '../reading.ts';
import { type FoundDate, findDates, mayHoldDate } from './dates/find.ts';
import type { Message, NameHit } from './message.ts';
import { nameIndex } from './name-index.ts';
import { findNames } from './names.ts';
import { normalise } from './normalise.ts';
import { asksSomething, dropTrailing } from './particles.ts';
import { dropMention, readQuote, takeAttachments } from './quotes.ts';

interface Parts {
  readonly body: string;
  readonly command?: Message['command'];
  readonly spokenTo: boolean;
  readonly hasImage: boolean;
  readonly before?: Message['before'];
}

/** Only a name with one of these can look like a day or an hour (李周一, 朱明天, 五一村). */
const LIKE_A_TIME = /[一二三四五六七八九十周年月日号天晚早午夜晨明昨今前后初末春夏秋冬节点时半\d]/;

/** What is worked out on demand is worked out once. */
class Said implements Message {
  readonly text: string;
  readonly sender: string | null;
  readonly role: Role;
  readonly at: LocalTime;
  readonly room: Heard['room'];
  readonly addressed: boolean;
  readonly quote?: string;
  readonly quoteFrom?: string;
  readonly images?: number;
  readonly context: ReadingContext;
  readonly body: string;
  readonly command?: NonNullable<Message['command']>;
  readonly spokenTo: boolean;
  readonly hasImage: boolean;
  readonly before?: NonNullable<Message['before']>;
  readonly today: IsoDate;
  readonly month: IsoMonth;
  private readonly heard: Heard;
  private readonly parts: Parts;
  private named: readonly NameHit[] | undefined;
  private past: readonly FoundDate[] | undefined;
  private future: readonly FoundDate[] | undefined;
  private asked: boolean | undefined;

  constructor(heard: Heard, context: ReadingContext, parts: Parts) {
    this.heard = heard;
    this.parts = parts;
    this.context = context;
    this.text = heard.text;
    this.sender = heard.sender;
    this.role = heard.role;
    this.at = heard.at;
    this.room = heard.room;
    this.addressed = heard.addressed;
    if (heard.quote !== undefined) this.quote = heard.quote;
    if (heard.quoteFrom !== undefined) this.quoteFrom = heard.quoteFrom;
    if (heard.images !== undefined) this.images = heard.images;
    this.body = parts.body;
    if (parts.command) this.command = parts.command;
    this.spokenTo = parts.spokenTo;
    this.hasImage = parts.hasImage;
    if (parts.before) this.before = parts.before;
    this.today = dateOfTime(heard.at);
    this.month = monthOf(heard.at);
  }

  get asks(): boolean {
    this.asked ??= asksSomething(this.body);
    return this.asked;
  }

  names(): readonly NameHit[] {
    this.named ??= findNames(this.body, nameIndex(this.context));
    return this.named;
  }

  dates(bias: 'past' | 'future' = 'past'): readonly FoundDate[] {
    if (bias === 'future') {
      this.future ??= this.find('future');
      return this.future;
    }
    this.past ??= this.find('past');
    return this.past;
  }

  private find(bias: 'past' | 'future'): readonly FoundDate[] {
    if (!mayHoldDate(this.body)) return [];
    const named = this.names().map((n) => n.text);
    const mask = [...named, ...(this.context.places ?? [])].filter(
      (word) => LIKE_A_TIME.test(word) && this.body.includes(word),
    );
    return findDates(this.body, { reference: this.at, mask, bias });
  }

  part(body: string): Message {
    const { command: _dropped, ...rest } = this.parts;
    return new Said(this.heard, this.context, { ...rest, body });
  }
}

/** `NAME：text` is what somebody else said before; anything else the sender's own words. */
function splitPrevious(previous: string, context: ReadingContext): NonNullable<Message['before']> {
  const m = /^\s*([^\s:：]{1,16})[:：]\s*([\s\S]*)$/.exec(previous);
  const known =
    m &&
    (m[1] === context.bot ||
      context.members.some((member) => member.name === m[1] || member.aliases.includes(m[1]!)));
  return known ? { by: m[1]!, text: normalise(m[2]!) } : { by: null, text: normalise(previous) };
}

const BOUNDARY = /^(?:$|[\s:：,，。、;；!！#+])/;

function commandOf(body: string, words: ReadonlyMap<string, string>): Message['command'] | undefined {
  const slash = /^[/#]/.test(body) ? 1 : 0;
  for (let length = Math.min(6, body.length - slash); length > 0; length--) {
    const word = body.slice(slash, slash + length);
    const name = words.get(word);
    const rest = body.slice(slash + length);
    if (name !== undefined && BOUNDARY.test(rest))
      return { name, word, rest: rest.replace(/^[\s:：,，、。]+/, '') };
  }
  return undefined;
}

/** Tidies a message. `words` are the command words of all declarations, each with its command. */
export function hear(heard: Heard, context: ReadingContext, words: ReadonlyMap<string, string>): Message {
  const quoted = heard.text.startsWith('「') ? readQuote(heard.text) : null;
  const own = normalise(quoted ? heard.text.slice(quoted.length) : heard.text);
  const mention = dropMention(own, context.bot);
  const attached = takeAttachments(mention.text);
  const quote = heard.quote ?? quoted?.text;
  const quotesBot = quoted?.from === context.bot || heard.quoteFrom === context.bot;
  const body = dropTrailing(tidy(attached.text));
  const command = commandOf(body, words);
  const withQuote: Heard = quote === undefined ? heard : { ...heard, quote };
  return new Said(withQuote, context, {
    body,
    ...(command ? { command } : {}),
    spokenTo: heard.addressed || mention.found || quotesBot || heard.room === 'private',
    hasImage: attached.image || (heard.images ?? 0) > 0,
    ...(context.previous === undefined ? {} : { before: splitPrevious(context.previous, context) }),
  });
}

/** Blanks at the ends and doubled ones carry nothing; nor does a comma left by a picture. */
function tidy(text: string): string {
  return text
    .replace(/ {2,}/g, ' ')
    .replace(/ ?，[ ，]*/g, ',')
    .replace(/ *\n */g, '\n')
    .replace(/^[\s,，]+/, '')
    .trimEnd();
}
