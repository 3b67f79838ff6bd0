import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import * as api from './api.js';
import { Composer } from './composer.js';
import { Message, wordsOf } from './message.js';
import { html, Icon, stamp } from './view.js';

const GAP_MS = 5 * 60_000;
/** Near enough to the bottom that a new message should scroll into view. */
const NEAR_PX = 120;

/** One conversation: its log and what one can say in it. Made anew for every person and chat. */
export function Chat({ me, chat, world, people, held, older, now, online, draft, usedDraft, topic }) {
  const [quote, setQuote] = useState(null);
  const [menu, setMenu] = useState(null);
  const [zoomed, setZoomed] = useState(null);
  const [problem, setProblem] = useState('');
  const log = useRef(null);
  const input = useRef(null);
  const isPrivate = chat.startsWith('private:');
  const room = world.rooms.find((r) => r.id === chat);
  const messages = held?.messages ?? [];

  useStayAtBottom(log, messages);
  useEffect(() => {
    if (!problem) return undefined;
    const timer = setTimeout(() => setProblem(''), 5000);
    return () => clearTimeout(timer);
  }, [problem]);

  const attempt = useCallback(async (doing) => {
    try {
      await doing();
      setProblem('');
      return true;
    } catch (error) {
      setProblem(error.message);
      return false;
    }
  }, []);
  const act = {
    quote: (message) => {
      setQuote(message);
      input.current?.focus();
    },
    copy: (message) => void navigator.clipboard?.writeText(message.text),
    recall: (message) => void attempt(() => api.recall(me.id, message.id)),
  };

  return html`
    <header class="chat-bar">
      <h1>${topic}${room && html`<small>（${room.people.length}）</small>`}</h1>
      ${isPrivate && html`<span class="hint">私聊 · 群里看不见</span>`}
      ${room?.kind === 'town' && html`<span class="hint">镇里收备案、看进度的群</span>`}
      ${!online && html`<span class="offline" role="status">机器人没在线，请稍候</span>`}
    </header>
    <div class="log" role="log" aria-label=${`${topic}的消息`} aria-live="polite" tabindex="-1" ref=${log} onKeyDown=${(event) => moveBetween(event, log.current)}>
      ${held?.more && html`<button type="button" class="older" onClick=${older}>看更早的消息</button>`}
      ${held && messages.length === 0 && html`<p class="empty">${isPrivate ? `这里只有您和${world.bot.name}。问问“我多少分”，或说“帮助”。` : '还没有人说话。说一句试试。'}</p>`}
      ${messages.map((message, i) => {
        const before = messages[i - 1];
        const gap = !before || message.at - before.at > GAP_MS;
        return html`
          ${gap && html`<p class="stamp" key=${`t${message.id}`}><time>${stamp(message.at, now)}</time></p>`}
          <${Message}
            key=${message.id} message=${message} me=${me} people=${people} showName=${!isPrivate}
            openMenu=${(at) => setMenu({ message, ...at })} zoom=${setZoomed} jump=${(id) => jumpTo(log.current, id)}
          />`;
      })}
    </div>
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    <${Composer} me=${me} chat=${chat} world=${world} people=${people} room=${room} quote=${quote} dropQuote=${() => setQuote(null)} attempt=${attempt} draft=${draft} usedDraft=${usedDraft} input=${input} />
    ${menu && html`<${Menu} menu=${menu} mine=${menu.message.from === me.id} act=${act} close=${() => setMenu(null)} />`}
    <${Zoom} message=${zoomed} people=${people} close=${() => setZoomed(null)} />
  `;
}

