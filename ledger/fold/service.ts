import { addMonths, monthOf } from '../../scoring/calendar.ts';
import type { Entry } from '../entry.ts';
import type { Data } from '../kinds.ts';
import type { service } from '../kinds/service.ts';
import type { BranchState, Office } from '../state.ts';
import type { Appliers } from './applier.ts';

type Town =
  | 'town-founded'
  | 'officer-named'
  | 'branch-registered'
  | 'binding-code-issued'
  | 'binding-code-used'
  | 'branch-transfer';

/** The newest access records kept in the live state; older ones stay in the journal. */
const ACCESS_KEPT = 200;

/** What both a branch and the town's office keep of the conversation. */
type Conversation = Pick<BranchState | Office, 'questions' | 'jobs' | 'owed' | 'policies'>;

export function foldConversation(state: Conversation, entry: Entry): void {
  switch (entry.kind) {
    case 'question-asked': {
      const data = entry.data as Data<'question-asked'>;
      const others = state.questions.filter(
        (q) => q.until > entry.at && !(q.to === data.to && q.room === data.room),
      );
      state.questions = [...others, { ...data, at: entry.at }];
      break;
    }
    case 'question-settled': {
      const data = entry.data as Data<'question-settled'>;
      state.questions = state.questions.filter((q) => !(q.to === data.to && q.room === data.room));
      break;
    }
    case 'owed':
      state.owed.push({ source: entry.source, at: entry.at, replies: (entry.data as Data<'owed'>).replies });
      break;
    case 'delivered': {
      const { source } = entry.data as Data<'delivered'>;
      state.owed = state.owed.filter((o) => o.source !== source);
      break;
    }
    case 'job-done': {
      state.jobs[(entry.data as Data<'job-done'>).job] = entry.at;
      const oldest = addMonths(monthOf(entry.at), -14);
      for (const [job, at] of Object.entries(state.jobs)) if (at < oldest) delete state.jobs[job];
      break;
    }
    case 'policy-set': {
      const data = entry.data as Data<'policy-set'>;
      state.policies.push({ overrides: data.overrides, date: data.date, minute: data.minute, by: entry.by });
      break;
    }
  }
}

const converse = (state: BranchState, _data: unknown, entry: Entry): void => foldConversation(state, entry);

export const foldService: Appliers<Exclude<keyof typeof service, Town>> = {
  'question-asked': converse,
  'question-settled': converse,
  owed: converse,
  delivered: converse,
  'job-done': converse,
  'policy-set': converse,
  'access-logged': (state, data, entry) => {
    state.access = [...state.access.slice(1 - ACCESS_KEPT), { at: entry.at, ...data }];
  },
  'notice-posted': () => {},
};
