/** The question which of several members of one name is meant. */

/** 1 甲 2 乙: what can be answered with a number or a name. */
export function numbered(members: readonly string[]): string {
  return members.map((member, i) => `${i + 1} ${member}`).join(' ');
}

/** 哪个大军？1 甲 2 乙; `about` says what it is about: 哪个大军请假？ */
export function whichOf(hit: { text: string; members: readonly string[] }, about = ''): string {
  return `哪个${hit.text}${about}？${numbered(hit.members)}`;
}
