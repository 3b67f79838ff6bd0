/** Bringing branches in: their names, and the codes with which their groups are bound (R01). */
import { createHash } from 'node:crypto';
import { body } from '../../ledger/kinds.ts';
import {
  addMinutes,
  addMonths,
  dateOfTime,
  type IsoMonth,
  type LocalTime,
  monthOf,
  yearOf,
} from '../../scoring/calendar.ts';
import { answer, type Command, type Outcome, refuse, type Request } from '../command.ts';
import { plainRead, textSlot } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { TOWN } from '../../ledger/entry.ts';
import { listed } from '../wording.ts';
import { across, branchesNamed, inOffice, townPreview } from './where.ts';

const CODE_DAYS = 7;
/** Without 0, O, 1, I, L: a code is read out over the phone and typed by hand. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const BOT = '积分小助手';

/** Six characters that follow from the message and the branch alone, so that a replay gives the same. */
export function codeOf(source: string, branch: string): string {
  const digest = createHash('sha256').update(`${source}\n${branch}`, 'utf8').digest();
  return [...digest.subarray(0, 6)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}

export const registerBranches: Command = {
  name: 'register-branch',
  intent: 'none',
  words: ['登记支部', '新增支部'],
  who: ['town'],
  where: ['town'],
  summary: '登记镇里的支部（一次可以多个），再发绑定码、导入名册',
  examples: ['登记支部 云岭村、柳林村、镇中心小学'],
  read: plainRead({ name: 'register-branch', words: [], slots: (_message, rest) => ({ names: rest }) }),
  decide: register,
};

function register(request: Request, reading: Reading): Outcome {
  const { town, at } = request;
  const words = (textSlot(reading, 'names') ?? '').split(/[\s、,，;；]+/).filter(Boolean);
  const names = [...new Set(words)];
  if (names.length === 0) return refuse('branches-none');
  const known = names.filter((name) => town.branches[name] || town.office.branches[name] || name === TOWN);
  if (known.length > 0) return refuse('branch-known', { names: known });
  if (!request.confirmed)
    return townPreview(request, reading, null, `将登记${names.length}个支部：${listed(names)}。`, '登记');
  const year = yearOf(at);
  const past: IsoMonth[] = [];
  for (let month = `${year}-01`; month < monthOf(at); month = addMonths(month, 1)) past.push(month);
  const founded = names.map((name) => ({
    branch: name,
    bodies: [
      body('branch-founded', {
        name,
        town: town.office.name,
        bot: Object.values(town.branches)[0]?.bot ?? BOT,
      }),
      // What was not scored here neither blocks the year nor weighs in it (Q06).
      ...past.map((month) => body('month-waived', { month, reason: '启用本系统之前' })),
    ],
  }));
  const registered = names.map((name) => body('branch-registered', { branch: name, name }));
  return across(
    request,
    [{ branch: TOWN, bodies: registered }, ...founded],
    [answer(`已登记${names.length}个支部：${listed(names)}。请导入名册，再发“绑定码 全部”。`)],
  );
}

export const bindingCode: Command = {
  name: 'binding-code',
  intent: 'none',
  words: ['绑定码', '发绑定码'],
  who: ['town'],
  where: ['town'],
  summary: '发支部群的绑定码，7天内在群里发“绑定 码”即绑定',
  examples: ['绑定码 云岭村', '绑定码 全部'],
  read: plainRead({
    name: 'binding-code',
    words: [],
    slots: (_message, rest) => ({ all: /全部|所有/.test(rest) }),
  }),
  decide: issue,
};

function issue(request: Request, reading: Reading): Outcome {
  const { town, at, source } = request;
  const all = reading.slots['all'] === true;
  const named = branchesNamed(town, request.text);
  const chosen = all ? Object.values(town.branches).filter((b) => b.rooms.length === 0) : named;
  if (chosen.length === 0) return refuse(all ? 'codes-none' : 'branch-needed');
  const until: LocalTime = addMinutes(at, CODE_DAYS * 24 * 60);
  const codes = chosen.map((b) => ({ b, code: codeOf(source, b.branch) }));
  const bound = chosen.filter((b) => b.rooms.length > 0).map((b) => b.name);
  const lines = codes.map(({ b, code }) => `${b.name}：绑定 ${code}`);
  const day = dateOfTime(until);
  const head = `请在各支部群里发下面的话（${Number(day.slice(5, 7))}月${Number(day.slice(8))}日前有效，用一次作废）：`;
  const again = bound.length > 0 ? [`${listed(bound)}已经绑过群，再绑会多一个群。`] : [];
  return inOffice(
    request,
    codes.map(({ b, code }) => body('binding-code-issued', { branch: b.branch, code, until })),
    [answer([head, ...lines, ...again].join('\n'))],
  );
}
