/**
 * What counts as doing one's post: verbs and what they are done to. The duties are those of the regulation, 四(二)2
 * (1)–(11); the everyday words for them (转了一圈, 扯皮, 搞卫生) are village speech, from own knowledge.
 */

export interface Activity {
  readonly post: string;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  /** `named`: the post's own word. `plain`: verb and object tell it. `loose`: what people also do at home. */
  readonly strength: 'named' | 'plain' | 'loose';
  /** The words leave the post open: an elder visited may be care or pairing. */
  readonly open?: boolean;
}

interface Pattern {
  readonly post: string;
  readonly kind: string;
  readonly pattern: RegExp;
  readonly strength: Activity['strength'];
  readonly open?: boolean;
}

const FACILITY =
  '(?:泵站|泵房|水泵|抽水机|水闸|闸门|闸口|水渠|渠道|沟渠|主渠|支渠|涵洞|涵管|桥面|桥墩|桥梁|便桥|[一-龥]桥(?!头)|护栏|栏杆|路灯|电线杆|电杆|变压器|水塔|蓄水池|水井|机井|井盖|窨井|水库|大坝|坝上|坝子?|堤坝|河堤|江堤|堤防|堤段|塘堰|堰塘|塘坝|护坡|健身器材|体育器材|标识牌|指示牌|路牌|警示牌|宣传栏|大喇叭|广播|监控|摄像头|路面|路基|路肩|机耕路|村道|消防栓|灭火器|消防器材|候车亭|凉亭|公厕的灯|公共设施|设施|光伏板?)';
const FIX =
  '(?:巡查|巡检|检查|查看|察看|排查|查了|看了|维修|维护|养护|管护|检修|抢修|整修|修好|修理|修补|修了|修|更换|换了?|疏通|清淤|堵|加固|补好|补了|填|刷漆|油漆|保养|除锈|扶正|扶起|接好|装好|装了|安装|焊|紧了?|拧|通了|垫)';
const PUBLIC_PLACE =
  '(?:路|街|巷|桥头|桥下|卫生室|广场|村部|村委会|党群服务中心|垃圾|垃圾桶|垃圾堆|杂草|杂物|水沟|阴沟|排水沟|沟|门前屋后|房前屋后|塘边|塘里|河道|河边|河里|公路|村道|祠堂|公厕|厕所|绿化带|花坛|小广告|牛皮癣|白色垃圾|落叶|积雪|路口|文化墙|敬老院|福利院|活动室|篮球场|村口|湾子?里|塆里|[一二三四五六七八九十\\d]+组)';
const ELDER =
  '(?:留守(?:儿童|老人|妇女|伢|孩子|老两口|娃)|空巢老人|独居老人|孤寡老人|五保户?|五保老人|残疾人|高龄老人|老党员|困境儿童|(?:(?![了看的个位名去是些这那我你他她家老几过])[一-龥]|[一二三四五六七八九十\\d]组的?|湾里的?)(?:婆婆|奶奶|爷爷|大爷|大娘|大妈|太婆|婆|爹爹?|伯伯?|婶子?|老人家?))';

const P = (
  post: string,
  kind: string,
  strength: Activity['strength'],
  source: string,
  open = false,
): Pattern => ({
  post,
  kind,
  strength,
  pattern: new RegExp(source, 'gu'),
  ...(open ? { open } : {}),
});

