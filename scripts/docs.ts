/**
 * `npm run docs`: writes the generated parts of the documents and makes their pictures anew; `npm run docs -- --text`
 * writes the text alone, which needs no browser.
 */
import process from 'node:process';
import { refreshDocuments } from './docs-tables.ts';

const changed = refreshDocuments();
process.stderr.write(changed.length > 0 ? `written: ${changed.join(', ')}\n` : 'the texts are current\n');
if (!process.argv.includes('--text')) {
  const { makePictures } = await import('./docs-pictures.ts');
  await makePictures();
  process.stderr.write('the pictures are made\n');
  // The drawing thread would keep the process alive.
  process.exit(0);
}
