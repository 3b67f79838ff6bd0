import { standingBoard } from '../../ledger/stage.ts';
import { monthOf } from '../../scoring/calendar.ts';
import { answer, type Command, type Outcome, refuse, type Request } from '../command.ts';
import type { Reading } from '../reading.ts';
import { monthText } from '../wording.ts';
import { closeMonth, holdsOf, uncorrected } from './closing.ts';
import { preview } from './preview.ts';
import { monthSlot, plainRead, textSlot } from './said.ts';

/** `备案 3月`: files a month by hand, where the clock could not or the town returned it. */
export const close: Command = {
  name: 'close',
  intent: 'none',
  words: ['备案', '报备', '报送备案', '重新备案'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '公示期满没有异议后报镇组织办备案（到期也会自动报）',
  examples: ['备案 3月'],
  read: plainRead({
    name: 'close',
    words: [],
    speech: /(?:报|送|申请|办).{0,6}备案|备案.{0,4}(?:报上去|报了吧|送上去)/,
    overheard: [],
    // In the town's room 备案 is the town's word on a filing.
    slots: (message) =>
      message.room === 'town' || /收到|收下|退回/.test(message.body) ? null : monthSlot(message),
  }),
  decide: decideClose,
};

function decideClose(request: Request, reading: Reading): Outcome {
  const { branch, at } = request;
  const month = textSlot(reading, 'month') ?? waitingMonth(request) ?? monthOf(at);
  const said = monthText(month, at);
  const m = branch.months[month];
  if (m?.filed && !m.returned) return refuse('filed-already', { month: said });
  const holds = holdsOf(request, month);
  if (holds.length > 0) return refuse('close-held', { month: said, why: holds.join('；') });
  const open = uncorrected(request, month).map((text) => `\n提醒：${text}。`);
  if (!request.confirmed)
    return preview(request, reading, `将把${said}积分报镇组织办备案。${open.join('')}`, '备案', {
      private: open.length > 0 && request.place === 'group',
    });
  const decision = closeMonth(request, month);
  return { ...decision, replies: [...decision.replies, answer(`${said}积分已报镇组织办备案。`)] };
}

/** The oldest month that is published and not filed, or was returned. */
function waitingMonth(request: Request): string | null {
  return (
    Object.entries(request.branch.months)
      .filter(([, m]) => standingBoard(m) && (!m.filed || m.returned))
      .map(([month]) => month)
      .sort()[0] ?? null
  );
}
