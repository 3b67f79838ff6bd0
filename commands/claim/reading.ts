/** Reading claims of posts: by oneself, in a 接龙, arranged by the secretary; changes; whom a carer looks after. */
import { addMonths, type IsoMonth } from '../../scoring/calendar.ts';
import { readSolitaire } from '../language/lists.ts';
import type { Message, ReadingDeclaration } from '../language/message.ts';
import { findNames } from '../language/names.ts';
import { nameIndex } from '../language/name-index.ts';
import { findMonths } from '../language/months.ts';
import { asksSomething } from '../language/particles.ts';
import { chosenPosts, findPostNumbers, findPostWords, type PostHit, postsIn } from '../language/posts.ts';
import type { Question, Reading, ReadingContext } from '../reading.ts';

const WORDS = ['认领', '认岗', '换岗', '岗位', '选岗', '领岗', '报岗位', '调岗'];
export const CLAIM_HINT =
  /认领|我包|归我|领|岗|选|报|换|改|要|安排|还是|再加|[我来]搞|帮扶对象|^[\d\s、,，.和跟]{1,12}$|^[^\s:]{2,8}:|^\p{Script=Han}{2,8}[\s,，、+和]+\p{Script=Han}{2,8}$/u;

function claim(slots: Record<string, unknown>): Reading {
  return { act: 'record', intent: 'claim', command: 'claim', slots };
}

function ask(question: Question, slots: Record<string, unknown> = {}): Reading {
  return { act: 'ask', intent: 'claim', command: 'claim', slots, question };
}

function effectiveOf(message: Message): IsoMonth | undefined {
  if (/下个?月/.test(message.body)) return addMonths(message.month, 1);
  const [month] = findMonths(message.body, { month: message.month, bias: 'around' });
  return month;
}

/** 接龙 of posts: every line a name and what it takes. */
function readList(message: Message, context: ReadingContext): Reading | null {
  const list = readSolitaire(message.body);
  if (!list || !/岗/.test(list.title)) return null;
  const claims: Record<string, string[]> = {};
  const unknown: string[] = [];
  for (const item of list.items) {
    const hit = findNames(item.text, nameIndex(context))[0];
    if (!hit) continue;
    const posts = chosenPosts(item.text.slice(hit.end).replace(/^[\s:：,，、-]+/, ''), context);
    if (hit.members.length > 1) unknown.push(hit.text);
    else if (posts.length > 0) claims[hit.members[0]!] = posts;
  }
  if (unknown.length > 0) return ask({ text: `接龙里的${unknown[0]}是哪一位？`, missing: ['member'] });
  return Object.keys(claims).length > 0 ? claim({ claims }) : null;
}

/** 岗位安排：甲 村务监督+治安；乙 设施+环境: by those who arrange posts. */
function readArrangement(message: Message, context: ReadingContext): Reading | null {
  if (!/secretary|deputy|committee|recorder/.test(message.role)) return null;
  if (
    !/岗位|安排|认领|分工|调整|负责|研究|商量|决定|定下|明确/.test(message.body) ||
    /打分|扣|加\s*\d|加[一二两三四]分|得分|公示|[多几]少/.test(message.body)
  )
    return null;
  const hits = message.names();
  if (hits.length === 0 || message.asks) return null;
  const claims: Record<string, string[]> = {};
  let waiting: string[] = [];
  for (const [i, hit] of hits.entries()) {
    if (hit.members.length > 1)
      return ask(
        {
          text: `哪个${hit.text}？${hit.members.map((m, n) => `${n + 1} ${m}`).join(' ')}`,
          missing: ['member'],
        },
        { candidates: hit.members },
      );
    waiting.push(hit.members[0]!);
    const text = message.body.slice(hit.end, hits[i + 1]?.start ?? message.body.length).split(/[;。\n]/)[0]!;
    const posts = postsIn(
      text.replace(/^[\s:：,，、-]+/, '').replace(/岗位/g, '岗'),
      context,
      /^\s*[:： ]?\s*\d/.test(text),
    );
    if (posts.length === 0) continue;
    for (const name of waiting) claims[name] = posts;
    waiting = [];
  }
  const by = message.role === 'recorder' || message.role === 'committee' ? {} : { by: message.role };
  return Object.keys(claims).length > 0 ? claim({ claims, ...by }) : null;
}

