/** Leave for a meeting: asked by oneself or for somebody, or approved. Leave from work and school is not the bot's. */
import { addDays } from '../../scoring/calendar.ts';
import type { Message } from '../language/message.ts';
import type { AttendanceSlots, Reading } from '../reading.ts';
import { whichOf } from '../which.ts';
import { findMeeting, minutesUntil, namesMeeting, planOf, type MeetingRef } from './meeting.ts';

const ASKS_LEAVE =
  /请(?:一?个|一天|半天|下|一?次|了)?(?:病|事|公)?假|告(?:一?个)?假|(?:来|去|到|参加)不(?:了|成)|(?:请|望|恳请|求).{0,6}(?:准假|批假)|(?:不能|没法|没办法|不得)(?:来|去|到|参加)|赶不(?:回|到|过)|回不(?:来|去)|病假|事假|不(?:来|参加)了(?!的)/;
/** Leave from somewhere else than the branch. */
const ELSEWHERE =
  /公司|老板|领导|班主任|老师(?!家)|辅导员|学校|上课|上班(?!走不开|脱不开|去不)|年假|产假|婚假|工资|全勤|调休|钉钉|同事|室友|宿舍|军训|体育课|早操|晚自习|考试|面试|约会|聚会|吃饭|喝酒(?!席)|同学|客户|健身|驾校|群主|游戏|永劫|王者|吃鸡|排位|开黑|副本|训练|比赛|球队|补习|兴趣班|全勤奖|躺平|提前|股东|年会|演唱会|打牌|麻将|需要|证明|请假?(?:[一两三半几]|\d+)天|请(?:[一两三半几]|\d+)天假/;
const APPROVES =
  /(?:同意|批准|准了|批了|我?(?:批|准)的|准假|已批|批准了|可以|行|假准$|经支委会同意|经.{0,6}同意|支部同意|准予)/;
const SICK =
  /病|疼|痛|住院|发烧|感冒|医院|看医生|不舒服|不适|身体(?:欠佳|不好|原因)|不好过|手术|吊水|打针|输液|摔|扭|头晕|血压|复查|检查身体|体检|腰|腿脚/;
const OTHERS_SICK =
  /(?:孩子|伢|娃|孙|儿子|女儿|老婆|老公|爱人|媳妇|老人|妈|爸|爹|娘|婆|奶奶|爷爷|家人|岳).{0,10}(?:病|疼|痛|住院|发烧|感冒|医院|手术|看医生|不舒服|摔|体检|打针|打疫苗)/;
const DUTY =
  /出差|公务|镇里开会|镇上开会|县里开会|去镇里|(?<![上下])值班|培训|公事|执勤|村里的事|防汛|防火物资|镇里[叫喊要让通]|开会冲突/;
const PRIVATE =
  /喜酒|酒席|吃酒|结婚|嫁|娶|丧|白事|红事|家里有事|屋里有事|私事|有点事|走亲戚|亲戚|接孩子|接人|接伢|带孩子|带伢|带孙|看(?:儿子|女儿|孙|外孙|伢|亲戚|父母|爹|娘)|陪.{1,8}(?:去|产检|看|检查)|产检|家长会|搬家|盖房|装修|农忙|插秧|收谷|割谷|摘茶|赶集|生日|满月|周岁|祝寿|考驾照|家里来客|来客|房子|做屋|起屋|拖砖|屋里请|请了人/;

export function reasonOf(said: string): 'sick' | 'duty' | 'private' | undefined {
  // The meeting that one stays away from is no cause.
  const text = said.replace(
    /(?:集中|党员)?(?:培训|学习)班?(?=我|请|来|去|参加|不|$)|(?:的|号|党员)培训/g,
    '',
  );
  if (OTHERS_SICK.test(text)) return 'private';
  if (SICK.test(text)) return 'sick';
  if (DUTY.test(text)) return 'duty';
  return PRIVATE.test(text) ? 'private' : undefined;
}

function leaveReading(
  ref: MeetingRef,
  phase: AttendanceSlots['phase'],
  who: readonly string[],
  reason: AttendanceSlots['entries']['reason'],
): Reading {
  const entries = { leave: who, ...(reason ? { reason } : {}) };
  return {
    act: 'record',
    intent: 'attendance',
    command: 'leave',
    slots: { ...(ref.meeting ? { meeting: ref.meeting } : {}), date: ref.date, phase, entries },
  };
}

