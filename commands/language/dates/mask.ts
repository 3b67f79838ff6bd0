/** Roster and place names are blanked before looking, so that 李周一 and 五一村 are no dates. */

/** Only names with one of these characters can be taken for a date. */
const DATELIKE =
  /[0-9零〇一二三四五六七八九十两半今明昨前后年月日天周星期礼早晚夜午初春夏秋冬清国元端重阳立大小]/;
const FILLER = '\ue000';

/** Patterns by the names they blank; a branch has the same few in message after message. */
const patterns = new Map<string, RegExp | null>();

function patternFor(names: readonly string[]): RegExp | null {
  const key = names.join('\n');
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const risky = names
    .filter((name) => name.length > 1 && DATELIKE.test(name))
    .sort((a, b) => b.length - a.length);
  const sources = risky.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = sources.length === 0 ? null : new RegExp(sources.join('|'), 'g');
  if (patterns.size > 2000) patterns.clear();
  patterns.set(key, pattern);
  return pattern;
}

/** The text with every such name replaced by as many characters that mean nothing. */
export function maskNames(text: string, names: readonly string[] | undefined): string {
  const pattern = names === undefined ? null : patternFor(names);
  return pattern === null ? text : text.replace(pattern, (name) => FILLER.repeat(name.length));
}
