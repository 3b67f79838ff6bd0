/** Reading claims of posts: by oneself, in a 接龙, arranged by the secretary; changes; whom a carer looks after. */
import type { Message, ReadingDeclaration } from '../language/message.ts';
import type { Reading, ReadingContext } from '../reading.ts';
import { readArrangement, readList, readServed } from './arranged.ts';
import { readChange } from './change.ts';
import { readOwn } from './own.ts';

const WORDS = ['认领', '认岗', '换岗', '岗位', '选岗', '领岗', '报岗位', '调岗'];
export const CLAIM_HINT =
  /认|就.{0,3}\d|给我|我包|归我|领|岗|选|报|换|改|要|安排|还是|再加|搞|算我|帮扶对象|^[\d\s、,，.和跟]{1,12}$|^[^\s:]{2,8}:|^\p{Script=Han}{2,8}[\s,，、+和]+\p{Script=Han}{2,8}$/u;

function read(heard: Message, context: ReadingContext): Reading | null {
  // 家风家教港: voice input's 岗.
  const mended = /(?:报|选|认领|换)/.test(heard.body)
    ? heard.body.replace(/(?<=[教爱生施逻传育督解化扶风])港(?=$|[和跟、,，换])/g, '岗')
    : heard.body;
  const message = mended === heard.body ? heard : heard.part(mended);
  if (message.role === 'system' || message.role === 'town') return null;
  return (
    readList(message, context) ??
    readServed(message, context) ??
    readChange(message, context) ??
    readArrangement(message, context) ??
    readOwn(message, context)
  );
}

export const claimReading: ReadingDeclaration = { name: 'claim', words: WORDS, read };