const PATTERNS: readonly Pattern[] = [
  // (3) 治安巡逻
  P(
    'security-patrol',
    'patrol',
    'named',
    '治安(?:巡逻|巡查|巡防|联防)|(?:夜间?|义务|步行|骑车)?巡(?:了|过|完|的|好)?(?:一|两|三|几)?(?:次|趟|遍|个|回|圈|晚)?逻|巡夜|夜巡|巡了夜|巡防|打更|守卡点?|卡点值守|在?(?:卡点|路口|山口|防火点).{0,4}(?:守了?|值守|值班)|治安值班|护村值班',
  ),
  P(
    'security-patrol',
    'patrol',
    'loose',
    '(?:转|巡|走|逛|溜|查)(?:了|过)?(?:一|两|几|三)?(?:大|小)?(?:圈|遍|趟)|巡村|巡查|排查.{0,8}(?:治安|可疑|陌生人|安全隐患)',
  ),
  // (4) 公共设施维护
  P(
    'facility-upkeep',
    'facility_check',
    'plain',
    `(?:${FIX})(?:了|过|完|好)?(?:一下|下|一遍)?.{0,8}?${FACILITY}|${FACILITY}.{0,14}?(?:${FIX}|上报|报修|打(?:了)?电话)|巡(?:河|堤|库|塘|渠|坝|护|线)|给.{0,6}${FACILITY}.{0,6}(?:上油|刷)`,
  ),
  P(
    'facility-upkeep',
    'facility_check',
    'loose',
    `(?:${FIX})(?:了|好)?.{0,8}?(?:水管|管道|下水道|电线|线路|水池|门锁|灯)|(?:水管|管道|下水道|电线|线路|水池|灯).{0,10}?(?:${FIX})`,
  ),
  // (5) 环境卫生维护
  P('sanitation', 'cleanup', 'named', '大扫除|大清扫|环境整治|清洁家园|人居环境|卫生死角'),
  P(
    'sanitation',
    'cleanup',
    'plain',
    `(?:打扫|清扫|清理|清运|清除|清掏|冲洗|铲除|铲|捡拾?|拾|拖|割|除|扫(?![码描墓黄黑盲雷货兴])|清|整理)(?:了|过|完|的是|的|干净)?.{0,8}?${PUBLIC_PLACE}|${PUBLIC_PLACE}.{0,8}?(?:打扫|清扫|清理|清运|扫了|清了|扫干净|扫完|捡了|铲了|冲了|拖了|割了|搞干净)|(?:垃圾|杂草).{0,6}(?:清|捡|拖|运|割|锄)|(?:公共|村里的?)(?:环境)?卫生`,
  ),
  P(
    'sanitation',
    'cleanup',
    'loose',
    '扫(?:了|完|过)?(?:一下|一遍|半天|一上午|一下午)?(?:的)?地|扫的(?:是)?|义务劳动|(?:打扫|搞)(?:了|完|的)?(?:一下|下)?(?:环境)?卫生|打扫|清扫',
  ),
  // (1) 政策宣传
  P(
    'policy-publicity',
    'policy_publicity',
    'plain',
    '(?:宣讲|宣传|讲解|讲了|讲过|解读|解释|念了|读了|科普|普及|介绍|说了说).{0,16}?(?:政策|新农合|农合|医保|社保|养老保险|禁烧|秸秆|防火|防汛|反诈|诈骗|条例|惠民|扫黑|征兵|防溺水|溺水|党史|红色故事|二十大|全会|精神|低保|殡葬|移风易俗|补贴|禁渔|禁捕|普法|法律|民法典|安全知识|安全用电|交通安全|一号文件|森林法)|(?:政策|新农合|医保|禁烧|秸秆|防火|反诈|条例|惠民|扫黑|防溺水|普法).{0,10}?(?:宣讲|宣传(?!片|单|栏)|讲解|讲了|讲给)|(?:发|散|贴|送)(?:了|放了?|完|出)?.{0,10}?(?:宣传单|宣传页|宣传资料|传单|明白纸|明白卡|倡议书|公开信|宣传册|标语)|(?:挂|拉)(?:了)?.{0,4}?(?:横幅|标语)|入户宣传|上门宣传|政策宣传',
  ),
  // (6) 文体健身
  P(
    'culture-sports',
    'culture_event',
    'plain',
    '(?:组织|带|带领|领着?|教|排练|举办|办|搞|主持|牵头|放)(?:了|着|完|大家|乡亲|村民|姐妹们?|嫂子们?|娃们?|老年人?|老人|伢们)?.{0,10}?(?:广场舞|太极|八段锦|腰鼓|篮球赛|篮球|拔河|乒乓球|唱戏|黄梅戏|楚剧|采莲船|舞龙|舞狮|文艺演出|节目|晚会|联欢|象棋|露天电影|电影|健身操|体操|运动会|趣味赛|比赛|农家书屋|读书会|棋牌赛|象棋赛|乒乓赛|羽毛球|歌咏|朗诵|秧歌|花鼓|龙舟|拔河赛)|(?:广场舞|太极拳?|八段锦|腰鼓|篮球赛|拔河|黄梅戏|采莲船|舞龙|文艺演出|晚会|露天电影|健身操|运动会|象棋赛|比赛).{0,8}?(?:组织|带|教|领|主持|举办|办|搞)的?',
  ),
  // (7) 信访矛盾化解
  P(
    'mediation',
    'mediation',
    'plain',
    '(?:扯皮|纠纷|矛盾|吵架|吵起来|吵嘴|争执|争地|争水|打架|打起来|闹别扭|闹矛盾|闹得|过节|相骂|信访户|上访户|要上访|想上访).{0,24}?(?:调解|调和|调好|劝|化解|解决|说和|摆平|讲和|和好|握手|说通|做通|谈妥|搞定|平息)|(?:调解|调和|化解|劝解|劝和|说和|劝说|做通)(?:了|好|完|成功|掉)?.{0,16}?(?:扯皮|纠纷|矛盾|吵架|争执|邻里|婆媳|夫妻|两口子|两家|信访|上访|思想工作)|调解(?:好|成|成功|完|了)|(?:两家|婆媳|两口子|邻居).{0,14}?(?:劝好|劝和|劝住|说和|讲和|劝开)',
  ),
  // (9) 精准扶贫结对帮扶
  P(
    'poverty-pairing',
    'poverty_visit',
    'plain',
    '(?:贫困户|脱贫户|结对户|帮扶户|监测户|低保户|扶贫户|结对(?:的|对象|家庭)|帮扶对象|包保户).{0,20}?|扶贫日|(?:结对)?帮扶了',
  ),
  // (8) 三留守关心关爱
  P(
    'left-behind-care',
    'home_visit',
    'plain',
    `(?:走访|看望|探望|看了看?|看看|看|慰问|陪|照顾|照看|关心|帮|给|为|到|去|送|接|上门|入户|辅导|谈心).{0,10}?${ELDER}|(?:留守(?:儿童|老人|妇女)|空巢老人|独居老人|孤寡老人|五保户?|五保老人).{0,14}?(?:走访|看望|打扫|洗|送|陪|辅导|买|理发|剪|聊)`,
  ),
  P(
    'left-behind-care',
    'home_visit',
    'loose',
    '(?:走访|看望|探望|慰问|去看|看)(?:了|过)?(?:一下|下|几位|几个|两位|一位|一个|[二三四五\\d]+[位个名])?(?:老人家?|孩子们?|老同志|伢)|走访(?:了)?(?:.{0,3}户|入户)?|入户',
    true,
  ),
  // (2) 村务监督
  P(
    'village-supervision',
    'supervision',
    'plain',
    '(?:查|检查|看|查看|审|审核|核对|核查|监督|督促|抽查|对|盘)(?:了|过|完|看)?(?:一下|一遍)?.{0,10}?(?:村务公开|公开栏|公示栏内容|村账|账目|账本|账|票据|收支|财务|招投标|招标|工程款|项目验收|项目质量|三资|集体资产|集体经济项目|合同)|(?:村务公开|公开栏|账目|村账|票据|财务|招投标|工程).{0,10}?(?:查|检查|核对|监督|审|验收|过目)|(?:村|组)里?.{0,8}?账(?:目|本)?.{0,8}?(?:看|查|核)(?:了|过)|村务监督',
  ),
  // (10) 流动党员
  P(
    'floating-member',
    'contact',
    'plain',
    '(?:向|跟|给|和|同)(?:支部|党支部|组织|党组织|书记|家里支部).{0,8}?(?:汇报|报告|报到|报平安|联系)|(?:思想|工作|生活)汇报|汇报.{0,6}(?:思想|工作)|流动党员.{0,6}(?:台账|联系|报到|汇报)|(?:本月|这个月|[一二三四五六七八九十\\d]+月份?).{0,6}(?:跟支部|和支部|向支部)?联系',
  ),
  // (11) 家风家教
  P(
    'family-virtue',
    'family_virtue',
    'plain',
    '(?:教|教育|跟|给|带|辅导|告诉|陪)(?:了|着)?(?:自己的?|家里的?|我)?(?:的)?(?:孙|儿|女|孩|伢|娃|子女|晚辈|后辈|小辈|外甥).{0,16}?(?:家风|家训|家规|孝|规矩|做人|道理|尊老|勤俭|节约|诚信|革命故事|红色故事|老故事)|开(?:了|过)?(?:个|一个|一次)?家庭会|(?:讲|写|立|传|晒)(?:了|过)?.{0,4}?(?:家风|家训|家规)|家风家教',
  ),
];

