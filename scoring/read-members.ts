/** Reading the members and the history of a case (R02, R32, R33). */
import {
  type CarriedFigures,
  type Member,
  type MonthNumber,
  firstFullMonth,
  lastFullMonth,
} from './books.ts';
import {
  type Draft,
  type Raw,
  checkFields,
  isRaw,
  readDay,
  readFlag,
  readList,
  readMonth,
  readUnits,
  readWord,
  say,
  show,
} from './draft.ts';

const MEMBER_FIELDS = new Set([
  'name',
  'status',
  'joined',
  'left',
  'leftReason',
  'fullSince',
  'exemptFiled',
  'exemptUntil',
  'floating',
  'carried',
]);
const CARRIED_FIELDS = new Set(['month', 'obligation', 'service', 'bonus']);
const HISTORY_FIELDS = new Set(['name', 'year', 'outcome']);

const NEVER = Number.POSITIVE_INFINITY;

export function readMembers(draft: Draft, value: unknown): void {
  if (!Array.isArray(value)) {
    say(draft, 'members', `须为党员列表，现为 ${show(value)}`);
    return;
  }
  value.forEach((raw: unknown, i) => {
    const place = `members[${i}]`;
    if (!isRaw(raw)) {
      say(draft, place, `须为一个对象，现为 ${show(raw)}`);
      return;
    }
    checkFields(draft, raw, MEMBER_FIELDS, place);
    readMember(draft, raw, place);
  });
}

function readMember(draft: Draft, raw: Raw, place: string): void {
  const name = raw['name'];
  if (typeof name !== 'string' || name.trim() === '') {
    say(draft, `${place}.name`, `须有姓名，现为 ${show(name)}`);
    return;
  }
  // An object takes this key for its prototype: the member's row would vanish from every result.
  if (name === '__proto__') {
    say(draft, `${place}.name`, `“${name}”不能作姓名`, '写党员的姓名');
    return;
  }
  if (draft.byName.has(name)) {
    say(draft, `${place}.name`, `“${name}”重名`, '同名的人请加以区别，如“王建军（三组）”');
    return;
  }
  const status =
    readWord(draft, raw['status'], ['full', 'probationary', 'exempt'], `${place}.status`, 'full') ?? 'full';
  const joined = readDay(draft, raw['joined'], `${place}.joined`, 0);
  const left = readDay(draft, raw['left'], `${place}.left`, NEVER);
  const reason = readWord(draft, raw['leftReason'], ['town', 'branch'], `${place}.leftReason`, 'town');
  if (left >= 0 && joined > left)
    say(draft, `${place}.left`, `离开日期 ${show(raw['left'])} 早于加入日期 ${show(raw['joined'])}`);
  const fullSince = readDay(draft, raw['fullSince'], `${place}.fullSince`, 0);
  const filed = readDay(draft, raw['exemptFiled'], `${place}.exemptFiled`, NEVER);
  const until = readDay(draft, raw['exemptUntil'], `${place}.exemptUntil`, NEVER);
  if (status === 'exempt' && (raw['exemptFiled'] === undefined || raw['exemptFiled'] === null))
    say(draft, `${place}.exemptFiled`, '不纳入积分管理的党员须有镇里备案的日期', '补上 exemptFiled');
  if (filed !== NEVER && until >= 0 && until < filed)
    say(draft, `${place}.exemptUntil`, `早于备案日期 ${show(raw['exemptFiled'])}`);
  const member: Member = {
    name,
    status,
    floating: readFlag(draft, raw['floating'], `${place}.floating`),
    first: firstFullMonth(joined),
    last: left === NEVER ? NEVER : reason === 'branch' ? left >> 5 : lastFullMonth(left),
    exemptFrom: filed === NEVER ? NEVER : (filed >> 5) + 1,
    exemptBack: until === NEVER ? NEVER : firstFullMonth(until),
    fullFrom: firstFullMonth(fullSince),
    joinedDay: joined,
    leftDay: left,
    carried: readCarried(draft, raw['carried'], `${place}.carried`),
  };
  draft.byName.set(name, draft.members.length);
  draft.members.push(member);
  draft.claims.push([]);
  draft.bonuses.push([]);
  draft.zeros.push([]);
  draft.history.push(new Map());
}

/** Months scored in another branch. Two decimals are taken, for that branch may weigh in mutual ratings (Q35). */
function readCarried(draft: Draft, value: unknown, place: string): Member['carried'] {
  const list = readList(draft, value, place);
  if (list.length === 0) return null;
  const { rules } = draft;
  const most = rules.policy.items.reduce((sum, item) => sum + item.points, 0);
  const service = rules.postMax * rules.policy.service.postsPerMember;
  const carried = new Map<MonthNumber, CarriedFigures>();
  list.forEach((raw, i) => {
    const at = `${place}[${i}]`;
    if (!isRaw(raw)) {
      say(draft, at, `须为一个对象，现为 ${show(raw)}`);
      return;
    }
    checkFields(draft, raw, CARRIED_FIELDS, at);
    const month = readMonth(draft, raw['month'], `${at}.month`);
    if (carried.has(month)) say(draft, `${at}.month`, `${show(raw['month'])} 重复`);
    carried.set(month, {
      obligation: readUnits(draft, raw['obligation'], 0, most, 2, `${at}.obligation`),
      service: readUnits(draft, raw['service'], 0, service, 2, `${at}.service`),
      bonus: readUnits(draft, raw['bonus'] ?? 0, 0, rules.policy.bonus.yearCap, 2, `${at}.bonus`),
    });
  });
  return carried;
}

export function readHistory(draft: Draft, value: unknown): void {
  const grades = [...new Set(draft.rules.policy.bands.map((b) => b.grade))];
  readList(draft, value, 'history').forEach((raw, i) => {
    const place = `history[${i}]`;
    if (!isRaw(raw)) {
      say(draft, place, `须为一个对象，现为 ${show(raw)}`);
      return;
    }
    checkFields(draft, raw, HISTORY_FIELDS, place);
    const member = readName(draft, raw['name'], `${place}.name`);
    const year = raw['year'];
    if (typeof year !== 'number' || !Number.isInteger(year) || year < 0 || year > 9999)
      say(draft, `${place}.year`, `须为四位年份，现为 ${show(year)}`);
    const outcome = readWord(draft, raw['outcome'], grades, `${place}.outcome`);
    if (member < 0 || typeof year !== 'number' || outcome === undefined) return;
    const years = draft.history[member]!;
    if (years.has(year)) say(draft, place, `${show(raw['name'])} ${year} 年重复`);
    years.set(year, outcome);
  });
}

/** A member by name, or -1 after a finding. */
export function readName(draft: Draft, name: unknown, place: string): number {
  const member = draft.byName.get(name);
  if (member !== undefined) return member;
  say(draft, place, `党员名单中没有 ${show(name)}`, '核对姓名，或先加入 members');
  return -1;
}
