import htm from 'htm';
import { h } from 'preact';

export const html = htm.bind(h);

// Common compound surnames: their owners are not called by the first character alone.
const COMPOUND = /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|南宫)/;
const COLOURS = 12;

/** The characters of an avatar: the surname. */
export function initials(name) {
  return COMPOUND.exec(name)?.[0] ?? [...name][0] ?? '';
}

/** The same person always gets the same colour; neighbours in a list rarely share one. */
export function colourOf(id) {
  let sum = 7;
  for (const point of id) sum = (sum * 31 + point.codePointAt(0)) % 9973;
  return sum % COLOURS;
}

export function Avatar({ person, small }) {
  if (person?.role === 'bot') {
    return html`<span class=${`avatar bot ${small ? 'small' : ''}`} aria-hidden="true"><img src="/page/icon.svg" alt="" /></span>`;
  }
  const letters = initials(person?.name ?? '');
  return html`<span class=${`avatar ${small ? 'small' : ''} ${letters.length > 1 ? 'two' : ''}`} data-colour=${colourOf(person?.id ?? '')} aria-hidden="true">${letters}</span>`;
}

const PATHS = {
  send: 'M4 12 20 4l-5 16-3.5-6.5z',
  photo:
    'M4 6.5A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5zM4.5 16l4.7-5 3.6 3.8 2.4-2.4 4.3 4.1M15.5 9.3h.01',
  at: 'M15.8 12a3.8 3.8 0 1 1-7.6 0 3.8 3.8 0 0 1 7.6 0zm0-3.6v4.9a2.5 2.5 0 0 0 5 0V12a8.8 8.8 0 1 0-3.5 7',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  close: 'm6 6 12 12M18 6 6 18',
  clock: 'M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 7.500V12l3 2',
  down: 'm7 10 5 5 5-5',
  bulb: 'M9.5 18.500h5M10 21h4M8.5 15.500c-1.6-1.2-2.5-3-2.5-5a6 6 0 1 1 12 0c0 2-.9 3.8-2.5 5z',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13m4.7-1.800L20 20',
  file: 'M7 3.500h7l4 4v13H7zM13.5 3.500V8H18',
  quote: 'M5 17V11q0-4 4-4.500M13 17v-6q0-4 4-4.500M5 11h4.500v6H5M13 11h4.500v6H13',
};

export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

/** A local time string as its parts; the page never asks the browser's timezone. */
function partsOf(moment) {
  const [date, time = '00:00'] = moment.split('T');
  const [year, month, day] = date.split('-').map(Number);
  return {
    year,
    month,
    day,
    time: time.slice(0, 5),
    weekday: WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()],
  };
}

export function longDate(moment) {
  const { year, month, day, weekday } = partsOf(moment);
  return `${year}年${month}月${day}日 周${weekday}`;
}

export function shortMoment(moment) {
  const { month, day, time } = partsOf(moment);
  return `${month}月${day}日 ${time}`;
}

export const clockTime = (moment) => moment.slice(11, 16);

const SHANGHAI_MS = 8 * 3_600_000;

/** Milliseconds since 1970 as a local time string in Asia/Shanghai. */
export const localOf = (ms) => new Date(ms + SHANGHAI_MS).toISOString().slice(0, 19);

/** A message's time as a chat shows it, beside what is "now" in the trial. */
export function stamp(ms, now) {
  const moment = localOf(ms);
  const { year, month, day, time } = partsOf(moment);
  if (moment.slice(0, 10) === now.slice(0, 10)) return time;
  const days = Math.round((Date.parse(now.slice(0, 10)) - Date.parse(moment.slice(0, 10))) / 86_400_000);
  if (days === 1) return `昨天 ${time}`;
  return `${moment.slice(0, 4) === now.slice(0, 4) ? '' : `${year}年`}${month}月${day}日 ${time}`;
}

/** What a list of conversations says of a message. */
export function summary(message, people) {
  if (!message) return '';
  const name = people.get(message.from)?.name ?? '';
  if (message.recalled) return `${name}撤回了一条消息`;
  const words =
    message.kind === 'image'
      ? '[图片]'
      : message.kind === 'file'
        ? `[文件] ${message.file.name}`
        : message.text;
  return message.chat.startsWith('private:') ? words : `${name}：${words}`;
}

export function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1_048_576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
