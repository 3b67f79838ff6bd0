/**
 * Accounts nobody has bound yet: somebody new in the group, or in private with “我是…”. The bot proposes whose account it
 * may be; a person who knows the face decides. Who is on the roster is told to nobody from outside.
 */
import { body } from '../../ledger/kinds.ts';
import { accountOf, holdersOf } from '../../ledger/roles.ts';
import type { BranchState } from '../../ledger/state.ts';
import type { LocalTime } from '../../scoring/calendar.ts';
import { answer, type Decision, notice, nothing } from '../command.ts';
import { nameIndex } from '../language/name-index.ts';
import { findNames } from '../language/names.ts';
import { normalise } from '../language/normalise.ts';
import type { RosterMember } from '../reading.ts';
import { holder, listed } from '../wording.ts';

/** An account that is bound to no member of the branch. */
export interface Stranger {
  readonly contact: string;
  /** The name shown in the group, or in WeChat where there is none. */
  readonly nickname: string;
}

function roster(branch: BranchState): RosterMember[] {
  return Object.values(branch.people).map((p) => ({
    name: p.name,
    role: 'member',
    status: p.status,
    group: p.group,
    posts: [],
    aliases: [...p.aliases, ...Object.keys(branch.aliases).filter((a) => branch.aliases[a] === p.name)],
  }));
}

/** Members whom a nickname or a name given fits: 三组王建军, 国强, 韩石头🌾. Members without an account come first. */
export function membersCalled(branch: BranchState, words: string): string[] {
  const hits = findNames(normalise(words), nameIndex({ members: roster(branch) })).filter(
    (h) => h.how !== 'title' && h.how !== 'role',
  );
  const names = [...new Set(hits.flatMap((h) => h.members))].filter((n) => branch.people[n]?.left === null);
  const free = names.filter((n) => accountOf(branch, n) === null);
  return free.length > 0 ? free : names;
}

/** Who may say whose account it is: the recorder for members, the secretary where an office or a bound account is at stake. */
export function approverRole(branch: BranchState, name: string, at: LocalTime): 'recorder' | 'secretary' {
  const office = (['secretary', 'deputy', 'recorder', 'committee', 'supervisor'] as const).some((role) =>
    holdersOf(branch, role, at).includes(name),
  );
  return office || accountOf(branch, name) !== null || holdersOf(branch, 'recorder', at).length === 0
    ? 'secretary'
    : 'recorder';
}

/** Somebody in the group whose account is not bound (called by the engine on joining, or on the first message). Said once. */
export function meetNewcomer(branch: BranchState, stranger: Stranger, at: LocalTime): Decision {
  if (branch.accounts[stranger.contact] !== undefined || branch.accountClaims[stranger.contact] !== undefined)
    return nothing;
  const { contact, nickname } = stranger;
  const called = membersCalled(branch, nickname);
  const [name] = called;
  if (name === undefined || called.length > 1) {
    const claimed = body('account-claimed', { contact, nickname, name: null });
    const guess = called.length > 1 ? `，可能是${listed(called)}中的一位` : '，名册里对不上';
    return {
      bodies: [claimed],
      replies: [
        notice(
          { role: 'secretary' },
          `群里来了“${nickname}”${guess}。是党员请回复“绑定 ${nickname} 姓名”；不是党员请留意群里的内容。`,
        ),
      ],
    };
  }
  const role = approverRole(branch, name, at);
  const again = accountOf(branch, name) !== null;
  const text = again
    ? `群里来了“${nickname}”，像是${name}换了微信，原来的账号还绑着。是本人请回复“换绑 ${name}”，不是请回复“不绑定 ${nickname}”。`
    : `群里来了“${nickname}”，像是${name}。是本人请回复“绑定 ${name}”，不是请回复“不绑定 ${nickname}”。`;
  return {
    bodies: [body('account-claimed', { contact, nickname, name })],
    replies: [notice({ role }, text)],
  };
}

const I_AM =
  /^(?:(?:你好|您好)[,，!！\s]*)?(?:我就?是|我叫|本人)\s*(?:党员)?\s*[:：]?\s*(.{2,12}?)[.。!！\s]*$/;

/** 我是王某某, in private from an account that is not bound. The answer is the same whether the name is known or not. */
export function introduce(branch: BranchState, stranger: Stranger, text: string, at: LocalTime): Decision {
  const said = I_AM.exec(normalise(text).trim())?.[1];
  if (said === undefined)
    return {
      bodies: [],
      replies: [answer('您的微信还没有和党员名册对上，请发“我是+姓名”，由支部的同志确认。')],
    };
  const receipt = answer(`收到，已转给支部确认，确认以后就能用了。`);
  const known = branch.accountClaims[stranger.contact];
  const called = membersCalled(branch, said);
  const name = called.length === 1 ? called[0]! : null;
  if (known && (name === null || known.name === name)) return { bodies: [], replies: [receipt] };
  const { contact, nickname } = stranger;
  const claimed = body('account-claimed', { contact, nickname, name });
  if (name === null) {
    const guess = called.length > 1 ? `，可能是${listed(called)}中的一位` : '';
    return {
      bodies: [claimed],
      replies: [
        receipt,
        notice(
          { role: 'secretary' },
          `有人私下说“我是${said}”（昵称“${nickname}”）${guess}。是党员请回复“绑定 ${nickname} 姓名”。`,
        ),
      ],
    };
  }
  const role = approverRole(branch, name, at);
  const word = accountOf(branch, name) === null ? '绑定' : '换绑';
  const asked = notice(
    { role },
    `有人私下说是${name}（昵称“${nickname}”）。请当面或电话核对，是本人请回复“${word} ${name}”，不是请回复“不绑定 ${nickname}”。`,
  );
  return { bodies: [claimed], replies: [receipt, asked] };
}

/** What a newly bound member hears first: how to begin, and what is kept. */
export function welcome(branch: BranchState, name: string, at: LocalTime): string {
  return `${name}同志，您的微信已经和${branch.name}的名册对上。做了岗位上的事直接说就行，“查分”看自己的分，“帮助”看怎么用。系统只记与积分有关的内容，“隐私说明”可以看记了什么；有事找${holder(branch, 'recorder', at)}。`;
}
