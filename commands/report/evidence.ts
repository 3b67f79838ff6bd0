/**
 * Whether words about a duty say that the speaker did it. Overheard in a group, a message is a report only where
 * something beside the duty itself shows so: a day, a place of the village, companions, a picture, a finished act.
 */
import type { Message } from '../language/message.ts';
import { deniesSomething, plansSomething } from '../language/particles.ts';
import type { Activity } from './activities.ts';
import { isOnBehalf } from './participants.ts';

/** Right after the duty: it only names a thing or a time (巡逻的人, 巡逻队, 扫地机). */
const NOMINAL =
  /^(?:的(?![,，。;\s是]|$|[一二三四五六七八九十\d]+组|全村|时间)|搞得|弄得|做得|很|真|蛮|的(?:人|时候|同志|事|路上|那|都|狗|图|视频|衣|车|工|任务|安排|要求|通知|钱|补|大|阿|民|警|老)|的时|时(?!间)|时候|队|员|车|艇|警|犬|表|制度|任务|要求|安排|岗(?!.{0,30}[了次])|机|兵|船|单位|费|公司|比赛|节目|工具)/;
/** Right after the duty: what really is told is something else (巡逻看到月亮, 扫完地腰疼). */
const BACKGROUND =
  /^(?:了|完|完了)?(?:的?时候|时|回来|路上)?(?:看到|看见|遇到|碰到|遇见|碰见|听到|听说|撞见|好冷|好热|好累|真|太|冻|腰|腿|饿|困|才|就想|被)/;
/** Somebody or somewhere else. */
const OTHERS =
  /志愿时长|马甲|养老院|王者|吃鸡|上分|视野|社区|客户|顾客|拍照去|过年|年前|旧东西|衣服|被子|窗户|我家|天天|每天|每晚|经常|狗(?!肉)|鸡|鸭|鹅|隔壁|邻村|别的村|别村|人家村|他们村|外村|兄弟村|[一-龥]家村|小区|物业|保安|城管|派出所|民警|警察|交警|特警|警车|公司|单位|单元|同学|室友|宿舍|寝室|班主任|老板|领导|保洁阿姨|阿姨|环卫工|我妈|我爸|我老公|我老婆|老公|老婆|男朋友|女朋友|我女儿|我儿子|儿子|闺女|家里|屋里(?!信号)|在家|房间|卧室|客厅|厨房|阳台|办公室|实验室|教室|学校|工厂|车间|猫|狗狗|机器人|扫地机|电影里|电视|新闻|视频里|抖音|游戏|副本|做梦|梦见|小说|外星|月球|上古|听说|据说|别人|他们|她们|有人(?!乱|扔|丢|管)|有的人|谁|哪个|某人|某些/;
const PRAISE =
  /辛苦(?:了|各位|大家)|点赞|漂亮|表扬|感谢|谢谢(?:大家|各位)|真行|厉害|了不起|佩服|好样的|光荣|祝/;
const JOKE = /😂|🤣|😄|😆|🐶|哈哈|嘿嘿|狗头|梦里|开玩笑|笑死|hhh|233/i;
/** The message is a call or a notice, not one's own account. */
const NOTICE =
  /@所有人|@all|通知[:：]|请大家|请各位|各位(?:党员|同志)|各支部|转发|提醒|收到请回复|注意防范|气象台|预警/;
const SECOND_PERSON = /(?<![帮代替])(?:你(?!好)|您|你们)/;

export const REPORT_MARK =
  /补报|补一下|补个|上报|报一下|报个|汇报一下|报备|报到一下|特此报告|记一下|记上|登记一下|登个记|打卡|打个卡|完毕|签到拍照/;

export function notAReport(message: Message, activity: Activity): boolean {
  const { body } = message;
  const after = body.slice(activity.end);
  const marked = REPORT_MARK.test(body) || isOnBehalf(body) || message.command?.name === 'report';
  if (message.asks || deniesSomething(body)) return true;
  if (NOMINAL.test(after) && !after.startsWith('情况')) return true;
  if (plansSomething(planless(body))) return true;
  if (NOTICE.test(message.text) || PRAISE.test(body) || /^(?:转|转发)[:：]/.test(body)) return true;
  if (!message.spokenTo && JOKE.test(message.text)) return true;
  if (!message.spokenTo && !marked && SECOND_PERSON.test(body)) return true;
  if (OTHERS.test(withoutPeopleServed(body))) return true;
  if (!marked && /(?:^|[,，。;\s])(?:他|她|它)/.test(body)) return true;
  // 月亮几圆哦, 人真多: an exclamation.
  return !message.spokenTo && BACKGROUND.test(after);
}

