import { dateOfTime, type LocalTime } from '../scoring/calendar.ts';
import type { Appointment, BranchState } from './state.ts';

type Role = Appointment['role'];

/** The roles somebody holds on a day (a date or a moment of it); appointments are dated, so last month's recorder stays last month's (R03–R07). */
export function rolesOn(state: BranchState, name: string, day: LocalTime): Role[] {
  const date = dateOfTime(day);
  const held = state.appointments
    .filter((a) => a.name === name && a.from <= date && (a.until === null || a.until >= date))
    .map((a) => a.role);
  return state.people[name] ? ['member', ...held.filter((r) => r !== 'member')] : held;
}

/** Who holds a role on a day, in the order of appointment. */
export function holdersOf(state: BranchState, role: Role, day: LocalTime): string[] {
  const date = dateOfTime(day);
  return state.appointments
    .filter((a) => a.role === role && a.from <= date && (a.until === null || a.until >= date))
    .map((a) => a.name);
}

/** The contact id of a member's bound account, the newest where there are several. */
export function accountOf(state: BranchState, name: string): string | null {
  return Object.keys(state.accounts).findLast((contact) => state.accounts[contact] === name) ?? null;
}