/** 关爱岗帮扶对象：甲—张婆婆、小宇（化名），每月2次 (四(二)2: 要明确帮扶人员姓名及走访周期). */
function readServed(message: Message, context: ReadingContext): Reading | null {
  const m = /(?:帮扶|关爱|走访|结对)(?:对象|户)[:：]\s*/.exec(message.body);
  if (!m) return null;
  const rest = message.body.slice(m.index + m[0].length);
  const hit = findNames(rest, nameIndex(context))[0];
  const carer = hit && hit.start === 0 && hit.members.length === 1 ? hit.members[0]! : (message.sender ?? '');
  const frequency = /每月\s*(\d+|[一二两三四])\s*次/.exec(rest);
  const served = rest
    .slice(hit && hit.start === 0 ? hit.end : 0)
    .replace(/,?每.*$/, '')
    .replace(/^[\s:：—–-]+/, '')
    .split(/[、,，和]/)
    .map((s) => s.trim())
    .filter((s) => s !== '');
  if (served.length === 0) return null;
  const post = postsIn(message.body.slice(0, m.index + 2), context)[0] ?? 'left-behind-care';
  const times = frequency
    ? '一二三四'.indexOf(frequency[1]!) + 1 || (frequency[1] === '两' ? 2 : Number(frequency[1]))
    : undefined;
  return claim({ detail: { [carer]: served }, post, ...(times ? { frequency: times } : {}) });
}

/** What one gives up: 不报了, 做不动了, 退出. */
const GIVES_UP =
  /不(?:想|要|再)?(?:做|干|搞|当|要|报|选|管|弄)|(?:做|干|搞|跑|弄|扫|走)不(?:动|了|来)|退(?:出|掉|了)|放弃|没(?:空|时间)(?:做|搞)/;
const CHANGES = /换|改|调(?!解)|转(?!一|了)/;
const TAKES_ANOTHER = /换|改|调(?!解)|转(?!一|了)|选|要|报|做|搞|干|当|去|申请|认领/;

/** Which of two posts goes and which comes, by the words before, between and after them. */
function replaced(body: string, hits: readonly PostHit[]): readonly [from: string, to: string] | null {
  const [one, two, ...more] = hits;
  if (!one || !two || one.post === two.post || more.some((h) => h.post !== one.post && h.post !== two.post))
    return null;
  const before = body.slice(0, one.start);
  const between = body.slice(one.end, two.start);
  const after = body.slice(two.end);
  const givenFirst = GIVES_UP.test(between) || /(?:不|退|放弃)[^,，。]{0,4}$/.test(before);
  if (givenFirst && TAKES_ANOTHER.test(between.replace(GIVES_UP, ''))) return [one.post, two.post];
  if (GIVES_UP.test(after) && TAKES_ANOTHER.test(before)) return [two.post, one.post];
  return CHANGES.test(between) && !/[,，].*[,，]/.test(between) ? [one.post, two.post] : null;
}

function readChange(message: Message, context: ReadingContext): Reading | null {
  const { body } = message;
  if (body.length > 60 || !/换|改|调|转|不|退|放弃/.test(body)) return null;
  if (/明天|时间|会议|日期|晚上|几点|打分|扣分|得分|\d分/.test(body) || NOT_A_CLAIM.test(body)) return null;
  if (message.asks && !message.spokenTo && !/^我(?:想|要).*(?:可以|行|好|要得)(?:不|吗|么)$/.test(body))
    return null;
  const hits = [...findPostWords(body, context), ...findPostNumbers(body, context)].sort(
    (x, y) => x.start - y.start,
  );
  const pair = replaced(body, hits);
  if (!pair) return null;
  const [from, to] = pair;
  const plain =
    hits.some((h) => h.named || h.end - h.start >= 4) ||
    /岗|申请|换.{0,8}$|月起|^(?:那|我).{0,3}不(?:搞|做|报|干)/.test(body);
  if (!message.spokenTo && !plain) return null;
  const effective = effectiveOf(message);
  const named = message
    .names()
    .filter((n) => n.members.length === 1 && n.how !== 'role')
    .map((n) => n.members[0]!);
  const other = /secretary|deputy/.test(message.role) ? named.find((n) => n !== message.sender) : undefined;
  return claim({
    member: other ?? message.sender,
    replace: { [from]: to },
    ...(effective ? { effective } : {}),
  });
}

const TAKES =
  /认领|(?:我|本人)(?:.{0,8}?)(?:报|选|领|要|挑|做|来|负责|还是|申请|接)|^(?:选|报|领|挑|要|岗位|申请)|报名|我(?:就|要)?这两个$|^\S{2,4}[:：\s]?(?:选|报|领|认)|[,，\s](?:我|就|想|还是)*(?:选|报|认领|领)/;
const NOT_A_CLAIM =
  /钥匙|失物|失主|狗|猫|快递|孩子|包裹|钱包|丢|捡|课|专业|委员(?!会)|选修|班|公司|工作|单位|岗位工资|招聘|招人|应聘|求职|上岗证|竞聘/;
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

