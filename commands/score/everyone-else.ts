/** Figures for everybody not named: 徐…学习5分，其他人都10分; 除了甲都10分. */
import type { Message } from '../language/message.ts';
import type { ScoreOp } from '../reading.ts';

/** Stands for the members until all rows are read. */
export const EVERYONE_ELSE = '*others';

export const OTHERS =
  /(?:其他|其它|其余|剩下|余下|别)的?(?:人员?|党员|同志|几个)?(?=(?:都|全|均|各|一律|学习|组织|生活|党费|义务|守法|遵纪)|\s*\d)/g;
const EXCEPTION =
  /(?<![扫清消删])除(?:了|开|去)?([^;。\n\d]{1,40}?)(?:以?外|之外)?[,，]?\s*(?=都|全|均|一律|其)/g;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where those are named who are left out. */
export function exceptions(text: string): Span[] {
  return [...text.matchAll(EXCEPTION)].map((m) => ({ start: m.index, end: m.index + m[0].length }));
}

/** `*others` as the members it means: all in scope, or those who hold the post, but for those named. */
export function spreadOthers(
  ops: readonly ScoreOp[],
  message: Message,
  excepted: readonly string[],
): ScoreOp[] {
  const given = (name: string, head: string): boolean =>
    ops.some((o) => o.member === name && o.item.split('.')[0] === head);
  return ops.flatMap((op) => {
    if (op.member !== EVERYONE_ELSE) return [op];
    const head = op.item.split('.')[0]!;
    const holders = message.context.members.filter(
      (m) =>
        (m.status === 'full' || m.status === 'probationary') &&
        m.role !== 'town' &&
        // Nobody scores oneself by scoring everybody.
        m.name !== message.sender &&
        (!(head in message.context.posts) || m.posts.includes(head)) &&
        !excepted.includes(m.name) &&
        !given(m.name, head),
    );
    return holders.map((m) => ({ ...op, member: m.name }));
  });
}
