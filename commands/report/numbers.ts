/** Numbers of reports as people give them: 37 38, #37、38号, 37-40, 37到40. */

const RANGE = /#?\s*(\d{1,5})\s*号?\s*(?:-|~|到|至)\s*#?\s*(\d{1,5})\s*号?/g;
const SINGLE = /#?\s*(\d{1,5})\s*号?/g;

/** The numbers of a text in order, each once. A range longer than a hundred is none. */
export function readNumbers(text: string): number[] {
  const found: number[] = [];
  const rest = text.replace(RANGE, (_whole, from: string, to: string) => {
    const [a, b] = [Number(from), Number(to)];
    if (b >= a && b - a < 100) for (let n = a; n <= b; n += 1) found.push(n);
    return ' ';
  });
  for (const m of rest.matchAll(SINGLE)) found.push(Number(m[1]));
  return [...new Set(found)].sort((a, b) => a - b);
}

/** A text that is nothing but numbers of reports: `37 38`, `#37、38号和40号`. */
export const ONLY_NUMBERS = /^(?:第?\s*#?\s*\d{1,5}\s*号?\s*(?:[、,，\s和跟]|-|~|到|至)*)+$/;
