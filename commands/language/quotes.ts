/**
 * What WeChat itself puts around words: quotes in text form, system lines (recalls, joins), mentions, and the
 * bracketed names of pictures, stickers and files.
 */

/** 「张三：原话」, a dashed line, and the answer: how WeChat shows a quote as text. */
const QUOTE = /^「([^「」\n:]{1,24})[:：]([\s\S]{0,600}?)」\s*\n\s*[-—–─ ]{3,}\s*\n/;

export interface Quoted {
  readonly from: string;
  readonly text: string;
  /** How many characters of the message the quote takes. */
  readonly length: number;
}

export function readQuote(text: string): Quoted | null {
  const m = QUOTE.exec(text);
  return m ? { from: m[1]!.trim(), text: m[2]!.trim(), length: m[0].length } : null;
}

const RECALL = /^["“”'「]?(.{1,24}?)["“”'」]?\s*撤回了一条消息/;

/** The name in `"程春生"撤回了一条消息`; an empty text for one's own recall (你撤回了一条消息). */
export function readRecall(text: string): string | null {
  const m = RECALL.exec(text.trim());
  if (!m) return null;
  return m[1] === '你' ? '' : m[1]!.trim();
}

/** Joins, pats, renames: the system speaking. */
export function isSystemLine(text: string): boolean {
  return (
    /(?:邀请.{1,60}加入了群聊|加入了群聊|拍了拍|修改群名为|移出了?群聊|领取了.{0,20}红包|开启了群待办)/.test(
      text,
    ) && text.length < 120
  );
}

/** Removes mentions of the bot; `found` tells whether there was one. U+2005 follows a mention in WeChat. */
export function dropMention(text: string, bot: string): { readonly text: string; readonly found: boolean } {
  const mention = `@${bot}`;
  if (bot === '' || !text.includes(mention)) return { text, found: false };
  return { text: text.split(mention).join(' '), found: true };
}

const BRACKETED = /\[([^[\]\n]{1,10})\]/g;

export interface Attached {
  readonly text: string;
  readonly image: boolean;
  /** A forwarded link, file or merged chat: somebody else's words. */
  readonly forwarded: boolean;
  /** Nothing but attachments and stickers. */
  readonly only: boolean;
}

/** Takes [图片], [捂脸], [链接] out of the text: a picture parts two clauses, a sticker is nothing. */
export function takeAttachments(text: string): Attached {
  if (!text.includes('[')) return { text, image: false, forwarded: false, only: false };
  let image = false;
  let forwarded = false;
  const rest = text.replace(BRACKETED, (whole, name: string) => {
    if (/^(?:图片|照片|视频|小视频)$/.test(name)) {
      image = true;
      return '，';
    }
    if (/^(?:链接|聊天记录|小程序|文章|视频号|公众号)$/.test(name)) {
      forwarded = true;
      return ' ';
    }
    // A number or a group in brackets is part of what is said; names of stickers are short words.
    return /\d|组$/.test(name) ? whole : ' ';
  });
  return { text: rest, image, forwarded, only: rest.replace(/[\s，]/g, '') === '' };
}
