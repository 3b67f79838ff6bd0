import { existsSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { showCommand } from '../../bot/cli/show.ts';
import { verifyCommand } from '../../bot/cli/verify.ts';
import { townFold } from '../../bot/town-store.ts';
import { body } from '../../ledger/kinds.ts';
import { saveEvidence } from '../../storage/evidence.ts';
import { openJournalStore } from '../../storage/journal.ts';
import { journalOf, run, scratch, smallLedger } from './storage-verbs.ts';

const changeByte = (path: string, at: number): void => {
  const bytes = readFileSync(path);
  bytes[at] = bytes[at]! ^ 1;
  writeFileSync(path, bytes);
};

describe('lanxing verify', () => {
  test('a good ledger is told with its heads, exit 0', async () => {
    const data = scratch();
    await smallLedger(data);
    const { out, code } = await run(verifyCommand(), '--data', data);
    expect(code).toBe(0);
    const told: unknown = JSON.parse(out);
    expect(told).toMatchObject({
      ok: true,
      entries: 4,
      findings: [],
      heads: [
        { branch: '东村', seq: 3 },
        { branch: '西村', seq: 1 },
      ],
    });
  });

  test('changed bytes in several months are all named with file and line, exit 1, and nothing is changed', async () => {
    const data = scratch();
    await smallLedger(data);
    for (const month of ['2026-10', '2026-11']) {
      const path = journalOf(data, month);
      changeByte(path, readFileSync(path).indexOf('李清照'));
    }
    const before = readFileSync(journalOf(data, '2026-10'));
    const { out, err, code } = await run(verifyCommand(), '--data', data);
    expect(code).toBe(1);
    expect(err).toMatch(/journal\/2026-10\.jsonl:2：/);
    expect(err).toMatch(/journal\/2026-11\.jsonl:2：/);
    expect(err).toMatch(/lanxing restore/);
    expect(JSON.parse(out)).toMatchObject({ ok: false });
    expect(readFileSync(journalOf(data, '2026-10'))).toEqual(before);
  });

  test('a cut line that the checkpoint knows was acknowledged is no unfinished one', async () => {
    const data = scratch();
    await smallLedger(data);
    const path = journalOf(data, '2026-11');
    truncateSync(path, statSync(path).size - 20);
    const { err, code } = await run(verifyCommand(), '--data', data);
    expect([code, err]).toEqual([1, expect.stringMatching(/2026-11\.jsonl:4：这一行是应答过的/)]);
    const shown = await run(showCommand(), '--data', data, '--branch', '东村');
    expect([shown.code, shown.err]).toEqual([1, expect.stringMatching(/lanxing restore BACKUP/)]);
    expect(JSON.parse(shown.out)).toMatchObject({ branch: '东村' });
  });

  test('a ledger that lost its marker is told as that, not as no ledger', async () => {
    const data = scratch();
    await smallLedger(data);
    rmSync(join(data, 'lanxing.json'));
    const { err, code } = await run(verifyCommand(), '--data', data);
    expect([code, err]).toEqual([1, expect.stringMatching(/lanxing\.json：文件夹里有账本.*放回原处/)]);
  });

  test('a path that the machine will not read is told in one line, exit 2', async () => {
    const file = join(scratch(), 'file');
    writeFileSync(file, '');
    const { out, err, code } = await run(verifyCommand(), '--data', join(file, 'below'));
    expect([code, out, err]).toEqual([2, '', expect.stringMatching(/below：读写不了（.*ENOTDIR）。.+\n$/)]);
  });

  test('a photo that a report shows and that is gone or altered is named', async () => {
    const data = scratch();
    const [kept, gone, altered] = await Promise.all(
      ['甲', '乙', '丙'].map(async (each) => (await saveEvidence(data, Buffer.from(each))).sha256),
    );
    const store = await openJournalStore({ folder: join(data, 'ledger'), fold: townFold });
    await store.append([
      {
        branch: '东村',
        source: 'm',
        at: '2026-11-03T20:15:00',
        by: '李清照',
        bodies: [
          body('reported', {
            number: 1,
            names: ['李清照'],
            post: 'security-patrol',
            date: '2026-11-03',
            by: '李清照',
            words: '巡逻一遍',
            evidence: [kept!, gone!, altered!],
          }),
        ],
      },
    ]);
    await store.close();
    renameSync(join(data, 'evidence'), join(data, 'ledger', 'evidence'));
    const path = (sha256: string): string => join(data, 'ledger', 'evidence', sha256.slice(0, 2), sha256);
    rmSync(path(gone!));
    writeFileSync(path(altered!), '丁');
    const { out, err, code } = await run(verifyCommand(), '--data', join(data, 'ledger'));
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`${gone}：没有这张照片`));
    expect(err).toMatch(new RegExp(`${altered}：这张照片与保存时不同.*restore`));
    expect(JSON.parse(out)).toMatchObject({ ok: false, findings: [{}, {}] });
    expect(err).not.toContain(kept);
  });

  test('a damaged checkpoint is a finding that says nothing is lost', async () => {
    const data = scratch();
    await smallLedger(data);
    changeByte(join(data, 'checkpoint.jsonl'), 40);
    const { err, code } = await run(verifyCommand(), '--data', data);
    expect([code, err]).toEqual([1, expect.stringMatching(/checkpoint\.jsonl：文件损坏.*没有丢失/)]);
  });

  test('a checkpoint that is whole but holds another state than the entries give is found', async () => {
    const [data, other] = [scratch(), scratch()];
    await smallLedger(data);
    await smallLedger(other);
    rmSync(join(other, 'checkpoint.jsonl'));
    const wrong = {
      initial: townFold.initial,
      apply: (state: ReturnType<typeof townFold.initial>) => void (state.office.name = '别处'),
    };
    const store = await openJournalStore({ folder: other, fold: wrong, notice: () => {} });
    await store.checkpoint();
    await store.close();
    writeFileSync(join(data, 'checkpoint.jsonl'), readFileSync(join(other, 'checkpoint.jsonl')));
    const { err, code } = await run(verifyCommand(), '--data', data);
    expect([code, err]).toEqual([1, expect.stringMatching(/检查点.*与按记录重算的结果不同/)]);
  });

  test('heads noted elsewhere are compared, as JSON lines or as receipts show them', async () => {
    const data = scratch();
    const receipts = await smallLedger(data);
    const heads = join(data, '..', `heads-${Date.now()}.txt`);
    const hash = receipts[0]!.hash;
    writeFileSync(
      heads,
      `{"branch":"东村","seq":1,"hash":"${hash}"}\n东村 1 ${hash.slice(0, 8)}\n\n东村 #1·${hash.slice(0, 8)}\n`,
    );
    expect((await run(verifyCommand(), '--data', data, '--heads', heads)).code).toBe(0);
    writeFileSync(heads, '东村 1 00000000\n西村 7 00000000\n');
    const { err, code } = await run(verifyCommand(), '--data', data, '--heads', heads);
    expect(code).toBe(1);
    expect(err).toMatch(/东村#1 在别处记下的是 00000000/);
    expect(err).toMatch(/西村#7.*账本只到 #1/);
  });

  test('two heads noted for one place are both compared', async () => {
    const data = scratch();
    const [first] = await smallLedger(data);
    const heads = join(data, '..', `heads-${Date.now()}.txt`);
    writeFileSync(heads, `东村 1 00000000\n东村 1 ${first!.hash.slice(0, 8)}\n`);
    expect((await run(verifyCommand(), '--data', data, '--heads', heads)).code).toBe(1);
  });

  test('a heads file that cannot be read is named with its lines, exit 2', async () => {
    const data = scratch();
    await smallLedger(data);
    const heads = join(data, '..', `heads-${Date.now()}.txt`);
    writeFileSync(heads, '东村 一 abc\n{"branch":"东村"}\n');
    const { err, out, code } = await run(verifyCommand(), '--data', data, '--heads', heads);
    expect([code, out]).toEqual([2, '']);
    expect(err.trim().split('\n')).toHaveLength(2);
    expect(err).toContain(`${heads}:2：`);
  });

  test('what a board claims is recomputed by the hook that the wiring gives', async () => {
    const data = scratch();
    await smallLedger(data);
    const command = verifyCommand(
      () => (_before, entry) => (entry.seq === 2 ? [{ place: '2026-11 v1', problem: '指纹不符' }] : []),
    );
    const { err, code } = await run(command, '--data', data);
    expect([code, err]).toEqual([1, expect.stringMatching(/journal\/2026-11\.jsonl:2 2026-11 v1：指纹不符/)]);
  });

  test('a folder without a ledger is bad input, exit 2, and stays as it is', async () => {
    const data = scratch();
    const { err, code } = await run(verifyCommand(), '--data', join(data, 'none'));
    expect([code, err]).toEqual([2, expect.stringMatching(/没有账本/)]);
    expect(existsSync(join(data, 'none'))).toBe(false);
  });
});
