/** What a roster may say of a member. All but the name may be missing; dates are ISO, `YYYY-MM` where the day is not known. */
export interface RosterRecord {
  readonly name: string;
  readonly gender?: string;
  readonly born?: string;
  readonly ethnicity?: string;
  readonly education?: string;
  readonly joinedParty?: string;
  readonly fullSince?: string;
  readonly health?: string;
  readonly phone?: string;
  readonly group?: string;
  readonly role?: RosterRole;
  /** Post ids. */
  readonly posts?: readonly string[];
  readonly aliases?: readonly string[];
  readonly floating?: boolean;
  readonly status?: RosterStatus;
  /** The day of coming into this branch (R33). */
  readonly joined?: string;
  readonly note?: string;
}

export type RosterField = keyof RosterRecord;
export type RosterRole = 'member' | 'recorder' | 'supervisor' | 'committee' | 'secretary' | 'deputy';
export type RosterStatus = 'full' | 'probationary' | 'exempt';

/** The columns of the template, in order; `岗位1` and `岗位2` are one field. */
export const COLUMNS: readonly {
  readonly title: string;
  readonly field: RosterField;
  readonly width: number;
  readonly hint: string;
}[] = [
  {
    title: '姓名',
    field: 'name',
    width: 14,
    hint: '必填。同名的人请在姓名后加组别，如“王小明(三组)”，或填好“所在组”。',
  },
  { title: '性别', field: 'gender', width: 7, hint: '男或女。' },
  {
    title: '出生年月',
    field: 'born',
    width: 12,
    hint: '如 1965年3月、1965.03、1965-03-12。10月请写 1965.10 或 1965年10月。',
  },
  { title: '民族', field: 'ethnicity', width: 9, hint: '如 汉族。' },
  { title: '学历', field: 'education', width: 10, hint: '如 初中、高中、大专、本科。' },
  { title: '入党时间', field: 'joinedParty', width: 12, hint: '写法同出生年月。' },
  { title: '转正时间', field: 'fullSince', width: 12, hint: '预备党员留空。写到日；只有年月的按当月1日。' },
  { title: '身体状况', field: 'health', width: 10, hint: '如 良好。只用在附件2上，别处都不出现。' },
  { title: '联系电话', field: 'phone', width: 15, hint: '手机号或带区号的座机。只用在附件2上。' },
  { title: '所在组', field: 'group', width: 10, hint: '如 三组。' },
  {
    title: '职务',
    field: 'role',
    width: 12,
    hint: '书记、副书记、支委、积分记录员、积分监督员；没有就留空。',
  },
  { title: '岗位1', field: 'posts', width: 18, hint: '志愿服务岗位，每人最多两个。' },
  { title: '岗位2', field: 'posts', width: 18, hint: '第二个岗位；没有就留空。' },
  { title: '别名', field: 'aliases', width: 16, hint: '大家平时怎么叫、群昵称，几个用顿号分开。' },
  { title: '流动党员', field: 'floating', width: 9, hint: '是或否。' },
  { title: '党员类别', field: 'status', width: 12, hint: '正式党员或预备党员。' },
  { title: '转入时间', field: 'joined', width: 12, hint: '今年转入的填转入日期，老党员留空。' },
  { title: '备注', field: 'note', width: 18, hint: '可不填。不要写身体、家庭等私事。' },
];

/** What people call the columns, as it reads without spaces, brackets and numbers. */
const NAMES = {
  name: ['姓名', '党员姓名', '名字', '党员名字', '党员', '人员姓名'],
  gender: ['性别', '男女'],
  born: ['出生年月', '出生日期', '出生年月日', '出生时间', '生日', '出生'],
  ethnicity: ['民族', '族别'],
  education: ['学历', '文化程度', '教育程度', '最高学历', '学历学位'],
  joinedParty: ['入党时间', '入党日期', '入党年月', '加入党组织日期', '加入党组织时间', '入党年月日', '入党'],
  fullSince: ['转正时间', '转正日期', '转为正式党员日期', '转为正式党员时间', '转正年月'],
  health: ['身体状况', '健康状况', '身体健康状况', '身体情况', '健康情况'],
  phone: ['联系电话', '手机号', '手机号码', '电话', '联系方式', '手机', '电话号码', '移动电话', '联系手机'],
  group: ['所在组', '小组', '组别', '村民小组', '党小组', '所在小组', '所在党小组', '所属小组', '组'],
  role: ['职务', '党内职务', '支部职务', '担任职务', '积分职务', '角色'],
  posts: [
    '岗位',
    '志愿服务岗位',
    '志愿岗位',
    '认领岗位',
    '服务岗位',
    '岗位名称',
    '第一岗位',
    '第二岗位',
    '认领志愿服务岗位',
    '志愿服务岗',
  ],
  aliases: ['别名', '微信昵称', '群昵称', '昵称', '曾用名', '微信名', '小名', '称呼', '俗称', '绰号'],
  floating: ['是否流动党员', '流动党员', '是否流动', '是否为流动党员', '流动', '外出'],
  status: [
    '党员类别',
    '类别',
    '预备党员',
    '是否预备党员',
    '党员类型',
    '党员性质',
    '人员类别',
    '正式或预备',
    '政治面貌',
  ],
  joined: ['转入时间', '转入日期', '转入本支部时间', '转入本支部日期', '进入支部日期', '进入本支部日期'],
  note: ['备注', '说明'],
} as const satisfies Readonly<Record<RosterField, readonly string[]>>;

const FIELDS: ReadonlyMap<string, RosterField> = new Map(
  rosterFields().flatMap((field) => NAMES[field].map((name) => [name, field])),
);

/** Every field, in the template's order. */
export function rosterFields(): RosterField[] {
  return [...new Set(COLUMNS.map(({ field }) => field))];
}

/** Columns that are common in people's own lists and never taken in: the system has no use for them (PIPL: 最小必要). */
const PRIVATE = /身份证|证件号|住址|地址|党费|收入|工资|银行|卡号|病|疾|家庭|低保|贫困|宗教/;

/** The field that a heading means, or null. `岗位1`, `岗位（一）`, `志愿服务岗位2` are all posts. */
export function fieldOf(heading: string): RosterField | null {
  const plain = heading
    .normalize('NFKC')
    .replace(/[\s*＊:：]/g, '')
    .replace(/\([^()]*\)/g, '');
  return FIELDS.get(plain) ?? FIELDS.get(plain.replace(/[0-9一二]+$/, '')) ?? null;
}

export function isPrivateHeading(heading: string): boolean {
  return PRIVATE.test(heading);
}

/** What a field is called when a person is told about it. */
export const FIELD_TITLES: Readonly<Record<RosterField, string>> = {
  name: '姓名',
  gender: '性别',
  born: '出生年月',
  ethnicity: '民族',
  education: '学历',
  joinedParty: '入党时间',
  fullSince: '转正时间',
  health: '身体状况',
  phone: '联系电话',
  group: '所在组',
  role: '职务',
  posts: '岗位',
  aliases: '别名',
  floating: '流动党员',
  status: '党员类别',
  joined: '转入时间',
  note: '备注',
};

export const ROLE_TITLES: Readonly<Record<RosterRole, string>> = {
  secretary: '书记',
  deputy: '副书记',
  recorder: '积分记录员',
  supervisor: '积分监督员',
  committee: '支委',
  member: '',
};

export const STATUS_TITLES: Readonly<Record<RosterStatus, string>> = {
  full: '正式党员',
  probationary: '预备党员',
  exempt: '不纳入积分管理',
};

/** A post as a roster needs to know it. */
export interface RosterPost {
  readonly id: string;
  readonly name: string;
}
