/** Reading questions about how things work: how to report, what costs points, what dues and leave mean. */
import type { Message, ReadingDeclaration } from '../language/message.ts';
import type { Reading } from '../reading.ts';

const WORDS = ['帮助', '菜单', '使用说明', 'help', '命令'];
export const HELP_HINT = /[?？]|怎么|么样|么办|如何|吗|不|么|多少|几|哪|谁|啥|什么|没有?$|可以|帮助|菜单/;

const HOW =
  /怎么|么样|咋|如何|么办|什么格式|发给谁|发到哪|写什么|在哪(?:里|儿)?|要不要|用不用|能不能|可不可以|可以(?:不|吗|么)|行不行|行吗|要.{0,4}吗|会.{0,6}吗|算不算|算.{0,6}吗|多少|几分(?!钟)|几次|几个|什么|吗|有没有|(.)不\1|给谁|找谁|几多|好多|几天|多久|找哪|哪个|哪些|[不啵没]$|[?？]/;
/** Whose points and rules people ask about elsewhere. */
const SHOPPING =
  /会员|兑换|消费|游戏|商城|淘宝|京东|超市|银行|信用卡|驾照|驾驶证|满减|抽奖|段位|落户|学校|高考|中考|考试|[定微重]积分|综测|辅导员|年级|全勤|奖学金|作业|课程|绩点|学分|老师|公司|工资|老板|上班|航空|里程|手机|话费|流量|电信|移动|联通|支付宝|花呗|观影|视频|直播|微博/;

