import type { RosterPost, RosterRecord, RosterRole } from '../boards/roster/columns.ts';
import type { RosterPreview } from '../boards/roster/preview.ts';
import type { Body } from '../ledger/entry.ts';
import { body } from '../ledger/kinds.ts';
import { holdersOf, rolesOn } from '../ledger/roles.ts';
import type { BranchState, Person } from '../ledger/state.ts';
import { addDays, addMonths, type IsoDate, monthOf } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';
import type { BranchFile } from './founding.ts';

/** What a roster and a ledger say of each other: a branch as a roster, and a roster's changes as entries. */

const OFFICES: readonly RosterRole[] = ['secretary', 'deputy', 'recorder', 'supervisor', 'committee'];
/** Offices that one person holds: a new holder ends the old one's term (R03). */
const SINGLE: ReadonlySet<RosterRole> = new Set(['secretary', 'recorder']);

/** The members of a branch as a roster would list them on a day, in roster order; those who left are not in it. */
export function rosterOf(state: BranchState, day: IsoDate): RosterRecord[] {
  return Object.values(state.people)
    .filter((person) => person.left === null)
    .map((person) => recordOf(state, person, day));
}

function recordOf(state: BranchState, person: Person, day: IsoDate): RosterRecord {
  const roles = rolesOn(state, person.name, day);
  const role = OFFICES.find((office) => roles.includes(office));
  const posts = person.claims.filter((claim) => claim.until === null).map((claim) => claim.post);
  return {
    name: person.name,
    ...profileFields(person.profile),
    ...(person.fullSince === null ? {} : { fullSince: person.fullSince }),
    ...(person.group === '' ? {} : { group: person.group }),
    ...(role === undefined ? {} : { role }),
    ...(posts.length === 0 ? {} : { posts }),
    ...(person.aliases.length === 0 ? {} : { aliases: person.aliases }),
    floating: person.floating,
    status: person.exemption?.state === 'filed' ? 'exempt' : person.status,
    ...(person.joined === null ? {} : { joined: person.joined }),
  };
}

type Profile = { -readonly [K in (typeof PROFILE)[number]]?: string };

/** The fields of 附件2 that are known of a person. */
export function profileFields(profile: Person['profile']): Profile {
  const known: Profile = {};
  for (const field of PROFILE) if (profile[field] !== undefined) known[field] = profile[field];
  return known;
}

/** Every name that a post goes by in a branch: the policy's long and short ones, and the branch's own. */
export function rosterPosts(policy: Policy, state: BranchState | null): RosterPost[] {
  const own = Object.entries(state?.postNames ?? {}).map(([id, name]) => ({ id, name }));
  const standard = policy.posts.flatMap(({ id, shortName, name }) => [
    { id, name: shortName },
    { id, name },
  ]);
  return [...standard, ...own];
}

/** A branch file's members as roster records, to compare with a branch that is there already. */
export function fileRecords(file: BranchFile): RosterRecord[] {
  return file.members.flatMap(
    ({ name, role, status, group, posts, aliases, floating, joined, fullSince, profile }) => {
      if (role === 'town') return [];
      return [
        {
          name,
          ...profile,
          ...(group === '' ? {} : { group }),
          ...(role === 'member' ? {} : { role }),
          ...(posts.length === 0 ? {} : { posts }),
          ...(aliases.length === 0 ? {} : { aliases }),
          ...(joined ? { joined } : {}),
          ...(fullSince ? { fullSince } : {}),
          floating,
          status: status === 'none' ? ('full' as const) : status,
        },
      ];
    },
  );
}

/** What an import cannot do by itself, one sentence each: people decide these in the branch. */
export function leftOut(preview: RosterPreview): string[] {
  const exempt = preview.added.filter(({ status }) => status === 'exempt');
  const asked = exempt.map(({ name }) => `${name}按纳入积分管理新增；不纳入要在支部申请、镇里备案`);
  const kept = preview.changed.flatMap(({ name, fields, record }) =>
    fields.flatMap(({ field }) => {
      if (field === 'joined') return [`${name}的转入时间只在新增时导入，没有改`];
      if (field !== 'status') return [];
      if (record.status === 'full' && record.fullSince !== undefined) return [];
      if (record.status === 'full') return [`${name}转为正式党员要写明转正时间，没有改`];
      return [`${name}的党员类别没有改：不纳入积分管理和转为预备要按程序在支部办理`];
    }),
  );
  return [...asked, ...kept];
}

