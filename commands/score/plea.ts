/** Somebody who may not score asks for points: refused once, and offered as an application (R20). */
import { ask } from '../asking.ts';
import { type Outcome, refuse, type Request } from '../command.ts';
import { holder } from '../wording.ts';
import type { Reading, ScoreSlots } from '../reading.ts';
import { slotsOf } from '../slots.ts';

export function decidePlea(request: Request, reading: Reading): Outcome {
  const { branch, speaker, at } = request;
  const ops = slotsOf<Partial<ScoreSlots>>(reading).ops ?? [];
  const own = ops.some((op) => op.member === speaker.name && op.item.startsWith('bonus'));
  if (!own) return refuse('score-not-yours', { recorder: holder(branch, 'recorder', at) });
  const waiting = Object.values(branch.applications).find(
    (a) => a.name === speaker.name && a.state === 'open',
  );
  // One polite no is enough while it is being considered.
  if (waiting && !request.addressed) return { bodies: [], replies: [] };
  const text = `分由记录员和支委会记，不能自己加。要报支委会研究加分吗？回复“申请”，我把您的话转给书记。`;
  const apply: Reading = {
    act: 'record',
    intent: 'score',
    command: 'bonus-apply',
    slots: { words: request.text.slice(0, 200), name: speaker.name },
  };
  return ask(request, text, {
    confirm: { words: ['申请', '要', '是', '好', '好的', '可以'], reading: apply },
  });
}