/** Topics, in order: the first that fits is the answer's. */
const TOPICS: readonly (readonly [string, (text: string) => boolean])[] = [
  [
    'proof_alternative',
    (t) =>
      /(?:不会|发不了|发不出|不能|没[有得]?|冇得?|忘(?:了|记)).{0,8}(?:照片|拍照|拍照|智能手机|打字|用手机|手机|微信|图片)/.test(
        t,
      ) &&
      /老(?:同志|党员|人|年)|党员|代报|补?报(?![名销警价废])|上报|巡逻|积分/.test(t) &&
      /怎么|么样|么办|如何|咋|吗|可以不|行不行|能不能|可不可以|要不要|[?？]/.test(t),
  ],
  [
    'dues_rule',
    (t) =>
      /党费/.test(t) &&
      !/[了过]几天|(?:晚|迟)交了/.test(t) &&
      !/(?:交|缴|转|收)(?:过|齐|完)?了(?:吗|没有?)$|交没交/.test(t),
  ],
  [
    'leave_rule',
    (t) =>
      /(?:请(?:病|事)?假|迟到|早退|缺席|不来|没来|旷会|党员.{0,4}不(?:回来|回|去|参加).{0,4}(?:会|学习|主题党日|党课))/.test(
        t,
      ) &&
      /扣.{0,4}分|扣分|扣不扣|扣几|扣多少|扣好多|扣吗|扣得?一样|算缺席|怎么算|要扣|几分(?!钟)/.test(t) &&
      !/钱|工资|奖金|全勤/.test(t),
  ],
  [
    'objection',
    (t) =>
      /^(?:有|对分有)?意见(?:找|跟|向)(?:谁|哪个|哪里)|(?:异议|申诉|不服|有意见|分.{0,4}(?:不对|有问题|错)).{0,10}(?:怎么|么样|么办|找谁|找哪|如何|向谁|向哪|跟谁|可以|几天|多久)/.test(
        t,
      ) || /(?:怎么|么样|如何|找谁|找哪个|向谁|跟谁|几时|什么时候).{0,6}(?:提异议|异议|申诉)/.test(t),
  ],
  [
    'confirm',
    (t) =>
      /(?:确认|签字|公示).{0,10}(?:怎么|么样|如何|多久|几天|什么时候)|(?:怎么|么样|如何).{0,6}确认/.test(t) &&
      /公示|积分|分|确认$/.test(t) &&
      !/收货|订单|收款/.test(t),
  ],
  [
    'claim',
    (t) =>
      /认领|换个?岗|选岗|报岗|领岗|志愿服务岗|两个岗|3号岗/.test(t) &&
      /(?:岗位?|认领|换岗).{0,14}(?:怎么|么样|如何|可以|能不能|几个|哪些|哪几|什么|吗|多少)|(?:怎么|么样|如何|可以|能不能).{0,8}(?:认领|换岗|选岗|岗位)/.test(
        t,
      ) &&
      /岗/.test(t),
  ],
  [
    'report',
    (t) =>
      /(?:报|上报|记|登记|打卡).{0,10}(?:怎么|么样|咋|如何|什么格式|发给谁|发到哪|写什么)|(?:怎么|么样|咋|如何).{0,6}(?:报|上报|登记)|(?:巡逻|打扫|走访|宣传|扫除|调解|巡查).{0,10}(?:怎么|么样|如何|要不要|用不用|算不算).{0,8}(?:报|发|记|照片|拍照|算|次)/.test(
        t,
      ) && /巡|扫|走访|岗|活动|履职|宣传|调解|积分|照片|补报/.test(t),
  ],
  [
    'rule',
    (t) =>
      /加(?:几|多少|几多|好多|得了?)?分.{0,4}(?:不|吗|么|啵|没)$|(?:能|可以|会)加.{0,4}分|加分.{0,6}(?:封顶|上限|几|哪些|怎么)/.test(
        t,
      ) &&
      /加分.{0,8}(?:最多|封顶|上限)|七一|十一|国庆|表彰|见义勇为|好人好事|公益|党员|支部|积分|岗|村里|镇里|县里/.test(
        t,
      ),
  ],
  [
    'rule',
    (t) =>
      /(?:不合格|优秀|合格|星级|[一二三四五]星).{0,12}(?:怎么|么样|么办|会不会|多少分|几分|有什么|名额|比例|几个)|(?:预备党员|免考|流动党员|新党员).{0,10}(?:打不打|打分|积分|评不评|算不算分)|互评.{0,8}(?:匿名|怎么|么样|看得到|公开)|(?:迟到|早退|缺席).{0,6}(?:多久|几分钟|怎么算|么样算)|(?:最少|至少|要).{0,4}(?:几次|多少次)|几次(?:才|算).{0,4}(?:达标|够|合格)/.test(
        t,
      ),
  ],
  [
    'rule',
    (t) =>
      !/请(?:个)?假[,，]/.test(t) &&
      /(?:远程|线上|视频|网上).{0,4}(?:参加|开会|学习).{0,6}(?:行不行|可以|能不能|算不算|行不|行吗)|(?:七一|国庆|十一|表彰|见义勇为).{0,8}加(?:几|多少|好多)分|(?:迟到|早退)[\d一二三四五六七八九十]{0,3}(?:分钟|个小时)?.{0,2}算(?:不算|迟到|早退|缺席)|(?:在外|外面|外地|打工|流动).{0,6}(?:怎么|么样|如何)(?:算|打|记)分|(?:能|可以|能不能|可不可以).{0,2}(?:替|代|帮)我?.{0,2}(?:开会|签到|参加.{0,4}会|上党课).{0,2}(?:不|吗|么)?$/.test(
        t,
      ),
  ],
  [
    'rule',
    (t) =>
      /^(?:一个|每个|两个)?岗(?:位)?.{0,4}(?:多少|几|好多)分|(?:没|冇)(?:参加|来|去).{0,8}(?:党课|学习|培训|会).{0,6}(?:能不能|可不可以|能|可以).{0,2}补/.test(
        t,
      ),
  ],
  ['confirm', (t) => /^(?:那)?公示(?:期)?(?:要|是|有)?(?:几|多少)天/.test(t)],
  [
    'claim',
    (t) =>
      /(?:\d{1,2}|[一二三四五六七八九十]+)号岗.{0,8}(?:满|有人|还有|要人|做什么|干什么|是什么)|认领.{0,6}(?:几|多少|哪|要不要|能不能)|(?:预备党员|流动党员|老党员|免考).{0,6}(?:能|可以|要)?认领/.test(
        t,
      ),
  ],
  [
    'report',
    (t) =>
      /(?:巡逻|打扫|大扫除|走访|宣传|调解|巡查|报活动).{0,6}(?:要|用|需要|能|可以)?(?:不用)?(?:拍|发|传|带)?(?:照片|照|图).{0,3}(?:不|吗|么|没|吵)?$|(?:那|这)?(?:几)?次(?:巡逻|打扫|走访|活动).{0,6}(?:能不能|可不可以|能|可以).{0,4}补/.test(
        t,
      ),
  ],
  [
    'rule',
    (t) =>
      /^(?!.*我.{0,12}(?:记了|算了|报了|还差|还缺)).*(?:每|一个?)(?:个)?月.{0,6}(?:巡|扫|走访|打扫|宣传|联系).{0,6}(?:几|多少)(?:次|回|户).{0,6}(?:够|算|达标|合格|行)?/.test(
        t,
      ),
  ],
  [
    'leave_rule',
    (t) =>
      /(?:主题党日|党日|党课|党员大会|组织生活会?|支部.{0,4}会).{0,8}(?:要|用|得|需要)(?:不用|不要)?请(?:个)?假.{0,2}(?:不|吗|么|没)$/.test(
        t,
      ),
  ],
  [
    'leave_rule',
    (t) =>
      /请(?:个|病|事)?假.{0,6}(?:怎么|么样|找谁|找哪|跟谁|跟哪|如何|向谁)|(?:怎么|么样|如何|跟谁|找谁|向谁).{0,4}请(?:个|病|事)?假/.test(
        t,
      ),
  ],
  [
    'report',
    (t) =>
      /(?:代报|补报|报岗|报活动|报巡逻).{0,8}(?:可以|能不能|算不算|行不|怎么|么样|几天|多久|要不要)|(?:可以|能不能|能|可不可以).{0,6}(?:代报|补报)/.test(
        t,
      ),
  ],
  [
    'rule',
    (t) =>
      /积分.{0,10}(?:怎么|么样|如何|咋).{0,3}(?:算|计|评|来|得|扣)|(?:怎么|么样|如何).{0,4}(?:算|计).{0,3}积分|满分(?:是)?(?:多少|几)|(?:优秀|合格|几星|五星|星级).{0,10}(?:多少分|几分|怎么评|怎么算|要多少)|(?:每月|一个月|每个月).{0,8}(?:巡|走访|打扫|至少|要).{0,8}(?:几次|多少次)|(?:加分|扣分).{0,8}(?:怎么|有哪些|标准|最多|多少)|(?:缺席|迟到|早退).{0,6}扣(?:几|多少)|(?:巡逻|走访|打扫|大扫除|宣传).{0,6}(?:几分(?!钟)|多少分|加分吗)|积分.{0,8}(?:清零|清一次|清不清|作废|过期|滚存|累计).{0,2}(?:不|吗|么|没有?|[?？])?$|(?:巡逻|走访|打扫|大扫除|宣传).{0,4}算几(?:次|回)|义务.{0,8}(?:哪几|哪些|什么)|优秀怎么评/.test(
        t,
      ),
  ],
];

