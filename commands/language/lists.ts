/**
 * Lists as people send them in a group: 接龙 (a title and numbered lines, resent whole by everybody), and words for
 * everybody else.
 */
export interface Solitaire {
  /** Lines above the numbers, without the #接龙 mark. */
  readonly title: string;
  readonly items: readonly { readonly number: number; readonly text: string }[];
}

const ITEM = /^\s*(\d{1,3})\s*[.、,，:：)）]\s*(\S.*?)\s*$/;
const MARK = /^\s*#\s*(?:群)?接龙\s*/;

/** A 接龙, or null. Without the mark, at least two numbered lines that count up make one. */
export function readSolitaire(text: string): Solitaire | null {
  if (!text.includes('\n')) return null;
  const marked = MARK.test(text);
  const title: string[] = [];
  const items: { number: number; text: string }[] = [];
  for (const line of text.replace(MARK, '').split('\n')) {
    const m = ITEM.exec(line);
    // A date at the start of a line (3.5 六组) is not a place in the list.
    const item = m && !/^\s*\d{1,2}\.\d/.test(line) ? { number: Number(m[1]), text: m[2]! } : null;
    if (item && (items.length === 0 ? item.number <= 1 || marked : item.number > items.at(-1)!.number))
      items.push(item);
    else if (items.length === 0 && line.trim() !== '' && !/^\s*例[\s:：]/.test(line)) title.push(line.trim());
  }
  return items.length >= (marked ? 1 : 2) ? { title: title.join('\n'), items } : null;
}

/** Everybody else: 其他人都到, 其余正常, 剩下的都来了. */
export const REST =
  /(?:其他|其它|其余|剩下|余下|另外的|别的|旁的)的?(?:人员?|同志|党员|都|全|均|人都)*(?:都|全部?|均)?(?:按时|准时|全程)?(?:到|来|在|参会|参加|正常|实到|出席|齐|没问题|是到)/;
/** All of them: 都到了, 全到齐, 全体到会, 一个不少. */
export const ALL =
  /(?:都|全部?|全体|全员|均|大家都)(?:党员|人员)?(?:已经?)?(?:到齐|到了|到会|来齐|来了|到场|参加|出席|准时|到$)|全勤|到齐|人(?:都)?(?:来)?齐了|一个(?:都)?(?:不少|没少|不差)/;