/** The meeting everybody waits for: leave granted without a word on which is for that one. */
export function nextMeeting(message: Message): MeetingRef | null {
  const next = message.context.meetings
    .filter((m) => m.date >= message.today && m.date <= addDays(message.today, 3) && m.committeeOnly !== true)
    .sort((a, b) => a.date.localeCompare(b.date))[0];
  return next ? { meeting: next.name, date: next.date, planned: true, by: 'clock' } : null;
}

/** 准了，秀英28号不用来 right after somebody asked for leave: granted without the word. */
function grantsAbsence({ body, before }: Message): boolean {
  return (
    before !== undefined &&
    /假/.test(before.text) &&
    ASKS_LEAVE.test(before.text) &&
    /^(?:准|批|同意)/.test(body) &&
    /不(?:用|必|消)?(?:来|到|参加)|(?:在家|好好)(?:休息|养)/.test(body)
  );
}

/** 经支委会同意，春华的假准了: by those who may approve. */
function readApproval(message: Message): Reading | null {
  if (
    !/secretary|deputy|committee/.test(message.role) ||
    !(/假/.test(message.body) || grantsAbsence(message)) ||
    !APPROVES.test(message.body)
  )
    return null;
  if (message.asks || /不同意|没同意|没批|不批|不准/.test(message.body)) return null;
  const names = message.names().filter((n) => n.members.length === 1 && n.members[0] !== message.sender);
  if (names.length === 0) return null;
  // 支委会同意 says who granted it, not which meeting.
  const said = message.part(
    message.body.replace(/(?:经)?支委会?(?:研究|讨论)?(?:都|已经?)?(?=同意|批准|准)/g, ''),
  );
  const ref = findMeeting(said, 'future') ?? nextMeeting(message) ?? findMeeting(said, 'past');
  if (!ref) return null;
  return leaveReading(ref, 'leave_approved', [...new Set(names.map((n) => n.members[0]!))], undefined);
}

/** 请假 for oneself, or for those named after 帮、替、代. */
function whoAsks(message: Message): readonly string[] | null {
  const self = message.sender ?? '';
  const before = message.body.slice(0, message.body.search(ASKS_LEAVE));
  // 大军…来不了，托我跟书记请个假: asked of the sender behind as well.
  const asked = /(?:让|托|叫|要|喊)我(?:帮|替|代|跟|向)?/.test(message.body);
  const forOthers = asked || /(?:帮|替|代|给)/.test(before);
  const named = message
    .names()
    .filter((n) => n.members.length === 1 && n.start < before.length + 4)
    .filter((n) => !(asked && /(?:跟|向|给|和)$/.test(message.body.slice(0, n.start))))
    // 书记，主题党日请个假: whom one speaks to.
    .filter(
      (n) => !(n.start === 0 && /^[,，:：\s]/.test(message.body.slice(n.end)) && !/[帮替代]/.test(before)),
    )
    .map((n) => n.members[0]!);
  const others = [...new Set(named.filter((n) => n !== self))];
  if (others.length === 0) return [self];
  if (/(?:我|本人)(?:跟|和|与|同)|(?:跟|和|与)我/.test(before)) return [self, ...others];
  if (forOthers || /请(?:书记)?批准|申请|报备|报告/.test(message.body)) return others;
  // 小燕，我请个假 speaks to her; 国强请假了 by a member is talk.
  if (/我|本人/.test(message.body)) return [self];
  return null;
}

function isRelevant(message: Message, ref: MeetingRef | null): boolean {
  if (message.spokenTo) return true;
  if (!ref) return false;
  if (ref.by === 'name' || ref.by === 'pending') return true;
  if (ref.by === 'date') return ref.planned;
  const plan = planOf(message, ref);
  return plan !== undefined && minutesUntil(message, plan) > -60;
}

