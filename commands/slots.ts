import type { Reading } from './reading.ts';

/** The slots of a reading, in the shape that the command's own reading fills. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the shape, as with `JSON.parse`
export function slotsOf<T>(reading: Reading): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- reading and command are declared together
  return reading.slots as T;
}
