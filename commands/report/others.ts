/** Whether somebody else did it, or it was done somewhere else: a neighbour village, a firm, a school, at home. */
import type { Message } from '../language/message.ts';
import type { Activity } from './activities.ts';
import { clauseAt } from './clauses.ts';

/** Never a post of the branch, whoever speaks. */
const ELSEWHERE =
  /隔壁(?:[一-龥]{1,3})?村|邻村|别的?村|人家村|他们村|外村|兄弟村|[一-龥]家村|小区|物业|业主|停车场|停车(?:费|位|政策)|保安|城管|公司|同学|室友|宿舍|寝室|班主任|老板|保洁|环卫工|环卫所|义工|社区(?:志愿|服务|活动)|志愿(?:队|者协会|时长|服务时长)|街道办|客户|顾客|机器人|扫地机|电视|新闻|视频里|抖音|游戏|副本|做梦|梦见|小说|外星|月球|上古|法院|律师|网吧|机场|景区|幼儿园里|班里|班上|实验室|军训|部队|连队|厂区|入职|面试|调研|问卷|小朋友|外婆|姥姥|姥爷|奶奶家|爷爷家|老家的?(?:房|屋)|丈母娘|岳父|岳母/;
/** Places of towns, which a village may have too: weighed against what else is said. */
const TOWN_PLACE =
  /单位|商场|超市|公园|健身房|仓库|车库|食堂|工地|驿站|店里|门店|写字楼|酒店|餐厅|车站|楼下|楼道|楼里|园区|校园|车间|办公室|教室/;

/** Does things to one's own home; a duty at home is family virtue only. */
const AT_HOME =
  /过年|年前|旧东西|衣服|被子|窗户|我家|家里|屋里(?!信号)|在家|房间|卧室|客厅|厨房|阳台|我妈|我爸|老公|老婆|男朋友|女朋友|我女儿|我儿子|儿子|闺女|猫|狗(?!肉)|鸡(?![蛋苗])|鸭|鹅/;
/** Somebody who is no member, as the one who does it. */
const PERSON =
  /^(?:(?:\d{1,2}月)?\d{1,2}[号日]|(?:上|这|本)?个?(?:周|星期|礼拜)[一二三四五六日天末]|大?前天|这两天|今[天早晚日]|昨[天晚日]|刚才|刚刚|早上|晚上|上午|下午|中午|凌晨|半夜|国庆|中秋|元旦|除夕|五一|去年|最近|上周|这周|那个|那|听说|据说|听讲|看到|看见|镇里|镇上|县里|村里的?|学校)?(?:的)?(?:他们?|她们?|它|人家|别人|有的?人|谁|哪个|某人|某些|派出所|公安|辅导员|专家|民警|警察|交警|特警|警车|辅警|网格员|水利站|供电所|电工|水电工|镇政府|镇里|县里|政府|上面|干部们?|领导|学生们?|老师们?|阿姨|大妈们|师傅|工人|施工队|队员|河长|巡河志愿者|志愿者|[猫狗]|环卫|城投|村里(?=今年|去年|装|修|请|给|又|才|终于|放|的?人)|文化广场(?=放|有|在)|阿[一-龥]|表[弟哥姐妹]|堂[弟哥姐妹]|姐夫|妹夫|姑[姑父]|舅[舅妈]|姨[妈父]|[二三大小]嫂|(?:司机|护士|医生|闺蜜|楼主|前任|男神|女神|房东|中介|快递员|小哥)|(?:隔壁|同事|保安|物业|邻居|婆婆|公公|岳父|岳母|学校|单位|厂里)(?=今|昨|前|上|中|下|晚|早|周|刚|在|把|去|又|天天|大扫除|夜)|([一-龥])\1(?![的巡扫看])|[一-龥]{1,2}[妈爸](?=今|昨|前|上|中|周|刚|在|把|去)|老[一-龥](?=今|昨|前|上|中|周|刚|凌|在|把|去)|[一-龥](?:经理|老师|总|哥|姐|师傅|医生)(?=今|昨|前|上|中|周|刚|凌|在|把|去|的))/;
/** Duties done in people's houses, with their fowl and their clothes. */
const HOUSES: ReadonlySet<string> = new Set([
  'family-virtue',
  'poverty-pairing',
  'left-behind-care',
  'mediation',
]);

/** Told of others in front of the duty. */
const TOLD =
  /听说|据说|听讲|(?:新闻|群|网|抖音|朋友圈|视频)(?:里|上)?(?:有人)?说|梦[见到]|看到(?!有人)|看见(?!有人)|发现人家|人家/;

