import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { openRehearsal, type Said } from '../../bot/rehearsal.ts';
import { townFold } from '../../bot/town-store.ts';
import { openMemoryStore } from '../../storage/memory.ts';
import { policy } from './chat.ts';
import { monthOf45 } from './month-of-45.ts';

test('a month of 45 members leaves every expected entry and nothing else, and the bot is quiet', async () => {
  const month = monthOf45();
  const store = await openMemoryStore({ fold: townFold });
  const heard: Said[] = [];
  const faults: unknown[] = [];
  const rehearsal = await openRehearsal({
    store,
    file: month.file,
    from: month.from,
    policy: policy(),
    keepPhoto: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
    draw: false,
    hear: (said) => heard.push(said),
    log: (event) => faults.push(event.error),
  });
  for (const line of month.lines) await rehearsal.say(line);
  await rehearsal.advance(month.until);
  expect(faults).toEqual([]);

  const state = store.state().branches[month.file.branch]!;
  const reported = Object.values(state.reports).map((r) => `${r.names.join('、')} ${r.post} ${r.date}`);
  const expected = month.expected.reports.map((r) => `${r.names.join('、')} ${r.post} ${r.date}`);
  const contact = reported.filter((r) => r.includes('floating-member'));
  expect(reported.filter((r) => !r.includes('floating-member')).sort()).toEqual(expected.sort());
  expect(contact.length).toBe(1);
  expect(Object.values(state.reports).every((r) => r.state === 'verified')).toBe(true);

  const meetings = Object.values(state.meetings).filter((m) => m.complete);
  expect(
    meetings.map((m) =>
      Object.values(m.marks)
        .filter((mark) => mark !== 'present')
        .sort(),
    ),
  ).toEqual([['absent', 'late', 'leave']]);
  const m = state.months['2026-11']!;
  expect(Object.values(m.dues).filter((status) => status !== 'paid')).toEqual(['late']);
  expect(Object.keys(m.scores).length).toBe(44);
  expect(Object.values(state.tickets).map((t) => t.state)).toEqual(['rejected']);
  expect(Object.keys(m.confirmed).length).toBe(month.expected.confirmed);
  expect(m.receipt).not.toBeNull();

  const inGroup = month.lines.filter((l) => l.room === 'group').length;
  const byBot = heard.filter((s) => s.room === 'group').length;
  expect(byBot / (inGroup + byBot)).toBeLessThanOrEqual(0.15);
});
