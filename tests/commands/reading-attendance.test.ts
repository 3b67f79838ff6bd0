import { expect, test } from '@jest/globals';
import type { Pending } from '../../commands/reading.ts';
import { type Circumstances, type Example, misread } from '../language/own-branch.ts';

const KEEPER = '唐小雨';
const AFTER_THEME: Circumstances = { by: KEEPER, at: '2026-06-15T10:30' };
const AFTER_ASSEMBLY: Circumstances = { by: KEEPER, at: '2026-06-28T20:40' };
const THEME = '2026-06-15';
const ASSEMBLY = '2026-06-28';
const OPEN: readonly Pending[] = [{ kind: 'attendance', date: ASSEMBLY, meeting: '党员大会' }];
const SIGNING: readonly Pending[] = [{ kind: 'sign-in', date: THEME, meeting: '主题党日' }];
const roll = (date: string, entries: Record<string, unknown>): Record<string, unknown> => ({
  date,
  phase: 'record',
  entries,
});

const ROLLS: readonly Example[] = [
  [
    '党日活动：全到，就四海没来',
    'record attendance',
    roll(THEME, { absent: ['蒋四海'], present: 'rest' }),
    AFTER_THEME,
  ],
  [
    '请假的有宋春兰、高远，其余参会',
    'record attendance',
    roll(ASSEMBLY, { leave: ['宋春兰', '高远'], present: 'rest' }),
    { ...AFTER_ASSEMBLY, pending: OPEN },
  ],
  ['今晚都到齐了，没有缺席的', 'record attendance', roll(ASSEMBLY, { present: 'rest' }), AFTER_ASSEMBLY],
  [
    '红霞、建平在外没参加',
    'record attendance',
    roll(THEME, { flow_away: ['尹红霞', '邹建平'] }),
    AFTER_THEME,
  ],
  [
    '人齐了，就高远迟到十分钟',
    'record attendance',
    roll(ASSEMBLY, { late: ['高远'], present: 'rest' }),
    AFTER_ASSEMBLY,
  ],
  ['刚才漏了高远，他也到了', 'record attendance', roll(THEME, { present: ['高远'] }), AFTER_THEME],
  [
    '迟到：高远、乔山；请假：宋春兰；其他都到',
    'record attendance',
    roll(THEME, { late: ['高远', '乔山'], leave: ['宋春兰'], present: 'rest' }),
    AFTER_THEME,
  ],
  [
    '考勤 主题党日 缺席 蒋四海 其余到齐',
    'record attendance',
    roll(THEME, { absent: ['蒋四海'], present: 'rest' }),
    AFTER_THEME,
  ],
  [
    '6月15日主题党日\n实到：罗启明、欧阳静、彭大勇、田秋生\n迟到：单文海\n请假：秦月娥（带孙子打针）\n缺席：谢贵方',
    'record attendance',
    roll(THEME, {
      present: ['罗启明', '欧阳静', '彭大勇', '田秋生'],
      late: ['单文海'],
      leave: ['秦月娥'],
      absent: ['谢贵方'],
    }),
    AFTER_THEME,
  ],
  [
    '大勇迟到十分钟，四海没来',
    'record attendance',
    roll(THEME, { late: ['彭大勇'], absent: ['蒋四海'] }),
    AFTER_THEME,
  ],
  [
    '今天主题党日除了志强请假，其他人都到了',
    'record attendance',
    roll(THEME, { leave: ['曾志强'], present: 'rest' }),
    AFTER_THEME,
  ],
  [
    '除贵方、小高外全部到齐',
    'record attendance',
    roll(THEME, { absent: ['谢贵方', '高远'], present: 'rest' }),
    AFTER_THEME,
  ],
  [
    '今晚党员大会应到20实到17，秋菊请假，红霞建平在外，丁爹免考',
    'record attendance',
    roll(ASSEMBLY, {
      leave: ['田秋菊'],
      flow_away: ['尹红霞', '邹建平'],
      exempt: ['丁得水'],
      present: 'rest',
    }),
    AFTER_ASSEMBLY,
  ],
  [
    '文海早退，其他正常',
    'record attendance',
    roll(ASSEMBLY, { early: ['单文海'], present: 'rest' }),
    { ...AFTER_ASSEMBLY, pending: OPEN },
  ],
  ['四海中途走了没到结束', 'record attendance', roll(ASSEMBLY, { early: ['蒋四海'] }), AFTER_ASSEMBLY],
  ['秋生没来也没请假', 'record attendance', roll(ASSEMBLY, { absent: ['田秋生'] }), AFTER_ASSEMBLY],
  [
    '春兰迟到又早退',
    'record attendance',
    roll(ASSEMBLY, { late: ['宋春兰'], early: ['宋春兰'] }),
    AFTER_ASSEMBLY,
  ],
  ['党员大会都到齐了，一个不少', 'record attendance', roll(ASSEMBLY, { present: 'rest' }), AFTER_ASSEMBLY],
  [
    '缺席的有：高远、四海；迟到的：文海',
    'record attendance',
    roll(ASSEMBLY, { absent: ['高远', '蒋四海'], late: ['单文海'] }),
    { ...AFTER_ASSEMBLY, pending: OPEN },
  ],
  [
    '请假的是素梅和月娥婶，其他人都来了',
    'record attendance',
    roll(ASSEMBLY, { leave: ['韩素梅', '秦月娥'], present: 'rest' }),
    AFTER_ASSEMBLY,
  ],
  [
    '昨晚党课缺席：乔山。其他都到了',
    'record attendance',
    roll('2026-06-18', { absent: ['乔山'], present: 'rest' }),
    { by: KEEPER, at: '2026-06-19T08:00' },
  ],
  ['高远乔山迟到早退', 'ask attendance', {}, AFTER_ASSEMBLY],
  ['除了李伟都来了', 'ask attendance', { candidates: ['李伟(二组)', '李伟(五组)'] }, AFTER_ASSEMBLY],
  ['党员大会签到表上打勾的都到了[图片]', 'ask attendance', {}, AFTER_ASSEMBLY],
  [
    '高远不是早退，他去接人又回来了',
    'record correct',
    { change: { 高远: { from: 'early', to: 'present' } } },
    AFTER_THEME,
  ],
  [
    '不对，单文海没有迟到',
    'record correct',
    { change: { 单文海: { from: 'late', to: 'present' } } },
    AFTER_THEME,
  ],
  [
    '更正：高远不是迟到是请假',
    'record correct',
    { change: { 高远: { from: 'late', to: 'leave' } } },
    AFTER_THEME,
  ],
  [
    '文海的迟到改成请假',
    'record correct',
    { change: { 单文海: { from: 'late', to: 'leave' } } },
    AFTER_THEME,
  ],
];

