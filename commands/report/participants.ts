/**
 * Who did it: the sender, companions, or the people listed; not those who were visited, helped or spoken to.
 */
import type { Message, NameHit } from '../language/message.ts';
import { findNames, resolveName } from '../language/names.ts';
import { nameIndex } from '../language/name-index.ts';
import { findActivities } from './activities.ts';

export interface Participants {
  readonly members: readonly string[];
  /** Typed on behalf of the members, in so many words, by this person. */
  readonly proxy?: string;
  /** Told of others only, by somebody who was not there. */
  readonly ofOthers?: boolean;
  /** A name that fits several members. */
  readonly unclear?: NameHit;
  /** Called by something of their own, not only by a surname and a title (王哥, 小李) that strangers bear too. */
  readonly sure: boolean;
}

/** Called by the office alone: whose it is, strangers bear too. */
const OFFICE = /^(?:老|副|村)?(?:书记|支书|主任|村长|队长|会计)$/;

/** Right before a name: that person receives something, and does nothing. */
const RECEIVES =
  /(?:给|替|看望?|看了看?|看看|探望|慰问|走访|送|为|陪|照顾|照看|找|到|去|在|把|劝|往|接|向|叫|喊|请|谢谢|感谢|@|问|批评|表扬|报告|汇报)(?:了|过)?(?:一下|下)?(?:[一二三四五六七八九十\d]+组的?|湾里的?)?$/;
/** Right after a name: a household or somebody's thing. */
const HOUSEHOLD =
  /^(?:姐|哥|嫂|叔|婶|伯)?(?:家|屋里|屋|门口|门前|那里|那边|[他她](?:[爸妈爹娘妹弟姐哥]|媳妇|儿子|女儿|老公|老婆|屋)|的(?:老|妈|爸|儿|地|田|房|鱼))/;
const FIRST_PERSON = /我|俺|咱|本人/;
/** 我帮她报一下, 代夏婶报, 她让我报的. */
const ON_BEHALF =
  /(?:帮|替|代)(?:她|他|我[爸妈爹娘]|老人家?|[一-龥]{0,4}?)(?:来)?(?:补?报|上报|记|登记|说|发|打)(?:一下|个|上|了)?|给(?:她|他|我[爸妈爹娘]|老人家?|[一-龥]{0,4}?)(?:来)?(?:补?报|上报|登记)(?:一下|个|上|了)?|代报|(?:让|托|叫|喊|要)我(?:帮忙?|代|来|给|替)*(?:她|他)?(?:补?报|上报|登记|说一声|发)/;

/** Whom the message speaks to: 小燕，我昨晚… / @何小燕 …. */
function isVocative(body: string, hit: NameHit): boolean {
  if (body[hit.start - 1] === '@') return !/^[、和跟与]/.test(body.slice(hit.end).trimStart());
  if (!/^(?:喂|哎|诶|欸|嘿)?[,，\s]*$/.test(body.slice(0, hit.start))) return false;
  const after = body.slice(hit.end);
  if (/^(?:你好|您好|好)[,，!！ ]/.test(after)) return true;
  if (/^\s*[今昨前刚].{0,3}(?:跟|和|同|也|与)/.test(after)) return false;
  return (
    /^(?:[,，:：!！ ]|同志|[啊呀哈](?=我))/.test(after) &&
    /^[\s,，:：!！同志啊呀哈]*(?:我|咱|俺|帮我|请|麻烦|你|跟你|给我|记一下|报个|报一下|昨|今)/.test(after) &&
    /我|记|报/.test(after.slice(0, 24))
  );
}

/** 帮夏婶挑了两担水: helped, and not spoken for. */
function isHelped(body: string, hit: NameHit): boolean {
  return (
    /(?:帮|替|为)(?:了)?(?:[一二三四五六七八九十\d]+组的?)?$/.test(body.slice(0, hit.start)) &&
    !/^(?:家|屋)?[^,，。]{0,3}(?:补?报|记|登|说|签|打字|发|确认|请)/.test(body.slice(hit.end)) &&
    !/报(?:一?下|个|上)|记(?:一?下|上|一次)/.test(body)
  );
}

function participates(body: string, hit: NameHit): boolean {
  if (isHelped(body, hit)) return false;
  if (RECEIVES.test(body.slice(Math.max(0, hit.start - 10), hit.start))) return false;
  const after = body.slice(hit.end, hit.end + 4);
  // 国强没来: named as one who was not there.
  // 闻老师给我送的水: did something for the sender.
  if (/^(?:给|帮|替|叫|喊|送)我/.test(after)) return false;
  return !HOUSEHOLD.test(after) && !/^(?:没|冇|未)(?:有)?(?:来|去|到|参)/.test(after);
}

/** A name after 和/跟 that is no form of a member's, by its sound: 和水声. */
function companionsBySound(message: Message): NameHit[] {
  const index = nameIndex(message.context);
  const hits: NameHit[] = [];
  for (const m of message.body.matchAll(
    /[和跟与同]([\p{Script=Han}]{2})(?=一起|一同|在|去|[昨今前晚到把、,，\s]|巡|扫|两个)/gu,
  )) {
    if (findNames(m[1]!, index).length > 0) continue;
    const hit = resolveName(m[1]!, index);
    if (hit) hits.push({ ...hit, start: m.index + 1, end: m.index + 3 });
  }
  return hits;
}

