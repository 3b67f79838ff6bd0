/** WeChat cuts a text somewhere beyond this; counted in UTF-8 bytes. */
export const MESSAGE_BYTES = 2000;

const encoder = new TextEncoder();

export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** Blocks are never torn apart where they fit into one message; a block is one or more lines. */
export type Block = string;

/**
 * Blocks as few messages as they need, each within `limit` bytes. Where there are several, each begins with `head`
 * and says which it is: `（2/3）`. A message breaks between blocks, a block too long for a message between its lines,
 * and a line too long for a message between its sentences, else anywhere but inside a character.
 */
export function splitMessage(head: string, blocks: readonly Block[], limit = MESSAGE_BYTES): string[] {
  const whole = [head, ...blocks].filter((part) => part !== '').join('\n');
  if (byteLength(whole) <= limit) return whole === '' ? [] : [whole];
  const mark = '（99/99）\n';
  const room = limit - byteLength(`${head}${mark}`);
  if (room < 40) return splitMessage('', [whole], limit);
  const bodies = pack(
    blocks.flatMap((block) => fitBlock(block, room)),
    room,
  );
  return bodies.map((body, i) => `${head}（${i + 1}/${bodies.length}）\n${body}`);
}

/** Greedy: as many pieces in each message as fit. */
function pack(pieces: readonly string[], room: number): string[] {
  const bodies: string[] = [];
  let body = '';
  for (const piece of pieces) {
    const longer = body === '' ? piece : `${body}\n${piece}`;
    if (body !== '' && byteLength(longer) > room) {
      bodies.push(body);
      body = piece;
    } else body = longer;
  }
  if (body !== '') bodies.push(body);
  return bodies;
}

function fitBlock(block: string, room: number): string[] {
  if (byteLength(block) <= room) return [block];
  const lines = block.split('\n');
  if (lines.length > 1) return lines.flatMap((line) => fitBlock(line, room));
  return fitLine(block, room);
}

function fitLine(line: string, room: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const sentence of line.split(/(?<=[。；，、\s])/)) {
    for (const part of byteLength(sentence) > room ? Array.from(sentence) : [sentence]) {
      if (piece !== '' && byteLength(piece + part) > room) {
        pieces.push(piece);
        piece = '';
      }
      piece += part;
    }
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}
