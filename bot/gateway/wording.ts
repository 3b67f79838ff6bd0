/**
 * What WeChat makes of words on their way: mentions, quotes, recalls and 接龙 have no fields of their own in many
 * protocols and must be read out of the text. Pure, so that every odd form can be tested without a connection.
 */

/** WeChat puts U+2005 after a mention; people who type one put a space, and some phones another one. */
const GAP = '[\u2005\u2004\u2006\u2002\u2003\u00a0\u3000 \t\n]';
const RULE = /^「([^：:\n]{1,64})[：:]([\s\S]*)」\s*\n(?:[-—] ?){5,}\s*\n([\s\S]*)$/;

export interface Quoted {
  readonly name: string;
  readonly text: string;
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether one of the names is mentioned in the text: `@名字` followed by a gap or the end, and nothing longer. */
export function isMentioned(text: string, names: readonly string[]): boolean {
  return names.some(
    (name) => name !== '' && new RegExp(`@${escapeRegExp(name)}(?:${GAP}|$)`, 'u').test(text),
  );
}

/** The text without the mentions of the names, and without the blanks that they leave at its ends. */
export function withoutMention(text: string, names: readonly string[]): string {
  let rest = text;
  for (const name of names) {
    if (name !== '') rest = rest.replace(new RegExp(`@${escapeRegExp(name)}(?:${GAP}+|$)`, 'gu'), '');
  }
  return rest.replace(/^[\s\u2000-\u200b\u3000]+|[\s\u2000-\u200b\u3000]+$/g, '');
}

/** Numeric references come from other people's phones: one that is no character is left as it was written. */
function character(code: number, written: string): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : written;
}

function decodeXml(text: string): string {
  const cdata = /^\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*$/.exec(text);
  if (cdata) return cdata[1] ?? '';
  return text
    .replace(/&#x([0-9a-f]{1,6});/gi, (all, hex: string) => character(Number.parseInt(hex, 16), all))
    .replace(/&#(\d{1,7});/g, (all, code: string) => character(Number(code), all))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
}

/** The content of the first `<tag>`; undefined where there is none. WeChat's cards are flat enough for this. */
function xmlField(xml: string, tag: string): string | undefined {
  const found = new RegExp(`<${tag}(?:\\s[^>]*)?>([\\s\\S]*?)</${tag}>`).exec(xml);
  return found?.[1] === undefined ? undefined : decodeXml(found[1]);
}

function looksLikeXml(text: string): boolean {
  return /^\s*(?:<\?xml|<msg|<appmsg|<sysmsg|&lt;(?:\?xml|msg))/.test(text);
}

/** Quoted words may themselves be a card as XML (a quote of a quote): then its title is what was said. */
function plainQuoted(text: string): string {
  if (!looksLikeXml(text)) return text;
  return xmlField(decodeXml(text), 'title') ?? '';
}

/** Splits a reply from what it quotes. Without a quote the text comes back as it is. */
export function readQuote(text: string): { text: string; quote?: Quoted } {
  const ruled = RULE.exec(text);
  if (ruled) {
    const [, name = '', original = '', reply = ''] = ruled;
    return { text: reply, quote: { name: name.trim(), text: plainQuoted(original) } };
  }
  if (looksLikeXml(text) && text.includes('<refermsg')) {
    const start = text.indexOf('<refermsg');
    const referred = text.slice(start);
    const title =
      xmlField(text.slice(0, start), 'title') ?? xmlField(text.slice(text.indexOf('</refermsg>')), 'title');
    return {
      text: title ?? '',
      quote: {
        name: xmlField(referred, 'displayname') ?? '',
        text: plainQuoted(xmlField(referred, 'content') ?? ''),
      },
    };
  }
  return { text };
}

/** What a card says in its title, where its payload is XML. */
export function cardTitle(text: string): string | undefined {
  return looksLikeXml(text) ? xmlField(text, 'title') : undefined;
}

/** A 接龙 (list that people join) is the only card whose title counts as speech. */
export function isJielong(title: string): boolean {
  return /^\s*#?\s*接[龙龍]/.test(title);
}

/** The id of the message that a recall takes back: given plainly, or inside the protocol's XML. */
export function recalledId(text: string): string {
  if (!text.includes('<')) return text.trim();
  return (xmlField(text, 'newmsgid') ?? xmlField(text, 'msgid') ?? '').trim();
}

/** Milliseconds since 1970. Providers send seconds or milliseconds; seconds stay below this bound until the year 5138. */
export function milliseconds(timestamp: number): number {
  return timestamp < 1e11 ? timestamp * 1000 : timestamp;
}
