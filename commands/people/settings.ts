/** Settings: one's own reminders, and the branch's days and hours, which the secretary sets. */
import { body, type DataIn } from '../../ledger/kinds.ts';
import type { Settings } from '../../ledger/state.ts';
import { answer, type Command, type Outcome, refuse, type Request } from '../command.ts';
import type { Message } from '../language/message.ts';
import { parseNumeral } from '../language/numerals.ts';
import type { Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';

const OFF = /关|不要|别|不用|停|取消|否/;
const ON = /开|要|恢复|是/;

function readReminders(message: Message): Reading | null {
  const said = /^(?:我的?)?(开|关|打开|关闭|不要|恢复)?(?:了|一下)?$/.exec(message.command?.rest ?? '');
  // 提醒：明天要开会 speaks to people; the command is the word and at most how.
  const commanded = message.command?.name === 'reminders' && said !== null;
  const natural =
    /^(?:(?:以后)?(?:不要|别|不用|莫)(?:再)?提醒我(?:了)?|关闭?(?:我的)?提醒|打?开(?:我的)?提醒|恢复提醒)$/.test(
      message.body,
    );
  if (!commanded && !(natural && message.spokenTo)) return null;
  const text = commanded ? `${message.command.word}${said?.[1] ?? ''}` : message.body;
  const on = OFF.test(text) ? false : ON.test(text) ? true : null;
  return { act: 'record', intent: 'none', command: 'reminders', slots: on === null ? {} : { on } };
}

export const reminders: Command = {
  name: 'reminders',
  words: ['提醒', '关提醒', '开提醒', '关闭提醒', '打开提醒'],
  read: readReminders,
  intent: 'none',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '打开或关闭给自己的次数提醒',
  examples: ['提醒 关', '提醒 开'],
  decide: (request, reading) => {
    const { on } = slotsOf<{ readonly on?: boolean }>(reading);
    const { branch, speaker } = request;
    const now = branch.people[speaker.name]?.reminders ?? true;
    if (on === undefined)
      return {
        bodies: [],
        replies: [answer(`您的提醒现在是${now ? '开' : '关'}着的。回复“提醒 ${now ? '关' : '开'}”可以改。`)],
      };
    if (on === now) return { bodies: [], replies: [answer(`提醒已经是${on ? '开' : '关'}着的。`)] };
    return {
      bodies: [body('member-changed', { name: speaker.name, reminders: on })],
      replies: [answer(on ? '提醒已打开。' : '提醒已关闭，公示和请假的答复还会发给您。')],
    };
  },
};

type Value = { readonly data: DataIn<'settings-changed'>; readonly said: string } | null;

interface Setting {
  readonly words: RegExp;
  readonly title: string;
  readonly now: (settings: Settings) => string;
  readonly example: string;
  readonly read: (text: string) => Value;
}

function clock(text: string): string | null {
  const m = /(\d{1,2})(?:[:：点时](\d{1,2})?)?/.exec(text);
  if (!m) return null;
  const [hour, minute] = [Number(m[1]), Number(m[2] ?? 0)];
  return hour < 24 && minute < 60
    ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
    : null;
}

function whole(text: string, least: number, most: number): number | null {
  const m = /\d{1,3}|[一二三四五六七八九十廿]{1,3}/.exec(text);
  const n = m ? parseNumeral(m[0]) : null;
  return n !== null && Number.isInteger(n) && n >= least && n <= most ? n : null;
}

function toggle(key: 'ranking' | 'shortfallReminders' | 'quarterlyDues'): Setting['read'] {
  return (text) => {
    const on = OFF.test(text) ? false : ON.test(text) ? true : null;
    return on === null ? null : { data: { [key]: on }, said: on ? '开' : '关' };
  };
}

const SETTINGS: readonly Setting[] = [
  {
    words: /主题党日|党日/,
    title: '主题党日',
    now: (s) => `每月${s.themeDay}日 ${s.themeAt}`,
    example: '设置 主题党日 15日 8:30',
    read: (text) => {
      const day = whole(text, 1, 28);
      const at = /[:：点时]/.test(text) ? clock(text.replace(/^.*?[日号]\s*/, '')) : null;
      return day === null
        ? null
        : {
            data: { themeDay: day, ...(at ? { themeAt: at } : {}) },
            said: `每月${day}日${at ? ` ${at}` : ''}`,
          };
    },
  },
  {
    words: /公示/,
    title: '公示天数',
    now: (s) => `${s.noticeDays}天`,
    example: '设置 公示天数 7',
    read: (text) => {
      const days = whole(text, 1, 60);
      return days === null ? null : { data: { noticeDays: days }, said: `${days}天` };
    },
  },
  {
    words: /安静|免打扰|勿扰/,
    title: '安静时间',
    now: (s) => `${s.quietFrom}—${s.quietTo}`,
    example: '设置 安静时间 21:00-7:00',
    read: (text) => {
      const [from, to] = text.split(/[-—~到至]/);
      const [quietFrom, quietTo] = [from ? clock(from) : null, to ? clock(to) : null];
      return quietFrom && quietTo ? { data: { quietFrom, quietTo }, said: `${quietFrom}—${quietTo}` } : null;
    },
  },
  {
    words: /提醒时间|几点提醒/,
    title: '提醒时间',
    now: (s) => s.reminderAt,
    example: '设置 提醒时间 18:00',
    read: (text) => {
      const at = clock(text);
      return at ? { data: { reminderAt: at }, said: at } : null;
    },
  },
  {
    words: /名次|排名|排序/,
    title: '公示榜按名次排',
    now: (s) => (s.ranking ? '开' : '关'),
    example: '设置 按名次 关',
    read: toggle('ranking'),
  },
  {
    words: /次数提醒|不足提醒|月底提醒/,
    title: '月底次数提醒',
    now: (s) => (s.shortfallReminders ? '开' : '关'),
    example: '设置 次数提醒 开',
    read: toggle('shortfallReminders'),
  },
  {
    words: /季/,
    title: '党费按季交算按时',
    now: (s) => (s.quarterlyDues ? '开' : '关'),
    example: '设置 按季党费 开',
    read: toggle('quarterlyDues'),
  },
];

function readSettings(message: Message): Reading | null {
  if (message.command?.name !== 'settings') return null;
  const { rest } = message.command;
  if (!message.spokenTo && rest !== '' && !SETTINGS.some((s) => s.words.test(rest))) return null;
  return { act: 'record', intent: 'none', command: 'settings', slots: { words: message.command.rest } };
}

export const settings: Command = {
  name: 'settings',
  words: ['设置', '支部设置'],
  read: readSettings,
  intent: 'none',
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '看和改支部的设置：主题党日、公示天数、提醒时间',
  examples: ['设置', '设置 主题党日 15日 8:30', '设置 公示天数 7'],
  decide: decideSettings,
};

function decideSettings(request: Request, reading: Reading): Outcome {
  const { words } = slotsOf<{ readonly words: string }>(reading);
  const { branch, policy } = request;
  const setting = SETTINGS.find((s) => s.words.test(words));
  if (!setting) {
    const lines = SETTINGS.map((s) => `${s.title}：${s.now(branch.settings)}（改：${s.example}）`);
    return {
      bodies: [],
      replies: [answer([words === '' ? '支部的设置：' : '没有这一项设置。现有：', ...lines].join('\n'))],
    };
  }
  const value = setting.read(words.replace(setting.words, ' '));
  if (!value) return refuse('setting-unclear', { title: setting.title, example: setting.example });
  // The regulation's 不少于7天 is a floor that a branch cannot go under.
  if (value.data.noticeDays !== undefined && value.data.noticeDays < policy.notice.days) {
    return refuse('setting-notice', { days: policy.notice.days, clause: policy.notice.clause });
  }
  return {
    bodies: [body('settings-changed', value.data)],
    replies: [answer(`${setting.title}由${setting.now(branch.settings)}改为${value.said}。`)],
  };
}