const TUESDAY_BEFORE = '2026-06-14T19:00';
const leave = (date: string, who: string, reason?: string): Record<string, unknown> => ({
  date,
  phase: 'leave_request',
  entries: { leave: [who], ...(reason ? { reason } : {}) },
});

const CALLED: Circumstances = { at: '2026-06-15T08:31', previous: '唐小雨：到了的报个到' };

const LEAVE: readonly Example[] = [
  [
    '书记我15号要陪老娘看病，请一天假',
    'record attendance',
    leave(THEME, '彭大勇', 'private'),
    { at: TUESDAY_BEFORE },
  ],
  ['书记，党日活动我参加不成', 'record attendance', leave(THEME, '彭大勇'), { at: TUESDAY_BEFORE }],
  ['28号上夜班，党员大会来不了', 'record attendance', leave(ASSEMBLY, '彭大勇')],
  ['6月28号，不是，我说的是24号组织生活会请假', 'record attendance', leave('2026-06-24', '彭大勇')],
  [
    '路上堵车，怕是要晚到一刻钟',
    'record attendance',
    { phase: 'self_note', entries: { late: ['彭大勇'] } },
    { at: '2026-06-15T07:25' },
  ],
  [
    '摩托坏了，等下到，先莫点名',
    'record attendance',
    { phase: 'self_note', entries: { late: ['彭大勇'] } },
    { at: '2026-06-15T08:10' },
  ],
  [
    '对不起我迟到了，刚到',
    'record attendance',
    { phase: 'self_note', entries: { late: ['彭大勇'] } },
    { at: '2026-06-15T08:36' },
  ],
  [
    '已到会议室',
    'record attendance',
    { phase: 'self_note', entries: { present: ['彭大勇'] } },
    { at: '2026-06-15T08:20' },
  ],
  [
    '党课我到了，坐后面',
    'record attendance',
    { phase: 'self_note', entries: { present: ['彭大勇'] } },
    { at: '2026-06-18T19:28' },
  ],
  [
    '大会几点结束，我9点要接人，可能要提前走',
    'record attendance',
    { date: ASSEMBLY, phase: 'self_note', entries: { early: ['彭大勇'] } },
    { at: '2026-06-28T18:30' },
  ],
  [
    '临时加班，大会来不了，补个假',
    'record attendance',
    leave(ASSEMBLY, '彭大勇'),
    { at: '2026-06-28T19:10' },
  ],
  ['到咧', 'record attendance', { phase: 'signin', entries: { present: ['彭大勇'] } }, CALLED],
  ['到了到了', 'record attendance', { phase: 'signin', entries: { present: ['彭大勇'] } }, CALLED],
  [
    '明早可能要迟一点到，送孙伢',
    'record attendance',
    { date: THEME, phase: 'self_note', entries: { late: ['彭大勇'] } },
    { at: TUESDAY_BEFORE },
  ],
  [
    '我有急事，先走一步',
    'record attendance',
    { phase: 'self_note', entries: { early: ['彭大勇'] } },
    { at: '2026-06-15T10:00' },
  ],
  [
    '老罗，明天的党日我怕是去不了，腿疼',
    'record attendance',
    leave(THEME, '彭大勇', 'sick'),
    { at: TUESDAY_BEFORE },
  ],
  ['到，大勇', 'record attendance', { phase: 'signin', entries: { present: ['彭大勇'] } }, CALLED],
  ['在', 'record attendance', { phase: 'signin', entries: { present: ['彭大勇'] } }, CALLED],
  [
    '到，秋生在后头也到了',
    'record attendance',
    { phase: 'signin', entries: { present: ['彭大勇', '田秋生'], proxy: { 田秋生: '彭大勇' } } },
    CALLED,
  ],
  [
    '明天主题党日我请假，去吃喜酒',
    'record attendance',
    leave(THEME, '彭大勇', 'private'),
    { at: TUESDAY_BEFORE },
  ],
  ['明天的会我来不了，腰疼得很', 'record attendance', leave(THEME, '彭大勇', 'sick'), { at: TUESDAY_BEFORE }],
  ['明天我请个假哈', 'record attendance', leave(THEME, '彭大勇'), { at: TUESDAY_BEFORE }],
  [
    '15号的党日活动我参加不了，在县里出差',
    'record attendance',
    leave(THEME, '高远', 'duty'),
    { by: '高远', at: '2026-06-12T10:00' },
  ],
  [
    '今晚党员大会请假，家里来客了',
    'record attendance',
    leave(ASSEMBLY, '谢桂芳', 'private'),
    { by: '谢桂芳', at: '2026-06-28T15:00' },
  ],
  [
    '请假 党员大会 感冒发烧',
    'record attendance',
    leave(ASSEMBLY, '谢桂芳', 'sick'),
    { by: '谢桂芳', at: '2026-06-27T15:00' },
  ],
  [
    '组织生活会我不能参加，请假',
    'record attendance',
    leave('2026-06-24', '蒋四海'),
    { by: '蒋四海', at: '2026-06-23T15:00' },
  ],
  [
    '帮月娥婶请个假，明天主题党日她不来',
    'record attendance',
    leave(THEME, '秦月娥'),
    { by: '谢桂芳', at: TUESDAY_BEFORE },
  ],
  ['我3号请个假', 'ask attendance', {}, { at: '2026-06-29T10:00' }],
  [
    '同意秋菊明天主题党日请假',
    'record attendance',
    { date: THEME, phase: 'leave_approved', entries: { leave: ['田秋菊'] } },
    { by: '罗启明', at: TUESDAY_BEFORE },
  ],
  [
    '经支委会研究同意，田秋生6月28日党员大会请假',
    'record attendance',
    { date: ASSEMBLY, phase: 'leave_approved', entries: { leave: ['田秋生'] } },
    { by: '罗启明', at: '2026-06-27T09:00' },
  ],
  [
    '主题党日我要晚到二十分钟',
    'record attendance',
    { date: THEME, phase: 'self_note', entries: { late: ['彭大勇'] } },
    { at: '2026-06-15T08:00' },
  ],
  [
    '我可能要迟到几分钟，路上堵了',
    'record attendance',
    { date: THEME, phase: 'self_note', entries: { late: ['彭大勇'] } },
    { at: '2026-06-15T08:10' },
  ],
  [
    '我到了，在楼下停车',
    'record attendance',
    { date: THEME, phase: 'self_note', entries: { present: ['彭大勇'] } },
    { at: '2026-06-15T08:20' },
  ],
  [
    '+1',
    'record attendance',
    { date: THEME, phase: 'signin', entries: { present: ['彭大勇'] } },
    { at: '2026-06-15T08:31', previous: '唐小雨：到了的回个到' },
  ],
  [
    '到',
    'record attendance',
    { date: THEME, phase: 'signin', entries: { present: ['彭大勇'] } },
    { at: '2026-06-15T08:31', pending: SIGNING },
  ],
  [
    '彭大勇 到',
    'record attendance',
    { date: THEME, phase: 'signin', entries: { present: ['彭大勇'] } },
    { at: '2026-06-15T08:31', pending: SIGNING },
  ],
  [
    '月娥婶也到了，我帮她签',
    'record attendance',
    { date: THEME, phase: 'signin', entries: { present: ['秦月娥'], proxy: { 秦月娥: '谢桂芳' } } },
    { by: '谢桂芳', at: '2026-06-15T08:32', pending: SIGNING },
  ],
  [
    '#接龙\n明天主题党日，能参加的接龙\n\n1. 唐小雨\n2. 彭大勇\n3. 秋生',
    'record attendance',
    { date: THEME, phase: 'rsvp', entries: { will_attend: ['唐小雨', '彭大勇', '田秋生'] } },
    { at: TUESDAY_BEFORE },
  ],
  [
    '#接龙\n6.15主题党日签到\n1. 罗启明\n2. 宋嫂\n3. 秦月娥（桂芳姐代）',
    'record attendance',
    {
      date: THEME,
      phase: 'signin',
      entries: { present: ['罗启明', '宋春兰', '秦月娥'], proxy: { 秦月娥: '谢桂芳' } },
    },
    { at: '2026-06-15T08:33' },
  ],
  [
    '昨晚巡逻了三组，明天主题党日我请假',
    'record report',
    {
      post: 'security-patrol',
      dates: ['2026-06-13'],
      also: [
        {
          intent: 'attendance',
          meeting: '主题党日',
          date: THEME,
          phase: 'leave_request',
          entries: { leave: ['彭大勇'] },
        },
      ],
    },
    { at: TUESDAY_BEFORE },
  ],
];

