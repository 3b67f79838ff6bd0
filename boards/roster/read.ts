import type { IsoDate } from '../../scoring/calendar.ts';
import type { Finding } from '../../scoring/finding.ts';
import { FIELD_TITLES, isPrivateHeading, type RosterPost, type RosterRecord } from './columns.ts';
import { type Column, type Heading, findHeading } from './heading.ts';
import {
  cleanName,
  type Reading,
  readDate,
  readGender,
  readPhone,
  readPosts,
  readRole,
  readStatus,
  readYesNo,
} from './values.ts';

/** What a roster file says. Nothing may be imported while there are findings. */
export interface RosterReading {
  readonly records: readonly RosterRecord[];
  /** What must be mended first, each with its cell. */
  readonly findings: readonly Finding[];
  /** What was taken as read but should be looked at, and the columns that were left out, each with its cell. */
  readonly notices: readonly Finding[];
  /** Fields that the file has a column for: what it is silent about, an import does not touch. */
  readonly fields: readonly (keyof RosterRecord)[];
}

export interface RosterContext {
  readonly today: IsoDate;
  /** Every name a post goes by, one entry a name. */
  readonly posts: readonly RosterPost[];
}

/**
 * Reads a roster from a table's cells, as people really keep them: title rows above the headings, headings in other
 * words or in two rows, blanks inside names, messy dates, totals below. Every problem is found, none stops the reading.
 */
export function readRoster(cells: readonly (readonly string[])[], context: RosterContext): RosterReading {
  const heading = findHeading(cells);
  if (heading === null) {
    const problem = '没有找到表头：至少要有“姓名”一列';
    return {
      records: [],
      findings: [{ place: 'A1', problem, mend: '用导出的模板，或把列名写成 姓名、性别、出生年月…' }],
      notices: [],
      fields: [],
    };
  }
  const page = new Page(context, heading);
  for (let row = heading.after; row < cells.length; row++) page.read(cells[row] ?? [], row);
  return page.close();
}

/** The name of a cell as Excel shows it; both count from 0: (6, 1) is B7. */
export function cellName(row: number, column: number): string {
  let letters = '';
  for (let n = column; n >= 0; n = Math.floor(n / 26) - 1)
    letters = String.fromCharCode(65 + (n % 26)) + letters;
  return `${letters}${row + 1}`;
}

