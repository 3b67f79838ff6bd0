/** Who answers an objection (R26): the secretary or the deputy, never the recorder or the person complained of. */
import { holdersOf, rolesOn } from '../../ledger/roles.ts';
import type { BranchState, Ticket } from '../../ledger/state.ts';
import type { LocalTime } from '../../scoring/calendar.ts';

type Parties = Pick<Ticket, 'by' | 'about'>;

/** What keeps somebody from deciding a ticket, in words; null where nothing does. Whoever objects does not decide either. */
export function barred(state: BranchState, ticket: Parties, name: string, at: LocalTime): string | null {
  if (ticket.by === name) return '提出异议的人';
  if (ticket.about === name) return '异议涉及的人';
  return rolesOn(state, name, at).includes('recorder') ? '积分记录员' : null;
}

/** The secretary, else a deputy who may decide; null = the town has to. */
export function handlerOf(state: BranchState, ticket: Parties, at: LocalTime): string | null {
  const candidates = [...holdersOf(state, 'secretary', at), ...holdersOf(state, 'deputy', at)];
  return candidates.find((name) => barred(state, ticket, name, at) === null) ?? null;
}
