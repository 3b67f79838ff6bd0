import { addDays, dateOfTime, type LocalTime } from '../../scoring/calendar.ts';
import type { CreateBot } from '../../trial/trial.ts';
import { PIXEL } from './pixel.ts';

/** A bot that answers what is said to it, for tests of everything around a bot. Each evening at six it has a job. */
export const createEchoBot: CreateBot = async (gateway, clock, _dataFolder, { world }) => {
  const seen = new Set<string>();
  let done: LocalTime = clock.now();
  const evening = (): LocalTime => {
    const today = `${dateOfTime(done)}T18:00:00`;
    return today > done ? today : `${addDays(dateOfTime(done), 1)}T18:00:00`;
  };
  gateway.onMessage(async (message) => {
    seen.add(message.id);
    const target = message.room ? { room: message.room.id } : { contact: message.from.id };
    if (message.kind === 'recall')
      await gateway.send(target, { kind: 'text', text: `撤回了 ${message.recalled}` });
    else if (message.kind === 'image') {
      const bytes = await message.content?.bytes();
      await gateway.send(target, { kind: 'text', text: `收到图片 ${bytes?.length} 字节` });
    } else if (message.text === '图')
      await gateway.send(target, { kind: 'image', name: '榜.png', bytes: PIXEL });
    else if (message.mentionsMe) {
      const quoted = message.quote ? `（引用${message.quote.name}：${message.quote.text}）` : '';
      await gateway.send(target, { kind: 'text', text: `听到：${message.text}${quoted}` });
    }
  });
  return {
    stop: async () => {},
    nextJob: evening,
    tick: async (now) => {
      if (now < evening()) return;
      done = now;
      const room = world.rooms[0]?.id ?? '';
      await gateway.send({ room }, { kind: 'text', text: `晚上好，现在是 ${now}` });
    },
    seen: (id) => seen.has(id),
  };
};
