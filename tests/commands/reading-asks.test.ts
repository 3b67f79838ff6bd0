import { expect, test } from '@jest/globals';
import { BOARD, type Example, misread } from '../language/own-branch.ts';

const own = (posts: readonly string[], member = '彭大勇'): Record<string, unknown> => ({ member, posts });
const P = 'security-patrol';

const CLAIMS: readonly Example[] = [
  ['我认领治安巡逻和环境卫生', 'record claim', own([P, 'sanitation'])],
  ['我还是搞留守老人儿童那个，再加一个环境卫生', 'record claim', own(['left-behind-care', 'sanitation'])],
  ['我要巡逻和修路灯那两个', 'record claim', own([P, 'facility-upkeep'])],
  ['我就搞公共设施和卫生', 'record claim', own(['facility-upkeep', 'sanitation'])],
  ['我报1、3、6三个岗', 'ask claim'],
  ['我也巡逻，再搞个设施维护', 'record claim', own([P, 'facility-upkeep'])],
  ['我认9号和5号', 'record claim', own(['poverty-pairing', 'sanitation'])],
  ['三留守关爱岗我来', 'record claim', own(['left-behind-care'])],
  [
    '高远：治安巡逻、公共设施；单文海：环境卫生、文体。就这样定',
    'record claim',
    { claims: { 高远: [P, 'facility-upkeep'], 单文海: ['sanitation', 'culture-sports'] } },
    { by: '罗启明' },
  ],
  ['治安岗和扶贫岗，我这两个', 'record claim', own([P, 'poverty-pairing'])],
  [
    '月娥婶让我给她报家风和关爱',
    'record claim',
    { member: '秦月娥', posts: ['family-virtue', 'left-behind-care'] },
  ],
  ['认领 3 5', 'record claim', own([P, 'sanitation'])],
  ['我换成夜巡和扫地那两个', 'record claim', own(['sanitation', P])],
  ['巡逻，扫地', 'record claim', own([P, 'sanitation'])],
  ['岗位4和5', 'record claim', own(['facility-upkeep', 'sanitation'])],
  ['我选3号岗和8号岗', 'record claim', own([P, 'left-behind-care'])],
  ['我要扶贫那个和宣传那个', 'record claim', own(['poverty-pairing', 'policy-publicity'])],
  ['我报文体岗，还有家风家教', 'record claim', own(['culture-sports', 'family-virtue'])],
  ['我就领巡逻岗跟设施岗吧', 'record claim', own([P, 'facility-upkeep'])],
  [
    '帮月娥婶认领家风家教和留守关爱',
    'record claim',
    own(['family-virtue', 'left-behind-care'], '秦月娥'),
    { by: '谢桂芳' },
  ],
  [
    '#接龙\n2026年岗位认领\n1. 彭大勇 治安、环境\n2. 田秋生 3、4\n3. 大伟 公共设施 环境卫生',
    'record claim',
    {
      claims: {
        彭大勇: [P, 'sanitation'],
        田秋生: [P, 'facility-upkeep'],
        '李伟(二组)': ['facility-upkeep', 'sanitation'],
      },
    },
  ],
  [
    '岗位安排：乔山治安巡逻+三留守；高远设施+治安',
    'record claim',
    { claims: { 乔山: [P, 'left-behind-care'], 高远: ['facility-upkeep', P] } },
    { by: '罗启明' },
  ],
  [
    '我想把环境岗换成文体岗，下个月开始',
    'record claim',
    { member: '彭大勇', replace: { sanitation: 'culture-sports' }, effective: '2026-07' },
  ],
  ['巡逻岗不做了，换成政策宣传', 'record claim', { replace: { [P]: 'policy-publicity' } }],
  ['申请把治安岗调成设施岗', 'record claim', { replace: { [P]: 'facility-upkeep' } }],
  [
    '关爱岗帮扶对象：谢桂芳—刘奶奶、小宝（化名），每月2次',
    'record claim',
    { detail: { 谢桂芳: ['刘奶奶', '小宝(化名)'] }, post: 'left-behind-care', frequency: 2 },
    { by: '韩素梅' },
  ],
  ['我认领治安、环境、文体', 'ask claim'],
  ['捡到身份证一张，失主来认领', 'silent none'],
  ['领红包啦', 'silent none'],
  ['我选红色那个', 'silent none'],
  ['我要健身', 'silent none'],
  ['我报了驾校', 'silent none'],
  ['换个群名吧', 'silent none'],
  ['环境卫生要靠大家', 'silent none'],
];

