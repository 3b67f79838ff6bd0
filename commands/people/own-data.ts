/** Everything that is kept about one member, in plain words, for the member alone. */
import type { BranchState } from '../../ledger/state.ts';
import { accountOf } from '../../ledger/roles.ts';
import type { LocalTime } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { MARK_WORDS } from '../attendance/attended.ts';
import { STATUS_WORDS } from '../dues/dues.ts';
import { STATE_WORDS } from '../report/marks.ts';
import { activityName, dayText, listed, monthText, postTitle, reportText } from '../wording.ts';

export interface OwnData {
  readonly title: string;
  readonly lines: readonly string[];
}

const PROFILE_WORDS: Readonly<Record<string, string>> = {
  gender: '性别',
  born: '出生',
  ethnicity: '民族',
  education: '学历',
  joinedParty: '入党时间',
  health: '健康状况',
  phone: '电话',
  note: '备注',
};

/** Phones are masked even for their owner: a screen may be looked at by others. */
function masked(key: string, value: string): string {
  return key === 'phone' ? value.replace(/(\d{3})\d{4,}(\d{4})/, '$1****$2') : value;
}

export function ownData(branch: BranchState, policy: Policy, name: string, now: LocalTime): OwnData[] {
  const person = branch.people[name];
  if (!person) return [];
  const place = { branch, policy };
  const about = (of: string): boolean => of.split('、').includes(name);
  const contact = accountOf(branch, name);
  const reports = Object.values(branch.reports).filter(
    (r) => r.names.includes(name) || r.by === name || r.contested.includes(name),
  );
  const photos = reports.flatMap((r) => (r.by === name ? r.evidence : []));
  const meetings = Object.values(branch.meetings).filter(
    (m) => m.marks[name] !== undefined || m.leave[name] !== undefined,
  );
  const months = Object.entries(branch.months).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    {
      title: '名册',
      lines: [
        `${name}，${person.status === 'probationary' ? '预备党员' : '正式党员'}${person.group ? `，${person.group}` : ''}${person.floating ? '，流动党员' : ''}`,
        ...(person.aliases.length > 0 ? [`别名：${listed(person.aliases)}`] : []),
        ...(contact
          ? [`微信：已绑定${branch.nicknames[contact] ? `（${branch.nicknames[contact]}）` : ''}`]
          : ['微信：没有绑定']),
        ...Object.entries(person.profile).flatMap(([key, value]) =>
          value ? [`${PROFILE_WORDS[key] ?? key}：${masked(key, value)}`] : [],
        ),
        ...(person.exemption ? ['已登记不纳入管理（只记类别）'] : []),
      ],
    },
    {
      title: '岗位',
      lines: person.claims.map(
        (c) =>
          `${postTitle(place, c.post)} ${monthText(c.from, now)}起${c.until ? `到${monthText(c.until, now)}` : ''}${person.details[c.post] ? `（${person.details[c.post]}）` : ''}`,
      ),
    },
    {
      title: '报告',
      lines: reports.map(
        (r) =>
          `${reportText(place, r, now)}：${STATE_WORDS[r.state]}${r.evidence.length > 0 ? `，照片${r.evidence.length}张` : ''}`,
      ),
    },
    {
      title: '照片',
      lines:
        photos.length > 0 ? [`${photos.length}张，只用于核实，备案后删除；现在要删请发“删除我的照片”`] : [],
    },
    {
      title: '会议',
      lines: meetings.map(
        (m) => `${dayText(m.date, now)}${m.name}：${m.marks[name] ? MARK_WORDS[m.marks[name]] : '请过假'}`,
      ),
    },
    {
      title: '党费',
      lines: months.flatMap(([month, m]) =>
        m.dues[name] ? [`${monthText(month, now)}：${STATUS_WORDS[m.dues[name]]}`] : [],
      ),
    },
    {
      title: '岗位得分',
      lines: months.flatMap(([month, m]) =>
        Object.entries(m.scores[name] ?? {}).map(
          ([post, s]) =>
            `${monthText(month, now)}${activityName(place, post)}：${s.total ?? (s.commitment ?? 0) + (s.performance ?? 0) + (s.deed ?? 0)}（${s.by}记）`,
        ),
      ),
    },
    {
      title: '异议',
      lines: Object.values(branch.tickets)
        .filter((t) => t.by === name || t.about === name)
        .map((t) => `${t.number}号${t.month ? ` ${monthText(t.month, now)}` : ''}`),
    },
    {
      title: '谁看过您的记录',
      lines: branch.access
        .filter((a) => about(a.about))
        .map((a) => `${dayText(a.at, now)}${a.at.slice(11, 16)} ${a.who}看过${a.what}`),
    },
  ].filter((part) => part.lines.length > 0);
}
