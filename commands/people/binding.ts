/** Whose account is whose, decided by people: binding a newcomer, another account of the same member, letting one go. */
import { body } from '../../ledger/kinds.ts';
import { accountOf } from '../../ledger/roles.ts';
import type { BranchState } from '../../ledger/state.ts';
import {
  answer,
  type Command,
  type Decision,
  notice,
  type Outcome,
  refuse,
  type Request,
} from '../command.ts';
import { ask } from '../asking.ts';
import type { Message } from '../language/message.ts';
import { normalise } from '../language/normalise.ts';
import type { Choice, Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { holder, listed } from '../wording.ts';
import { approverRole, membersCalled, welcome } from './newcomer.ts';

interface BindSlots {
  /** What was typed after the word: a name, a nickname, or both. */
  readonly words: string;
  readonly contact?: string;
  readonly name?: string;
}

function readWords(command: string) {
  return (message: Message): Reading | null =>
    message.command?.name === command
      ? { act: 'record', intent: 'none', command, slots: { words: message.command.rest } }
      : null;
}

interface Claim {
  readonly contact: string;
  readonly nickname: string;
  readonly name: string | null;
}

function claimsOf(branch: BranchState): Claim[] {
  return Object.entries(branch.accountClaims).map(([contact, c]) => ({
    contact,
    nickname: c.nickname,
    name: c.name,
  }));
}

/** The waiting accounts that the words mean: by the member they may be, or by their nickname. */
function claimsMeant(branch: BranchState, words: string): Claim[] {
  const all = claimsOf(branch);
  const exact = all.filter((c) => c.name !== null && c.name === words);
  if (exact.length > 0) return exact;
  const byNick = all.filter((c) => c.nickname !== '' && normalise(words).includes(normalise(c.nickname)));
  const longest = Math.max(...byNick.map((c) => c.nickname.length));
  if (byNick.length > 0) return byNick.filter((c) => c.nickname.length === longest);
  const called = membersCalled(branch, words);
  return all.filter((c) => c.name !== null && (called.includes(c.name) || words.includes(c.name)));
}

/** The member meant: the one the account was taken for, unless the words after the nickname name another. */
function memberMeant(branch: BranchState, words: string, claim: Claim): string[] {
  const rest = normalise(words).replace(normalise(claim.nickname), ' ').trim();
  const exact = Object.keys(branch.people).filter((n) => rest === n || rest.split(/\s+/).includes(n));
  if (exact.length > 0) return exact;
  const called = rest === '' ? [] : membersCalled(branch, rest);
  if (called.length > 0) return called;
  return claim.name === null ? membersCalled(branch, words) : [claim.name];
}

export const bind: Command = {
  name: 'bind',
  words: ['绑定', '确认绑定'],
  read: readWords('bind'),
  intent: 'none',
  who: ['recorder', 'secretary', 'deputy'],
  where: ['private'],
  summary: '确认群里的微信是哪位党员',
  examples: ['绑定 张三', '绑定 山里红 张三'],
  decide: (request, reading) => decideBind(request, reading, false),
};

export const rebind: Command = {
  name: 'rebind',
  words: ['换绑', '重新绑定'],
  read: readWords('rebind'),
  intent: 'none',
  who: ['secretary', 'deputy'],
  where: ['private'],
  summary: '党员换了微信，改绑到新的账号',
  examples: ['换绑 张三'],
  decide: (request, reading) => decideBind(request, reading, true),
};

function decideBind(request: Request, reading: Reading, again: boolean): Outcome {
  const slots = slotsOf<BindSlots>(reading);
  const { branch, at, speaker } = request;
  const meant =
    slots.contact === undefined
      ? claimsMeant(branch, slots.words)
      : claimsOf(branch).filter((c) => c.contact === slots.contact);
  const [claim] = meant;
  if (!claim) return waitingList(request);
  if (meant.length > 1) return askWhich(request, reading, meant);
  const names = slots.name === undefined ? memberMeant(branch, slots.words, claim) : [slots.name];
  const [name] = names;
  if (name === undefined) return refuse('bind-whom', { nickname: claim.nickname });
  if (names.length > 1) return askMember(request, reading, claim, names);
  const old = accountOf(branch, name);
  if (old !== null && !again) return refuse('bind-taken', { name });
  const role = approverRole(branch, name, at);
  const mayHere = role === 'recorder' || speaker.roles.some((r) => r === 'secretary' || r === 'deputy');
  if (!mayHere) return handOver(request, claim, name);
  if (name === speaker.name) return refuse('bind-own');
  const left = Object.keys(branch.accounts).filter((c) => again && branch.accounts[c] === name);
  const bodies = [
    ...left.map((contact) => body('account-unbound', { contact })),
    body('account-bound', { contact: claim.contact, name, nickname: claim.nickname }),
    ...(claim.nickname !== name &&
    /^\p{Script=Han}{2,4}$/u.test(claim.nickname) &&
    membersCalled(branch, claim.nickname).length === 0
      ? [body('alias-learned', { alias: claim.nickname, name })]
      : []),
  ];
  return {
    bodies,
    replies: [
      answer(`已${again ? '换绑' : '绑定'}：“${claim.nickname}”是${name}。`),
      notice({ contact: claim.contact, called: name }, welcome(branch, name, at)),
      // Whoever holds the old account hears of it: it may not have been the member who asked.
      ...left.map((contact) =>
        notice(
          { contact, called: name },
          `${name}已改用新的微信，这个微信说的话不再处理。不是您本人要换的，请马上找${holder(branch, 'secretary', at)}。`,
        ),
      ),
    ],
  };
}

/** An office is not the recorder's to give away. */
function handOver({ branch, at }: Request, claim: Claim, name: string): Decision {
  const word = accountOf(branch, name) === null ? '绑定' : '换绑';
  return {
    bodies: [],
    replies: [
      answer(`${name}有职务，要由书记确认，已转告。`),
      notice(
        { role: approverRole(branch, name, at) },
        `“${claim.nickname}”说是${name}，是本人请回复“${word} ${name}”。`,
      ),
    ],
  };
}

function waitingList({ branch }: Request): Outcome {
  const waiting = claimsOf(branch);
  if (waiting.length === 0) return refuse('bind-none');
  return {
    bodies: [],
    replies: [
      answer(
        `没有对上。等确认的微信：${listed(waiting.map((c) => `“${c.nickname}”${c.name ? `（像是${c.name}）` : ''}`))}。请回复“绑定 昵称 姓名”。`,
      ),
    ],
  };
}

function askWhich(request: Request, reading: Reading, claims: readonly Claim[]): Outcome {
  const choices: Choice[] = claims.map((c) => ({
    label: `“${c.nickname}”`,
    reading: { ...reading, slots: { ...reading.slots, contact: c.contact } },
  }));
  return ask(request, '是哪一个微信？', { choices });
}

function askMember(request: Request, reading: Reading, claim: Claim, names: readonly string[]): Outcome {
  const choices: Choice[] = names.map((name) => ({
    label: name,
    reading: { ...reading, slots: { ...reading.slots, contact: claim.contact, name } },
  }));
  return ask(request, `“${claim.nickname}”是哪一位？`, { choices });
}

export const refuseBinding: Command = {
  name: 'refuse-binding',
  words: ['不绑定', '拒绝绑定'],
  read: readWords('refuse-binding'),
  intent: 'none',
  who: ['recorder', 'secretary', 'deputy'],
  where: ['private'],
  summary: '群里的微信不是党员本人',
  examples: ['不绑定 山里红'],
  decide: (request, reading) => {
    const { branch } = request;
    const meant = claimsMeant(branch, slotsOf<BindSlots>(reading).words);
    const [claim] = meant;
    if (!claim) return waitingList(request);
    if (meant.length > 1) return refuse('bind-which', { nicknames: meant.map((c) => c.nickname) });
    const told = request.speaker.roles.includes('secretary')
      ? []
      : [notice({ role: 'secretary' }, `“${claim.nickname}”在群里，不是党员本人，请留意群里的内容。`)];
    // Kept as a stranger known to be none of the branch, so that nobody is asked again.
    return {
      bodies: [body('account-claimed', { contact: claim.contact, nickname: claim.nickname, name: null })],
      replies: [answer(`好的，“${claim.nickname}”不绑定，说的话不会处理。`), ...told],
    };
  },
};

export const unbind: Command = {
  name: 'unbind',
  words: ['解绑', '解除绑定'],
  read: readWords('unbind'),
  intent: 'none',
  who: ['secretary', 'deputy'],
  where: ['private'],
  summary: '解除党员微信的绑定（手机丢了、账号被盗）',
  examples: ['解绑 张三'],
  decide: (request, reading) => {
    const { branch, speaker } = request;
    const { words } = slotsOf<BindSlots>(reading);
    const named = Object.keys(branch.people).filter((n) => words.includes(n));
    const names = named.length > 0 ? named : membersCalled(branch, words);
    const [name] = names;
    if (name === undefined || names.length > 1) return refuse('unbind-whom');
    if (name === speaker.name) return refuse('bind-own');
    const contacts = Object.keys(branch.accounts).filter((c) => branch.accounts[c] === name);
    if (contacts.length === 0) return refuse('unbind-none', { name });
    if (!request.confirmed)
      return ask(request, `将解除${name}的微信绑定，解除后这个微信说的话不再处理。回复“解绑”执行。`, {
        confirm: { words: ['解绑', '确定', '是'], reading },
      });
    return {
      bodies: contacts.map((contact) => body('account-unbound', { contact })),
      replies: [answer(`已解除${name}的绑定。新微信进群后会再问您。`)],
    };
  },
};
