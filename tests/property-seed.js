import process from 'node:process';
import * as fc from 'fast-check';

// Properties are tried on the same cases in every run, so that a change is what makes one fail; the long run looks further.
if (process.env.LANXING_LONG !== '1') fc.configureGlobal({ seed: 20_231_101 });
