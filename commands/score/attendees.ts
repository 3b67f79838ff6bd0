/** Who sat in the committee meeting that a minute tells of: named there, and given no points by it. */
import type { Message } from '../language/message.ts';

const SAT = '(?:参加|到会|出席|参会|列席|在场)';
const ATTENDEES: readonly RegExp[] = [
  new RegExp(`\\([^()\\n]{2,80}${SAT}\\)|\\(${SAT}(?:人员?|的)?[:：]?[^()\\n]{2,80}\\)`, 'g'),
  new RegExp(`${SAT}(?:人员?|的)?(?:有|是)?[:：][^。;\\n\\d]{2,80}(?=[。;\\n])`, 'g'),
  new RegExp(`(?<=支委会?[^。;\\n]{0,16}[,，:：\\s])[^,，。;:：\\n\\d]{2,60}${SAT}(?=[,，。:：;])`, 'g'),
];

/** The same message with those who sat in the meeting blanked; the message itself where none are named. */
export function withoutAttendees(message: Message): Message {
  if (!/支委|委员会/.test(message.body)) return message;
  let body = message.body;
  for (const pattern of ATTENDEES) body = body.replace(pattern, (w) => ' '.repeat(w.length));
  return body === message.body ? message : message.part(body);
}