function countedPeople(body: string): number | null {
  const m = /([两二三四五六七八九十]|\d{1,2})个?人/.exec(body);
  if (!m) return null;
  const n = '两二三四五六七八九十'.indexOf(m[1]!);
  return n >= 0 ? [2, 2, 3, 4, 5, 6, 7, 8, 9, 10][n]! : Number(m[1]);
}

/** The words that say on whose behalf, blanked: 帮丁爹报 is no visit to him. */
export function withoutBehalf(body: string): string {
  return body.replace(ON_BEHALF, (w) => ' '.repeat(w.length));
}

export function isOnBehalf(body: string): boolean {
  return ON_BEHALF.test(body);
}

/** Whether the people of a colon list are all there were (参加的有…), or came along with the sender (同行：…). */
function withSender(message: Message, before: string, listed: number): boolean {
  if (/同行|一同|一起的|同去|还有|陪同|搭档/.test(before)) return true;
  if (countedPeople(message.body) === listed + 1) return true;
  // 我和国强…, 跟大军… : the sender is one of the two; 国强和水生… are two others.
  return false;
}

/** …，贵祥也去了; 向阳一路去的: named after what was done, as one who came along. */
const CAME_ALONG =
  /^(?:哥|姐|叔|嫂|婶|书记|主任|老师)?(?:他|她)?(?:们)?(?:都|也都|也)?(?:也(?:去|来|在|参加|到|帮|跟|搭)|一路|一起|一道|一块|一同|跟我|和我|同我|陪我|帮(?:我|忙)|搭(?:了)?(?:把)?手|换的?班|接的?班|打的?手电|开的?车|骑的?车|陪(?:着)?我|守|负责)/;

function doersOf(message: Message, behalf: boolean, toSomebody: boolean): NameHit[] {
  const { body } = message;
  const hits = [...message.names(), ...companionsBySound(message)].filter(
    (hit) =>
      !isVocative(body, hit) && !/(?:报告|汇报|上报|填报)人\s*[:：]?\s*$/.test(body.slice(0, hit.start)),
  );
  const told = (h: NameHit): boolean =>
    toSomebody && (h.how === 'role' || OFFICE.test(h.text) || /[跟和向给同与]$/.test(body.slice(0, h.start)));
  if (!behalf) return hits.filter((h) => participates(body, h) && !told(h));
  return hits.filter(
    (h) =>
      !HOUSEHOLD.test(body.slice(h.end, h.end + 4)) &&
      !/(?:看望?|看了|走访|慰问|送|探望)了?(?:[一二三四五六七八九十\d]+组的?)?$/.test(body.slice(0, h.start)),
  );
}

/** Whether the sender is among those named. `before` is what stands in front of the first of them. */
function includesSender(message: Message, first: NameHit, count: number): boolean {
  const { body } = message;
  const before = body.slice(0, first.start);
  if (/(?:和|跟|与|同|带着?|带上|约了?|叫上|喊上|陪着?|同|拉着?|邀(?:了|上)?)(?:着)?$/.test(before))
    return true;
  if (/(?:和|跟|与|同)(?:我|本人)/.test(body)) return true;
  if (CAME_ALONG.test(body.slice(first.end)) && (/[了完]/.test(before) || findActivities(before).length > 0))
    return true;
  const told = /补一句|补充一下|更正/.test(body);
  const firstPerson =
    !told &&
    FIRST_PERSON.test(body.replace(/(?:问|给|对|喊|叫|教|送)我/g, '')) &&
    !/:\s*$/.test(before.trimEnd()) &&
    !/我们(?:组|村|支部|湾)/.test(body);
  return firstPerson || withSender(message, before, count);
}

/**
 * Who took part. `toSomebody`: what is reported is that one spoke with somebody (跟书记视频了). `chosen`: who is meant
 * by the name that fits several, once that has been answered.
 */
export function readParticipants(message: Message, toSomebody = false, chosen?: string): Participants {
  const { body, sender } = message;
  const self = sender ?? '';
  const behalf = isOnBehalf(body);
  const doing = doersOf(message, behalf, toSomebody).map((hit) =>
    chosen !== undefined && hit.members.includes(chosen) ? { ...hit, members: [chosen] } : hit,
  );
  const sure = doing.some((h) => h.how !== 'title' && h.how !== 'role' && !OFFICE.test(h.text));
  const unclear = doing.find((h) => h.members.length > 1);
  if (unclear) return { members: [], unclear, sure };
  const names = [...new Set(doing.map((h) => h.members[0]!))];
  if (names.length === 0) return { members: [self], sure };
  const others = names.filter((n) => n !== self);
  if (behalf && others.length > 0) {
    const alsoSelf =
      /(?:我)(?:跟|和|与|同)(?:她|他|们)|(?:跟|和|与|同)我(?:一起|一同|一路)|我也(?!帮|代|替)/.test(body);
    return { members: alsoSelf ? [self, ...others] : others, proxy: self, ofOthers: !alsoSelf, sure };
  }
  if (names.includes(self)) return { members: names, sure };
  if (includesSender(message, doing[0]!, names.length)) return { members: [self, ...names], sure };
  return { members: names, ofOthers: true, sure };
}