/** How a rule is asked after: whether one must, may, how often, how much, until when. */
const RULE_ASKED =
  /要不要|用不用|必须|一定要|是不是要|能不能|可不可以|可以(?:不|吗|么)|行不行|算不算|算数|作数|才算|够不够|扣不扣|(?:扣|加|得)(?:几|多少|好多|几多)|多少(?:次|分|天|户|钱)|几(?:次|分|天|号|个|遍|回|户)|好多(?:次|分|天)|截止|(?:到|哪|几)(?:一)?天|要(?:交|带|写|填|准备)?(?:什么|么事?|啥|哪些)|怎么(?:办|算|填|写|弄|评|选)|么样(?:办|算|填|写|弄|评)|会怎么?样|怎么(?:报|请|参加)|如何|找(?:谁|哪)|[吗不么]$/;
/** The points system's own words, each with the topic that answers. */
const OWN_SUBJECTS: readonly (readonly [string, RegExp])[] = [
  [
    'proof_alternative',
    /(?:照片|拍照|图片|印证).{0,12}(?:必须|一定|要不要|用不用|没有|可不可以|吗|不$)|(?:必须|一定|要不要).{0,8}(?:照片|拍照|图片|印证)|(?:没|冇|不)(?:有|得)?(?:拍)?照片?.{0,8}(?:算|可以|行)/,
  ],
  ['confirm', /^(?:那|这个|请问)?公示(?:期)?.{0,4}(?:几天|几号|截止|哪天|多久)/],
  ['objection', /对(?:支部的?)?答复.{0,8}(?:找|向|怎么)/],
  [
    'rule',
    /(?:党员|支部|表彰|公益|支委|岗).{0,8}加分|加分.{0,8}(?:党员|支部|表彰|公益|支委|么材料)|履职|为民办实事|亮岗|(?:巡逻?|打扫|走访|扫除|宣讲|宣传|联系支部|谈心)[^,，。]{0,4}(?:几|多少|好多)(?:次|回|户)|(?:免考|流动)党员/,
  ],
  [
    'rule',
    /(?:积分|党员).{0,6}(?:低于|不到|少于)\s*\d+分|党员.{0,6}优秀|积分.{0,4}优秀|(?:年底|多少分).{0,8}评.{0,3}优秀/,
  ],
  ['report', /(?:不会|没有|冇得)(?:用)?(?:智能机|智能手机|微信).{0,6}报/],
  ['claim', /(?:认领|换|选).{0,4}岗|岗位.{0,6}(?:改|换)|(?:一|两|几|三)个岗(?!位)/],
];

