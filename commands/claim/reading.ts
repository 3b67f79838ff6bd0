/** Reading claims of posts: by oneself, in a 接龙, arranged by the secretary; changes; whom a carer looks after. */
import { addMonths, type IsoMonth } from '../../scoring/calendar.ts';
import { readSolitaire } from '../language/lists.ts';
import type { Message, ReadingDeclaration } from '../language/message.ts';
import { findNames } from '../language/names.ts';
import { nameIndex } from '../language/name-index.ts';
import { findMonths } from '../language/months.ts';
import { findPostNumbers, findPostWords, type PostHit, postsIn } from '../language/posts.ts';
import type { Question, Reading, ReadingContext } from '../reading.ts';

const WORDS = ['认领', '认岗', '换岗', '岗位', '选岗', '领岗', '报岗位', '调岗'];
export const CLAIM_HINT = /认领|领|岗|选|报|换|改|要|安排|帮扶对象|^[\d\s、,，.和跟]{1,12}$|^[^\s:]{2,8}:/;

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
    const posts = postsIn(item.text.slice(hit.end).replace(/^[\s:：,，、-]+/, ''), context, true);
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
    !/岗位|安排|认领|分工|调整|负责/.test(message.body) ||
    /打分|扣|加\s*\d|得分|公示|[多几]少/.test(message.body)
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

const REPLACE = /(?:把|将)?(.{1,14}?)(?:岗位?)?(?:换|改|调|转)(?:成|为|到|做|作|去)(.{1,14})/;
const DROP =
  /(?:不(?:想|要)?(?:做|干|搞|当|要)|退(?:出|掉)?|放弃|不报|不选)(?:了)?(.{1,12}?)(?:岗)?(?:了)?[,，、\s].{0,6}?(?:换|改|想(?:做|干|搞)|要|做|去|选|报)(?:成|为|到|做)?(.{1,14})|(.{1,12}?)(?:岗)?(?:我)?(?:不(?:想|要)?(?:做|干|搞|当|要)了?|退了?|放弃)[,，、\s].{0,6}?(?:换|改|想(?:做|干|搞)|要|做|去|选|报)(?:成|为|到|做)?(.{1,14})/;

