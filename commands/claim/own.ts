/** Posts claimed for oneself, or for somebody whose wish one passes on. */
import type { Message } from '../language/message.ts';
import { asksSomething } from '../language/particles.ts';
import { chosenPosts, findPostNumbers, findPostWords, type PostHit, postsIn } from '../language/posts.ts';
import type { Reading, ReadingContext } from '../reading.ts';
import { ask, claim, effectiveOf, NOT_A_CLAIM } from './says.ts';

const TAKES =
  /认领|给我记|[,，]认了?$|两个岗$|(?:我|本人)(?:.{0,8}?)(?:报|选|领|认|要|挑|做|搞|来|负责|还是|申请|接)|(?:我|本人)(?:.{0,10}?)[,，]?再(?:搞|加|来|报)|[我,，]就.{4,16}吧$|岗.{0,3}(?:我来|归我|算我|给我)|给我(?:吧)?$|^(?:选|报|领|挑|要|岗位|申请)|报名|我(?:就|要)?这两个$|^\S{2,4}[:：\s]?(?:选|报|领|认)|[,，\s](?:我|就|想|还是)*(?:选|报|认领|领)/;
const DONE = /了(?:一|两|三|几|\d)|完|今天|昨|打分|扣|得分|多少|公示|怎么/;

/** 甲：扶贫、治安 by 甲; or 3、8 right after a call for posts. */
function readsOwnLine(message: Message, context: ReadingContext): boolean {
  const { body } = message;
  const called = message.before !== undefined && /岗/.test(message.before.text);
  if (
    (called || body.endsWith('岗')) &&
    findPostNumbers(body, context, true).length === 2 &&
    /^[\d\s、,，.和跟号岗]+$/.test(body)
  )
    return true;
  const both = findPostWords(body, context);
  const alone =
    both.length === 2 && both[0]!.post !== both[1]!.post && both[0]!.start === 0 && residue(body, both) === 0;
  if (
    alone &&
    !/\d|今|昨/.test(body) &&
    body.length <= 14 &&
    /^[^\s,，、+和]+[\s,，、+和]+[^\s,，、+和]+$/.test(body)
  )
    return true;
  const [own] = message.names();
  if (
    !own ||
    own.start !== 0 ||
    !own.members.includes(message.sender ?? '') ||
    !/^[:：\s]/.test(body.slice(own.end))
  )
    return false;
  const rest = body.slice(own.end + 1);
  const hits = findPostWords(rest, context);
  const apart = /^[:：]/.test(body.slice(own.end)) || hits.every((h) => h.named);
  return apart && new Set(hits.map((h) => h.post)).size === 2 && residue(rest, hits) === 0;
}

/** 跟秀英姐做关爱: whom one goes with says nothing about which post. */
const WITH = /(?:跟|和|与|同)[一-龥]{2,4}?(?:一起|一路)?(?=做|搞|干|报)/;

/** How many characters are left beside the posts and the words of taking them: a claim says little else. */
function residue(body: string, hits: readonly PostHit[]): number {
  const verb = body.search(/选|报|领|挑|要|申请|负责|岗位/);
  const from = verb < 0 || verb > (hits[0]?.start ?? 0) ? 0 : verb;
  let rest = body;
  for (const hit of hits.toReversed()) rest = rest.slice(0, hit.start) + rest.slice(hit.end);
  rest = rest.slice(from).replace(WITH, '');
  return rest.replace(
    /我|本人|就|这|那|三个|四个|都|全|他|她|帮|替|不会|弄|手机|给|在外地?|外面|搞|还是|来|算|加上?|干脆|想|也|要|选择?|报名?|领|挑|做|负责|申请|接|岗位?|那个|这个|号|认|个|这?两个|包|归|交给|吧|了|的|和|跟|与|及|还有|另一个|另外|另|再|一个|[\d\s,，、。;；:：+/.()]/g,
    '',
  ).length;
}

/** The words of taking a post: 我报…, 就选…吧, 算我一个, 另一个… */
const TAKING =
  /认领|[报选领认挑要接做搞干来]|再(?:搞|加)|就.{4,16}吧$|我包|归我|交给我|给我(?:吧|记)|给我$|申请|负责|算我|这两个$|加(?:上|一个)|岗位|还是/;

/** 我报扶贫, by words that are hardly anything else's. */
const SHORT_CLAIM =
  /^我(?:就|想|要|还是)?(?:报|选|领|认领)(?:扶贫|治安|巡逻|联防|调解|信访|三留守|留守|家风|家教|村务|村监|环卫|公设|流动|结对)(?:那个|的)?$/;

