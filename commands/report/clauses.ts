/** The clauses of a message: what stands beside a duty in one breath, and what was said before. */

const BREAK = /[,，。;；!！\n]/;

/** The clause in which a place of the text stands, from its first sign of a break to the next. */
export function clauseAt(body: string, place: { readonly start: number; readonly end: number }): string {
  let from = place.start;
  while (from > 0 && !BREAK.test(body[from - 1]!)) from -= 1;
  let to = place.end;
  while (to < body.length && !BREAK.test(body[to]!)) to += 1;
  return body.slice(from, to);
}

/** The clauses before it, in order. */
export function clausesBefore(body: string, place: { readonly start: number }): string[] {
  let from = place.start;
  while (from > 0 && !BREAK.test(body[from - 1]!)) from -= 1;
  return body
    .slice(0, from)
    .split(BREAK)
    .filter((clause) => clause.trim() !== '');
}