const NOT_ATTENDANCE: readonly Example[] = [
  ['到', 'silent none'],
  ['+1', 'silent none'],
  ['我到了', 'silent none'],
  ['我请假了', 'silent none'],
  ['请假一天，孩子发烧', 'silent none'],
  ['跟老板请假太难了', 'silent none'],
  ['明天请假不上班', 'silent none'],
  ['今天又迟到了', 'silent none'],
  ['迟到了要请客', 'silent none'],
  ['都到齐了开席', 'silent none'],
  ['一定到', 'silent none', {}, { at: TUESDAY_BEFORE }],
  ['1', 'silent none', {}, { previous: '罗启明：收到请回复1' }],
  ['收到', 'silent none', {}, { at: TUESDAY_BEFORE }],
  ['谁没来', 'silent none', {}, AFTER_THEME],
  ['请大家准时参加明天主题党日，迟到缺席按规定扣分', 'silent none', {}, { by: '罗启明', at: TUESDAY_BEFORE }],
  ['高远没有迟到', 'silent none', {}, AFTER_THEME],
  ['我没请假', 'silent none', {}, { by: KEEPER, at: '2026-06-28T20:00', pending: OPEN }],
  ['我到家了', 'silent none', {}, { at: '2026-06-15T08:31' }],
  ['快递到了', 'silent none', {}, { at: '2026-06-15T08:31', pending: SIGNING }],
  ['大家都来了吗', 'silent none', {}, AFTER_THEME],
  ['#接龙\n土蜂蜜预订\n1. 彭大勇 2斤\n2. 高远 1斤', 'silent none'],
  ['明天的会几点', 'silent none', {}, { at: TUESDAY_BEFORE }],
  ['高远请假了', 'silent none', {}, { at: TUESDAY_BEFORE }],
];

test('rolls are read as the recorder types them', () => {
  expect(misread(ROLLS)).toEqual([]);
});

test('leave, sign-in and notes about oneself are told apart', () => {
  expect(misread(LEAVE)).toEqual([]);
});

test('coming and going elsewhere is no attendance', () => {
  expect(misread(NOT_ATTENDANCE)).toEqual([]);
});
