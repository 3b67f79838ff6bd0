/**
 * What people call the eleven posts (and a branch's own): names, short names, nicknames and numbers.
 * The short names come from the posts' titles and duties in the regulation, 四(二)2; the nicknames are village speech.
 */
import type { ReadingContext } from '../reading.ts';
import { parseNumeral } from './numerals.ts';

/** The regulation's order is the posts' numbers. Words of one post from long to short. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'policy-publicity': ['政策宣传', '政策宣讲', '政策法规宣传', '宣传政策', '宣传', '宣讲', '政策'],
  'village-supervision': ['村务监督', '村务公开监督', '村监', '村务', '监督'],
  'security-patrol': ['治安巡逻', '治安联防', '联防', '治安', '巡逻', '巡夜'],
  'facility-upkeep': [
    '公共设施维护',
    '公共设施',
    '公共维护',
    '设施维护',
    '设施管护',
    '公设',
    '设施',
    '维护',
    '管护',
  ],
  sanitation: [
    '环境卫生维护',
    '环境卫生',
    '环境整治',
    '清洁卫生',
    '环卫',
    '环境',
    '卫生',
    '保洁',
    '清洁',
    '大扫除',
    '打扫',
    '扫地',
  ],
  'culture-sports': ['文体健身', '文艺体育', '文体活动', '文体', '文艺', '文化', '健身', '体育', '广场舞'],
  mediation: [
    '信访矛盾化解',
    '矛盾纠纷化解',
    '矛盾化解',
    '矛盾调解',
    '纠纷调解',
    '信访化解',
    '信访',
    '矛盾',
    '调解',
    '化解',
    '纠纷',
  ],
  'left-behind-care': [
    '三留守关心关爱',
    '三留守关爱',
    '留守关爱',
    '关心关爱',
    '三留守',
    '留守老人儿童',
    '留守儿童老人',
    '老人儿童',
    '留守老人',
    '留守儿童',
    '留守妇女',
    '留守',
    '关爱',
    '关心',
    '空巢老人',
  ],
  'poverty-pairing': [
    '精准扶贫结对帮扶',
    '精准扶贫结对',
    '精准扶贫',
    '结对帮扶',
    '扶贫结对',
    '扶贫',
    '结对',
    '帮扶',
    '脱贫',
  ],
  'floating-member': ['流动党员', '流动'],
  'family-virtue': ['家风家教', '家教家风', '家风', '家教'],
};

const BUILT_IN = Object.keys(WORDS);
/** What may stand behind a post's word and belongs to its name. */
const TAIL = /^(?:志愿服务岗位?|志愿服务|志愿岗|维护岗|岗位?|那个岗?|这个岗?)/;

export interface PostHit {
  readonly post: string;
  readonly start: number;
  readonly end: number;
  /** Called a post outright (…岗, 3号岗), not only by a word of its duty. */
  readonly named: boolean;
}

interface PostIndex {
  readonly words: readonly (readonly [word: string, post: string])[];
  readonly pattern: RegExp;
  readonly numbered: readonly string[];
}

const indexes = new Map<string, PostIndex>();
/** Branches whose words are kept at hand; beyond that all are worked out anew, which takes a moment. */
const MOST_INDEXES = 500;

/** 治安巡逻志愿服务岗 → 治安巡逻: the part of a post's title that tells it from others. */
function stem(title: string): string {
  return title.replace(/(?:志愿服务)?岗位?$/, '');
}

/** By the very object, which most readings of a message share; then by what stands in it. */
const lastIndexes = new WeakMap<object, PostIndex>();

function postIndex(context: Pick<ReadingContext, 'posts'>): PostIndex {
  const last = lastIndexes.get(context.posts);
  if (last) return last;
  const index = indexOfTitles(context);
  lastIndexes.set(context.posts, index);
  return index;
}