/** Whether the clauses that name posts say hardly more than that they are taken. */
function plainlyTaken(message: Message, hits: readonly PostHit[], posts: readonly string[]): boolean {
  const { body } = message;
  if (message.command?.name === 'claim' || message.spokenTo || /认领/.test(body)) return true;
  // 选3号 may be anything's number; two numbers, or one with 岗, are posts.
  const outright = /岗/.test(body) || findPostWords(body, message.context).some((h) => h.named);
  if (posts.length === 1 && outright && !/[选报领要]|申请|算我|归我|我来|换|还是/.test(body)) return false;
  const formal = hits.every((h) => h.end - h.start >= 4);
  const allowed = outright ? 8 : posts.length >= 2 ? 1 : formal && /[选报领]/.test(body) ? 0 : -1;
  if (SHORT_CLAIM.test(body)) return true;
  if (residue(body, hits) <= allowed) return true;
  const clauses = clausesOf(body, hits);
  const left = clauses.reduce((sum, c) => sum + residue(c.text, c.hits), 0);
  return left <= Math.min(allowed, 4) && (posts.length >= 2 || formal || outright);
}

/** The clauses with posts in them, each with its own hits. */
function clausesOf(body: string, hits: readonly PostHit[]): { text: string; hits: PostHit[] }[] {
  let from = 0;
  return body.split(/(?<=[,，。;；!！?？])/).flatMap((text) => {
    const start = from;
    from += text.length;
    const own = hits
      .filter((h) => h.start >= start && h.end <= from)
      .map((h) => ({ ...h, start: h.start - start, end: h.end - start }));
    return own.length > 0 ? [{ text, hits: own }] : [];
  });
}

/** For whom: oneself, or somebody named whose wish one passes on (夏婶选…，我替她报). */
function claimant(message: Message): string | null | undefined {
  const { body } = message;
  const others = message
    .names()
    .filter(
      (n) =>
        n.members.length === 1 &&
        n.members[0] !== message.sender &&
        n.start <= (/^(?:帮|替|代)/.test(body) ? 8 : 3),
    );
  if (others.length === 0) return message.sender;
  if (/帮|替|代|给(?!我)|让我|托我|叫我/.test(body)) return others[0]!.members[0]!;
  return /我|本人/.test(body) ? message.sender : undefined;
}

/** Two numbers or more in a row: 10和11, 1、3、5号. */
const NUMBERS = '((?:\\d{1,2}[、,，和跟 ]+)+\\d{1,2})(?:号)?(?:岗)?';
/** 就10和11吧; 1、3、5我都要: numbers of posts, and nothing else they could be. */
const LOOSE_PAIR = new RegExp(
  `(?:^|[,，。\\s])(?:我)?(?:就|报|选|要|领|就报|就选)\\s*${NUMBERS}(?:吧|了)?$|^${NUMBERS}我(?:都|全)?(?:要|报|选|包)|^${NUMBERS}[,，](?:我|就)?(?:报|选|要|领)?(?:这)?两个`,
);

/** 我换成扫地和修路灯那两个: two duties in everyday words, counted as two. */
const CHOSEN_PAIR =
  /^我就[^,，\d]{3,14}(?:那|这)两(?:个|样)(?:吧)?$|^(?:那)?我(?:想|要|就|还是|干脆)*(?:换成?|改成|报|选|领|认领|要|搞|做|干|来|接)[^,，。\d]{4,16}(?:这|那)两(?:个|样)(?:岗)?(?:吧|算了)?$/;

/** 帮我安排个轻松的岗: the choice is left to others, and stays the member's. */
const LEFT_TO_OTHERS =
  /(?:给|帮)我(?:安排|选|挑|报|换)(?:一)?个[^,，。]{0,6}岗|岗(?:位)?[^,，。]{0,2}帮我(?:选|报|挑)/;

function askWhichTwo(): Reading {
  return ask({ text: '您想认领哪两个岗位？写名称或序号都行，比如：认领 3 5', missing: ['posts'] });
}

function tooMany(member: string | null, posts: readonly string[]): Reading {
  const text = `每人认领两个岗位，您写了${posts.length}个，要哪两个？`;
  return ask({ text, missing: ['posts'] }, { member, posts });
}

