/** Spreads a table's rows over pages so that the last one is as full as the others, never two people alone. */

/** What stands around the rows of a table, in points. */
export interface Frame {
  /** Room on a page. */
  readonly page: number;
  /** Title, lines and headings in front of the first row. */
  readonly above: number;
  /** Headings that come again on every further page. */
  readonly again: number;
  /** Notes and signatures behind the last row: they never stand on a page alone. */
  readonly below: number;
}

/** How many rows go on each page, filled to at most `room`. A row that is too high has a page to itself. */
function fill(heights: readonly number[], frame: Frame, room: number): number[] {
  const counts: number[] = [];
  let count = 0;
  let used = frame.above;
  heights.forEach((height, i) => {
    const tail = i === heights.length - 1 ? frame.below : 0;
    if (count > 0 && used + height + tail > room) {
      counts.push(count);
      count = 0;
      used = frame.again;
    }
    count += 1;
    used += height;
  });
  if (count > 0) counts.push(count);
  return counts;
}

/** Rows for each page, in as few pages as they need and all about equally full. */
export function spread(heights: readonly number[], frame: Frame): number[] {
  const full = fill(heights, frame, frame.page);
  let least = 0;
  let most = frame.page;
  // The lowest level up to which that many pages need to be filled, to half a point.
  while (most - least > 0.5) {
    const level = (least + most) / 2;
    if (fill(heights, frame, level).length <= full.length) most = level;
    else least = level;
  }
  return fill(heights, frame, most);
}

/** Rows are not drawn out further than this. */
const MOST = 1.25;

/** By how much rows may grow so that the pages they are spread over are filled: 1 where one page holds them. */
export function stretch(heights: readonly number[], frame: Frame): number {
  const counts = spread(heights, frame);
  if (counts.length < 2) return 1;
  let from = 0;
  const growths = counts.map((count, page) => {
    const rows = heights.slice(from, from + count).reduce((a, b) => a + b, 0);
    from += count;
    const around = (page === 0 ? frame.above : frame.again) + (from === heights.length ? frame.below : 0);
    return (frame.page - around) / rows;
  });
  return Math.max(1, Math.min(MOST, ...growths));
}
