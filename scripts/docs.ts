/**
 * `npm run docs`: writes the generated parts of the documents and the sample month's output, and makes the pictures
 * anew; `npm run docs -- --text` writes the text alone, which needs no browser.
 */
import process from 'node:process';
import { refreshSample } from './docs-sample.ts';
import { refreshDocuments } from './docs-tables.ts';

const changed = [...refreshDocuments(), ...refreshSample()];
process.stderr.write(changed.length > 0 ? `written: ${changed.join(', ')}\n` : 'the texts are current\n');
if (!process.argv.includes('--text')) {
  const { makePictures } = await import('./docs-pictures.ts');
  await makePictures();
  process.stderr.write('the pictures are made\n');
  // The drawing thread would keep the process alive.
  process.exit(0);
}
