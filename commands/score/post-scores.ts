/** Scores of posts: three parts of at most ten, or a total whose split is asked for later (R21). */
import type { Body } from '../../ledger/entry.ts';
import { postsIn } from '../../ledger/fold/people.ts';
import { body } from '../../ledger/kinds.ts';
import type { PostScore } from '../../ledger/state.ts';
import type { Request } from '../command.ts';
import { monthText, postTitle } from '../wording.ts';
import type { Wanted } from './ops.ts';
import type { PostSuggestion } from '../../scoring/suggestion.ts';
import { suggestionFor } from './suggestion.ts';
import { partTitle } from './titles.ts';
import { isPoints, minus } from './told.ts';

const PARTS = ['commitment', 'performance', 'deed'] as const;
type Part = (typeof PARTS)[number];
type Parts = Partial<Record<Part, number>>;

/** What came of the figures for one member and post. */
export type PostOutcome =
  | { readonly kind: 'scored'; readonly body: Body; readonly line: string }
  | { readonly kind: 'same'; readonly line: string }
  | { readonly kind: 'problem'; readonly line: string }
  /** Only some parts are known; `complete` is what the others would be by the count of reports. */
  | {
      readonly kind: 'incomplete';
      readonly line: string;
      readonly complete: readonly [number, number, number] | null;
    }
  /** 扣 with no word on which part. */
  | { readonly kind: 'which-part'; readonly line: string; readonly wanted: Wanted }
  /** 扣 from full marks, or from a lower figure given before? */
  | {
      readonly kind: 'which-base';
      readonly line: string;
      readonly part: Part;
      readonly values: readonly [number, number];
    };

/** Figures for one member's one post in one month, in the order said. */
export function scorePost(request: Request, wanted: readonly Wanted[]): PostOutcome {
  const { branch, policy, at } = request;
  const { name, month, head: post } = wanted[0]!;
  const title = postTitle(request, post);
  const person = branch.people[name];
  if (!person || !postsIn(person, month).includes(post))
    return { kind: 'problem', line: `${monthText(month, at)}${name}没有认领${title}，没有记` };
  const before = branch.months[month]?.scores[name]?.[post];
  let parts: Parts = partsOf(before);
  let total: number | null = before?.total ?? null;
  for (const w of wanted) {
    const step = applyOne(request, w, parts, total, title);
    if ('kind' in step) return step;
    ({ parts, total } = step);
  }
  return total === null
    ? finishParts(
        name,
        title,
        parts,
        before,
        suggestionFor(branch, policy, name, post, month),
        policy,
        wanted[0]!,
      )
    : finishTotal(name, title, total, before, wanted[0]!);
}

function partsOf(score: PostScore | undefined): Parts {
  return Object.fromEntries(PARTS.flatMap((p) => (score?.[p] === undefined ? [] : [[p, score[p]]])));
}

interface Step {
  readonly parts: Parts;
  readonly total: number | null;
}

function applyOne(
  request: Request,
  w: Wanted,
  parts: Parts,
  total: number | null,
  title: string,
): Step | PostOutcome {
  const { policy } = request;
  const values = typeof w.value === 'number' ? [w.value] : w.value;
  const full = policy.service.parts;
  if (w.part === null) {
    if (w.op === 'deduct' || w.op === 'add')
      return {
        kind: 'which-part',
        line: `${w.name}${title}${w.op === 'add' ? '加' : '扣'}${values[0]}分，是哪一项的？`,
        wanted: w,
      };
    if (values.length === 3) {
      const bad = PARTS.find((p, i) => !isPoints(values[i]!, full[p].points));
      if (bad)
        return outOfRange(
          `${w.name}${title}${full[bad].name}`,
          full[bad].points,
          values[PARTS.indexOf(bad)]!,
        );
      return { parts: { commitment: values[0]!, performance: values[1]!, deed: values[2]! }, total: null };
    }
    const most = PARTS.reduce((all, p) => all + full[p].points, 0);
    if (values.length !== 1) return { kind: 'problem', line: `${w.name}${title}要写三项或一个总分，没有记` };
    if (!isPoints(values[0]!, most)) return outOfRange(`${w.name}${title}`, most, values[0]!);
    // A total that the parts already come to adds nothing: the parts say more.
    const known = PARTS.every((p) => parts[p] !== undefined) ? sum(parts) : null;
    return known === values[0] ? { parts, total: null } : { parts: {}, total: values[0]! };
  }
  const part = PARTS.find((p) => p === w.part);
  if (!part) return { kind: 'problem', line: `${w.name}${title}没有这一项，没有记` };
  return applyPart(
    w,
    part,
    values[0]!,
    total === null ? parts : {},
    full[part].points,
    `${title}${partTitle(policy, w.part)}`,
  );
}

