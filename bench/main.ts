/** `npm run bench [NAME…]`: every figure as a ratio to a baseline measured in the same run; absolute ones are noise. */
import process from 'node:process';

/** One measured line. `ratio` is `value` over the baseline's value; `aim` is what the design asks for. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the ratio is to: its name, or its value in the same unit. */
  readonly baseline?: string | number;
  readonly ratio?: number;
  readonly aim?: string | number;
}

type Bench = () => Promise<readonly Row[]>;

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  scoring: async () => (await import('./scoring.ts')).bench,
  dates: async () => (await import('./dates.ts')).bench,
  parse: async () => (await import('./parse.ts')).bench,
  storage: async () => (await import('./storage.ts')).bench,
  picture: async () => (await import('./picture.ts')).bench,
  echo: async () => async () => (await import('./talk.ts')).bench(),
  month: async () => (await import('./month.ts')).bench,
  town: async () => (await import('./town.ts')).bench,
};

function print(row: Row): void {
  const figure = `${Number(row.value.toPrecision(4))} ${row.unit}`;
  const ratio = row.ratio === undefined ? '' : `  = ${row.ratio.toFixed(2)}× ${row.baseline ?? 'baseline'}`;
  process.stdout.write(
    `  ${row.name.padEnd(58)} ${figure.padStart(16)}${ratio}${row.aim === undefined ? '' : `   (aim ${row.aim})`}\n`,
  );
}

const wanted = process.argv.slice(2);
for (const [name, load] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`${name}\n`);
  const bench = await load();
  for (const row of await bench()) print(row);
}
process.exit(0);
