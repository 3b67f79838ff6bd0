import { useRef } from 'preact/hooks';
import { Avatar, html, Icon, sizeOf } from './view.js';

const LONG_PRESS_MS = 480;
/** The menu opens over the finger, not under it. */
const ABOVE_PX = 62;

export function wordsOf(message) {
  if (message.kind === 'image') return '图片';
  return message.kind === 'file' ? message.file.name : message.text;
}

/** One message with its avatar, bubble, quote and menu button; one taken back is a line in the middle. */
export function Message({ message, me, people, showName, openMenu, zoom, jump }) {
  const press = useRef(null);
  const from = people.get(message.from);
  const mine = message.from === me.id;
  if (message.recalled) {
    return html`<p class="system" data-id=${message.id}>${mine ? '您' : `“${from?.name}”`}撤回了一条消息</p>`;
  }
  const openAt = (event) => {
    event.preventDefault();
    openMenu({ x: event.clientX - 60, y: event.clientY - ABOVE_PX });
  };
  // A finger held on a bubble is how a phone's WeChat opens this menu.
  const onTouch = {
    onTouchStart: (event) => {
      const { clientX: x, clientY: y } = event.touches[0];
      press.current = setTimeout(() => openMenu({ x: x - 60, y: y - ABOVE_PX }), LONG_PRESS_MS);
    },
    onTouchEnd: () => clearTimeout(press.current),
    onTouchMove: () => clearTimeout(press.current),
  };
  const openBelow = (event) => {
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    openMenu({ x: left, y: bottom + 4 });
  };
  return html`
    <article class=${`message ${mine ? 'mine' : ''} ${from?.role === 'bot' ? 'from-bot' : ''}`} data-id=${message.id}>
      <${Avatar} person=${from} />
      <div class="body">
        ${showName && !mine && html`<p class="name">${from?.name}${from?.role === 'bot' ? html`<span class="tag">机器人</span>` : html`<span class="title">${from?.title}</span>`}</p>`}
        <div class="row">
          <${Bubble} message=${message} mine=${mine} me=${me} people=${people} zoom=${zoom} onContextMenu=${openAt} ...${onTouch} />
          <button type="button" class="act" aria-haspopup="menu" aria-label=${`${mine ? '我' : from?.name}：${wordsOf(message).slice(0, 60)}。更多`} onClick=${openBelow}><${Icon} name="more" /></button>
        </div>
        ${
          message.quote &&
          html`<button type="button" class="quoted" onClick=${() => jump(message.quote.id)} aria-label=${`引用${message.quote.name}：${message.quote.text}`}>
          <span>${message.quote.name}：${message.quote.text}</span>
        </button>`
        }
      </div>
    </article>
  `;
}

function Bubble({ message, mine, me, people, zoom, ...events }) {
  if (message.kind === 'image') {
    return html`<button type="button" class="picture" onClick=${() => zoom(message)} aria-label=${`放大图片 ${message.file.name}`} ...${events}>
      <img src=${`/api/file/${message.file.sha256}`} alt="" />
    </button>`;
  }
  if (message.kind === 'file') {
    return html`<a class="bubble file" href=${`/api/file/${message.file.sha256}`} download=${message.file.name} ...${events}>
      <span class="file-words"><strong>${message.file.name}</strong><small>${sizeOf(message.file.size)} · 点一下保存</small></span>
      <span class="file-kind" data-kind=${kindOf(message.file.name)}>${kindOf(message.file.name)}</span>
    </a>`;
  }
  const called = !mine && message.mentions.includes(me.id);
  return html`<div class=${`bubble ${called ? 'called' : ''}`} ...${events}>${withMentions(message, people)}</div>`;
}

function kindOf(name) {
  const ending = name.includes('.') ? name.split('.').at(-1).toLowerCase() : '';
  if (['xlsx', 'xls', 'csv'].includes(ending)) return 'X';
  if (['docx', 'doc'].includes(ending)) return 'W';
  return ending === 'pdf' ? 'P' : '?';
}

/** The text with its mentions set apart. */
function withMentions(message, people) {
  const names = message.mentions.map((id) => people.get(id)?.name).filter(Boolean);
  if (names.length === 0) return message.text;
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const parts = message.text.split(new RegExp(`(@(?:${escaped.join('|')}))`, 'u'));
  return parts.map((part) =>
    part.startsWith('@') && names.includes(part.slice(1)) ? html`<span class="mention">${part}</span>` : part,
  );
}
