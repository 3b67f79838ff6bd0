import { rmSync } from 'node:fs';
import process from 'node:process';

export default function tearDown() {
  if (process.env.TMPDIR?.includes('lanxing-tests-')) {
    rmSync(process.env.TMPDIR, { recursive: true, force: true, maxRetries: 3 });
  }
}