function readChange(message: Message, context: ReadingContext): Reading | null {
  const m = DROP.exec(message.body) ?? REPLACE.exec(message.body);
  if (!m || !/换|改|调|转|不|退|放弃/.test(m[0])) return null;
  if (/明天|时间|会议|日期|晚上|几点/.test(m[0])) return null;
  const groups = m.slice(1).filter((g): g is string => g !== undefined);
  const from = postsIn(groups[0] ?? '', context)[0];
  const to = postsIn(groups[1] ?? '', context)[0];
  if (!from || !to || from === to) return null;
  if (!message.spokenTo && !/岗|换.{0,8}$|申请/.test(message.body)) return null;
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
  /认领|(?:我|本人)(?:.{0,8}?)(?:报|选|领|要|挑|做|来|负责|还是|申请|接)|^(?:选|报|领|挑|要|岗位|申请)|报名|^\S{2,4}[:：\s]?(?:选|报|领|认)|[,，\s](?:我|就|想|还是)*(?:选|报|认领|领)/;
const NOT_A_CLAIM =
  /钥匙|失物|失主|狗|猫|快递|孩子|包裹|钱包|丢|捡|课|专业|委员(?!会)|选修|班|公司|工作|单位|岗位工资|招聘|招人|应聘|求职|上岗证|竞聘/;
const DONE = /了(?:一|两|三|几|\d)|完|今天|昨|打分|扣|得分|多少|公示|怎么/;

/** 甲：扶贫、治安 by 甲; or 3、8 right after a call for posts. */
function readsOwnLine(message: Message, context: ReadingContext): boolean {
  const { body } = message;
  const called = message.before !== undefined && /岗/.test(message.before.text);
  if (called && findPostNumbers(body, context, true).length === 2 && /^[\d\s、,，.和跟号岗]+$/.test(body))
    return true;
  const [own] = message.names();
  if (
    !own ||
    own.start !== 0 ||
    !own.members.includes(message.sender ?? '') ||
    !/^[:：]/.test(body.slice(own.end))
  )
    return false;
  const rest = body.slice(own.end + 1);
  const hits = findPostWords(rest, context);
  return new Set(hits.map((h) => h.post)).size === 2 && residue(rest, hits) === 0;
}

/** How many characters are left beside the posts and the words of taking them: a claim says little else. */
function residue(body: string, hits: readonly PostHit[]): number {
  const verb = body.search(/选|报|领|挑|要|申请|负责|岗位/);
  const from = verb < 0 || verb > (hits[0]?.start ?? 0) ? 0 : verb;
  let rest = body;
  for (const hit of hits.toReversed()) rest = rest.slice(0, hit.start) + rest.slice(hit.end);
  rest = rest.slice(from);
  return rest.replace(
    /我|本人|就|搞|还是|来|想|也|要|选择?|报名?|领|挑|做|负责|申请|接|岗位?|那个|这个|号|两个|吧|了|的|和|跟|与|及|还有|另一个|另外一个|另|再|一个|[\d\s,，、。;；:：+/.()]/g,
    '',
  ).length;
}

/** 我认领治安巡逻和环境卫生, 岗位3和5, 我选扶贫那个和宣传那个. */
function readOwn(message: Message, context: ReadingContext): Reading | null {
  const { body } = message;
  const commanded = message.command?.name === 'claim';
  if (readsOwnLine(message, context))
    return claim({ member: message.sender, posts: postsIn(body, context, true) });
  if (!TAKES.test(body) && !commanded && !/^岗位?\s*[:：]?\s*\d/.test(body)) return null;
  if (NOT_A_CLAIM.test(body) || (DONE.test(body) && !/认领了|选了|报了|领了|已认领/.test(body))) return null;
  if (/(?:哪些|哪个|什么|几个|谁|怎么|如何|能不能换)/.test(body)) return null;
  const hits = [...findPostWords(body, context), ...findPostNumbers(body, context, false)].sort(
    (a, b) => a.start - b.start,
  );
  const bare = commanded ? postsIn(message.command.rest, context, true) : [];
  const posts = [...new Set([...hits.map((h) => h.post), ...bare])];
  if (posts.length === 0)
    return commanded && message.command.rest === ''
      ? ask({ text: '您想认领哪两个岗位？写名称或序号都行，比如：认领 3 5', missing: ['posts'] })
      : null;
  // 选3号 may be anything's number; two numbers, or one with 岗, are posts.
  const outright = /岗/.test(body) || findPostWords(body, context).some((h) => h.named);
  const allowed = outright ? 8 : posts.length >= 2 ? 1 : -1;
  const sure = commanded || message.spokenTo || /认领/.test(body) || residue(body, hits) <= allowed;
  if (!sure) return null;
  const others = message
    .names()
    .filter((n) => n.members.length === 1 && n.members[0] !== message.sender && n.start <= 3);
  const behalf = others.length > 0 && /帮|替|代|给/.test(body.slice(0, others[0]!.start + 1));
  if (others.length > 0 && !behalf && !/我|本人/.test(body)) return null;
  const member = behalf ? others[0]!.members[0]! : message.sender;
  if (posts.length > 2)
    return ask(
      { text: `每人认领两个岗位，您写了${posts.length}个，要哪两个？`, missing: ['posts'] },
      { member, posts },
    );
  const supervising = posts.includes('village-supervision')
    ? { eligibility: '2: 需村务监督委员会/议事会成员' }
    : {};
  const effective = /下个?月|月起|月开始/.test(body) ? effectiveOf(message) : undefined;
  return claim({ member, posts, ...supervising, ...(effective ? { effective } : {}) });
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
