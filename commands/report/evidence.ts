/**
 * Whether words about a duty say that the speaker did it. Overheard in a group, a message is a report only where
 * something beside the duty itself shows so: a day, a place of the village, companions, a picture, a finished act.
 */
import type { Message } from '../language/message.ts';
import { asksSomething, deniesSomething, plansSomething } from '../language/particles.ts';
import type { Activity } from './activities.ts';
import { clauseAt, clausesBefore } from './clauses.ts';
import { isElsewhere, isOfNoMember, isOfOthers, isSpectator, isStroll, seemsElsewhere } from './others.ts';
import { isOnBehalf } from './participants.ts';

/** Right after the duty: it only names a thing or a time (巡逻的人, 巡逻队, 扫地机). */
const NOMINAL =
  /^(?:搞得|弄得|做得|得(?:几|蛮|好|真|很|不)|很|真|蛮|好帅|[一二两三几\d]次的|(?:及|与|和)(?:保|维|其|各)|的(?:照片|人|帅哥|美女|老头|大爷|大妈|师傅|小伙|哥|叔|还是|虚|吧|干部|纪录片|片子|电影|电视|剧|书|小说|直播|故事|新闻|段子|时候|同志|事|路上|那|都|狗|图|视频|衣|车|工|任务|安排|要求|通知|钱|补|大|阿|民|警|老|在[^,，。]{0,6}(?:集合|等|见)|请|莫|记得|来)|的时|时(?!间)|时候|队(?!排练|练|训练)|员|车(?!来车往)|艇|警|犬|表|制度|任务|要求|安排|岗(?!.{0,30}[了次])|机|兵|船|单位|费|公司|比赛|节目|工具|学|员?培训|招聘|网|路线|记录本|服(?!务)|(?:的)?手电筒?(?!照)|的(?:袖章|马甲|扫[把帚]|工具|衣服))/;
/** Right after the duty: what really is told is something else (巡逻看到月亮, 扫完地腰疼). */
const BACKGROUND =
  /^(?:了|完|完了)?(?:的?时候|时|回来|路上)?(?:看到|看见|遇到|碰到|遇见|碰见|听到|听说|撞见|好冷|好热|好累|真|太|冻|腰|腿|饿|困|才|就想|被)/;
/** 昨天大扫除累死了: how it felt, and nothing of what was done. */
const ONLY_FELT =
  /^(?:真的?|是真|好|蛮|可|把人|把我|人都?)?(?:累|冷|热|冻|晒|腰|腿|手)(?:酸|疼|痛)?(?:死|坏|惨|够呛)?(?:了|人|我了|得很|得要命)?$/;
const PRAISE =
  /辛苦(?:了|各位|大家|你们)|点赞|漂亮|表扬|感谢(?!信)|谢谢(?:大家|各位|你们)|真行|厉害|了不起|佩服|好样的|光荣|祝/;