function bareDayLeave(message: Message): boolean {
  return (
    /^(?:我)?(?:\d{1,2}月)?\d{1,2}[号日](?:那天)?(?:我)?(?:要|想)?请(?:一?个|一?天|半天|下)?(?:病|事)?假$|^我(?:\d{1,2}月)?\d{1,2}[号日](?:要|想)?请(?:一?个|一天)?假$/.test(
      message.body.replace(/\s/g, ''),
    ) && /我/.test(message.body)
  );
}

/** What may stand around 请假 where no meeting is named; anything more is leave from something else. */
const AROUND =
  /我|本人|今天|今日|今晚|明天|明晚|明早|后天|晚上|早上|上午|下午|中午|(?:\d{1,2}月)?\d{1,2}[号日]|那天|这次|(?:周|星期|礼拜)[一二三四五六日天]|的|会议?|请|假|个|一?次|一天|半天|病|事|公|要|想|得|需要?|可能|实在|真的|确实|估计|恐怕|怕是|也|就|先|给|帮|替|代|她|他|一?下|向|跟|和|同|书记|主任|组织|支部|哈|啊|可以|行|好|要得|了|参加|来|去|到|不了|不能|没法|没办法|赶|回|不|成|再|麻烦|申请|特此|因|有|点|批准|各位|@|\s/g;
/** Those of whom one asks leave elsewhere. */
const SOMEBODY_ELSE =
  /(?<![帮替代给])我(?:们|妈|爸|哥|姐|弟|妹|老公|老婆|儿|女|同事|家)|会长|教练|群主|老师|班长|店长|经理|主管|人事|师傅|阿姨|主播|队|团长|导师|老板|(?<!党)课|聚餐|别请|不准请|谁请|扣(?:全|一半|工资|薪)|请假(?:理由|申请|超|制度)|接龙里/;

/** Whether the clause that asks for leave says nothing but that, and perhaps why. */
function asksPlainly(message: Message): boolean {
  const { body } = message;
  if (SOMEBODY_ELSE.test(body)) return false;
  const clause = body.split(/[,，。;；!！\n]/).find((part) => ASKS_LEAVE.test(part)) ?? body;
  let rest = clause;
  for (const hit of message.names()) rest = rest.replace(hit.text, '');
  rest = rest.replace(AROUND, '').replace(/[^一-龥]/g, '');
  return rest.length <= (reasonOf(clause) === undefined ? 1 : 6);
}

/** 书记，我15号…请一天假: said to those who grant it, of a day with a meeting. */
function saidToGrantor(message: Message, ref: MeetingRef | null): boolean {
  const [first] = message.names();
  const role = message.context.members.find((m) => m.name === first?.members[0])?.role;
  return (
    ref?.planned === true &&
    ref.by !== 'clock' &&
    first !== undefined &&
    first.start === 0 &&
    first.members.length === 1 &&
    (role === 'secretary' || role === 'deputy' || role === 'recorder') &&
    /我|本人/.test(message.body)
  );
}

/** 28号晚上我可能来不了: on the day of a meeting, but of what? */
function askWhether(message: Message, ref: MeetingRef, who: readonly string[]): Reading | null {
  const { body } = message;
  if (ref.by !== 'date' || !/\d{1,2}[号日]/.test(body) || !/我|本人/.test(body) || PRIVATE.test(body))
    return null;
  const reading = leaveReading(ref, 'leave_request', who, reasonOf(body));
  return {
    act: 'ask',
    intent: 'attendance',
    command: 'leave',
    slots: {},
    question: {
      text: `您是说${Number(ref.date.slice(5, 7))}月${Number(ref.date.slice(8))}日${ref.meeting ?? '会议'}请假吗？`,
      missing: ['meeting'],
      choices: [{ label: '是', reading }],
    },
  };
}