/** A question about the rules in the system's own words, whatever its turn of phrase. */
function ownSubject(message: Message, text: string): string | null {
  if (
    text.length > 30 ||
    SHOPPING.test(text) ||
    !RULE_ASKED.test(text) ||
    /你们?|我的分|我.{0,6}多少分|发下来|哪个时候|什么时候发|我.{0,12}(?:记了|算了|报了|做了|还差|还缺|还要)/.test(
      text,
    )
  )
    return null;
  // Asked of a rule, not told of one's own case.
  if (/明明|怎么(?:才|只|没|还)|么样(?:才|没|冇)|为什么|为么事|凭什么|比我|[的了](?:$|[,，])/.test(text))
    return null;
  if (message.context.pending.length > 0 && /不对|错|漏|少/.test(text)) return null;
  return OWN_SUBJECTS.find(([, subject]) => subject.test(text))?.[0] ?? null;
}

function plainlyOurs(topic: string, text: string): boolean {
  // Who has no smartphone asks of a phone, and of reporting through others.
  const phoneless =
    topic === 'proof_alternative' && /代报|补报|党员|同志|积分|岗|(?:怎么|么样|如何)报/.test(text);
  if (
    /(?:学会|晓得|知道|弄懂|搞懂)(?:了)?(?:怎么|么样|如何)|登不上|打不开|下载|密码|认领表|表(?:格)?(?:哪个|谁|在哪)/.test(
      text,
    )
  )
    return false;
  // 党费在手机上交行不行: by phone, not for it.
  if (topic === 'dues_rule' && /手机.{0,4}交/.test(text)) return true;
  if (SHOPPING.test(phoneless ? text.replace(/(?:智能)?手机/g, '') : text)) return false;
  if (topic === 'leave_rule' && !/扣|缺席|迟到|早退/.test(text))
    return /党课|主题党日|党日|党员大会|支部|组织生活/.test(text);
  if (topic === 'dues_rule')
    return /^党费.{0,4}(?:多少|几多|好多|几块)|^党费.{0,4}(?:怎么|么样|如何|咋|哪里|在哪).{0,3}交|(?:预备|流动|免考|退休|老)党员.{0,8}党费|扫码|现金|党费通|季|补交|迟交|晚交|预交|代交|扣.{0,2}分|按月|一起交|一次交|半年|全年|提前交|几号前|积分|^党费.{0,2}(?:交给谁|给谁|找谁交|交给哪个)/.test(
      text,
    );
  if (topic === 'leave_rule' || topic === 'proof_alternative') return true;
  if (topic === 'rule')
    return (
      text.length <= 24 &&
      /积分|履职|巡逻|走访|扫除|党员|义务|优秀怎么评|加分.{0,6}(?:最多|封顶|上限)|七一|见义勇为|好人好事|互评|免考|优秀.{0,6}名额|大会|岗|党课|国庆.{0,8}加|迟到.{0,8}算|算分|开会|签到/.test(
        text,
      )
    );
  if (topic === 'report' || topic === 'claim')
    return /岗|巡逻|走访|大扫除|履职|积分|认领|补报|代报|党员|(?:志愿|党员)?活动(?=怎么报(?![名销])|么样报(?!名))/.test(
      text,
    );
  // Land, tickets and fines are objected to as well: it is the points', or of nothing named at all.
  if (topic === 'objection')
    return (
      text.length <= 20 &&
      (/^有?意见(?:找|跟|向)|积分|公示|打分|得分|扣分|评分|分数|分.{0,4}(?:不对|有问题|错)/.test(text) ||
        /^(?:请问|我|要是|如果|那|想|要|有|对|怎么|么样|如何|找谁|找哪个|向谁|跟谁|几时|什么时候|提)*(?:异议|申诉|不服)/.test(
          text,
        ))
    );
  if (topic === 'confirm' && /^(?:那)?公示/.test(text)) return text.length <= 10;
  return /积分|党员|支部|公示.{0,12}(?:确认|异议|分)|(?:确认|异议|分).{0,12}公示/.test(text);
}

