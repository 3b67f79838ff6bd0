import { useEffect, useRef, useState } from 'preact/hooks';
import * as api from './api.js';
import { clockTime, html, Icon, longDate, shortMoment } from './view.js';

const WAYS = [
  { to: 'next', words: '下一个待办' },
  { to: 'day', words: '下一天' },
  { to: 'first', words: '到1号' },
];

/** The trial's date and time, and three ways to put it forward. */
export function ClockPanel({ clock, onChange }) {
  const [busy, setBusy] = useState(null);
  const [problem, setProblem] = useState('');
  const [said, setSaid] = useState(null);
  const go = async (to) => {
    setBusy(to);
    setProblem('');
    try {
      const got = await api.advance(to);
      setSaid(got.said);
      onChange(got);
    } catch (error) {
      setProblem(error.message);
    }
    setBusy(null);
  };
  return html`<section class="clock" aria-label="时钟">
    <p class="clock-now"><${Icon} name="clock" /><span>${longDate(clock.now)}</span><strong>${clockTime(clock.now)}</strong></p>
    <p class="clock-next" aria-live="polite">${problem || (clock.next ? `下一个待办：${shortMoment(clock.next)}` : '眼下没有排好的待办')}</p>
    <p class="clock-said" role="status">${busy ? '走着……' : said === null ? '' : said === 0 ? '这段时间它没有要说的' : `这段时间它说了${said}句`}</p>
    <div class="clock-ways">
      ${WAYS.map(({ to, words }) => html`<button type="button" disabled=${busy !== null || (to === 'next' && !clock.next)} aria-busy=${busy === to} onClick=${() => void go(to)}>${words}</button>`)}
    </div>
  </section>`;
}

export function ClockDialog({ open, close, ...rest }) {
  const dialog = useRef(null);
  useEffect(() => {
    if (open && !dialog.current.open) dialog.current.showModal();
    if (!open && dialog.current.open) dialog.current.close();
  }, [open]);
  return html`<dialog class="sheet short" ref=${dialog} onClose=${close} onClick=${(event) => event.target === dialog.current && close()} aria-label="时钟">
    ${
      open &&
      html`<div class="sheet-body"><header><h2>把时间往前拨</h2><button type="button" class="quiet" onClick=${close} aria-label="关闭"><${Icon} name="close" /></button></header>
    <${ClockPanel} ...${rest} /><p class="clock-note">提醒、公示、备案都按这个时钟来。时间只能往前，不能往回。</p></div>`
    }
  </dialog>`;
}
