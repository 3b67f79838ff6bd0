import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { backupCommand, restoreCommand } from '../../bot/cli/backup.ts';
import { verifyCommand } from '../../bot/cli/verify.ts';
import { townFold, upgradeEntry } from '../../bot/town-store.ts';
import { body } from '../../ledger/kinds.ts';
import { backup } from '../../storage/backup.ts';
import { readEvidence, saveEvidence } from '../../storage/evidence.ts';
import { openJournalStore } from '../../storage/journal.ts';
import { StorageProblem } from '../../storage/problem.ts';
import { readJournal } from '../../storage/read.ts';
import { restore } from '../../storage/restore.ts';
import { contentOf, journalOf, run, scratch, smallLedger } from './storage-verbs.ts';

async function backedUp(...more: string[]): Promise<{ data: string; file: string; root: string }> {
  const root = scratch();
  const data = join(root, 'data');
  const file = join(root, 'town.backup');
  await smallLedger(data);
  const { code, err } = await run(backupCommand(), '--data', data, '--to', file, ...more);
  expect([code, err]).toEqual([0, '']);
  return { data, file, root };
}

describe('lanxing backup and restore', () => {
  test('a ledger with its photos comes back as it was, and opens', async () => {
    const root = scratch();
    const data = join(root, 'data');
    await smallLedger(data);
    const { sha256 } = await saveEvidence(data, Buffer.from('一张照片'));
    const made = await run(backupCommand(), '--data', data, '--to', join(root, 'b'));
    expect(JSON.parse(made.out)).toMatchObject({ encrypted: false, branches: 2, files: 3 });
    expect(statSync(join(root, 'b')).mode & 0o777).toBe(0o600);
    const { code, out } = await run(restoreCommand(), join(root, 'b'), '--data', join(root, 'new'));
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ entries: 4, putAside: null })]);
    expect(contentOf(join(root, 'new'))).toEqual(contentOf(data));
    expect((await readEvidence(join(root, 'new'), sha256)).toString()).toBe('一张照片');
    expect((await run(verifyCommand(), '--data', join(root, 'new'))).code).toBe(0);
    const store = await openJournalStore({ folder: join(root, 'new'), fold: townFold, notice: () => {} });
    expect((await store.head('东村')).seq).toBe(3);
    await store.close();
  });

  test('while the bot writes, a backup is one moment of it', async () => {
    const root = scratch();
    const data = join(root, 'data');
    const store = await openJournalStore({ folder: data, fold: townFold });
    const write = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        const bodies = [body('notice-posted', { notice: `第 ${i} 条` })];
        await store.append([
          { branch: '东村', source: `w${i}`, at: '2026-11-03T20:15:00', by: 'bot', bodies },
        ]);
      }
    };
    const writing = write(60);
    await store.append([
      {
        branch: '西村',
        source: 'first',
        at: '2026-11-03T20:15:00',
        by: 'bot',
        bodies: [body('notice-posted', { notice: '先' })],
      },
    ]);
    const { code } = await run(backupCommand(), '--data', data, '--to', join(root, 'b'));
    await writing;
    await store.close();
    expect(code).toBe(0);
    const { out } = await run(restoreCommand(), join(root, 'b'), '--data', join(root, 'new'));
    const { entries }: { entries: number } = JSON.parse(out);
    expect(entries).toBeGreaterThan(0);
    expect(entries).toBeLessThanOrEqual(61);
  });

  test('with a passphrase nobody reads it without, and a wrong one is refused', async () => {
    const root = scratch();
    for (const [name, words] of [
      ['right', '山高水长一二三'],
      ['wrong', '不是这个口令'],
    ] as const)
      writeFileSync(join(root, name), `${words}\n`);
    const [data, file] = [join(root, 'data'), join(root, 'town.backup')];
    await smallLedger(data);
    // A cheap scrypt, for the test's sake; the verb takes age's own.
    await backup({
      folder: data,
      to: file,
      at: '2026-11-04T08:00:00',
      secret: { passphrase: '山高水长一二三', work: 8 },
    });
    expect(readFileSync(file).includes(Buffer.from('age-encryption.org/v1'))).toBe(true);
    const into = join(root, 'new');
    const without = await run(restoreCommand(), file, '--data', into);
    expect([without.code, without.err]).toEqual([2, expect.stringMatching(/加密.*--passphrase-file/)]);
    const wrong = await run(restoreCommand(), file, '--data', into, '--passphrase-file', join(root, 'wrong'));
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringMatching(/口令或密钥不对/)]);
    expect(existsSync(into)).toBe(false);
    const right = await run(restoreCommand(), file, '--data', into, '--passphrase-file', join(root, 'right'));
    expect(right.code).toBe(0);
    expect(contentOf(into)).toEqual(contentOf(data));
  });

  test('encrypted to a recipient it opens with that identity', async () => {
    const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
    const identity = await generateX25519Identity();
    const { file, root, data } = await backedUp('--recipient', await identityToRecipient(identity));
    writeFileSync(join(root, 'key.txt'), `# created today\n${identity}\n`);
    const { code } = await run(
      restoreCommand(),
      file,
      '--data',
      join(root, 'new'),
      '--identity-file',
      join(root, 'key.txt'),
    );
    expect(code).toBe(0);
    expect(contentOf(join(root, 'new'))).toEqual(contentOf(data));
  });

  test('nothing is overwritten unless told, and then what was there is put aside whole', async () => {
    const { data, file } = await backedUp();
    const before = contentOf(data);
    const refused = await run(restoreCommand(), file, '--data', data);
    expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(/已经有东西.*--force/)]);
    expect(contentOf(data)).toEqual(before);
    const { code, out } = await run(restoreCommand(), file, '--data', data, '--force');
    expect(code).toBe(0);
    const { putAside }: { putAside: string } = JSON.parse(out);
    expect(contentOf(putAside)).toEqual(before);
    expect(contentOf(data)).toEqual(before);
  });

  test('into a folder that is there and empty it goes as into a new one', async () => {
    const { data, file, root } = await backedUp();
    const into = join(root, 'empty');
    mkdirSync(into);
    const { code, out } = await run(restoreCommand(), file, '--data', into);
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ putAside: null })]);
    expect(contentOf(into)).toEqual(contentOf(data));
    expect(statSync(into).mode & 0o777).toBe(0o700);
    expect(readdirSync(root).sort()).toEqual(['data', 'empty', 'town.backup']);
  });

  /** A mount point: it cannot be renamed itself, nor anything be renamed into it or out of it. */
  const asMount = (folder: string) => (from: string, to: string) => {
    const fail = (code: string): never => {
      throw Object.assign(new Error(code), { code });
    };
    if (from === folder || to === folder) fail('EBUSY');
    if (from.startsWith(`${folder}/`) !== to.startsWith(`${folder}/`)) fail('EXDEV');
    renameSync(from, to);
  };

  test('onto a mount point the files go and the folder stays, and what was there lies aside within it', async () => {
    const { data, file, root } = await backedUp();
    const given = {
      file,
      stamp: '20261104-080000',
      fold: townFold,
      upgrade: upgradeEntry,
    };
    const mount = join(root, 'mount');
    mkdirSync(join(mount, 'lost+found'), { recursive: true });
    const inode = statSync(mount).ino;
    const first = await restore({ ...given, folder: mount, force: false, rename: asMount(mount) });
    expect([first.putAside, first.entries]).toEqual([null, 4]);
    expect(readdirSync(mount).sort()).toEqual(['journal', 'lanxing.json', 'lost+found']);
    writeFileSync(join(mount, 'note'), '手记');
    const again = { ...given, folder: mount, rename: asMount(mount) };
    await expect(restore({ ...again, force: false })).rejects.toMatchObject({ kind: 'foreign' });
    const second = await restore({ ...again, force: true });
    const aside = join(mount, 'before-restore-20261104-080000');
    expect(second.putAside).toBe(aside);
    expect(contentOf(aside)).toEqual(contentOf(data));
    expect(readFileSync(join(aside, 'note'), 'utf8')).toBe('手记');
    expect(contentOf(mount)).toEqual(contentOf(data));
    expect(statSync(mount).ino).toBe(inode);
    expect((await run(verifyCommand(), '--data', mount)).code).toBe(0);
    expect(readdirSync(root).sort()).toEqual(['data', 'mount', 'town.backup']);
  });

  test('cut off at any move onto a mount point, the folder is never taken for a ledger that is empty or mixed', async () => {
    const { data, file, root } = await backedUp();
    const given = { file, stamp: 's', fold: townFold, upgrade: upgradeEntry, force: true };
    const outcomes: string[] = [];
    for (let moves = 0; moves < 12; moves++) {
      const mount = join(root, `mount-${moves}`);
      cpSync(data, mount, { recursive: true });
      writeFileSync(join(mount, 'only-before'), '');
      let left = moves;
      const rename = (from: string, to: string): void => {
        if (from !== mount && left-- <= 0) throw Object.assign(new Error('cut'), { code: 'EIO' });
        asMount(mount)(from, to);
      };
      const done = await restore({ ...given, folder: mount, rename }).then(
        () => 'restored',
        () => 'cut',
      );
      const isOld = existsSync(join(mount, 'only-before'));
      const opened = await readJournal({ folder: mount, fold: townFold, upgrade: upgradeEntry }).then(
        ({ heads }) => `opens as ${isOld ? 'old' : 'new'} with ${heads.length}`,
        ({ kind }: { kind: string }) => `refused: ${kind}`,
      );
      outcomes.push(`${done}, ${opened}`);
    }
    expect(outcomes[0]).toBe('cut, opens as old with 2');
    expect(outcomes.at(-1)).toBe('restored, opens as new with 2');
    const between = outcomes.slice(1).filter((outcome) => outcome.startsWith('cut'));
    expect(between.length).toBeGreaterThan(3);
    for (const outcome of between) expect(outcome).toMatch(/^cut, refused: (foreign|missing)$/);
  });

  test('a ledger in use is not replaced even with --force', async () => {
    const { data, file, root } = await backedUp();
    const store = await openJournalStore({ folder: data, fold: townFold });
    const { code, err } = await run(restoreCommand(), file, '--data', data, '--force');
    await store.close();
    expect([code, err]).toEqual([2, expect.stringMatching(/正在使用/)]);
    expect(readdirSync(root).sort()).toEqual(['data', 'town.backup']);
  });

  test('a damaged backup is refused with nothing changed, wherever it is damaged or cut', async () => {
    const { file, root } = await backedUp();
    const bytes = readFileSync(file);
    const bad = join(root, 'bad.backup');
    const wrong: unknown[] = [];
    for (let at = 10; at < bytes.length; at += 41) {
      const flipped = Buffer.from(bytes);
      flipped[at] = flipped[at]! ^ 0x10;
      for (const damaged of [flipped, bytes.subarray(0, at)]) {
        writeFileSync(bad, damaged);
        const { code, err } = await run(restoreCommand(), bad, '--data', join(root, 'new'));
        if (code !== 2 || !err.includes('bad.backup') || existsSync(join(root, 'new')))
          wrong.push([at, code, err]);
      }
    }
    expect(wrong).toEqual([]);
    expect(readdirSync(root).sort()).toEqual(['bad.backup', 'data', 'town.backup']);
  });

  test.each([false, true])('one flipped bit in any byte is refused (encrypted: %s)', async (encrypted) => {
    const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
    const identity = await generateX25519Identity();
    const { file, root } = await backedUp(
      ...(encrypted ? ['--recipient', await identityToRecipient(identity)] : []),
    );
    const bytes = readFileSync(file);
    const bad = join(root, 'bad.backup');
    const taken: number[] = [];
    for (let at = 0; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes);
      flipped[at] = flipped[at]! ^ (1 << (at % 8));
      writeFileSync(bad, flipped);
      await restore({
        file: bad,
        folder: join(root, `new-${at}`),
        force: false,
        stamp: 's',
        fold: townFold,
        upgrade: upgradeEntry,
        ...(encrypted ? { secret: { identity } } : {}),
      }).then(
        () => taken.push(at),
        (error: unknown) => expect(error).toBeInstanceOf(StorageProblem),
      );
    }
    expect(taken).toEqual([]);
    expect(readdirSync(root).sort()).toEqual(['bad.backup', 'data', 'town.backup']);
  });

  test('what is not encrypted is plain gzip, for whoever has nothing but gunzip', async () => {
    const { file } = await backedUp();
    const text = gunzipSync(readFileSync(file)).toString('utf8');
    expect(text.split('\n')[0]).toMatch(/^\{"backup":"lanxing","v":1,"at":/);
    expect(text).toMatch(/"sha256":"[0-9a-f]{64}"\}\n$/);
  });

  test('a damaged ledger is not backed up as if it were good', async () => {
    const root = scratch();
    const data = join(root, 'data');
    await smallLedger(data);
    const path = journalOf(data, '2026-10');
    writeFileSync(path, readFileSync(path, 'utf8').replace('李清照', '李青照'));
    const { code, err } = await run(backupCommand(), '--data', data, '--to', join(root, 'b'));
    expect([code, err]).toEqual([2, expect.stringMatching(/journal\/2026-10\.jsonl:2/)]);
    expect(readdirSync(root)).toEqual(['data']);
  });

  test('a ledger whose last line is cut is not backed up where its checkpoint knows that line', async () => {
    const root = scratch();
    const data = join(root, 'data');
    await smallLedger(data);
    const path = journalOf(data, '2026-11');
    truncateSync(path, statSync(path).size - 20);
    const { code, err } = await run(backupCommand(), '--data', data, '--to', join(root, 'b'));
    expect([code, err]).toEqual([2, expect.stringMatching(/journal\/2026-11\.jsonl：检查点已到第 \d+ 行/)]);
    expect(readdirSync(root)).toEqual(['data']);
  });

  test('bad usage is told in one line, and changes nothing', async () => {
    const { data, file, root } = await backedUp();
    writeFileSync(join(root, 'empty'), '\n');
    mkdirSync(join(root, 'other'));
    writeFileSync(join(root, 'other', 'x'), '');
    const tries = [
      () => run(backupCommand(), '--data', data, '--to', file),
      () => run(backupCommand(), '--data', join(root, 'other'), '--to', join(root, 'b')),
      () => run(backupCommand(), '--data', data, '--to', join(root, 'no/such/folder/b')),
      () => run(backupCommand(), '--data', data, '--to', join(root, 'b'), '--recipient', 'ssh-rsa'),
      () =>
        run(
          backupCommand(),
          '--data',
          data,
          '--to',
          join(root, 'b'),
          '--passphrase-file',
          join(root, 'empty'),
        ),
      () => run(restoreCommand(), join(root, 'none'), '--data', join(root, 'new')),
      () => run(restoreCommand(), join(root, 'empty'), '--data', join(root, 'new')),
    ];
    const done: unknown[] = [];
    for (const tried of tries) {
      const { code, out, err } = await tried();
      done.push([code, out, err.trim().split('\n').length]);
    }
    expect(done).toEqual(tries.map(() => [2, '', 1]));
    expect(readdirSync(root).sort()).toEqual(['data', 'empty', 'other', 'town.backup']);
  });
});
