/**
 * What looks like a date and is none. The lists were gathered from the compounds that follow 号, 点, 日 and bare
 * numbers in village chat and in the date test suites named in spec/dates.md; they name kinds of words
 * (numbered things, measures, quantities), not sentences.
 */
import { before, holdsAt, sticky } from './words.ts';

/** Measures that follow a number at once (8.5公里) and turn it into a quantity. */
const UNIT_NEAR = sticky(
  '(?:勺|碗|杯|户|人(?!居|大|民|员|工)|次|元(?!旦|宵)|块|毛(?!毛)|角(?!落)|分(?!别|头|组|片|类|发|工|批|段|流|享|析|散)|个(?!人|别|体)|组(?!织|建|长)|名(?!单)|位(?!于)|斤|两|公斤|公里|公顷|公分|' +
    '千|厘米|毫米|米(?!粉|饭)|里(?!面|边|程)|亩|吨|度(?!假|过)|天(?!气|晴|黑|亮|冷|热|刚|下)|小时|钟|分钟|秒|岁|%|‰|成(?!立|功|果|员|了)|倍|只(?!有|要|是|能|来|剩)|头(?!发)|条(?!件|例)|件|棵|株|盏|袋|桶|辆|台(?!风|账)|套(?!种)|份|篇|期(?!间|末|中)|届|' +
    '栋|幢|楼|层|班(?!子|会)|轮(?!流|值|岗)|遍|趟|场(?!所|地)|处(?!理|置)|页|项(?!目)|票|桌|箱|瓶|盒|万|百|亿|平方|平米|立方|升(?!旗|国|级|学)|克(?!服)|' +
    '℃|°|折|寸|尺|级|根(?!据|治)|声道|副(?!书|主|组|支|镇|乡|队|村)|双(?!休|方)|把(?!关)|支(?!委|部|持|书)|匹|户|年(?!月)|点[五零〇一二三四六七八九]|k[mg]|c?m\\b|w\\b|kw|[a-zA-Z$])',
);
/** Measures that still belong to the number across a blank. */
const UNIT_FAR = sticky(
  ' {0,2}(?:kg|km|cm|元(?!旦|宵)|块钱|户(?!外|籍|厕)|人次|人$|人[ ,，。、]|次|个(?!别|人)|小时|分钟|公里|公斤|斤|亩|吨|米|度|%|岁|天|组(?!织|建|长)|名|分$|分[ ,，。、])',
);
/** Words that announce a quantity: 满意度98.5, 水位3.5, 得分9.5. */
const QUANTITY =
  /(?:[座栋幢室]|[率度位温压重长宽深价费款额分钱量均高差比版为约共计达涨降增减加扣超剩欠付收买卖花得评打¥$#×xX*vV.:第]|[花买卖用交收涨跌扣加减得打付]了|合计|总共|一共|超过|达到|不足|将近|不到|比分|海拔|价格|[每一][斤米亩吨户人个平]|版本|系统|安卓|微信|鸿蒙|(?:ios|android|windows|app)|编号|电话|手机|尾号|账号|户号|密码|型号) {0,1}$/i;

/** Things that carry a number with 号: 5号楼, 3号桥, 1号文件, 12号台风. */
const NUMBERED = sticky(
  ' ?(?:楼|栋|幢|院(?!落)|单元|宿舍|室|房(?!前|屋)|门(?!口|前|外)|桥|岗|文(?!明|艺|化|体|娱)|令|公告|通知|线(?!上|下)|路(?!口|面|边|上|过)|井|渠(?!道)|沟(?!渠|通|边|里)|塘(?!边|里|口)|坑|库(?!区)|闸|坝(?!上|头)|' +
    '堰|泵|站(?!岗|台|里|好)|机(?!耕|械|关|收)|车(?!站|间|上)|船|厅|馆|店|铺(?!草|路|设|砖|管|上|了|地|沙)|摊|桌|床|柜|箱|灯|杆|桩|点(?=位|$|[ ,，。、])|位|牌|码|池|棚|' +
    '大棚|鱼塘|田(?!间|埂|里|头)|地(?=块|$|[ ,，。、除翻耕])|片区|网格|选手|候选|台风|基站|变压|窗|电(?:梯|杆|站|箱|表)|病|墩|梯|炉|仓|厂|矿|字|球|弄|巷|街(?!道|上)|' +
    '码头|小区|考场|考点|提案|议案|合同|套餐|高速|公路|隧道|出口|卡口|垃圾(?:桶|箱|池|屋)|树(?=$|[ ,，。])|会议室|农场|林班|渠道|方案|样|人物|人选|人(?=$|[ ,。;、])|嘉宾|染|油|汽油|柴油)',
);
/** Words before a number with 号 that make it an address or a mark: 柳林路5号, 第5号. */
const ADDRESS =
  /(?:(?<![日号] ?)-|[0-9]$|[a-zA-Z#./+第路街巷弄道坊苑楼栋幢桥庄账型尾编工学户票座排车床线]|大院|门牌|手机|电话|微信|小区|单元|工位) ?$/;

const DAY_COMPOUND = sticky('(?:[常子光益渐夜均游三记历报语用托间落头照化志之内元程耗薪后])|日|[一两二三]餐');
const DAY_COUNT = /(?:[第每近这那几两数隔某共满限头整等逢单双]|历时|连续|为期|每隔|不足|超过) ?$/;

/** Nouns that one counts in 点: 三点意见. */
const POINTS = sticky(
  ' ?(?:意见|建议|要求|体会|感[想受悟触]|想法|看法|希望|期望|说明|补充|内容|问题|疑问|原因|理由|心得|好处|不足|措施|做法|思考|启示|共识|注意|提醒|经验|教训|小|' +
    '档|要点|工作要|倡议|承诺|计划|目标|任务|水(?!管|库|利|渠|泵|电|井|质|源)|一线|之间|式|钱|儿(?!子|童|女)|点|都|也|没|不(?!到)|用|东西|零食|心意|感情|情况|变化|进步|收获|成绩|规定|纪律|优|缺|爱|力|油|盐|菜|饭(?!后)|酒|' +
    '积?分|奖励|贡献|责任|认识|打算|共[同性]|结论|信息|事项|安全提示|提示|差|区别|人手|材料|时间(?!到|开))',
);
/** Words before N点 that make it a count: 提三点, 第二点, 加2点. */
const POINTS_BEFORE =
  /(?:[提讲谈]了|[加扣减提讲说谈第有这那几注涨跌降升百积记奖罚+*调]|强调|补充|归纳|总结|明确|做到|分享|汇报|反映|下面|以下|如下|围绕|坚持|把握|突出|希望|牢记|这么|那么) ?$/;
/** Words before 一点, 两点 that make it a degree: 差一点, 早两点. */
const DEGREE_BEFORE = /[差早晚快慢多少大小好高低远近等着轻重稍了] ?$/;

const GREETING = sticky(
  ' ?(?:好(?!像|多|几|些|久|冷|热|大|不|在|容|吃|的|了)|安(?!排|装|全|置)|愉快|快乐|见|吉祥|茶)',
);

const EVERY = /(?:每隔?(?:个|一个?)?|逢|各个?|隔)$/;

/** Whether a number that ends at `at` measures something. */
export function isQuantity(text: string, start: number, at: number): boolean {
  return holdsAt(UNIT_NEAR, text, at) || holdsAt(UNIT_FAR, text, at) || QUANTITY.test(before(text, start));
}

/** Whether the number that ends at `at` is followed by a measure; what stands before does not matter. */
export function isMeasured(text: string, at: number): boolean {
  return holdsAt(UNIT_NEAR, text, at) || holdsAt(UNIT_FAR, text, at);
}

const SCORE = /(?:比分|比|以|比例|[赢输胜负平]) ?$/;
const SCORE_AFTER = sticky(' ?(?:[赢输胜负]|战平|逆转|大胜|的比例|比例|配[药制比]|稀释|兑水|结对)');

/** 3:2赢了, 比分2-1, 1:200兑水: a score or a ratio. */
export function isScore(text: string, start: number, at: number): boolean {
  return SCORE.test(before(text, start, 3)) || holdsAt(SCORE_AFTER, text, at);
}

/** 5号楼, 柳林路5号, 第5号: a number of a thing. `at` is after 号. */
export function isNumbered(text: string, start: number, at: number): boolean {
  return holdsAt(NUMBERED, text, at) || ADDRESS.test(before(text, start));
}

/** The same for what follows alone, where a range or a list has settled what stands before. */
export function isNumberedThing(text: string, at: number): boolean {
  return holdsAt(NUMBERED, text, at);
}

/** 一日三餐, 七日内, 第三日: a count of days. `at` is after 日. */
export function isDayCount(text: string, start: number, at: number): boolean {
  return holdsAt(DAY_COMPOUND, text, at) || DAY_COUNT.test(before(text, start));
}

/** 三点意见, 提两点, 差一点: not an hour. `at` is after 点; `hour` the number before it. */
export function isPoints(text: string, start: number, at: number, hour: number): boolean {
  const left = before(text, start);
  return holdsAt(POINTS, text, at) || POINTS_BEFORE.test(left) || (hour <= 2 && DEGREE_BEFORE.test(left));
}

/** The same where a day or part of the day stands before: only what follows 点 can tell (今天三点意见). */
export function isPointsAfter(text: string, at: number): boolean {
  return holdsAt(POINTS, text, at);
}

/** 早上好, 晚安. `at` is after the part of day. */
export function isGreeting(text: string, at: number): boolean {
  return holdsAt(GREETING, text, at);
}

/** 每周一, 逢五: a habit, not a day. */
export function isHabit(text: string, start: number): boolean {
  return EVERY.test(before(text, start));
}

/**
 * The commoner surnames (those of the 2020 national list that are not also everyday words before a date), for
 * telling 李国庆 and 朱明天 from 国庆 and 明天 where no roster was given.
 */
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤祝';
const NAMED = new RegExp(`(?:^|[ \\n,，。;；、:：!()+@#*/\\[\\]"]|[和跟与同找请]|[0-9]\\.)[${SURNAMES}]$`);

/** Whether a surname that opens a word stands right before: the holiday or weekday is somebody's name. */
export function isGivenName(text: string, start: number): boolean {
  return start > 0 && NAMED.test(before(text, start, 2));
}

/** Single characters that may follow a weekday and stand alone; any other makes 周一鸣 a name. */
const AFTER_WEEKDAY =
  '早晚上下中夜前后去来到至和跟与同开巡扫干做办有没在是都也吧了的呢啊哈呀吗嘛休请班会见聚停补交收那这全又还再就才要不我你他她咱大各共由从当起日末一二三四五六天、';
/** Characters of given names that start no word one would say after a weekday. */
const GIVEN =
  '鸣妹娃娥娟婷英芳兰梅桂霞燕莲菊玲珍琴翠凤红秀亮军强刚勇伟杰涛波峰虎福贵旺斌辉鹏鑫淼磊娜丽敏静洁萍芬蓉茂昌盛荣仁义';
const SURNAME_ZHOU = new RegExp(`[${GIVEN}]|[\\u4e00-\\u9fff](?=$|[ \\n,，、;；:：。!(@])`, 'y');
const MAY_FOLLOW = sticky(`[${AFTER_WEEKDAY}]`);

/** 周一鸣, 周三妹: the surname 周, not a weekday. `at` is after the numeral. */
export function isZhouName(text: string, start: number, at: number): boolean {
  if (text[start] !== '周') return false;
  if (/[上下这本个]/.test(before(text, start, 1)) || holdsAt(MAY_FOLLOW, text, at)) return false;
  return holdsAt(SURNAME_ZHOU, text, at);
}
