/** A branch's roster as a table, and a table as entries of the ledger. */
import type { RosterPreview } from '../boards/roster/preview.ts';
import type { RosterPost, RosterRecord } from '../boards/roster/columns.ts';
import { mainRole } from './context.ts';
import type { Body } from '../ledger/entry.ts';
import { postsIn } from '../ledger/fold/people.ts';
import { body } from '../ledger/kinds.ts';
import { rolesOn } from '../ledger/roles.ts';
import type { BranchState, Person } from '../ledger/state.ts';
import { addDays, type IsoDate, isDate, monthOf } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';

const PROFILE = [
  'gender',
  'born',
  'ethnicity',
  'education',
  'joinedParty',
  'health',
  'phone',
  'note',
] as const;

/** Every name a post goes by in a branch, one entry a name. */
export function postNames(policy: Policy, branch: BranchState | null): RosterPost[] {
  const posts = policy.posts.flatMap((p) => [
    { id: p.id, name: p.shortName },
    { id: p.id, name: p.name },
  ]);
  const own = Object.entries(branch?.posts ?? {}).map(([id, p]) => ({ id, name: p.name }));
  const called = Object.entries(branch?.postNames ?? {}).map(([id, name]) => ({ id, name }));
  return [...posts, ...own, ...called];
}

function recordOf(branch: BranchState, p: Person, today: IsoDate): RosterRecord {
  const role = mainRole(rolesOn(branch, p.name, today));
  const status = p.exemption?.state === 'filed' ? 'exempt' : p.status;
  return {
    name: p.name,
    ...(p.profile as Partial<Record<(typeof PROFILE)[number], string>> as object),
    ...(p.fullSince === null ? {} : { fullSince: p.fullSince }),
    ...(p.group === '' ? {} : { group: p.group }),
    role: role === 'town' || role === 'system' ? 'member' : role,
    posts: postsIn(p, monthOf(today)),
    aliases: p.aliases,
    floating: p.floating,
    status,
  };
}

/** The members on the roll today, as the roster's columns hold them. */
export function rosterRecords(branch: BranchState, today: IsoDate): RosterRecord[] {
  return Object.values(branch.people)
    .filter((p) => p.left === null || p.left.date >= today)
    .map((p) => recordOf(branch, p, today));
}

function profileOf(record: RosterRecord): Record<string, string> {
  return Object.fromEntries(
    PROFILE.flatMap((field) => (record[field] === undefined ? [] : [[field, record[field]]])),
  );
}

/** A date that the ledger takes: a whole day, or the first of a month that was given without one. */
function dayOf(text: string | undefined): IsoDate | null {
  if (text === undefined) return null;
  const day = text.length === 7 ? `${text}-01` : text;
  return isDate(day) ? day : null;
}

function addedBodies(record: RosterRecord, today: IsoDate, founding: boolean): Body[] {
  const fullSince = dayOf(record.fullSince);
  const status = record.status ?? 'full';
  const bodies = [
    body('member-added', {
      name: record.name,
      status,
      group: record.group ?? '',
      aliases: [...(record.aliases ?? [])],
      floating: record.floating ?? false,
      // Members of a branch that begins are members from before; one who is added later joins today.
      joined: founding ? null : today,
      fullSince,
      exemptFiled: status === 'exempt' ? addDays(`${monthOf(today)}-01`, -1) : null,
      profile: profileOf(record),
    }),
  ];
  if (record.role !== undefined && record.role !== 'member')
    bodies.push(body('appointed', { name: record.name, role: record.role, from: today }));
  if (record.posts && record.posts.length > 0)
    bodies.push(
      body('posts-assigned', { name: record.name, posts: [...record.posts], from: monthOf(today) }),
    );
  return bodies;
}

function changedBodies(
  branch: BranchState,
  record: RosterRecord,
  fields: ReadonlySet<string>,
  today: IsoDate,
): Body[] {
  const { name } = record;
  const bodies: Body[] = [];
  const profile = Object.fromEntries(
    Object.entries(profileOf(record)).filter(([field]) => fields.has(field)),
  );
  const plain = {
    ...(fields.has('group') && record.group !== undefined ? { group: record.group } : {}),
    ...(fields.has('aliases') && record.aliases ? { aliases: [...record.aliases] } : {}),
    ...(fields.has('floating') && record.floating !== undefined ? { floating: record.floating } : {}),
    ...(Object.keys(profile).length > 0 ? { profile } : {}),
  };
  if (Object.keys(plain).length > 0) bodies.push(body('member-changed', { name, ...plain }));
  if (fields.has('role') && record.role !== undefined) {
    for (const role of rolesOn(branch, name, today)) {
      if (role !== 'member' && role !== record.role)
        bodies.push(body('appointment-ended', { name, role, until: addDays(today, -1) }));
    }
    if (record.role !== 'member') bodies.push(body('appointed', { name, role: record.role, from: today }));
  }
  if (fields.has('posts') && record.posts)
    bodies.push(body('posts-assigned', { name, posts: [...record.posts], from: monthOf(today) }));
  const full = dayOf(record.fullSince);
  if (fields.has('status') && record.status === 'full' && branch.people[name]?.status === 'probationary') {
    bodies.push(body('became-full', { name, date: full ?? today }));
  }
  return bodies;
}

/** The entries that a confirmed import makes. Nobody is ever removed by one. */
export function importBodies(
  branch: BranchState,
  preview: RosterPreview,
  today: IsoDate,
  founding: boolean,
): Body[] {
  return [
    ...preview.added.flatMap((record) => addedBodies(record, today, founding)),
    ...preview.changed.flatMap(({ record, fields }) =>
      changedBodies(branch, record, new Set<string>(fields.map((f) => f.field)), today),
    ),
  ];
}
