import { splitMessage } from '../message.ts';
import {
  FIELD_TITLES,
  rosterFields,
  ROLE_TITLES,
  type RosterField,
  type RosterPost,
  type RosterRecord,
  STATUS_TITLES,
} from './columns.ts';
import type { RosterReading } from './read.ts';

/** What an import would change. A blank cell and a missing column say nothing, so they change nothing. */
export interface RosterPreview {
  readonly added: readonly RosterRecord[];
  readonly changed: readonly RosterChange[];
  readonly unchanged: readonly string[];
  /** Members who are not in the file; an import never removes anybody. */
  readonly missing: readonly string[];
}

export interface RosterChange {
  readonly name: string;
  /** What the file says, with the member's own name in the ledger. */
  readonly record: RosterRecord;
  readonly fields: readonly FieldChange[];
}

export interface FieldChange {
  readonly field: RosterField;
  readonly before: string;
  readonly after: string;
}

/** Compares a reading with the members there are. A person is the same by name; 王小明 in 三组 is 王小明(三组). */
export function previewRoster(
  reading: Pick<RosterReading, 'records'>,
  current: readonly RosterRecord[],
  posts: readonly RosterPost[] = [],
): RosterPreview {
  const added: RosterRecord[] = [];
  const changed: RosterChange[] = [];
  const unchanged: string[] = [];
  const seen = new Set<string>();
  for (const record of reading.records) {
    const member = memberFor(record, current);
    if (member === undefined) {
      added.push(record);
      continue;
    }
    seen.add(member.name);
    const fields = changes(member, record, posts);
    if (fields.length === 0) unchanged.push(member.name);
    else changed.push({ name: member.name, record: { ...record, name: member.name }, fields });
  }
  return {
    added,
    changed,
    unchanged,
    missing: current.map(({ name }) => name).filter((name) => !seen.has(name)),
  };
}

function memberFor(record: RosterRecord, current: readonly RosterRecord[]): RosterRecord | undefined {
  const same = current.find(({ name }) => plain(name) === plain(record.name));
  if (same !== undefined) return same;
  // In the file without brackets, in the ledger with them, or the other way round: the group decides.
  const [base, group] = baseOf(record.name);
  const alike = current.filter(({ name }) => baseOf(name)[0] === base);
  const known = (member: RosterRecord) => baseOf(member.name)[1] || member.group || '';
  return alike.find((member) => known(member) !== '' && known(member) === (group || record.group));
}

function plain(name: string): string {
  return name.normalize('NFKC').replace(/\s/g, '');
}

function baseOf(name: string): [string, string] {
  const parts = /^(.+?)\(([^()]+)\)$/.exec(plain(name));
  return parts === null ? [plain(name), ''] : [parts[1]!, parts[2]!];
}

function changes(before: RosterRecord, after: RosterRecord, posts: readonly RosterPost[]): FieldChange[] {
  return FIELDS.flatMap((field) => {
    if (after[field] === undefined) return [];
    const was = fieldText(before, field, posts);
    const is = fieldText(after, field, posts);
    const kept =
      field === 'aliases' && (after.aliases ?? []).every((alias) => before.aliases?.includes(alias));
    return was === is || kept || refines(was, is) ? [] : [{ field, before: was, after: is }];
  });
}

// 1965-03 in the file takes nothing from a known 1965-03-12.
function refines(was: string, is: string): boolean {
  return /^\d{4}-\d{2}$/.test(is) && was.startsWith(`${is}-`);
}

const FIELDS = rosterFields().filter((field) => field !== 'name');

/** A field as a roster shows it. */
export function fieldText(
  record: RosterRecord,
  field: RosterField,
  posts: readonly RosterPost[] = [],
): string {
  const nameOf = (id: string) => posts.find((post) => post.id === id)?.name ?? id;
  switch (field) {
    case 'posts':
      return (record.posts ?? []).map(nameOf).join('、');
    case 'aliases':
      return (record.aliases ?? []).join('、');
    case 'floating':
      return record.floating ? '是' : '';
    case 'status':
      return STATUS_TITLES[record.status ?? 'full'];
    case 'role':
      return ROLE_TITLES[record.role ?? 'member'];
    default:
      return record[field] ?? '';
  }
}

// What may be said in a preview, which is read on a screen others may see: never the private fields' own values.
const VEILED: ReadonlySet<RosterField> = new Set(['health', 'phone', 'born', 'note']);

/** A preview as text: problems first, and while there are any nothing else; then what would change. */
export function rosterText(reading: RosterReading, preview: RosterPreview): string[] {
  const { findings, notices } = reading;
  const line = ({ place, problem, mend }: (typeof findings)[number]) =>
    `${place}：${problem}${mend === undefined ? '' : `（${mend}）`}`;
  const doubts = notices.length === 0 ? [] : ['请看一眼：', ...notices.map(line)];
  if (findings.length > 0)
    return splitMessage(`名册有${findings.length}处要改，什么都没有导入`, [...findings.map(line), ...doubts]);
  const { added, changed, unchanged, missing } = preview;
  const head = `名册${reading.records.length}人：新增${added.length}人，变动${changed.length}人，不变${unchanged.length}人`;
  const blocks: string[] = [];
  if (added.length > 0) blocks.push(`新增：${added.map((record) => record.name).join('、')}`);
  blocks.push(...changed.map(({ name, fields }) => `${name}：${fields.map(changeText).join('，')}`));
  if (missing.length > 0) blocks.push(`名册里没有、仍然保留：${missing.join('、')}`);
  blocks.push(...doubts, added.length + changed.length === 0 ? '没有要改的。' : '确认后才导入。');
  return splitMessage(head, blocks);
}

function changeText({ field, before, after }: FieldChange): string {
  if (VEILED.has(field)) return `${FIELD_TITLES[field]}${before === '' ? '补上' : '有变'}`;
  return `${FIELD_TITLES[field]} ${before || '空'}→${after || '空'}`;
}