/** One cheap look: whether any of the patterns could match at all. */
export const ACTIVITY_HINT =
  /巡|逻|圈|[扫垃捡草]|卫生|扫除|宣|传单|横幅|政策|讲|解|劝|化|走访|入户|看|望|慰问|陪|留守|老人|婆|奶|爹|五保|帮扶|扶贫|贫困|结对|脱贫|低保|监测|修|换|堵|渠|泵|灯|桥|堤|水|维护|检|查|排|舞|太极|电影|比赛|戏|村务|账|票据|汇报|联系|家风|家庭会|家训|孙|打更|卡点|值守/;

/** Things done, in order of the text. Where several readings overlap the earlier pattern (plain before loose) stands. */
export function findActivities(body: string): Activity[] {
  if (!ACTIVITY_HINT.test(body)) return [];
  const text = body.length > 600 ? body.slice(0, 600) : body;
  const found: Activity[] = [];
  for (const { post, kind, strength, pattern, open } of PATTERNS) {
    pattern.lastIndex = 0;
    for (let m = pattern.exec(text); m; m = pattern.exec(text)) {
      if (m[0] === '') break;
      found.push({
        post,
        kind,
        strength,
        start: m.index,
        end: m.index + m[0].length,
        ...(open ? { open } : {}),
      });
    }
  }
  const rank = (a: Activity): number => ['named', 'plain', 'loose'].indexOf(a.strength);
  found.sort((a, b) => rank(a) - rank(b) || a.start - b.start);
  const kept: Activity[] = [];
  for (const one of found) if (!kept.some((k) => one.start < k.end && k.start < one.end)) kept.push(one);
  return kept.sort((a, b) => a.start - b.start);
}