/** How many characters are left beside the posts and the words of taking them: a claim says little else. */
function residue(body: string, hits: readonly PostHit[]): number {
  const verb = body.search(/选|报|领|挑|要|申请|负责|岗位/);
  const from = verb < 0 || verb > (hits[0]?.start ?? 0) ? 0 : verb;
  let rest = body;
  for (const hit of hits.toReversed()) rest = rest.slice(0, hit.start) + rest.slice(hit.end);
  rest = rest.slice(from);
  return rest.replace(
    /我|本人|就|搞|还是|来|算|加上?|干脆|想|也|要|选择?|报名?|领|挑|做|负责|申请|接|岗位?|那个|这个|号|这?两个|包|归|交给|吧|了|的|和|跟|与|及|还有|另一个|另外一个|另|再|一个|[\d\s,，、。;；:：+/.()]/g,
    '',
  ).length;
}

/** The words of taking a post: 我报…, 就选…吧, 算我一个, 另一个… */
const TAKING = /认领|[报选领挑要接做干]|我包|归我|交给我|申请|负责|算我|这两个$|加(?:上|一个)|岗位|还是/;

/** 我报扶贫, by words that are hardly anything else's. */
const SHORT_CLAIM =
  /^我(?:就|想|要|还是)?(?:报|选|领|认领)(?:扶贫|治安|巡逻|联防|调解|信访|三留守|留守|家风|家教|村务|村监|环卫|公设|流动|结对)(?:那个|的)?$/;

/** Whether the clauses that name posts say hardly more than that they are taken. */
function plainlyTaken(message: Message, hits: readonly PostHit[], posts: readonly string[]): boolean {
  const { body } = message;
  if (message.command?.name === 'claim' || message.spokenTo || /认领/.test(body)) return true;
  // 选3号 may be anything's number; two numbers, or one with 岗, are posts.
  const outright = /岗/.test(body) || findPostWords(body, message.context).some((h) => h.named);
  if (posts.length === 1 && outright && !/[选报领要]|申请|算我|换|还是/.test(body)) return false;
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

/** 我换成扫地和修路灯那两个: two duties in everyday words, counted as two. */
const CHOSEN_PAIR =
  /^(?:那)?我(?:想|要|就|还是|干脆)*(?:换成?|改成|报|选|领|认领|要|搞|做|干|来|接)[^,，。\d]{4,16}(?:这|那)两(?:个|样)(?:岗)?(?:吧|算了)?$/;

/** 我认领治安巡逻和环境卫生, 岗位3和5, 我选扶贫那个和宣传那个. */
function readOwn(message: Message, context: ReadingContext): Reading | null {
  const { body } = message;
  const commanded = message.command?.name === 'claim';
  if (readsOwnLine(message, context))
    return claim({ member: message.sender, posts: postsIn(body, context, true) });
  if (/^(?:我的?)?(?:两个)?岗/.test(body) && body.length <= 12 && /不变|不换|照旧|原来|不动/.test(body))
    return readWithoutPosts(message);
  if (
    !TAKES.test(body) &&
    !commanded &&
    !/^岗位?\s*[:：]?\s*\d|算我|我包|归我|交给我/.test(body) &&
    !CHOSEN_PAIR.test(body)
  )
    return null;
  if (
    NOT_A_CLAIM.test(withoutWork(body)) ||
    (DONE.test(body) && !/认领了|选了|报了(?![一二两三四几\d]次)|领了|已认领|我替|我帮/.test(body))
  )
    return null;
  if (/(?:哪些|哪个|什么|几个|谁|怎么|如何|能不能换)/.test(body)) return null;
  const pair = CHOSEN_PAIR.test(body) ? chosenPosts(body, context) : [];
  if (pair.length === 2) return claim({ member: message.sender, posts: pair });
  const hits = [...findPostWords(body, context), ...findPostNumbers(body, context, false)].sort(
    (a, b) => a.start - b.start,
  );
  const bare = commanded ? postsIn(message.command.rest, context, true) : [];
  const posts = [...new Set([...hits.map((h) => h.post), ...bare])];
  if (posts.length === 0) return readWithoutPosts(message);
  if (!TAKING.test(body) || !plainlyTaken(message, hits, posts)) return null;
  const member = claimant(message);
  if (member === undefined) return null;
  if (posts.length > 2)
    return ask(
      { text: `每人认领两个岗位，您写了${posts.length}个，要哪两个？`, missing: ['posts'] },
      { member, posts },
    );
  if (asksSomething(body) && /^(?:我)?(?:可以|能|能不能|可不可以|是不是)/.test(body)) return null;
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
  return wanted
    ? ask({ text: '您想认领哪两个岗位？写名称或序号都行，比如：认领 3 5', missing: ['posts'] })
    : null;
}

function read(message: Message, context: ReadingContext): Reading | null {
  if (message.role === 'system' || message.role === 'town') return null;
  return (
    readList(message, context) ??
    readServed(message, context) ??
    readChange(message, context) ??
    readArrangement(message, context) ??
    readOwn(message, context)
  );
}

export const claimReading: ReadingDeclaration = { name: 'claim', words: WORDS, read };