/** 我认领治安巡逻和环境卫生, 岗位3和5, 我选扶贫那个和宣传那个. */
export function readOwn(message: Message, context: ReadingContext): Reading | null {
  const { body } = message;
  // 宣传岗29 环境岗28 gives points.
  if (/岗(?:位)?(?:分|得|打)?\s*[:：]?\s*(?:[12]\d|30)(?![\d号月])/.test(body)) return null;
  const commanded = message.command?.name === 'claim';
  if (readsOwnLine(message, context))
    return claim({ member: message.sender, posts: postsIn(body, context, true) });
  if (LEFT_TO_OTHERS.test(body)) return askWhichTwo();
  if (/^(?:我的?)?(?:两个)?岗/.test(body) && body.length <= 12 && /不变|不换|照旧|原来|不动/.test(body))
    return readWithoutPosts(message);
  if (
    !TAKES.test(body) &&
    !commanded &&
    !/^岗位?\s*[:：]?\s*\d|算我|我包|归我|交给我/.test(body) &&
    !LOOSE_PAIR.test(body) &&
    !CHOSEN_PAIR.test(body)
  )
    return null;
  if (
    NOT_A_CLAIM.test(withoutWork(body)) ||
    (DONE.test(body) && !/认领了|选了|报了(?![一二两三四几\d]次)|领了|已认领|我替|我帮/.test(body))
  )
    return null;
  if (
    /(?:哪些|哪个|什么|几个|谁|怎么|如何|能不能换)|(?:没|冇|不|不是我)(?:有|得|想)?(?:报|选|领|认)/.test(body)
  )
    return null;
  const chosen =
    CHOSEN_PAIR.test(body) ||
    (/我来[,，]|再(?:加|搞|来)(?:一)?个|(?:这|那)两个|两个岗$/.test(body) &&
      !/\d|[今昨]|[了过完](?![,，]|$)/.test(body));
  const pair = chosen
    ? chosenPosts(body, context)
    : commanded
      ? chosenPosts(message.command.rest, context)
      : [];
  if (pair.length === 2) return claim({ member: message.sender, posts: pair });
  const loose = LOOSE_PAIR.exec(body);
  if (loose) {
    const numbers = postsIn(loose[1] ?? loose[2] ?? loose[3]!, context, true);
    if (numbers.length === 2) return claim({ member: message.sender, posts: numbers });
    if (numbers.length > 2) return tooMany(message.sender, numbers);
  }
  const hits = [...findPostWords(body, context), ...findPostNumbers(body, context, /认领/.test(body))].sort(
    (a, b) => a.start - b.start,
  );
  const bare = commanded ? postsIn(message.command.rest, context, true) : [];
  const posts = [...new Set([...hits.map((h) => h.post), ...bare])];
  if (posts.length === 0) return readWithoutPosts(message);
  if (!TAKING.test(body) || !plainlyTaken(message, hits, posts)) return null;
  const member = claimant(message);
  if (member === undefined) return null;
  if (posts.length > 2) return tooMany(member, posts);
  if (asksSomething(body) && /^(?:我)?(?:可以|能|能不能|可不可以|是不是)/.test(body)) return null;
  // 再认领一个: who has two has to give one up.
  const has = context.members.find((m) => m.name === member)?.posts ?? [];
  if (
    /再(?:多)?(?:认领|报|加|领|选)/.test(body) &&
    posts.length === 1 &&
    has.length >= 2 &&
    message.month.slice(5) !== '01'
  )
    return ask(
      { text: '每人认领两个岗位，您已经有两个了。要换掉哪一个？', missing: ['posts'] },
      { member, posts },
    );
  const supervising = posts.includes('village-supervision')
    ? { eligibility: '2: 需村务监督委员会/议事会成员' }
    : {};
  const effective = /下个?月|月起|月开始/.test(body) ? effectiveOf(message) : undefined;
  return claim({ member, posts, ...supervising, ...(effective ? { effective } : {}) });
}

/** 我在东莞打工，报流动党员岗: where one works is why, not what. */
function withoutWork(body: string): string {
  return /岗/.test(body) ? body.replace(/(?:在|到)[^,，。]{1,8}(?:公司|单位|工作|上班)/g, '') : body;
}

/** 认领 alone, or 我也认领一个: which posts has to be asked. */
function readWithoutPosts(message: Message): Reading | null {
  const called = message.spokenTo || /岗|认领/.test(message.before?.text ?? message.quote ?? '');
  const wanted =
    (message.command?.name === 'claim' && message.command.rest === '') ||
    /^我(?:也|来|想|要)*认领(?:一个|两个|个)?(?:岗位?)?$/.test(message.body) ||
    (called && /^我(?:也|来|想|要)*(?:报|选|领)(?:一个|两个|个)(?:岗位?)?$/.test(message.body));
  if (/^(?:我)?(?:的)?(?:两个)?岗位?(?:都|还是|今年)*(?:不变|不换|照旧|原来的?|不动)$/.test(message.body))
    return ask(
      { text: '原来的岗位会接着用，不用再认领。要换的话写明换成哪个。', missing: [] },
      { member: message.sender },
    );
  return wanted ? askWhichTwo() : null;
}
