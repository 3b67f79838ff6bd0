import { Avatar, html, stamp, summary } from './view.js';

/** The list of one's chats, each with its last message and what is unread. */
export function Conversations({ entries, chat, people, world, now, open }) {
  return html`<nav class="conversations" aria-label="会话">
    ${entries.map((entry) => {
      const isPrivate = entry.id.startsWith('private:');
      return html`<button type="button" class="conversation" aria-current=${entry.id === chat ? 'page' : undefined} onClick=${() => open(entry.id)}>
        ${isPrivate ? html`<${Avatar} person=${world.bot} />` : html`<span class="avatar room" aria-hidden="true">群</span>`}
        <span class="conversation-words">
          <span class="line"><strong>${isPrivate ? world.bot.name : entry.topic}</strong><time>${entry.newest ? stamp(entry.newest.at, now) : ''}</time></span>
          <span class="line"><small>${summary(entry.newest, people) || (isPrivate ? '私聊，只有您和它看得见' : '还没有人说话')}</small>
          ${entry.unread > 0 ? html`<b class="badge" aria-label=${`${entry.unread} 条未读`}>${entry.unread > 99 ? '99+' : entry.unread}</b>` : entry.fresh && html`<i class="dot"></i>`}</span>
        </span>
      </button>`;
    })}
  </nav>`;
}