export function readLeave(message: Message): Reading | null {
  const approval = readApproval(message);
  if (approval) return approval;
  const meant = /(?:说|指|讲)的是|不是[^,，]{1,8}[,，]?是/.exec(message.body);
  if (meant) return readLeave(message.part(message.body.slice(meant.index + meant[0].length)));
  const { body } = message;
  // 病假 alone is written of work and school as well.
  const commanded =
    message.command?.name === 'attendance' &&
    /假/.test(message.command.word) &&
    (message.spokenTo || message.command.word === '请假' || message.command.rest !== '');
  // 我没请假 says the contrary.
  if (/(?:没|冇|未|不)(?:有|想|用)?请(?:过|了)?(?:个)?假/.test(body)) return null;
  // 不该算请假, 记的请假: what was made of it is told, none is asked.
  if (/(?:不(?:应)?(?:该|能)?|算|记|写)(?:算|记|写|成|是|的|了|我)*请(?:的)?假/.test(body)) return null;
  if (!ASKS_LEAVE.test(body) && !commanded) return null;
  if (message.role === 'town' || message.role === 'system') return null;
  const polite = /(?:请(?:个|一天|半天)?假).{0,8}(?:可以|行|好)(?:吗|不|么|嘛)/.test(body);
  if (message.asks && !polite && !commanded) return null;
  if (
    (/应到|实到|缺席|迟到/.test(body) && /请假\s*[\d一二两三四五]+\s*(?:人|个|名|位)/.test(body)) ||
    /提前请假|需请假|要请假的|请假的(?:要|人|都|来|有|是|为|[:：])|请假(?:人员|名单|\d+人?)\s*[:：]|请假扣|(?:不许|不准|禁止|不得|谢绝)请假|(?:各位|定于|请大家)[^]*请假|不按缺席|请假条(?![:：])/.test(
      body,
    ) ||
    /@所有人|通知[:：]/.test(message.text)
  )
    return null;
  // 请假：甲、乙 is a roll; 请假：3月15日党日，因培训。甲 by that person asks.
  if (/请假\s*[:：]/.test(body) && message.names().some((n) => !n.members.includes(message.sender ?? '')))
    return null;
  const ref =
    /我也|同请/.test(body) && message.before
      ? findMeeting(message.part(message.before.text), 'future')
      : findMeeting(message, 'future');
  const granted = namesMeeting(body) || saidToGrantor(message, ref) || (ref?.by === 'name' && ref.planned);
  if (!granted && ELSEWHERE.test(body)) return null;
  if (/昨天|上次|上周|上回|那次|前天/.test(body) && ref?.by !== 'name') return null;
  // 王建军叫我说一声，他请假: which of them?
  const unclear = message.names().find((n) => n.members.length > 1 && n.start < 6);
  if (unclear && /(?:让|托|叫|要|喊)我|帮|替|代/.test(body) && ref)
    return {
      act: 'ask',
      intent: 'attendance',
      command: 'leave',
      slots: { candidates: unclear.members },
      question: {
        text: whichOf(unclear, '请假'),
        missing: ['member'],
        choices: unclear.members.map((label) => ({
          label,
          reading: leaveReading(ref, 'leave_request', [label], reasonOf(body)),
        })),
      },
    };
  const who = whoAsks(message);
  if (!who) return null;
  const namesLeave = /假/.test(body);
  if (!granted && ref?.by !== 'name' && !message.spokenTo && !commanded && !asksPlainly(message)) return null;
  if (ref && isRelevant(message, ref) && (ref.planned || ref.by === 'name') && ref.date >= message.today) {
    // 来不了 alone, with nothing but the clock to go by, may be about anything.
    if (
      !namesLeave &&
      (ref.by === 'clock' || ref.by === 'date') &&
      !message.spokenTo &&
      !/会(?!来|去|到|不)|党|学习|培训/.test(body)
    )
      return askWhether(message, ref, who);
    return leaveReading(ref, 'leave_request', who, reasonOf(body));
  }
  if (!namesLeave) return null;
  // 26号的会我去不了，请个假: no meeting on that day.
  const unplanned =
    ref?.by === 'date' && !ref.planned && /\d[号日].{0,4}会/.test(body) && /我|本人/.test(body);
  if (message.spokenTo || commanded || unplanned || bareDayLeave(message)) {
    const day = ref?.date
      ? `${Number(ref.date.slice(5, 7))}月${Number(ref.date.slice(8))}日没有安排会议，`
      : '';
    return {
      act: 'ask',
      intent: 'attendance',
      command: 'leave',
      slots: {},
      question: { text: `${day}请的是哪一次会的假？`, missing: ['meeting'] },
    };
  }
  return null;
}