/** Words that only mention a place or people of elsewhere. */
function withoutMentions(body: string): string {
  return body
    .replace(
      /(?:报|报告|联系|通知|移交|打|反映|跟|向|给)(?:了|给|到)?(?:派出所|城管|环卫所|水利站|供电所|物业|公司|单位|老板|法院)/g,
      '',
    )
    .replace(/(?:学校|公司|单位|超市|派出所|车站|公园|停车场)(?=门口|旁|边|附近|周边|对面|后头|前头)/g, '')
    .replace(/(?:看到|发现|劝|劝阻|制止|说了)有人|冇得人管|没人管/g, '')
    .replace(/(?:欠薪|讨薪|工钱|工资|老板)[^,，。]{0,14}(?:调解|协调|说|要|讨|给)/g, '调解')
    .replace(/(?:跟|和|找|给)(?:[一-龥]{0,3})?老板/g, '');
}

/** A walk for its own sake: whoever takes the dog round the village, or walks off a meal, keeps no watch. */
const STROLL =
  /散步|遛弯|遛狗|[带牵]着?(?:狗|狗子|孩子|娃|孙)[^,，。]{0,8}[转走逛溜]|溜达|消食|逛街|(?:吃|过)[^,，。]{0,3}饭[^,，。]{0,6}(?:转|走)了/;

/** What looks like a round and was a stroll. */
export function isStroll(body: string, activity: Activity): boolean {
  return activity.kind === 'patrol' && activity.strength === 'loose' && STROLL.test(body);
}

/** Went to see it, or says how it was: 村里放电影,去看了; 广场舞教练教得好. Who stages it says so. */
export function isSpectator(body: string, activity: Activity): boolean {
  return (
    activity.kind === 'culture_event' &&
    /(?:去|也|来|才|又)看了(?!一下|看)|看(?:到|得)(?:半夜|好晚|[一二三四五六七八九十\d]+点)|看完|(?:教|演|唱)得(?:真|很|蛮)?(?:好|不错|精彩|棒)/.test(
      body,
    ) &&
    !/我|组织|带头|带领/.test(body.slice(0, activity.end))
  );
}

/** Told of a place where members have no post; a village may have one of its kind. */
export function seemsElsewhere(body: string): boolean {
  return TOWN_PLACE.test(withoutMentions(body));
}

export function isElsewhere(body: string): boolean {
  return ELSEWHERE.test(withoutMentions(body));
}

/** Those a duty is done for may be talked of (留守儿童在家, 老人屋里, 到老黄家里). */
function withoutPeopleServed(body: string): string {
  return body
    .replace(/(?:村部|活动室|卫生室|党群|村委会)[^,，。]{0,4}(?:窗户|房间|厨房|客厅)/g, '村部')
    .replace(
      /(?:老人|儿童|孩子|婆婆|奶奶|爷爷|户|伢|爹|婶|伯)(?:一个人|独自)?(?:的)?(?:在家|家里|屋里|的?儿子|的?女儿|的?衣服|的?被子|的?窗户|的?房间)/g,
      '',
    )
    .replace(/(?:他|她)(?:一个人|独自)?(?:在家|家里|屋里|儿子|女儿)/g, '')
    .replace(/(?:到|去|在)[^,，。]{1,10}(?:家里|屋里|在家)/g, '')
    .replace(/(?:帮|给|替)[^,，。]{0,8}(?:洗|晒|收|缝|擦)[^,，。]{0,4}(?:衣服|被子|窗户)/g, '')
    .replace(
      /(?:儿子|女儿|媳妇|老公|老婆|两口子)(?=.{0,12}(?:扯皮|吵|矛盾|不孝|讲|家风|赡养|工作|劝|离婚))/g,
      '',
    )
    .replace(/养?[鸡鸭鹅](?:场|棚|舍)|(?:把|带着?|牵着?)(?:大|小|黑|黄)?狗/g, '')
    .replace(/(?:累|热|冻|忙|困)(?:得|成)(?:个|像|跟|条)*(?:狗|牛|猪|鸡)/g, '')
    .replace(/回(?:到)?(?:家|屋)里?|进?屋里坐|刚回屋/g, '')
    .replace(/送(?:了)?[^,，。]{0,8}(?:鸡|鸭|鹅|衣服|被子)|[鸡鸭鹅](?:苗|蛋)|狗叫|恶犬|流浪狗/g, '');
}

/** Somebody or something of one's own as the one who does it: 我家狗昨晚…, 我儿在学校…. */
const SEEN = /^\s*(?:路上)?(?:看到|看见|发现|碰到|遇到)有人/;
const MINE =
  /^\s*(?:昨晚|今晚|昨天|今天)?(?:我|咱)(?:们)?(?:家(?:的)?[狗猫鸡鸭鹅主狗]?|妈|爸|哥|姐|弟|妹|叔|舅|姑|老公|老婆|儿子?|女儿?|女婿|媳妇|孙子?|朋友|同事|同学|室友|老板|领导|邻居)(?!们村)/;