function answer(topic: string, about?: string): Reading {
  return {
    act: 'answer',
    intent: 'help',
    command: 'help',
    slots: { topic, ...(about === undefined ? {} : { about }) },
  };
}

/** 你好, 在吗, 辛苦了 to the bot: at most one line, and nothing is meant. */
const GREETING =
  /^(?:你好|您好|在吗|在不在|在不|hi|hello|嗨|哈喽|早|早上好|晚上好|下午好|中午好|晚安|谢谢|多谢|感谢|辛苦了?|收到|好的?|好嘞|知道了|晓得了|ok|嗯+|是的|对|真棒|厉害|不错|可以|新年好|节日快乐)?(?:你好)?(?:呀|啊|哈|你|您|了|小助手|机器人|大家好)*$/i;

function read(message: Message): Reading | null {
  const text = message.body
    .replace(/\s/g, '')
    .replace(
      /[报填举预海日周月年汇播](?:名|销|警|价|废|考|班|团|社)|举报|填报|预报|海报|日报|周报|月报|年报|播报|报道|报纸|报表/g,
      '某',
    );
  if (message.role === 'system') return null;
  if (message.command?.name === 'help') {
    const about = message.command.rest.trim();
    if (about === '') return answer('commands');
    return message.spokenTo ? answer('commands', about) : null;
  }
  if (message.role === 'town' && !message.spokenTo) return null;
  if (
    /^(?:你|机器人|小助手)?(?:会|能|可以)(?:做|干|帮)?(?:些)?(?:什么|么事|啥|哪些)|^怎么用|^有(?:什么|哪些)功能/.test(
      text,
    ) &&
    message.spokenTo
  )
    return answer('commands');
  if (text.length > 60 || !HOW.test(text)) return null;
  if (/三个岗|几个岗|两个岗/.test(text) && /可以|能|行/.test(text)) return answer('claim');
  for (const [topic, fits] of TOPICS)
    if (fits(text) && (message.spokenTo || plainlyOurs(topic, text))) return answer(topic);
  const own = ownSubject(message, text);
  return own === null ? null : answer(own);
}

/** Spoken to and not understood: it says what it can do, unless it was only greeted. */
export function readUnknown(message: Message): Reading | null {
  const text = message.body.replace(/[\s,，。.!！~?？]/g, '');
  return text === '' || GREETING.test(text) || text.length > 400 ? null : answer('unknown');
}

export const helpReading: ReadingDeclaration = { name: 'help', words: WORDS, read };
