/** The three outcomes of an objection, as people say them. */

export const VERDICTS = { upheld: '采纳', partly: '部分采纳', rejected: '不采纳' } as const;
export type Verdict = keyof typeof VERDICTS;

export function isVerdict(text: unknown): text is Verdict {
  return typeof text === 'string' && Object.hasOwn(VERDICTS, text);
}

/** From the most particular words to the plainest: 部分成立 is not 成立, 不采纳 is not 采纳. */
const SAID: readonly (readonly [RegExp, Verdict])[] = [
  [/部分(?:采纳|成立|支持|属实)/, 'partly'],
  [/不(?:予)?(?:采纳|成立|支持|属实)|驳回|维持(?:原[来有]?[分判]|原来的分)?|没有?道理/, 'rejected'],
  [/采纳|成立|支持|属实|有道理|确实(?:记|扣|弄)?错/, 'upheld'],
];

/** The verdict in a text and the words that stand after it. */
export function saidVerdict(text: string): { readonly ruling: Verdict; readonly words: string } | null {
  for (const [pattern, ruling] of SAID) {
    const found = pattern.exec(text);
    if (!found) continue;
    const words = text
      .slice(found.index + found[0].length)
      .replace(/^[\s,，:：。;；、]*(?:(?:因为|原因是?|理由是?|答复)[\s,，:：]*)?/, '')
      .trim();
    return { ruling, words };
  }
  return null;
}