/** What only looks like a plan: photos that follow, things others ought to do that were said to them. */
function planless(body: string): string {
  return body
    .replace(/(?:照片|图片|图|相片).{0,4}(?:后面|等下|等会|稍后|明天|马上|待会|晚点|回头).{0,3}[发补传]/g, '')
    .replace(/(?:等下|等会|稍后|马上|明天|回头|后面|晚点)(?:再)?[补发传]?(?:照片|图)/g, '')
    .replace(
      /想(?:不开|通)|没想到|提醒(?:了)?(?:他|她|大家|群众|村民|农户|老人|住户|乱|各|一|几|两)|如果有/g,
      '',
    )
    .replace(/应该是|准备工作|提(?:了|出)?.{0,4}建议|提过建议/g, '');
}

/** Those a duty is done for may be talked of (留守儿童在家, 老人屋里). */
function withoutPeopleServed(body: string): string {
  return body
    .replace(/(?:老人|儿童|孩子|婆婆|奶奶|爷爷|户|伢|爹|婶)(?:一个人|独自)?(?:在家|家里|屋里)/g, '')
    .replace(/到.{0,6}(?:家里|屋里|在家)|(?:讲给|告诉|劝|教育?)(?:了)?(?:他们|她们|别人)/g, '')

    .replace(/(?:报|报告|联系|通知|移交|打)(?:了|给)?派出所/g, '')
    .replace(/学校(?=门口|旁|边|附近|周边)|派出所(?=.{0,4}(?:报|反映|汇报))/g, '')
    .replace(/(?:看到|发现|劝|劝阻|制止)有人/g, '')
    .replace(/冇得人管|没人管/g, '')
    .replace(/儿子(?=.{0,8}(?:扯皮|吵|矛盾|不孝|讲|家风))/g, '');
}

const FINISHED =
  /^.{0,14}?(?:了|完|过(?![年节来去])|好(?![多几大长热冷冻累玩看吃难])|毕|的(?=$|[,，。;\s])|干净|一遍|一圈|[\d一二两三四五六七八九十]+(?:次|遍|趟|圈|户|份|场|人))/;
const VILLAGE_PLACE =
  /[一二三四五六七八九十\d]+(?:组|队|湾|塆)|全村|村部|村里|湾里|塆里|村口|桥头|村委会|卫生室|文化广场|村文化|本村|我们(?:组|村)|党群/;

export interface Circumstances {
  readonly direct: boolean;
  /** Somebody besides the sender takes part. */
  readonly named: boolean;
  readonly unclear: boolean;
  /** The doer has claimed the post. */
  readonly claimed: boolean;
}

const WEIGHT = { named: 2, plain: 1, loose: 0 } as const;
/** Overheard, so many signs must come together; an elder visited is asked about sooner. */
const ENOUGH = 4;
const ENOUGH_TO_ASK = 2;

/** Whether the message says plainly enough that it was done. */
export function isDone(message: Message, activity: Activity, around: Circumstances): boolean {
  const { body } = message;
  const found = message.dates('past');
  const dated =
    found.length > 0 ||
    /今天|今日|今晚|今早|今儿|昨|前天|早上|上午|中午|下午|傍晚|晚上|刚才|刚刚|刚/.test(body);
  const finished =
    FINISHED.test(body.slice(Math.max(0, activity.start - 2))) ||
    FINISHED.test(body.slice(activity.end - 1)) ||
    /(?:了|完|过|毕|好|一切正常|平安无事|没发现.{0,6}(?:情况|异常|问题))$/.test(body) ||
    /参加了?|去了|组织的|带的/.test(body) ||
    DETAIL.test(body) ||
    /[了的过完]/.test(body.slice(activity.start, activity.end)) ||
    /刚(?:刚|才)?(?=跟|和|在|去|把|从|组织|入户|巡|扫|走访|给|到)/.test(body) ||
    (message.hasImage && around.claimed);
  const marked = REPORT_MARK.test(body) || isOnBehalf(body);
  const placed = VILLAGE_PLACE.test(body);
  if (around.direct)
    return finished || dated || marked || placed || message.hasImage || message.command?.name === 'report';
  if (found.length >= 2 && activity.strength !== 'loose' && found.every((f) => f.date <= message.today))
    return true;
  const signs = [
    dated,
    placed,
    around.named || around.unclear,
    message.hasImage,
    DETAIL.test(body),
    around.claimed,
    finished,
  ];
  const count = WEIGHT[activity.strength] + signs.filter(Boolean).length + (marked ? 2 : 0);
  if (!finished && !marked && !(dated && placed)) return false;
  if (activity.open && finished && dated && /^[^,，]{1,14}$/.test(body) && /老人|老同志/.test(body))
    return count >= ENOUGH_TO_ASK;
  return count >= (finished || marked ? ENOUGH : ENOUGH + 1);
}

/** What only somebody who was there tells: how many households, what was signed, who was informed. */
const DETAIL =
  /[一二两三四五六七八九十百\d]+(?:户|份|处|个多?小时|盏|袋|车|多?个?人)|一遍|都好的|完好|老[一-龥]家|一切都?好|汇报:|签了?字|上报了|也报了|好了|干净|一切正常|没(?:发现)?(?:啥|什么)?(?:情况|异常)/;
