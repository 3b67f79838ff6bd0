import type { Entry } from '../entry.ts';
import type { Data } from '../kinds.ts';
import type { Office } from '../state.ts';
import { foldConversation } from './service.ts';

/** Lets one entry of the town's own ledger happen to its office. */
export function foldOffice(office: Office, entry: Entry): void {
  office.seq = entry.seq;
  switch (entry.kind) {
    case 'town-founded':
      office.name = (entry.data as Data<'town-founded'>).name;
      break;
    case 'officer-named': {
      const data = entry.data as Data<'officer-named'>;
      const before = office.officers.find((o) => o.name === data.name);
      office.officers = [
        ...office.officers.filter((o) => o.name !== data.name),
        { name: data.name, contact: data.contact ?? before?.contact ?? null, until: data.until },
      ];
      break;
    }
    case 'room-bound': {
      const { room } = entry.data as Data<'room-bound'>;
      if (!office.rooms.includes(room)) office.rooms.push(room);
      break;
    }
    case 'room-unbound':
      office.rooms = office.rooms.filter((r) => r !== (entry.data as Data<'room-unbound'>).room);
      break;
    case 'account-bound': {
      const { contact, name } = entry.data as Data<'account-bound'>;
      for (const officer of office.officers) if (officer.name === name) officer.contact = contact;
      break;
    }
    case 'branch-registered': {
      const data = entry.data as Data<'branch-registered'>;
      office.branches[data.branch] = { name: data.name };
      break;
    }
    case 'binding-code-issued': {
      const data = entry.data as Data<'binding-code-issued'>;
      office.codes = [...office.codes.filter((c) => c.branch !== data.branch), { ...data, room: null }];
      break;
    }
    case 'binding-code-used': {
      const data = entry.data as Data<'binding-code-used'>;
      for (const c of office.codes) if (c.code === data.code) c.room = data.room;
      break;
    }
    default:
      foldConversation(office, entry);
  }
}