/** A beast as the one who does it: nothing that acts stands before it, and it is no part of another word (鱼塘, 牛栏). */
const BEAST =
  /^[^,，。我咱俺把被给帮替喂赶抓捉打防灭养看见现有和跟带为]{0,8}(?:猫|狗|[公母]?鸡|鸭|鹅|猪|牛|羊|马蜂|鱼|虾|鸟|麻雀|喜鹊|乌鸦|蛇|老鼠|耗子|蚊子|苍蝇|猴子?|大象|老虎|狮子|熊猫|狗熊|兔子?|乌龟|蚂蚁|青蛙|蛤蟆|癞蛤蟆|蜜蜂|狐狸|黄鼠狼|野猪)(?![塘栏圈棚舍窝粪市肉叫场池蛋苗奶])/;
/** Kin, children, machines and heroes of films as the ones who do it. */
const NO_MEMBER =
  /^[^,，。我咱俺把被给帮替送接看教劝陪见现有和跟同带为叫喊]{0,8}(?:孩子|小孩|小朋友|小伢|细伢|伢们|娃|孙子|孙女|孙伢|外孙|儿子|女儿|儿媳|女婿|老伴|老公|老婆|媳妇|邻居|奥特曼|超人|孙悟空|黑猫警长|汪汪队|无人机|机器人|机器狗)(?!的|家|屋)(?:们|女)?(?![^,，。]{0,6}(?:我|咱|一起|一路))/;
/** Duties that a beast may be said to do in jest; in the others it is what people quarrel over or give. */
const STRIDING: ReadonlySet<string> = new Set([
  'security-patrol',
  'sanitation',
  'facility-upkeep',
  'culture-sports',
]);

/** 塘里的鱼都跑到我屋后头巡逻了, 猫主子巡逻完毕, 孙子在村里巡逻了一圈: whoever it is, not one of the branch. */
export function isOfNoMember(body: string, activity: Activity): boolean {
  if (!STRIDING.has(activity.post)) return false;
  const clause = clauseAt(body, activity);
  const lead = clause.slice(0, clause.indexOf(body.slice(activity.start, activity.end)));
  return BEAST.test(lead.trimStart()) || NO_MEMBER.test(lead.trimStart());
}

/** 国庆她清理垃圾三次: he or she, and whom the sender only told of, right before the duty. */
const THIRD_PERSON = /(?<![和跟给帮替把为对同与陪送教叫让请由][^,，。]{0,2})[他她]们?$/;

/** 我跟邻居讲和了: one's own quarrel is nobody's mediation. */
const OWN_QUARREL = /(?:我|咱)(?:跟|和|与|同)[^,，。把劝给两带去]{1,6}(?:讲和|和好|吵|闹翻|扯皮|闹矛盾)/;

/** Whether the clause of the duty speaks of another doer, or of one's own household. */
export function isOfOthers(message: Message, activity: Activity): boolean {
  const { body } = message;
  const clause = clauseAt(body, activity).replace(SEEN, '');
  const start = clause.trimStart();
  const before = body.slice(0, activity.start);
  if (!/我|咱/.test(before) && message.names().length === 0 && THIRD_PERSON.test(before.trimEnd()))
    return true;
  if (activity.post === 'mediation' && OWN_QUARREL.test(clause)) return true;
  if (
    MINE.test(clause.slice(0, clause.indexOf(body.slice(activity.start, activity.end)))) &&
    activity.post !== 'family-virtue'
  )
    return true;
  if (/(?:我|咱)(?!们村里|[家妈爸哥姐弟妹叔舅姑]|老公|老婆|儿|女)/.test(before) && !TOLD.test(before)) {
    return activity.strength === 'loose' && AT_HOME.test(withoutPeopleServed(clause));
  }
  // 村里的工程款我核了一遍: whose thing it is stands first, who did it behind.
  if (/我(?!们村里|[家妈爸哥姐弟妹叔舅姑屋]|的|老公|老婆|儿|女)/.test(clause) && !TOLD.test(before)) {
    return activity.strength === 'loose' && AT_HOME.test(withoutPeopleServed(clause));
  }
  const member = message.names().some((n) => n.start <= 4 && n.how !== 'title');
  if (!member && (PERSON.test(start) || PERSON.test(body.replace(SEEN, '')))) return true;
  if (TOLD.test(before)) return true;
  if (HOUSES.has(activity.post)) return false;
  return AT_HOME.test(withoutPeopleServed(clause));
}
