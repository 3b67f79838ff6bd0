import type { Message } from 'wechaty';
import { types } from 'wechaty-puppet';
import { shanghai } from '../../scoring/calendar.ts';
import type { People } from './people.ts';
import type { Inbound, InboundKind } from './port.ts';
import {
  cardTitle,
  isJielong,
  isMentioned,
  milliseconds,
  readQuote,
  recalledId,
  withoutMention,
} from './wording.ts';

type Payload = NonNullable<Message['payload']>;

const CARDS: readonly number[] = [
  types.Message.Url,
  types.Message.GroupNote,
  types.Message.MiniProgram,
  types.Message.Unknown,
  types.Message.Attachment,
];

/** What a wechaty message says, in the port's terms; `self` is the bot's own contact. */
export async function translate(
  message: Message,
  payload: Payload,
  people: People,
  self: { readonly id: string; readonly name: string },
): Promise<Inbound> {
  const roomId = payload.roomId || undefined;
  const [room, from, me] = await Promise.all([
    roomId === undefined ? null : people.room(roomId),
    roomId === undefined ? people.contact(payload.talkerId) : people.member(roomId, payload.talkerId),
    roomId === undefined ? self : people.member(roomId, self.id).catch(() => self),
  ]);
  const base = { id: message.id, at: shanghai(milliseconds(payload.timestamp)), room, from };
  if (payload.type === types.Message.Recalled) {
    return {
      ...base,
      kind: 'recall',
      text: '',
      mentionsMe: false,
      mentions: [],
      recalled: recalledId(payload.text ?? ''),
    };
  }

  const { kind, text } = await wordsOf(message, payload);
  const read = kind === 'text' ? readQuote(text) : { text };
  const names = [self.name, 'roomAlias' in me ? (me.roomAlias ?? '') : '', me.name];
  const ids = 'mentionIdList' in payload && payload.mentionIdList ? payload.mentionIdList : [];
  const file = kind === 'image' || kind === 'file' ? { content: contentOf(message, payload, kind) } : {};
  return {
    ...base,
    kind,
    text: withoutMention(read.text, names),
    // The words of a quote are somebody else's: only the reply can address the bot.
    mentionsMe: roomId === undefined || ids.includes(self.id) || isMentioned(read.text, names),
    mentions: ids.filter((id) => id !== self.id),
    ...(read.quote === undefined ? {} : { quote: read.quote }),
    ...file,
  };
}

async function wordsOf(message: Message, payload: Payload): Promise<{ kind: InboundKind; text: string }> {
  const text = payload.text ?? '';
  if (payload.type === types.Message.Text) return { kind: 'text', text: cardWords(text) ?? text };
  if (payload.type === types.Message.Image) return { kind: 'image', text: '' };
  if (!CARDS.includes(payload.type)) return { kind: 'other', text: '' };

  const words = cardWords(text) ?? (isJielong(text) ? text : undefined);
  if (words !== undefined) return { kind: 'text', text: words };
  if (payload.type === types.Message.Attachment) return { kind: 'file', text: '' };
  if (payload.type === types.Message.Url) {
    const title = await message.toUrlLink().then(
      (link) => link.title(),
      () => '',
    );
    if (isJielong(title)) return { kind: 'text', text: title };
  }
  return { kind: 'other', text: '' };
}

/** A card's words where it is speech: a 接龙's title, or a reply to a quote (still as XML, for `readQuote`). */
function cardWords(text: string): string | undefined {
  if (text.includes('<refermsg')) return text;
  const title = cardTitle(text);
  return title !== undefined && isJielong(title) ? title : undefined;
}

function contentOf(
  message: Message,
  payload: Payload,
  kind: 'image' | 'file',
): { name: string; bytes(): Promise<Uint8Array> } {
  return {
    name: payload.filename || (kind === 'image' ? `${message.id}.jpg` : message.id),
    async bytes() {
      // Some protocols offer pictures only by size, others only as a plain file.
      const box =
        kind === 'image'
          ? await message
              .toImage()
              .artwork()
              .catch(async () => message.toFileBox())
          : await message.toFileBox();
      return await box.toBuffer();
    },
  };
}
