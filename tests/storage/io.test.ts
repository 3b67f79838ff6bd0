import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { piecesOf, realIO } from '../../storage/io.ts';

const scratch = (): string => mkdtempSync(join(tmpdir(), 'lanxing-io-'));

test('a sync that fails is told, whether the disk has been quick or not', async () => {
  const path = join(scratch(), 'file');
  const handle = await realIO.open(path, 'create');
  await expect(realIO.fdatasync(-1)).rejects.toThrow();
  for (let i = 0; i < 30; i++) {
    await realIO.write(handle, Buffer.from('x'), i);
    await realIO.fdatasync(handle);
  }
  await realIO.close(handle);
  await expect(realIO.fdatasync(handle)).rejects.toMatchObject({ code: 'EBADF' });
  expect(readFileSync(path, 'utf8')).toBe('x'.repeat(30));
});

test('syncs in a row let timers and connections run in between', async () => {
  const handle = await realIO.open(join(scratch(), 'file'), 'create');
  let turns = 0;
  let isOver = false;
  const turn = (): void => {
    turns++;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  for (let i = 0; i < 200; i++) await realIO.fdatasync(handle);
  isOver = true;
  await realIO.close(handle);
  expect(turns).toBeGreaterThan(5);
});

test('pieces make up the bytes asked for, and a failure in the middle is told', async () => {
  const path = join(scratch(), 'file');
  const bytes = Buffer.alloc((5 << 20) / 2, '兰星的账本，一行一笔。');
  const handle = await realIO.open(path, 'create');
  await realIO.write(handle, bytes, 0);
  for (const size of [0, 1, 1 << 20, (1 << 20) + 1, bytes.length, bytes.length + 9]) {
    const got: Buffer[] = [];
    for await (const piece of piecesOf(realIO, handle, size)) got.push(Buffer.from(piece));
    expect(Buffer.concat(got).equals(bytes.subarray(0, size))).toBe(true);
  }
  const failing: typeof realIO = {
    ...realIO,
    read: async (file, length, position, into) => {
      if (position > 0) throw Object.assign(new Error('EIO'), { code: 'EIO' });
      return realIO.read(file, length, position, into);
    },
  };
  const read = async (): Promise<void> => {
    for await (const _ of piecesOf(failing, handle, bytes.length)) await new Promise(setImmediate);
  };
  await expect(read()).rejects.toMatchObject({ code: 'EIO' });
  await realIO.close(handle);
});