const TOTALS =
  /^(合计|总计|小计|共计|填表人|制表人|审核人|填报人|负责人|备注|说明|注)([:：（(].*)?$|^注[:：]|^填表/;

type Draft = { -readonly [K in keyof RosterRecord]: RosterRecord[K] };

class Page {
  readonly #context: RosterContext;
  readonly #heading: Heading;
  readonly #rows: { readonly record: Draft; readonly row: number }[] = [];
  readonly #findings: Finding[] = [];
  readonly #notices: Finding[] = [];

  constructor(context: RosterContext, heading: Heading) {
    this.#context = context;
    this.#heading = heading;
    for (const { row, column, text } of heading.unknown) {
      const why = isPrivateHeading(text)
        ? '系统用不到这类个人信息，不读取、不保存'
        : '不认识这一列，没有导入';
      this.#notices.push({ place: cellName(row, column), problem: `“${text}”列：${why}` });
    }
  }

  read(line: readonly string[], row: number): void {
    const { columns, name: nameColumn } = this.#heading;
    const said = (line[nameColumn] ?? '').trim();
    const name = cleanName(said);
    if (columns.every(({ column }) => (line[column] ?? '').trim() === '')) return;
    if (TOTALS.test(name) || line.some((text) => TOTALS.test(cleanName(text)) && name === '')) return;
    if (columns.filter(({ column, text }) => (line[column] ?? '').trim() === text).length >= 2) return;
    if (name === '') {
      this.#findings.push({
        place: cellName(row, nameColumn),
        problem: '这一行没有姓名',
        mend: '补上姓名，或删掉这一行',
      });
      return;
    }
    if (Array.from(name).length > 30)
      this.#findings.push({ place: cellName(row, nameColumn), problem: '姓名太长' });
    const record: Draft = { name };
    for (const column of columns) {
      const text = (line[column.column] ?? '').trim();
      if (text !== '' && column.field !== 'name')
        this.#take(record, column, text, cellName(row, column.column));
    }
    this.#rows.push({ record, row });
  }

  #take(record: Draft, { field, text: heading }: Column, text: string, place: string): void {
    const { today, posts } = this.#context;
    switch (field) {
      case 'born':
      case 'joinedParty':
        record[field] = this.#value(readDate(text, today), place) ?? record[field] ?? '';
        if (record[field] === '') delete record[field];
        return;
      case 'fullSince':
      case 'joined':
        this.#day(record, field, text, place);
        return;
      case 'gender':
        return assign(record, 'gender', this.#value(readGender(text), place));
      case 'phone':
        return assign(record, 'phone', this.#value(readPhone(text), place));
      case 'role': {
        // A job (村医) says nothing of an office in the branch: blank and plain words take no office away.
        const role = this.#value(readRole(text), place);
        return assign(record, 'role', role === 'member' ? undefined : role);
      }
      case 'status':
        return assign(record, 'status', this.#value(readStatus(text, heading), place));
      case 'floating':
        return assign(record, 'floating', this.#value(readYesNo(text, ['流动', '流动党员', '外出']), place));
      case 'posts':
        return this.#posts(record, this.#value(readPosts(text, posts), place) ?? [], place);
      case 'aliases': {
        const aliases = text
          .split(/[、，,;；/|\n]+/)
          .map(cleanName)
          .filter((alias) => alias !== '');
        record.aliases = [...new Set([...(record.aliases ?? []), ...aliases])];
        return;
      }
      default:
        assign(record, field, text.replace(/\s+/g, ' '));
    }
  }

  // A day is needed to tell which month counts; a month alone means its first day, and that is said.
  #day(record: Draft, field: 'fullSince' | 'joined', text: string, place: string): void {
    const value = this.#value(readDate(text, this.#context.today), place);
    if (value === undefined) return;
    record[field] = value.length === 7 ? `${value}-01` : value;
    if (value.length === 7)
      this.#notices.push({ place, problem: `${FIELD_TITLES[field]}“${text}”没有日，按当月1日` });
  }

  #posts(record: Draft, more: readonly string[], place: string): void {
    const posts = [...new Set([...(record.posts ?? []), ...more])];
    if (posts.length > 2)
      this.#findings.push({
        place,
        problem: `${record.name}的岗位多于两个`,
        mend: '每人认领两个岗位，第三个不计分',
      });
    if (posts.length > 0) record.posts = posts;
  }

  #value<T>(reading: Reading<T>, place: string): T | undefined {
    if (!('value' in reading)) {
      this.#findings.push({
        place,
        problem: reading.problem,
        ...(reading.mend === undefined ? {} : { mend: reading.mend }),
      });
      return undefined;
    }
    if (reading.doubt !== undefined) this.#notices.push({ place, problem: reading.doubt });
    return reading.value;
  }

  close(): RosterReading {
    this.#tellApart();
    this.#checkDates();
    if (this.#rows.length === 0)
      this.#findings.push({
        place: cellName(this.#heading.after, this.#heading.name),
        problem: '表头下面没有人',
      });
    const fields = [...new Set(this.#heading.columns.map((column) => column.field))];
    return {
      records: this.#rows.map(({ record }) => record),
      findings: this.#findings,
      notices: this.#notices,
      fields,
    };
  }

  // Two people of one name are told apart by their groups: 王小明(三组) and 王小明(六组).
  #tellApart(): void {
    const byName = groups(this.#rows);
    for (const [name, rows] of byName) {
      if (rows.length < 2) continue;
      const named = new Set(rows.map(({ record }) => record.group ?? ''));
      if (named.size === rows.length && !named.has('')) {
        for (const { record } of rows) record.name = `${name}(${record.group})`;
        continue;
      }
      for (const { row } of rows.slice(1)) {
        const first = cellName(rows[0]!.row, this.#heading.name);
        const mend = '同一个人删掉一行；两个人请填不同的所在组';
        this.#findings.push({
          place: cellName(row, this.#heading.name),
          problem: `${name}和${first}重名`,
          mend,
        });
      }
    }
  }

  #checkDates(): void {
    const column = this.#heading.columns.find(({ field }) => field === 'joinedParty')?.column;
    for (const { record, row } of this.#rows) {
      const { born, joinedParty, fullSince } = record;
      if (column === undefined || joinedParty === undefined) continue;
      const place = cellName(row, column);
      if (born !== undefined && Number(joinedParty.slice(0, 4)) - Number(born.slice(0, 4)) < 18)
        this.#findings.push({ place, problem: `${record.name}入党时不满18岁，出生年月或入党时间有误` });
      if (fullSince !== undefined && fullSince.slice(0, 7) < joinedParty.slice(0, 7))
        this.#findings.push({ place, problem: `${record.name}的转正时间早于入党时间` });
    }
  }
}

function assign<K extends keyof Draft>(record: Draft, field: K, value: Draft[K] | undefined): void {
  if (value !== undefined) record[field] = value;
}

function groups<T extends { readonly record: RosterRecord }>(rows: readonly T[]): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const row of rows) map.set(row.record.name, [...(map.get(row.record.name) ?? []), row]);
  return map;
}
