import { useEffect, useRef, useState } from 'preact/hooks';
import { Avatar, html, Icon } from './view.js';

/** Those one tries first come first. */
const ORDER = ['member', 'recorder', 'secretary', 'deputy', 'committee', 'supervisor', 'town'];
const OFFICES = ['recorder', 'secretary', 'deputy', 'committee', 'supervisor', 'town'];

function found(world, words) {
  const wanted = words.trim();
  const matches = (p) => [p.name, p.title, p.group ?? ''].some((field) => field.includes(wanted));
  const people = wanted === '' ? world.people : world.people.filter(matches);
  const rank = (p) => (OFFICES.includes(p.role) ? OFFICES.indexOf(p.role) : ORDER.length);
  return people.toSorted((a, b) => rank(a) - rank(b));
}

/** Everybody one can be, with a search; arrows move, Enter chooses. */
export function PeopleList({ world, me, unreadBy, choose, focus }) {
  const [words, setWords] = useState('');
  const box = useRef(null);
  const people = found(world, words);
  useEffect(() => {
    if (focus) box.current?.querySelector('input').focus();
  }, [focus]);
  const onKeyDown = (event) => {
    if (event.isComposing) return;
    const all = [...box.current.querySelectorAll('.person')];
    const at = all.indexOf(document.activeElement);
    if (event.key === 'ArrowDown') all[Math.min(all.length - 1, at + 1)]?.focus();
    else if (event.key === 'ArrowUp') (at <= 0 ? box.current.querySelector('input') : all[at - 1])?.focus();
    else if (event.key === 'Enter' && at < 0 && people.length > 0) choose(people[0].id);
    else return;
    event.preventDefault();
  };
  return html`<div class="people" ref=${box} onKeyDown=${onKeyDown}>
    <label class="search"><${Icon} name="search" /><input type="search" value=${words} onInput=${(event) => setWords(event.target.value)} placeholder="搜姓名、职务、小组" aria-label="搜索换成谁" /></label>
    <ul class="people-list">
      ${people.map((person) => {
        const unread = unreadBy[`private:${person.id}`] ?? 0;
        return html`<li key=${person.id}>
          <button type="button" class="person" aria-current=${person.id === me.id ? 'true' : undefined} onClick=${() => choose(person.id, unread > 0 ? `private:${person.id}` : undefined)}>
            <${Avatar} person=${person} small />
            <span class="person-words"><strong>${person.name}</strong>${person.group && html`<small>${person.group}</small>`}</span>
            ${unread > 0 && person.id !== me.id && html`<b class="badge" aria-label=${`${unread} 条未读私聊`}>${unread}</b>`}
            <span class="role" data-role=${person.role}>${person.title}</span>
          </button>
        </li>`;
      })}
      ${people.length === 0 && html`<li class="empty">没有找到</li>`}
    </ul>
  </div>`;
}

/** The same list on a phone, over everything else. */
export function PeopleDialog({ open, close, ...rest }) {
  const dialog = useRef(null);
  useEffect(() => {
    if (open && !dialog.current.open) dialog.current.showModal();
    if (!open && dialog.current.open) dialog.current.close();
  }, [open]);
  return html`<dialog class="sheet" ref=${dialog} onClose=${close} onClick=${(event) => event.target === dialog.current && close()} aria-label="换一个身份">
    ${
      open &&
      html`<div class="sheet-body"><header><h2>换一个身份</h2><button type="button" class="quiet" onClick=${close} aria-label="关闭"><${Icon} name="close" /></button></header>
    <${PeopleList} ...${rest} /></div>`
    }
  </dialog>`;
}