const QUERIES: readonly Example[] = [
  [
    '我看不到表，把我的分发给我看下',
    'answer query',
    { target: 'self', scope: '2026-05' },
    { pending: BOARD },
  ],
  ['查分', 'answer query', { target: 'self', scope: '2026-06' }],
  ['@积分小兰 我多少分', 'answer query', { target: 'self', scope: '2026-06' }],
  ['我这个月多少分', 'answer query', { target: 'self', scope: '2026-06' }],
  ['看看我五月份扣了哪些分', 'answer query', { target: 'self', scope: '2026-05', detail: true }],
  ['彭大勇5月得分明细', 'answer query', { target: 'self', scope: '2026-05', detail: true }],
  ['我1到5月平均多少', 'answer query', { target: 'self', scope: 'year_to_date' }],
  ['我今年积分多少了', 'answer query', { target: 'self', scope: 'year_to_date' }],
  ['我还差几次巡逻', 'answer query', { target: 'self', scope: '2026-06' }],
  ['我扣在哪里', 'answer query', { target: 'self', scope: '2026-06', detail: true }],
  ['我上个月积分多少', 'answer query', { target: 'self', scope: '2026-05' }],
  ['查一下田秋生5月积分多少', 'answer query', { target: '田秋生', scope: '2026-05' }, { by: '罗启明' }],
  ['@积分小兰 大家5月都是多少分', 'answer query', { target: 'all', scope: '2026-05' }, { by: '罗启明' }],
  ['查分 5月', 'answer query', { target: 'self', scope: '2026-05' }],
  ['我去年多少分', 'answer query', { target: 'self', scope: '2025' }],
  ['我儿子考了多少分', 'silent none'],
  ['我高考多少分来着', 'silent none'],
  ['多少分及格', 'silent none'],
  ['这部电影评分多少', 'silent none'],
  ['我超市积分多少', 'silent none'],
  ['查一下快递', 'silent none'],
  ['差几个人', 'silent none'],
];

const HELPS: readonly Example[] = [
  ['一个月要巡逻几次才够', 'answer help', { topic: 'rule' }],
  ['大会我远程参加行不行', 'answer help', { topic: 'rule' }],
  ['认领表哪个有', 'silent none'],
  ['七一活动加几分', 'answer help', { topic: 'rule' }],
  ['迟到10分钟算不算迟到', 'answer help', { topic: 'rule' }],
  ['党费多少一个月', 'answer help', { topic: 'dues_rule' }],
  ['一个岗位多少分', 'answer help', { topic: 'rule' }],
  ['没得智能手机的怎么报', 'answer help', { topic: 'proof_alternative' }],
  ['有意见找哪个反映', 'answer help', { topic: 'objection' }],
  ['公示几天', 'answer help', { topic: 'confirm' }],
  ['巡逻要拍照吗', 'answer help', { topic: 'report' }],
  ['前几次巡逻能不能补', 'answer help', { topic: 'report' }],
  ['党日活动要请假不', 'answer help', { topic: 'leave_rule' }],
  ['预备党员能认领岗位不', 'answer help', { topic: 'claim' }],
  ['党费么样交，扫码还是现金', 'answer help', { topic: 'dues_rule' }],
  ['帮助', 'answer help', { topic: 'commands' }],
  ['报巡逻要么样发', 'answer help', { topic: 'report' }],
  ['走访怎么报', 'answer help', { topic: 'report' }],
  ['不会拍照的老党员怎么办', 'answer help', { topic: 'proof_alternative' }],
  ['积分怎么算的', 'answer help', { topic: 'rule' }],
  ['每月要巡逻几次', 'answer help', { topic: 'rule' }],
  ['党费能不能一次交一年', 'answer help', { topic: 'dues_rule' }],
  ['请假扣不扣分', 'answer help', { topic: 'leave_rule' }],
  ['迟到扣几分', 'answer help', { topic: 'leave_rule' }],
  ['换岗怎么申请', 'answer help', { topic: 'claim' }],
  ['@积分小兰 你会做什么', 'answer help', { topic: 'commands' }],
  ['@积分小兰 今天天气怎么样', 'answer help', { topic: 'unknown' }],
  ['@积分小兰 你好', 'silent none'],
  ['@积分小兰 谢谢', 'silent none'],
  ['机器人聪明得很', 'silent none'],
  ['会员积分怎么兑换', 'silent none'],
  ['请假扣工资吗', 'silent none'],
  ['迟到扣多少钱', 'silent none'],
  ['作业怎么写', 'silent none'],
  ['哪个有电工电话', 'silent none'],
  ['明天几点集合', 'silent none'],
];

test('claims, changes and arrangements of posts are read', () => {
  expect(misread(CLAIMS)).toEqual([]);
});

test('questions about scores are read with whose and which time', () => {
  expect(misread(QUERIES)).toEqual([]);
});

test('questions about the rules are answered, others left alone', () => {
  expect(misread(HELPS)).toEqual([]);
});
