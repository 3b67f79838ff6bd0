/** Reads the shared date examples and says, kind by kind, how many are read as expected; every miss is listed. */
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { type PrintedDate, readDatesLine } from '../bot/cli/parse-dates.ts';

interface Moment {
  date?: string;
  time?: string;
  part?: string;
}

interface Expectation extends Moment {
  none?: true;
  vague?: true;
  alts?: Expectation[];
  dates?: string[];
  start?: Moment;
  end?: Moment;
  within?: [string, string];
}

interface Example {
  id: string;
  kind: string;
  input: string;
  reference: string;
  span?: string | null;
  expect: Expectation;
}

export interface DateScore {
  set: string;
  kind: string;
  right: number;
  /** Wrong with nothing to show that it may be. */
  silent: number;
  all: number;
}

export interface DateAcceptance {
  scores: DateScore[];
  misses: { id: string; input: string; expected: Expectation; found: PrintedDate[] }[];
  right: boolean;
}

const AIMS: Record<string, number> = { 'dates-village': 0.99, 'dates-external': 0.97 };

function sameMoment(wanted: Moment, found: Moment | undefined): boolean {
  if (!found) return false;
  return (
    (wanted.date === undefined || wanted.date === found.date) &&
    (wanted.time === undefined || wanted.time === found.time) &&
    (wanted.part === undefined || wanted.part === found.part || (found.part ?? '').includes(wanted.part))
  );
}

function isVague(found: PrintedDate): boolean {
  return found.approx === true;
}

function inside(found: PrintedDate, [first, last]: [string, string]): boolean {
  const time = found.time ?? '00:00';
  const moment = `${found.date} ${time.length === 5 ? `${time}:00` : time}`;
  return moment >= first && moment <= last;
}

/** Whether what was found is what is expected. With a span, only what overlaps it is looked at. */
export function meets(expected: Expectation, found: readonly PrintedDate[], strict: boolean): boolean {
  if (expected.alts) return expected.alts.some((alternative) => meets(alternative, found, strict));
  if (expected.none) return found.length === 0;
  if (expected.vague) return found.length > 0 && found.every(isVague);
  if (strict && expected.dates === undefined && found.length !== 1) return false;
  if (expected.dates) {
    return JSON.stringify(found.map((item) => item.date)) === JSON.stringify(expected.dates);
  }
  if (expected.within) return found.some((item) => inside(item, expected.within!));
  if (expected.start) {
    return found.some(
      (item) => sameMoment(expected.start!, item) && sameMoment(expected.end ?? {}, item.end),
    );
  }
  return found.some((item) => sameMoment(expected, item) && (!strict || item.end === undefined));
}

async function readSet(folder: string, set: string): Promise<Example[]> {
  const text = await readFile(`${folder}/data/${set}.jsonl`, 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): Example => JSON.parse(line));
}

function isSilent(expected: Expectation, found: readonly PrintedDate[]): boolean {
  return found.some((item) => (item.flags ?? []).length === 0) && !expected.vague;
}

/** Runs both sets found in `sharedFolder` and prints the tables. */
export async function acceptDates(sharedFolder: string): Promise<DateAcceptance> {
  const acceptance: DateAcceptance = { scores: [], misses: [], right: true };
  for (const [set, aim] of Object.entries(AIMS)) {
    const kinds = new Map<string, DateScore>();
    for (const example of await readSet(sharedFolder, set)) {
      const { found } = readDatesLine({ id: example.id, input: example.input, reference: example.reference });
      const score = kinds.get(example.kind) ?? { set, kind: example.kind, right: 0, silent: 0, all: 0 };
      kinds.set(example.kind, score);
      score.all += 1;
      if (meets(example.expect, found, set === 'dates-village')) score.right += 1;
      else {
        if (isSilent(example.expect, found)) score.silent += 1;
        acceptance.misses.push({ id: example.id, input: example.input, expected: example.expect, found });
      }
    }
    printSet(set, aim, [...kinds.values()], acceptance);
  }
  for (const miss of acceptance.misses) {
    console.log(
      `  ${miss.id} ${miss.input}\n    expected ${JSON.stringify(miss.expected)}\n    found    ${JSON.stringify(miss.found)}`,
    );
  }
  return acceptance;
}

function printSet(set: string, aim: number, scores: DateScore[], acceptance: DateAcceptance): void {
  const sum = (pick: (score: DateScore) => number): number =>
    scores.reduce((total, score) => total + pick(score), 0);
  const share =
    sum((score) => score.right) /
    Math.max(
      1,
      sum((score) => score.all),
    );
  console.log(
    `\n${set}: ${(share * 100).toFixed(1)}% of ${sum((s) => s.all)} right (aim ${aim * 100}%), ${sum((s) => s.silent)} silently wrong`,
  );
  for (const score of scores) {
    console.log(
      `  ${score.kind.padEnd(16)} ${String(score.right).padStart(4)} / ${String(score.all).padEnd(4)} silent ${score.silent}`,
    );
  }
  acceptance.scores.push(...scores);
  if (share < aim) acceptance.right = false;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { right } = await acceptDates(process.argv[2] ?? '../shared');
  process.exitCode = right ? 0 : 1;
}
