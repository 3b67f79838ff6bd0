/**
 * Cells of a CSV text (RFC 4180, and what Excel writes in China: commas, tabs or semicolons). The separator is the one
 * that stands most often in the first lines outside quotes.
 */
export function parseCsv(text: string): string[][] {
  const source = text.replace(/^\ufeff/, '');
  const separator = separatorOf(source);
  const rows: string[][] = [];
  let row: string[] = [];
  let value = '';
  let inside = false;
  for (let i = 0; i < source.length; i++) {
    const character = source[i]!;
    if (inside) {
      if (character !== '"') value += character;
      else if (source[i + 1] === '"') {
        value += '"';
        i += 1;
      } else inside = false;
    } else if (character === '"' && value === '') inside = true;
    else if (character === separator) {
      row.push(unguarded(value));
      value = '';
    } else if (character === '\n' || character === '\r') {
      if (character === '\r' && source[i + 1] === '\n') i += 1;
      rows.push([...row, unguarded(value)]);
      row = [];
      value = '';
    } else value += character;
  }
  if (value !== '' || row.length > 0) rows.push([...row, unguarded(value)]);
  return rows;
}

function separatorOf(text: string): string {
  const head = text.slice(0, 4000).replace(/"[^"]*"/g, '');
  const count = (mark: string) => head.split(mark).length - 1;
  return [',', '\t', ';', '，'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/**
 * Cells as CSV. What a table program would run as a formula (`=`, `+`, `-`, `@`, or a tab or line break before them) is
 * guarded with an apostrophe; `parseCsv` takes it off again, so that a name goes out and comes back the same.
 */
export function formatCsv(rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => row.map((value) => quoted(guarded(value))).join(',')).join('\r\n')}\r\n`;
}

function guarded(value: string): string {
  return /^'*[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
}

function unguarded(value: string): string {
  return /^''*[=+\-@\t\r\n＝＋－＠]/.test(value) ? value.slice(1) : value;
}

function quoted(value: string): string {
  return /[",\r\n\t;]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