/** New messages scroll into view unless one is reading further up; older ones added above leave the view still. */
function useStayAtBottom(log, messages) {
  const last = messages.at(-1);
  const height = useRef({ total: 0, first: null });
  useLayoutEffect(() => {
    const box = log.current;
    if (!box) return;
    const before = height.current;
    const first = messages[0]?.id ?? null;
    const wasNear = before.total - box.scrollTop - box.clientHeight < NEAR_PX;
    if (before.first !== null && first !== before.first) box.scrollTop += box.scrollHeight - before.total;
    else if (before.first === null || wasNear) box.scrollTop = box.scrollHeight;
    height.current = { total: box.scrollHeight, first };
  }, [log, messages.length, last?.id, messages]);
  // A picture has no height until it has come.
  useEffect(() => {
    const box = log.current;
    if (!box) return undefined;
    const onLoad = () => {
      if (height.current.total - box.scrollTop - box.clientHeight < NEAR_PX) box.scrollTop = box.scrollHeight;
      height.current.total = box.scrollHeight;
    };
    box.addEventListener('load', onLoad, true);
    addEventListener('resize', onLoad);
    return () => {
      box.removeEventListener('load', onLoad, true);
      removeEventListener('resize', onLoad);
    };
  }, [log]);
}

/** Up and down go from message to message, for whoever has no mouse. */
function moveBetween(event, log) {
  if (!['ArrowUp', 'ArrowDown', 'Home', 'End'].includes(event.key)) return;
  const all = [...log.querySelectorAll('.act')];
  if (all.length === 0) return;
  const at = all.indexOf(document.activeElement);
  const to = { ArrowUp: at < 0 ? all.length - 1 : at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[
    event.key
  ];
  all[Math.max(0, Math.min(all.length - 1, to))].focus();
  event.preventDefault();
}

function jumpTo(log, id) {
  const row = log?.querySelector(`[data-id="${id}"]`);
  if (!row) return;
  row.scrollIntoView({
    block: 'center',
    behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
  });
  row.classList.remove('found');
  requestAnimationFrame(() => row.classList.add('found'));
}

function Menu({ menu, mine, act, close }) {
  const box = useRef(null);
  useLayoutEffect(() => {
    const { width, height } = box.current.getBoundingClientRect();
    box.current.style.left = `${Math.max(8, Math.min(menu.x, innerWidth - width - 8))}px`;
    box.current.style.top = `${Math.max(8, Math.min(menu.y, innerHeight - height - 8))}px`;
    const returnTo = document.activeElement;
    box.current.querySelector('button').focus();
    return () => returnTo?.isConnected && document.activeElement === document.body && returnTo.focus();
  }, [menu]);
  const choices = [
    { words: '引用', run: act.quote },
    ...(menu.message.kind === 'text' ? [{ words: '复制', run: act.copy }] : []),
    ...(mine ? [{ words: '撤回', run: act.recall }] : []),
  ];
  const onKeyDown = (event) => {
    const all = [...box.current.querySelectorAll('button')];
    const at = all.indexOf(document.activeElement);
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowRight') all[(at + 1) % all.length].focus();
    else if (event.key === 'ArrowUp' || event.key === 'ArrowLeft')
      all[(at - 1 + all.length) % all.length].focus();
    else return;
    event.preventDefault();
  };
  return html`<div class="veil" onClick=${close} onContextMenu=${(event) => {
    event.preventDefault();
    close();
  }}>
    <div class="menu" role="menu" aria-label=${`对“${wordsOf(menu.message).slice(0, 20)}”`} ref=${box} onKeyDown=${onKeyDown}>
      ${choices.map(
        ({ words, run }) =>
          html`<button type="button" role="menuitem" onClick=${(event) => {
            event.stopPropagation();
            close();
            run(menu.message);
          }}>${words}</button>`,
      )}
    </div>
  </div>`;
}

function Zoom({ message, people, close }) {
  const dialog = useRef(null);
  useEffect(() => {
    if (message && !dialog.current.open) dialog.current.showModal();
    if (!message && dialog.current.open) dialog.current.close();
  }, [message]);
  return html`<dialog class="zoom" ref=${dialog} onClose=${close} onClick=${() => dialog.current.close()} aria-label="放大的图片">
    ${
      message &&
      html`
      <button type="button" class="zoom-close" aria-label="关闭"><${Icon} name="close" /></button>
      <img src=${`/api/file/${message.file.sha256}`} alt=${`${people.get(message.from)?.name ?? ''}发的图片 ${message.file.name}`} />
    `
    }
  </dialog>`;
}