function applyPart(
  w: Wanted,
  part: Part,
  value: number,
  parts: Parts,
  most: number,
  title: string,
): Step | PostOutcome {
  const now = parts[part];
  if (!isPoints(value, most)) return outOfRange(`${w.name}${title}`, most, value);
  if (w.op === 'set' || w.op === 'set_total') return { parts: { ...parts, [part]: value }, total: null };
  if (w.op === 'add') {
    const more = (now ?? 0) + value;
    return isPoints(more, most)
      ? { parts: { ...parts, [part]: more }, total: null }
      : outOfRange(`${w.name}${title}`, most, more);
  }
  // 扣5分 takes from full marks. Said again, or beside a set that says the same, it is the same deduction.
  const fromFull = minus(most, value);
  if (now === undefined || now === most || now === fromFull)
    return { parts: { ...parts, [part]: fromFull }, total: null };
  const fromNow = Math.max(0, minus(now, value));
  return {
    kind: 'which-base',
    line: `${w.name}${title}现在是${now}分，扣${value}分后是`,
    part,
    values: [fromFull, fromNow],
  };
}

function outOfRange(title: string, most: number, value: number): PostOutcome {
  return { kind: 'problem', line: `${title}最多${most}分（最多一位小数），${value}分没有记` };
}

function sum(parts: Parts): number {
  return Math.round(PARTS.reduce((s, p) => s + (parts[p] ?? 0) * 10, 0)) / 10;
}

function finishParts(
  name: string,
  title: string,
  parts: Parts,
  before: PostScore | undefined,
  suggestion: PostSuggestion | null,
  policy: Request['policy'],
  w: Wanted,
): PostOutcome {
  const missing = PARTS.filter((p) => parts[p] === undefined);
  const said = PARTS.filter((p) => parts[p] !== undefined)
    .map((p) => `${partTitle(policy, p)}${parts[p]}`)
    .join('、');
  if (missing.length > 0) {
    const [one, two, three] = PARTS.map((id) => parts[id] ?? suggestion?.[id] ?? null);
    const complete = one != null && two != null && three != null ? ([one, two, three] as const) : null;
    return {
      kind: 'incomplete',
      line: `${name}${title} ${said}，还差${missing.map((p) => partTitle(policy, p)).join('、')}`,
      complete,
    };
  }
  const same =
    before !== undefined && before.total === undefined && PARTS.every((p) => before[p] === parts[p]);
  const line = `${name} ${title} ${PARTS.map((p) => parts[p]).join('+')}＝${sum(parts)}`;
  if (same) return { kind: 'same', line: `${line}（已经是这样）` };
  return { kind: 'scored', line, body: scored(w, parts) };
}

function finishTotal(
  name: string,
  title: string,
  total: number,
  before: PostScore | undefined,
  w: Wanted,
): PostOutcome {
  const line = `${name} ${title} ${total}（总分，公示前请补三项）`;
  if (before?.total === total) return { kind: 'same', line: `${line}（已经是这样）` };
  return { kind: 'scored', line, body: scored(w, { total }) };
}

function scored(w: Wanted, score: Parts & { total?: number }): Body {
  return body('post-scored', { name: w.name, month: w.month, post: w.head, ...score });
}