function indexOfTitles(context: Pick<ReadingContext, 'posts'>): PostIndex {
  let key = '';
  for (const id in context.posts) key += `${id}=${context.posts[id]};`;
  const known = indexes.get(key);
  if (known) return known;
  const ids = Object.keys(context.posts);
  const words: [string, string][] = [];
  for (const id of ids.length > 0 ? ids : BUILT_IN) {
    const title = stem(context.posts[id] ?? '');
    if (title) words.push([title, id]);
    for (const word of WORDS[id] ?? []) if (word !== title) words.push([word, id]);
  }
  words.sort((a, b) => b[0].length - a[0].length);
  const escaped = words.map(([w]) => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const index: PostIndex = {
    words,
    pattern: new RegExp(escaped.join('|'), 'g'),
    numbered: [
      ...BUILT_IN.filter((id) => ids.length === 0 || ids.includes(id) || BUILT_IN.includes(id)),
      ...ids.filter((id) => !BUILT_IN.includes(id)),
    ],
  };
  if (indexes.size >= MOST_INDEXES) indexes.clear();
  indexes.set(key, index);
  return index;
}

/** The post with a number in the regulation's list (own posts of the branch follow). */
export function postNumber(number: number, context: Pick<ReadingContext, 'posts'>): string | null {
  return postIndex(context).numbered[number - 1] ?? null;
}

/** Posts called by a word, in order of the text, each once per place. */
export function findPostWords(text: string, context: Pick<ReadingContext, 'posts'>): PostHit[] {
  const index = postIndex(context);
  const hits: PostHit[] = [];
  index.pattern.lastIndex = 0;
  for (let m = index.pattern.exec(text); m; m = index.pattern.exec(text)) {
    const post = index.words.find(([w]) => w === m[0])?.[1];
    if (!post) continue;
    const tail = TAIL.exec(text.slice(m.index + m[0].length, m.index + m[0].length + 6))?.[0] ?? '';
    const end = m.index + m[0].length + tail.length;
    const last = hits.at(-1);
    // 治安巡逻 found whole; 环境 卫生 side by side are one post said in two words.
    if (last && last.post === post && m.index - last.end <= 1)
      hits[hits.length - 1] = { ...last, end, named: last.named || tail !== '' };
    else hits.push({ post, start: m.index, end, named: tail !== '' });
    index.pattern.lastIndex = end;
  }
  return hits;
}

const NUMBER = '(?:1[01]|[1-9]|十一|十|[一二三四五六七八九])';
/** 3号岗, 第3个岗, 3岗; 岗位3和5; a run of bare numbers 4、5 counts only where posts are listed. */
const NUMBERED = new RegExp(`(?:第(?=(?:${NUMBER})个))?(${NUMBER})(?:号|(?<=第(?:${NUMBER}))个)?岗`, 'g');
const RUN = new RegExp(
  `(?:岗位\\s*[:：]?\\s*第?(?=${NUMBER})|(?:选|认领|认|领|报|要)(?:的是)?\\s*[:：]?\\s*第?(?=\\d))(${NUMBER}(?:号?岗?\\s*(?:[、，,.和跟+与及/\\s]|还有)\\s*第?${NUMBER})*)(?:号岗?|岗)?(?=$|[\\s,，。;；、!！吧和]|[一二两三四]个)`,
  'g',
);

/** Posts called by number and nothing else: 3号岗. In a score sheet other numbers are scores. */
export function findNumberedPosts(text: string, context: Pick<ReadingContext, 'posts'>): PostHit[] {
  const hits: PostHit[] = [];
  for (const m of text.matchAll(NUMBERED)) {
    const post = /[号第个]/.test(m[0]) ? postNumber(parseNumeral(m[1]!) ?? 0, context) : null;
    if (post) hits.push({ post, start: m.index, end: m.index + m[0].length, named: true });
  }
  return hits;
}

/** Posts called by number. With `bare`, a text of nothing but numbers counts too (4、5 on a line of a list). */
export function findPostNumbers(
  text: string,
  context: Pick<ReadingContext, 'posts'>,
  bare = false,
): PostHit[] {
  const found = new Map<number, PostHit>();
  const add = (digits: string, start: number): void => {
    const post = postNumber(parseNumeral(digits) ?? 0, context);
    if (post && !found.has(start)) found.set(start, { post, start, end: start + digits.length, named: true });
  };
  const each = (run: string, start: number): void => {
    for (const m of run.matchAll(new RegExp(NUMBER, 'g'))) add(m[0], start + m.index);
  };
  for (const m of text.matchAll(NUMBERED)) add(m[1]!, m.index + m[0].indexOf(m[1]!));
  for (const m of text.matchAll(RUN))
    each(m[1]!, m.index + m[0].indexOf(m[1]!, m[0].search(new RegExp(NUMBER))));
  if (
    bare &&
    new RegExp(
      `^\\s*第?${NUMBER}(?:号|岗)*(?:\\s*[、，,.和跟+与及/\\s]\\s*第?${NUMBER}(?:号|岗)*)*\\s*$`,
    ).test(text)
  )
    each(text, 0);
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** All posts of a text by word or number, in order, each once. */
export function postsIn(text: string, context: Pick<ReadingContext, 'posts'>, bare = false): string[] {
  const hits = [...findPostWords(text, context), ...findPostNumbers(text, context, bare)].sort(
    (a, b) => a.start - b.start,
  );
  return [...new Set(hits.map((h) => h.post))];
}

/** What people call a duty where they choose one, and nowhere else: 扫地, 跳舞, 劝架. Village speech, own knowledge. */
const DOINGS: readonly (readonly [RegExp, string])[] = [
  [/扫(?:地|街|路)|捡垃圾|搞卫生|做卫生|清沟/, 'sanitation'],
  [/跳(?:广场)?舞|舞蹈|唱戏|打球|文娱|锣鼓|腰鼓|太极|图书/, 'culture-sports'],
  [/夜巡|守夜|看门|巡山|巡村|巡/, 'security-patrol'],
  [/修(?:路|桥|灯|渠|水|东西|修补补)|路灯|水渠|泵站|水电/, 'facility-upkeep'],
  [/劝架|扯皮|和事|说和|调和/, 'mediation'],
  [/(?:看|照顾|照看|关爱|陪)(?:老人|伢|孩子|儿童)|老人/, 'left-behind-care'],
  [/贫困户|脱贫户|帮困/, 'poverty-pairing'],
  [/讲政策|发传单|喇叭/, 'policy-publicity'],
  [/查账|看账|管账|理财|公开栏/, 'village-supervision'],
  [/家训|教(?:孙|孩|伢|子)/, 'family-virtue'],
];

/** The posts somebody chooses, by name, by number, or by what one does there (扫地 跳舞). */
export function chosenPosts(text: string, context: Pick<ReadingContext, 'posts'>): string[] {
  const posts = postsIn(text, context, true);
  const doings = DOINGS.flatMap(([words, post]) => {
    const at = text.search(words);
    return at >= 0 && !posts.includes(post) ? [{ post, at }] : [];
  });
  doings.sort((a, b) => a.at - b.at);
  return [...posts, ...doings.map((d) => d.post)];
}
