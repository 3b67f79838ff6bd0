import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** What tests leave behind in the folder for temporary files goes into one of its own, and away with the run. */
export default function setUp() {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'lanxing-tests-'));
}
