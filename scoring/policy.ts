/**
 * A policy (细则) ready for use, and how files become one: a whole file is checked against the schema, an override
 * (of a town, a branch or a case) is laid over it and the result checked again, so no mixture escapes the rules.
 */
import { z } from 'zod';
import type { Finding } from './finding.ts';
import { approvalSchema, policySchema, type PolicyFile } from './policy-schema.ts';
import { READING_NAMES, type ReadingName, type Readings, readingValues } from './readings.ts';

export type { Readings } from './readings.ts';

/** The policy file with its readings as plain values and their clauses beside them. */
export type Policy = Readonly<Omit<PolicyFile, 'readings'>> & {
  readonly readings: Readings;
  readonly readingClauses: Readonly<Record<ReadingName, string>>;
};
export type PolicyPost = Policy['posts'][number];
export type BonusItem = Policy['bonus']['items'][number];

type DeepPartial<T> = T extends readonly (infer E)[]
  ? DeepPartial<E>[]
  : T extends object
    ? { [K in keyof T]?: DeepPartial<T[K]> }
    : T;

/**
 * What a town, a branch or a case changes. Lists whose entries have an id are matched by it: an entry with a known
 * id changes the fields it names, one with a new id is added (`"enabled": false` retires a post). Other lists are
 * replaced whole. A reading is given by its value alone.
 */
export type PolicyOverride = {
  readings?: Partial<Readings>;
} & { [K in Exclude<keyof PolicyFile, 'readings'>]?: DeepPartial<PolicyFile[K]> };

export type PolicyResult =
  | { readonly policy: Policy; readonly findings: readonly [] }
  | { readonly policy: null; readonly findings: readonly Finding[] };

/** Checks a whole policy file. Findings carry the path, starting with `place`. */
export function readPolicy(input: unknown, place = ''): PolicyResult {
  const parsed = policySchema.safeParse(input, { error: z.locales.zhCN().localeError });
  if (!parsed.success) return { policy: null, findings: findingsOf(parsed.error, input, place) };
  return { policy: compilePolicy(parsed.data), findings: [] };
}

/** Lays an override over a policy. With `approval` the override must say who decided it, when, in which minute. */
export function overridePolicy(
  base: Policy,
  override: unknown,
  options: { readonly place?: string; readonly approval?: boolean } = {},
): PolicyResult {
  const place = options.place ?? '';
  if (!isRecord(override)) {
    return { policy: null, findings: [{ place: place || '(文件)', problem: '须为一个对象' }] };
  }
  const { readings, ...rest } = override;
  const read = readReadings(readings, join(place, 'readings'));
  const findings = [...read.findings];
  // Most cases change readings alone, and a reading needs no second look at the whole.
  const changed =
    Object.keys(rest).length === 0
      ? { policy: base, findings: [] }
      : readPolicy(merge(toFile(base), rest), place);
  findings.push(...changed.findings);
  if (options.approval && !approvalSchema.safeParse(override['approved']).success)
    findings.push({
      place: join(place, 'approved'),
      problem: '缺少批准信息',
      mend: '写明 "approved": {"date": 日期, "minute": 会议记录, "by": 批准的组织}',
    });
  if (findings.length > 0 || !changed.policy) return { policy: null, findings };
  return { policy: withReadings(changed.policy, read.readings), findings: [] };
}

/** The same policy under other readings, which are known to be legal (sensitivity, previews). */
export function withReadings(policy: Policy, readings: Partial<Readings>): Policy {
  return { ...policy, readings: { ...policy.readings, ...readings } };
}

function compilePolicy(file: PolicyFile): Policy {
  const values: Record<string, string> = {};
  const clauses: Record<string, string> = {};
  for (const name of READING_NAMES) {
    values[name] = file.readings[name].value;
    clauses[name] = file.readings[name].clause;
  }
  return {
    ...file,
    readings: values as unknown as Readings,
    readingClauses: clauses as Record<ReadingName, string>,
  };
}

function toFile(policy: Policy): Record<string, unknown> {
  const { readings, readingClauses, ...rest } = policy;
  const back: Record<string, unknown> = {};
  for (const name of READING_NAMES) back[name] = { value: readings[name], clause: readingClauses[name] };
  return { ...rest, readings: back };
}

/** Readings as an override gives them: `{"leave": "all"}`. */
function readReadings(given: unknown, place: string): { readings: Partial<Readings>; findings: Finding[] } {
  const readings: Record<string, string> = {};
  const findings: Finding[] = [];
  if (given === undefined || given === null) return { readings, findings };
  if (!isRecord(given)) return { readings, findings: [{ place, problem: '须为一个对象' }] };
  for (const [key, value] of Object.entries(given)) {
    const name = READING_NAMES.find((n) => n === key);
    const legal = name && readingValues(name).find((v) => v === value);
    if (name && legal) readings[name] = legal;
    else
      findings.push({
        place: join(place, key),
        problem: name ? `没有这种读法 ${JSON.stringify(value)}` : '没有这个读法',
        mend: `可用：${(name ? readingValues(name) : READING_NAMES).join('、')}`,
      });
  }
  return { readings, findings };
}

function merge(base: unknown, over: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(over) && base.every(hasId) && over.every(hasId)) {
    const out: unknown[] = [...base];
    for (const entry of over) {
      const at = out.findIndex((x) => hasId(x) && x.id === entry.id);
      if (at < 0) out.push(entry);
      else out[at] = merge(out[at], entry);
    }
    return out;
  }
  if (isRecord(base) && isRecord(over)) {
    const out: Record<string, unknown> = { ...base };
    for (const [key, value] of Object.entries(over)) out[key] = key in base ? merge(base[key], value) : value;
    return out;
  }
  return over;
}

function hasId(value: unknown): value is { id: string } {
  return isRecord(value) && typeof value['id'] === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`;
}

function findingsOf(error: z.ZodError, input: unknown, place: string): Finding[] {
  return error.issues.flatMap((issue): Finding[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        place: pathOf([...issue.path, key], input, place),
        problem: '没有这个字段',
        mend: '检查拼写，或删去',
      }));
    return [{ place: pathOf(issue.path, input, place), problem: issue.message }];
  });
}

/** `items[study].points`: entries of lists are named by their id where they have one, for that is what people see. */
function pathOf(path: readonly PropertyKey[], input: unknown, place: string): string {
  let at: unknown = input;
  let out = place;
  for (const key of path) {
    const next: unknown =
      isRecord(at) || Array.isArray(at) ? (at as Record<PropertyKey, unknown>)[key] : undefined;
    if (typeof key === 'number') out += hasId(next) ? `[${next.id}]` : `[${key}]`;
    else {
      const word = String(key);
      // An unknown reading value is reported at the reading, which is how people write it.
      if (!(word === 'value' && /(^|\.)readings\.\w+$/.test(out))) out = join(out, word);
    }
    at = next;
  }
  return out === '' ? '(文件)' : out;
}
