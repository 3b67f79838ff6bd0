/** Duties told in other words than their own, by those who have claimed the post; from anybody they may be chat. */
import { expect, test } from '@jest/globals';
import { type Example, misread } from '../language/own-branch.ts';

const TODAY = ['2026-06-20'];
const YESTERDAY = ['2026-06-19'];
const told = (by: string, text: string, post: string, dates = TODAY): Example => [
  text,
  'record report',
  { post, members: [by], dates },
  { by },
];

const TOLD: readonly Example[] = [
  told('彭大勇', '打着手电把各组都走了一遍，没得异常', 'security-patrol'),
  told('高远', '昨夜带队转村，逮到两个电鱼的', 'security-patrol', YESTERDAY),
  told('宋春兰', '公厕冲干净了，拖把也洗了', 'sanitation'),
  told('单文海', '塘边的塑料袋、瓶子都捞起来了', 'sanitation'),
  told('李伟(二组)', '垃圾桶满了，我用三轮车拉到中转站去了', 'sanitation'),
  told('彭大勇', '雪太大，带几个人把村部到学校的路铲出来了', 'sanitation'),
  told('田秋生', '今天沿渠走了一遍，有两处漏水，用土堵上了', 'facility-upkeep'),
  told('蒋四海', '给宣传栏换了玻璃', 'facility-upkeep'),
  told('曾志强', '大雨，去水库值守到天亮', 'facility-upkeep'),
  told('宋春兰', '健身队今晚练了两支新舞，26个人', 'culture-sports'),
  told('单文海', '晚上把音响拖出来，带大家跳了一个小时', 'culture-sports'),
  told('罗启明', '贺三屋里两口子闹离婚，劝了一下午，不离了', 'mediation'),
  told('欧阳静', '老钱要去镇里上访，我把他劝回来了', 'mediation'),
  told('乔山', '郑爹发烧，我骑车带他到卫生院吊了水，刚回来', 'left-behind-care'),
  told('田秋菊', '给小宇补了一下午数学', 'left-behind-care'),
  told('韩素梅', '帮老吴家申请了小额贷款，5万块批下来了', 'poverty-pairing'),
  told('谢贵方', '帮老吴卖了三十斤豆角', 'poverty-pairing'),
  told('唐小雨', '大喇叭放了禁烧通知，早晚各一次', 'policy-publicity'),
  told('欧阳静', '今天跟几户说了高标准农田的事，都同意', 'policy-publicity'),
  told('李伟(五组)', '低保评议会我去了，都按程序来的', 'village-supervision'),
  told('尹红霞', '向支部报到：我人在温州，工作生活都好', 'floating-member'),
  told('秦月娥', '给孙子们讲了老一辈的故事，教他们要勤俭', 'family-virtue'),
];

test('a claimed post is reported in words of one’s own', () => {
  expect(misread(TOLD)).toEqual([]);
});

test('the same words of somebody without the post are nobody’s report', () => {
  const others: readonly Example[] = [
    ['健身队今晚练了两支新舞，26个人', 'silent none', {}, { by: '彭大勇' }],
    ['给小宇补了一下午数学', 'silent none', {}, { by: '彭大勇' }],
    ['帮老吴卖了三十斤豆角', 'silent none', {}, { by: '宋春兰' }],
    ['给宣传栏换了玻璃', 'silent none', {}, { by: '谢桂芳' }],
  ];
  expect(misread(others)).toEqual([]);
});

/** Beside the post's own things, and no report of it. */
const CHAT: readonly (readonly [by: string, text: string])[] = [
  ['彭大勇', '我们组昨晚又停电了，走夜路小心'],
  ['彭大勇', '昨晚看了半夜的球，困死了'],
  ['高远', '夜里值班真熬人，厂里三班倒'],
  ['高远', '昨晚在村口碰到老同学了，喝了两杯'],
  ['彭大勇', '半夜听见有人走路，后来发现是巡逻的'],
  ['宋春兰', '屋里的垃圾桶又满了，媳妇喊我倒了'],
  ['单文海', '今天把自己菜园的草锄了，腰疼'],
  ['宋春兰', '路上捡到一个手套，哪个掉的'],
  ['单文海', '屋后头的树叶扫了又落'],
  ['田秋生', '我屋里水管爆了，刚换好'],
  ['田秋生', '去水库看了下鱼，长得蛮大'],
  ['蒋四海', '堂屋的灯泡换了，亮堂'],
  ['蒋四海', '村里新换的路灯就是亮'],
  ['李伟(二组)', '我去桥头换了个手机屏'],
  ['宋春兰', '广场舞的音响又坏了'],
  ['单文海', '昨天看了场电影，蛮好看'],
  ['罗启明', '老李两口子又吵架了，唉'],
  ['欧阳静', '两家和好了就好'],
  ['罗启明', '刚开完会，镇里讲了几个重要精神，晚上传达'],
  ['田秋菊', '张婆婆昨天送了我一篮子鸡蛋，过意不去'],
  ['秦月娥', '今天带孙子打了针，哭得很'],
  ['乔山', '小宇考了满分，高兴'],
  ['韩素梅', '低保的名单下来了没'],
  ['谢贵方', '我的贷款批下来了'],
  ['唐小雨', '通知已经发到群里了，大家看一下'],
  ['罗启明', '养老金发了冇'],
  ['李伟(五组)', '修路的沙子堆在我门口，哪个看到车来了喊我'],
  ['尹红霞', '小雨给我打电话了'],
  ['秦月娥', '教了半天，孙子还是不会'],
  ['龚守正', '我孙伢会背三字经了'],
  ['彭大勇', '98年发大水我在堤上巡逻了四十天'],
];

test('a claimed post makes no report of gardens, pastimes, other people and times long past', () => {
  expect(misread(CHAT.map(([by, text]): Example => [text, 'silent none', {}, { by }]))).toEqual([]);
});

/** Not done, not to the end, or not by the speaker. */
const UNDONE: readonly (readonly [by: string, text: string])[] = [
  ['田秋生', '水管还没修好，等人来'],
  ['单文海', '腰鼓队不练了，人凑不齐'],
  ['唐小雨', '宣传单没发完'],
  ['尹红霞', '忘记跟支部联系了'],
  ['李伟(二组)', '让四海去把井盖修了'],
  ['彭大勇', '昨晚没巡成，下大雨'],
  ['罗启明', '劝了半天没劝好'],
  ['田秋菊', '张婆婆没在家，白跑了'],
  ['彭大勇', '党费我还以为交了'],
  ['唐小雨', '大勇是不是早退了'],
  ['唐小雨', '党费收到多少了我数下'],
  ['彭大勇', '秋生讲他昨晚巡了，我不晓得'],
  ['谢贵方', '老吴家的猪卖了个好价'],
];

test('what is not done, asked or only thought is no record', () => {
  expect(misread(UNDONE.map(([by, text]): Example => [text, 'silent none', {}, { by }]))).toEqual([]);
  const board = { pending: [{ kind: 'board', month: '2026-05' }] } as const;
  expect(misread([['无异议的回复确认', 'silent none', {}, { ...board, by: '唐小雨' }]])).toEqual([]);
});
