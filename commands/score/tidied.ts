/** A message of scores made plainer before it is read: exceptions first, nothing given dropped, the person carried on. */
import type { Message } from '../language/message.ts';
import { withoutAttendees } from './attendees.ts';
import { findItems } from './items.ts';
import { MAY } from './talk.ts';

/** 除甲5分外，其他人组织生活都是10分: the one excepted has a figure of the same item. */
function exceptedFirst(message: Message): Message {
  const body = message.body.replace(
    /(?<![扫清消删])除(?:了|开)?([^,，。;；\n]{2,40}?\d{1,2}(?:\.\d)?)分?(?:以|之)?外[,，]?((?:其他|其它|其余|别的?)(?:人|党员|同志)?)(?:的)?([一-龥]{2,6}?)(?=都|全|均|各|是|\d|满)/g,
    '$3:$1分,$2',
  );
  return body === message.body ? message : message.part(body);
}

/** 加分0, 无加分 at the end of a row gives nothing. */
function withoutNothing(message: Message): Message {
  const body = message.body.replace(
    /[,，、\s]*(?:加分\s*[:：]?\s*0(?:分)?(?![\d.])|(?:无|没有|冇得)加分)/g,
    '',
  );
  return body === message.body ? message : message.part(body);
}

/** 环境岗那个27是 10 9 8 right after 小燕3月份：…环境岗27: of the one person the row before was about. */
function carriedOn(message: Message): Message {
  const { before, body } = message;
  if (!before || (before.by !== null && before.by !== message.sender) || message.names().length > 0)
    return message;
  if (!MAY.test(message.role) || !/\d/.test(body) || /都|全|各|其|大家|人|我/.test(body) || body.length > 40)
    return message;
  const who = new Set(
    message
      .part(before.text)
      .names()
      .flatMap((n) => n.members),
  );
  const about =
    findItems(body, message.context).length > 0 && findItems(before.text, message.context).length > 0;
  if (who.size !== 1 || !about) return message;
  return message.part(`${[...who][0]} ${body.replace(/(?:那|这)个\s*\d{1,2}\s*(?:分)?是/, '')}`);
}

export function tidied(message: Message): Message {
  return carriedOn(withoutAttendees(withoutNothing(exceptedFirst(message))));
}
