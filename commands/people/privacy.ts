/** What is kept of people, told to them in plain words; their own data on request; their photos removed on request. */
import { splitMessage } from '../../boards/message.ts';
import type { OwnDataView } from '../../boards/views/member.ts';
import { body } from '../../ledger/kinds.ts';
import type { BranchState } from '../../ledger/state.ts';
import { dateOfTime } from '../../scoring/calendar.ts';
import { ANSWERED_PRIVATELY, ask } from '../asking.ts';
import { answer, type Command, type Outcome, type Request, refuse } from '../command.ts';
import type { Message } from '../language/message.ts';
import type { Reading } from '../reading.ts';
import { answerPrivately } from '../telling.ts';
import { holder } from '../wording.ts';
import { ownData } from './own-data.ts';

function readPlain(command: string, natural: RegExp) {
  return (message: Message): Reading | null => {
    const worded = message.command?.name === command && message.command.rest === '';
    return worded || (message.spokenTo && natural.test(message.body))
      ? { act: 'record', intent: 'none', command, slots: {} }
      : null;
  };
}

const AS_FILE = /^(?:的|用|要|一?份|做成)*(?:文件|文档|Word|word)$/;
const ASKED =
  /^(?:查|看|看看|我想看)?(?:系统|你们?)?(?:里)?(?:都)?(?:存|记|留)了(?:我|我的)(?:些|哪些)?(?:什么|啥|资料|信息)/;

export const myData: Command = {
  name: 'my-data',
  words: ['我的资料', '我的数据', '我的信息'],
  read: (message) => {
    const rest = message.command?.name === 'my-data' ? message.command.rest : null;
    const file = rest !== null && AS_FILE.test(rest);
    return rest === '' || file || (message.spokenTo && ASKED.test(message.body))
      ? { act: 'record', intent: 'none', command: 'my-data', slots: file ? { file } : {} }
      : null;
  },
  intent: 'none',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '看系统里存了自己的什么，谁看过；要文件也行',
  examples: ['我的资料', '我的资料 文件'],
  decide: (request, reading) => {
    const { branch, policy, speaker, at, place } = request;
    const parts = ownData(branch, policy, speaker.name, at);
    if (reading.slots['file'] === true) {
      const day = dateOfTime(at);
      const view: OwnDataView = { branch: branch.name, name: speaker.name, day, parts };
      const attachment = { kind: 'file', name: `我的资料-${day}.docx`, form: 'own-data-word', view } as const;
      const file = { ...answer('系统里与您有关的内容都在文件里。', 'private'), attachment };
      return { bodies: [], replies: [...(place === 'private' ? [] : [answer(ANSWERED_PRIVATELY)]), file] };
    }
    const blocks = parts.map((p) => [`【${p.title}】`, ...p.lines].join('\n'));
    const texts = splitMessage(`系统里与${speaker.name}有关的内容：`, [
      ...blocks,
      '有错请说明，由记录员更正；与您无关的聊天没有保存。要一份文件请发“我的资料 文件”。',
    ]);
    return { bodies: [], replies: answerPrivately(request, ...texts) };
  },
};

/** In plain words, short enough to be read. */
function privacyNotice(branch: BranchState, at: string): string {
  return [
    `${branch.name}积分小助手记什么、不记什么：`,
    '1 只记与积分有关的：岗位活动、会议出勤、党费是否交了（不记金额）、得分、确认和异议。',
    '2 普通聊天不保存、不记录；内容不传到外面的服务器。',
    '3 请假、病情只记类别；调解和关爱对象不记姓名；公示榜上没有原因。',
    '4 照片只用来核实，备案以后删除。',
    '5 您的明细只有您本人、记录员、监督员和支委能看，每次查看都有记录。',
    `6 发“我的资料”看自己的全部记录（“我的资料 文件”给一份文件），发“删除我的照片”删照片；有错找${holder(branch, 'recorder', at)}更正。`,
  ].join('\n');
}

export const privacy: Command = {
  name: 'privacy',
  words: ['隐私', '隐私说明'],
  read: readPlain(
    'privacy',
    /^(?:隐私(?:说明|政策|怎么保护)?|(?:我的)?聊天(?:记录)?会(?:不会)?(?:被)?(?:保存|记录|监控)(?:吗)?)$/,
  ),
  intent: 'none',
  who: 'anyone',
  where: ['group', 'private', 'town'],
  summary: '系统记什么、不记什么',
  examples: ['隐私说明'],
  decide: ({ branch, at }) => ({ bodies: [], replies: [answer(privacyNotice(branch, at))] }),
};

export const postPrivacy: Command = {
  name: 'post-privacy',
  words: ['发隐私说明', '发布隐私说明'],
  read: readPlain('post-privacy', /^把?隐私说明发(?:到|一下)?群里?$/),
  intent: 'none',
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '把隐私说明发到群里',
  examples: ['发隐私说明'],
  decide: ({ branch, at, place }) => ({
    bodies: [body('notice-posted', { notice: 'privacy' })],
    replies: [
      answer(privacyNotice(branch, at), 'group'),
      ...(place === 'private' ? [answer('已发到群里。')] : []),
    ],
  }),
};

export const erasePhotos: Command = {
  name: 'erase-photos',
  words: ['删除我的照片', '删照片', '删除照片'],
  read: readPlain(
    'erase-photos',
    /^(?:请)?(?:把)?我(?:发|报|传)?的(?:照片|图片)(?:都|全部)?(?:删了|删除|删掉)/,
  ),
  intent: 'none',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '删除自己交的照片',
  examples: ['删除我的照片'],
  decide: decideErase,
};

function decideErase(request: Request, reading: Reading): Outcome {
  const { branch, speaker } = request;
  const own = Object.values(branch.reports).filter((r) => r.by === speaker.name && r.evidence.length > 0);
  const hashes = [...new Set(own.flatMap((r) => r.evidence))];
  if (hashes.length === 0) return refuse('photos-none');
  if (!request.confirmed) {
    const waiting = own.filter((r) => r.state === 'pending').length;
    const warning = waiting > 0 ? `其中${waiting}条报告还没核实，核实时就看不到照片了。` : '';
    return ask(
      request,
      `将删除您交的${hashes.length}张照片，删了找不回来，报告和得分不变。${warning}回复“删除”执行。`,
      { room: 'private', confirm: { words: ['删除', '确定', '是'], reading } },
    );
  }
  return {
    bodies: hashes.map((sha256) => body('evidence-removed', { sha256, reason: 'request' })),
    replies: [answer(`已删除${hashes.length}张照片。`)],
  };
}