/** The entries that carry out a preview on a day. Posts changed by an import count from the next month (R22). */
export function importBodies(state: BranchState, preview: RosterPreview, day: IsoDate): Body[] {
  const added = preview.added.flatMap((record) => addedBodies(state, record, day));
  const changed = preview.changed.flatMap(({ name, fields, record }) =>
    changedBodies(state, record, new Set(fields.map(({ field }) => field)), name, day),
  );
  return [...added, ...changed];
}

function addedBodies(state: BranchState, record: RosterRecord, day: IsoDate): Body[] {
  const { name, status, group, aliases, floating, joined, fullSince, posts, role } = record;
  return [
    body('member-added', {
      name,
      // Exemption has its own way, through the branch and the town (R02): a roster cannot grant it.
      status: status === 'probationary' ? 'probationary' : 'full',
      group: group ?? '',
      aliases: [...(aliases ?? [])],
      floating: floating ?? false,
      joined: joined ?? null,
      fullSince: fullSince ?? null,
      exemptFiled: null,
      profile: profileOf(record),
    }),
    ...(posts === undefined ? [] : [body('posts-assigned', { name, posts: [...posts], from: monthOf(day) })]),
    ...(role === undefined || role === 'member' ? [] : officeBodies(state, name, role, day)),
  ];
}

function changedBodies(
  state: BranchState,
  record: RosterRecord,
  fields: ReadonlySet<string>,
  name: string,
  day: IsoDate,
): Body[] {
  const before = state.people[name];
  if (before === undefined) return [];
  const profile = profileOf(record, fields);
  const details = {
    ...(fields.has('group') && record.group !== undefined ? { group: record.group } : {}),
    ...(fields.has('aliases')
      ? { aliases: [...new Set([...before.aliases, ...(record.aliases ?? [])])] }
      : {}),
    ...(fields.has('floating') && record.floating !== undefined ? { floating: record.floating } : {}),
    ...(Object.keys(profile).length > 0 ? { profile } : {}),
  };
  const bodies: Body[] = [];
  if (Object.keys(details).length > 0) bodies.push(body('member-changed', { name, ...details }));
  if (fields.has('posts') && record.posts !== undefined) {
    const first = before.claims.length === 0;
    bodies.push(
      body('posts-assigned', {
        name,
        posts: [...record.posts],
        from: first ? monthOf(day) : addMonths(monthOf(day), 1),
      }),
    );
  }
  if (
    record.fullSince !== undefined &&
    (fields.has('fullSince') || fields.has('status')) &&
    record.status !== 'probationary'
  )
    bodies.push(body('became-full', { name, date: record.fullSince }));
  if (fields.has('role') && record.role !== undefined && record.role !== 'member')
    bodies.push(...officeBodies(state, name, record.role, day));
  return bodies;
}

function officeBodies(
  state: BranchState,
  name: string,
  role: RosterRole & Exclude<RosterRole, 'member'>,
  day: IsoDate,
): Body[] {
  const ended = [
    ...(SINGLE.has(role)
      ? holdersOf(state, role, day)
          .filter((holder) => holder !== name)
          .map((holder) => ({ name: holder, role }))
      : []),
    ...OFFICES.filter((office) => office !== role && rolesOn(state, name, day).includes(office)).map(
      (office) => ({ name, role: office }),
    ),
  ];
  return [
    ...ended.map((term) => body('appointment-ended', { ...term, until: addDays(day, -1) })),
    body('appointed', { name, role, from: day }),
  ];
}

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

/** 附件2's fields of a record, or those of them that changed. */
function profileOf(record: RosterRecord, fields?: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(
    PROFILE.flatMap((field) => {
      const value = record[field];
      return value === undefined || (fields !== undefined && !fields.has(field)) ? [] : [[field, value]];
    }),
  );
}