const JOKE =
  /😂|🤣|😄|😆|🐶|哈哈|嘿嘿|狗头|梦里|开玩笑|笑死|hhh|233|[差好]评|求(?:转发|安慰|关注|抱抱)|萌萌|无聊|晚安|被骂|\[(?:泪|笑|哈|衰|抓狂|晕|怒|可怜|委屈)/i;
/** The message is a call or a notice, not one's own account. */
const NOTICE =
  /@所有人|@all|通知[:：]|请大家|请各位|请[^,，。]{0,6}(?:全体|各位?|所有)|各位(?:党员|同志)|各支部|转发[:：]|收到请回复|注意防范|气象台|预警|【|发我|发给我|交给我|报给我|找我|联系我|莫(?:急|怕|慌|气)|抓紧|尽快|^(?:提醒|注意|公告|温馨提示)[:：]/;
/** 各位领导各位同志大家晚上好: said before one tells of oneself. */
const GREETED =
  /^(?:(?:各位|尊敬的)(?:领导|党员|同志|乡亲|书记|们)*[,，、\s]*)+(?:大家)?(?:早上|上午|中午|下午|晚上|们)?好/;
const SECOND_PERSON = /(?<![帮代替])(?:你(?!好|帮|记|登|看下|看一下)|您|你们)/;
/** Supposed, not done. */
const SUPPOSED =
  /了就好$|优先|^招|招(?:人|工)(?=[,，]|$)|我来(?=[,，。!！]|$)|适合我|如果(?!有)|要是|假如|万一|假设|的话(?=[,，。]|$)|除非|讨厌|懒得|假装|不让我|终于不用|再也不[去想来]|不然|早知道|本来(?:想|要|该)|差点|说好(?!话|一家|两家|各|轮|以后|往后|今后)|结果(?=我|他|她)/;
/** Points taken off for a duty, or a report taken back: about the duty, and none of it. */
const DEALT_WITH =
  /打(?:个|了)?(?:满|[\d一二三四五六七八九十]+)分|(?:岗|给我|帮我).{0,4}满分|(?:都|各|一律|全|每人)扣\s*[\d一二两三四五六七八九十]|(?:那|这|上)(?:一)?(?:条|个)[^,，。]{0,8}(?:撤了|撤掉|撤回|作废|不算)/;
/** 巡逻要两个人一组: how it is to be done. */
const RULE = /^(?:的?(?:时候|话))?(?:要(?!求)|得(?!到|了|很)|需要|应当|应该|必须|可以|不能|不许|莫要)/;
/** 还没修好, 没发完, 忘记跟支部联系了, 腰鼓队不练了, 让建华去修: not done, or not by the speaker. */
const UNDONE =
  /还没(?!有人)|没(?:有)?[^,，。现情事问异]{0,2}(?:修|扫|发|送|练|清|做|讲|办|弄|巡|劝|换|通)(?:好|完|成|到|干净|通)|忘(?:记|了)(?:跟|去|和|给|向)|不(?:练|跳|教|搞|巡|扫)了|^(?:让|叫|喊)[^,，。]{2,4}(?:去|来)/;
/** 新换的路灯就是亮: what there is now, whoever did it. */
const NEWLY_THERE = /新(?:换|修|装|安|铺|刷|做)的/;
/** 伢会背三字经了: what somebody can do now. */
const LEARNT = /会(?:背|唱|写|跳|算)/;
/** 水渠该清淤了, 还差一次, 半路回来了: not yet, or not to the end. */
const NOT_YET =
  /(?:要|该|得)(?:清|扫|修|换|补|疏|通|打扫|清理|维修|整)|(?:还|只|就)?(?:差|缺|欠)(?:了)?[一两二三四几\d]+(?:次|回|趟)|半路(?:就)?(?:回|转)|没(?:巡|扫|走|做|修|清)(?:完|成|到头)/;
/** 8点桥头集合，带工具: people are called to it. */
const CALLED_TOGETHER = /集合|集中(?=,|，|$)|自带|带(?:好|上)?(?:工具|扫[帚把]|铁锹|锄头|撮箕)/;
/** What is done every day, by way of saying how life is. */
const HABIT =
  /(?<!\d)(?:[5-9]\d|[01]\d|19\d\d|200\d|201\d)年(?!级)|那一?年|去年|前年|往年|早些年|天天|每天(?!.{0,6}[了])|每晚|每次|经常|总是|老是|从来|一直都|平时|以前|当年|小时候|那年|那些年/;

export const REPORT_MARK =
  /补报|补到|补一下|补个|补一句|上报|报一下|报一次|报一回|报个(?!价|警|名|销|班)|重新报|汇报一下|报备|报到一下|特此报告|记一下|记一次|记上|登记一下|登个记|打卡|打个卡|完毕|签到拍照|算一次/;

/** What others asked or said, and what was looked for, is no question to anybody: 问了缺不缺化肥. */
function withoutTold(body: string): string {
  return body
    .replace(
      /(?:记不(?:得|清)(?:楚)?|问(?:了|过|候|她|他|清|下|一下(?=他|她|老)|到)|看看|看下|看了|了解|打听|检查)[^,，。;；!！?？\n]{0,16}/g,
      (m) => m.replace(/(.)不\1|(?:怎么|什么|哪些|哪里|哪一?天|哪个|多少|有没有|是不是|么样|几)/g, ''),
    )
    .replace(/(?:该|要|能|会)(?:怎么|如何|什么时候)(?=.{0,12}(?:都|也)?(?:说|讲|教)(?:了|清))/g, '')
    .replace(/(?:讲|教|说|告诉|宣传|念)[^,，。;；!！?？\n]{0,8}(?:怎么|如何|什么|哪些|么样)/g, '讲');
}

export function isMarked(message: Message): boolean {
  return REPORT_MARK.test(message.body) || isOnBehalf(message.body) || message.command?.name === 'report';
}

function planned(said: string, activity: Activity): boolean {
  // 轮到我们巡逻，已经巡好了: it was, and is done.
  const body = /轮到.*(?:已经?|刚才?)[^。]*[了过完]/.test(said) ? said.replace('轮到', '归了') : said;
  const own = planless(clauseAt(body, activity));
  if (plansSomething(own)) return true;
  const before = clausesBefore(body, activity).map(planless);
  const after = planless(body.slice(activity.end));
  // 明天我去镇里,把三组的路扫了: the plan stands in the clause before, and nothing is done in between.
  return plansSomething(before.at(-1) ?? '')
    ? !/[了过完]/.test(own)
    : plansSomething(after) && !DONE_IN.test(clauseAt(body, activity));
}

/** A call to others, or what is passed on. */
export function isNotice(message: Message): boolean {
  return NOTICE.test(message.text.replace(GREETED, '')) || /^(?:转|转发)[:：]/.test(message.body);
}

/** Whether the words speak of something else than a thing done. `called`: the post is called by its name beside it. */
export function notAReport(message: Message, activity: Activity, called: boolean): boolean {
  const { body } = message;
  const after = body.slice(activity.end);
  const marked = isMarked(message);
  if (DEALT_WITH.test(body)) return true;
  if (RULE.test(after) || NOT_YET.test(body)) return true;
  // 水生讲他昨晚巡了: whoever tells it for another says so.
  if (!marked && /(?:讲|说)(?:他|她)(?:昨|今|前|上|刚|也)/.test(body)) return true;
  if (!marked && UNDONE.test(clauseAt(body, activity))) return true;
  // 思想汇报写得头发都白了: the paper, not the contact.
  if (activity.kind === 'contact' && /汇报.{0,3}写|写.{0,6}汇报|抄|欠/.test(body)) return true;
  if (LEARNT.test(clauseAt(body, activity)) && !/教/.test(body)) return true;
  if (NEWLY_THERE.test(clauseAt(body, activity)) && !/我|咱/.test(body)) return true;
  if (CALLED_TOGETHER.test(body) && !/[了完过]/.test(body)) return true;
  if (!marked && ONLY_FELT.test(after.replace(/[,，\s]/g, ''))) return true;
  if (asksSomething(withoutTold(body)) || deniesSomething(body) || SUPPOSED.test(body)) return true;
  const told = /[了完过]/.test(body.slice(activity.start, activity.end));
  if (!called && !told && NOMINAL.test(after) && !after.startsWith('情况')) return true;
  if (/(?:又|正)在(?![一-龥]{0,4}[组湾村里])/.test(clauseAt(body, activity))) return true;
  if (planned(body, activity)) return true;
  if (isNotice(message)) return true;
  if (PRAISE.test(body) && !/我|咱/.test(body)) return true;
  if (!message.spokenTo && !marked && (SECOND_PERSON.test(body) || HABIT.test(clauseAt(body, activity))))
    return true;
  // 原来是巡逻的: who it was, seen by somebody else.
  if (/(?:是|有|碰到|遇到|听到|看到)$/.test(body.slice(0, activity.start)) && after.startsWith('的'))
    return true;
  if (isElsewhere(body) || isOfNoMember(body, activity)) return true;
  if (!marked && (isStroll(body, activity) || isSpectator(body, activity))) return true;
  return !marked && isOfOthers(message, activity);
}

/** What only looks like a plan: photos that follow, things others ought to do that were said to them. */
function planless(text: string): string {
  return text
    .replace(
      /(?:照片|图片|图|相片).{0,4}(?:后面|等下|等会|稍后|明天|马上|待会|晚点|回头|后头).{0,3}[发补传]/g,
      '',
    )
    .replace(/(?:等下|等会|稍后|马上|明天|回头|后面|晚点|后头)(?:再)?[补发传]?(?:照片|图)/g, '')
    .replace(
      /想(?:不开|通)|没想到|(?:提醒|通知|安排|叮嘱|告诉)(?:了|过)?(?:他|她|大家|群众|村民|村里|农户|老人|住户|乱|各|一|几|两|户主|店主|施工|工人|水利|电工)|如果有|要去(?=[^,，。]{0,6}(?:上访|告|闹|信访))|(?:想|要|准备)上访/g,
      '',
    )
    .replace(
      /(?:念|放|贴|发|转|播|送|禁烧|停水|宣传)[^,，。]{0,10}通知|轮到[^,，。]{1,6}(?=[^。]*(?:已经?|刚才?|都)[^。]*[了过完])|应该是|准备工作|提(?:了|出)?.{0,4}建议|提过建议|建议(?:他|她|村)|(?:组织|安排)(?:大家|了|的|得|群众|村民)|安排(?:在|妥)|计划生育|大家(?:都)?(?:去了|到了|来了)/g,
      '',
    );
}

/** A finished act within the clause of the duty. */
const DONE_IN =
  /了|完|过(?![年节来去])|好(?=$|[了的,，。;\s])|毕|的(?=$|[,，。;\s])|干净|一遍|一圈|已(?:经)?(?=[跟向和给把对与])|来回(?=[半一两几\d])|[\d一二两三四五六七八九十]+(?:次|遍|趟|圈|户|份|场|人|盏|袋)/;
const DONE_ANYWHERE =
  /第[一二三四五六七八九十\d]+次[^,，。]{0,3}(?:巡|跟班|参加|去)|(?:一共|总共|共)[一二两三四五六七八九十\d]+(?:个|人|名)|到天亮|一(?:上午|下午|晚上|整天)|一节|各一次|(?:签到|参加人员|到场人员|名单)\s*[:：]|答应|点头|各让|各退|(?:了|完|过|毕|好|的|一切正常|都?正常|平安(?:无事)?|(?:没|冇|无)(?:有|得)?(?:发现)?.{0,6}(?:情况|异常|问题)|结束|收队|收工)$|来的有|参加的|到的有|点(?:多|半|钟)?(?:才)?(?:回|散|收工)|巡到|参加了?|去了|组织的|带的|(?:腿|手|腰|胳膊|膀子|嗓子)(?:都|也)?(?:抖|酸|疼|痛|软|哑|直不起)|一身(?:汗|泥|灰)|我(?:做|搞|弄|带|教|组织|换|修|紧|走|巡|扫|负责)(?:了|好|的)/;
const VILLAGE_PLACE =
  /[一二三四五六七八九十\d]+(?:组|队|湾|塆)(?!数)|全村|村部|村里|村头|湾里|塆里|村口|进村|桥头|村委会|卫生室|文化广场|村文化|本村|我们(?:组|村)|党群|[一-龥]{1,2}(?:湾|塆|畈|冲|垸|家湾)(?![曲仔区])|泵站|塘堰|塘[边里埂]|河边|塘埂|塘口|堤上|山口|卡口|水渠|村子|乡亲|村民|群众|农户|老乡|婆婆们|老人们|大家(?:伙|跳|唱|打|学|练)|组里|挨家挨户/;

/** People whom only a duty has to do with, and the things only a village keeps. */
const SERVED =
  /留守|五保|空巢|独居|孤寡|贫困户|脱贫户|结对|监测户|包保|帮扶|(?<![我你他她爷外])[一-龥](?:婆婆|爹爹|大爷|爷爷|奶奶)|[一-龥]爹|村监会|理财小组|白条|公开栏|禁烧|防溺水|家训|家风|家庭会|规矩|勤俭|孝敬|孝顺|做人的道理|腰鼓|锣鼓|采莲船|村晚|广场舞|八段锦|农家书屋|图书室|倡议书|明白纸|告知书|变压器|电线杆|泵站|塘堰|水渠|涵洞|护坡|健身器材|机耕路/;

export interface Circumstances {
  readonly direct: boolean;
  /** Somebody of the branch besides the sender takes part. */
  readonly named: boolean;
  readonly unclear: boolean;
  /** The doer has claimed the post. */
  readonly claimed: boolean;
  /** The post is called by its name (家风岗报一次), or spoken of just before. */
  readonly spokenOf: boolean;
  /** How many things of this post the message tells. */
  readonly things: number;
}

/** Done wherever people or works are: at a building site, in a workshop. */
const ANYWHERE: ReadonlySet<string> = new Set([
  'policy-publicity',
  'village-supervision',
  'poverty-pairing',
  'floating-member',
]);

/** Those of a village between whom one makes peace; news tells of 双方 and 邻里. */
const NEIGHBOURS = /妯娌|兄弟|婆媳|两家|邻居|两口子|隔壁|老[一-龥]家|[一-龥]家(?:和|跟)/;

const WEIGHT = { named: 2, plain: 1, loose: 0 } as const;
/** Overheard, so many signs must come together; an elder visited is asked about sooner. */
const ENOUGH = 4;
const ENOUGH_TO_ASK = 2;

function isDated(message: Message): boolean {
  return (
    message.dates('past').length > 0 ||
    /今天|今日|今晚|今早|今儿|昨|前天|早上|早晨|清早|上午|中午|下午|傍晚|晚上|夜里|刚才|刚刚|刚(?=[从在把跟和去回到给])/.test(
      message.body,
    )
  );
}

/** Every day meant lies before today: what is told of them is done. */
function isPast(message: Message): boolean {
  const found = message.dates('past').filter((f) => f.vague !== 'day');
  const now = message.at.slice(11, 19);
  // 昨晚12点 is midnight, and today's already.
  return (
    found.length > 0 &&
    found.every(
      (f) =>
        f.date < message.today || (f.date === message.today && (f.time ?? now) < now && /昨/.test(f.text)),
    )
  );
}

/** 8点到9点半, at ten: hours that have gone by. */
function pastSpan(message: Message): boolean {
  const now = message.at.slice(11, 19);
  return message
    .dates('past')
    .some(
      (f) =>
        f.time && f.endTime && (f.date < message.today || (f.date === message.today && f.endTime <= now)),
    );
}

function isFinished(message: Message, activity: Activity, around: Circumstances): boolean {
  const { body } = message;
  return (
    (around.spokenOf && DONE_IN.test(body)) ||
    (isPast(message) && /^[一-龥]{2,8}:/.test(body) && activity.end <= body.indexOf(':') + 1) ||
    DONE_IN.test(body.slice(Math.max(0, activity.start - 2))) ||
    DONE_ANYWHERE.test(body) ||
    DETAIL.test(body) ||
    /[了的过完]/.test(body.slice(activity.start, activity.end)) ||
    /刚(?:刚|才)?(?=跟|和|在|去|把|从|组织|入户|巡|扫|走访|给|到|回)/.test(body) ||
    (message.hasImage && around.claimed) ||
    // 今晚巡逻我和水生: who went, told behind.
    (around.named && /^(?:的?(?:是|有))?(?:我|本人)(?:和|跟|同|与|、)/.test(body.slice(activity.end))) ||
    pastSpan(message) ||
    (activity.post === 'security-patrol' && activity.strength !== 'loose' && isPast(message))
  );
}

/** Whether the message says plainly enough that it was done. */
export function isDone(message: Message, activity: Activity, around: Circumstances): boolean {
  const { body } = message;
  const found = message.dates('past');
  const dated = isDated(message);
  const finished = isFinished(message, activity, around);
  const marked = isMarked(message);
  const placed = VILLAGE_PLACE.test(body);
  if (around.direct)
    return (
      finished ||
      dated ||
      REPORT_MARK.test(body) ||
      isOnBehalf(body) ||
      placed ||
      message.hasImage ||
      // 大扫除，我擦玻璃 opens with a command's word and may be anybody's chat.
      (message.command?.name === 'report' &&
        (message.spokenTo || around.named || around.claimed || message.command.rest.length <= 4) &&
        !message.command.rest.startsWith('我'))
    );
  if (
    found.length >= 2 &&
    (activity.strength !== 'loose' || (around.claimed && placed)) &&
    found.every((f) => f.date <= message.today)
  )
    return true;
  if (!finished && !marked && !(dated && placed)) return false;
  const served = (around.claimed || (dated && activity.post === 'left-behind-care')) && SERVED.test(body);
  const ours = placed || around.named || around.unclear || around.spokenOf || served;
  const signs = [
    dated,
    placed,
    around.named || around.unclear,
    message.hasImage,
    DETAIL.test(body),
    around.claimed,
    finished,
    /我|咱/.test(body.slice(0, activity.end)),
    around.things > 1,
    activity.claimed === true,
    served,
    around.spokenOf,
    around.spokenOf,
    marked,
    marked,
  ];
  const soft = !(around.claimed && ANYWHERE.has(activity.post)) && seemsElsewhere(body);
  const against = [
    JOKE.test(message.text),
    BACKGROUND.test(body.slice(activity.end)),
    activity.strength === 'loose' && !ours,
    soft,
  ];
  const count = WEIGHT[activity.strength] + signs.filter(Boolean).length - 2 * against.filter(Boolean).length;
  if (activity.open && finished && dated && /老人|老同志/.test(body)) return count + 2 >= ENOUGH_TO_ASK;
  const own = /我|咱/.test(body);
  const here = placed || around.named || around.unclear || around.spokenOf;
  const telling =
    around.claimed &&
    finished &&
    body.length <= SAID_IN_PASSING &&
    activity.strength !== 'loose' &&
    (activity.post !== 'mediation' ||
      (activity.claimed && SETTLED.test(body)) ||
      (DETAIL.test(body) && NEIGHBOURS.test(body))) &&
    !soft;
  if (!dated && !here && !own && !telling) return false;
  return (
    count >= (ours || marked || message.hasImage || telling ? ENOUGH : ENOUGH + 1) - (around.unclear ? 1 : 0)
  );
}

/** 不离了, 答应了, 劝回来了: how a quarrel ended. */
const SETTLED = /好了|说和|不[离吵闹告打争扯]了|和好|答应|同意|回来|妥|拢|签了?字/;

/** Without a day, a place or a companion a report is short; what is longer tells of something else. */
const SAID_IN_PASSING = 36;

/** What only somebody who was there tells: how many households, what was signed, who was informed. */
const DETAIL =
  /[一二两三四五六七八九十百几\d]+(?:来|多)?个?半?(?:户|份|处|多?小时|多?钟头|盏|(?:蛇皮|编织|大|小|塑料)?袋|车|人|大姐|大妈|大嫂|嫂子|姐妹|媳妇|乡亲|群众|村民|队员|只|亩|斤|包|箱|老人|婆婆|伢|孩子|学生|节目|场)|一遍|都好的|完好|老[一-龥]家|一切都?好|汇报:|工作正常|消停|讲和|和好了|都好$|签了?字|握(?:了)?手|上报了|也报了|好了|干净|一切正常|都正常|(?:没|冇|无)(?:有|得)?(?:发现)?(?:啥|什么|么事)?(?:情况|异常|问题)|平安|正常$/;
