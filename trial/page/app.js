import { render } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import * as api from './api.js';
import { Chat } from './chat.js';
import { ClockDialog, ClockPanel } from './clock.js';
import { Conversations } from './conversations.js';
import { PeopleDialog, PeopleList } from './people.js';
import { memory, useMessages, usePlace } from './state.js';
import { Avatar, clockTime, html, Icon, longDate, summary } from './view.js';
import { Welcome } from './welcome.js';

function App() {
  const [world, setWorld] = useState(null);
  const [problem, setProblem] = useState('');
  const [gap, setGap] = useState(0);
  const [newest, setNewest] = useState({});
  const [online, setOnline] = useState(true);
  const [clock, setClock] = useState(null);
  const [read, setRead] = useState(() => memory.get('read', {}));
  const [unreadBy, setUnreadBy] = useState(() => memory.get('unread', {}));
  const [dialog, setDialog] = useState(null);
  const [welcome, setWelcome] = useState(() => !memory.get('welcomed', false));
  const [toast, setToast] = useState(null);
  const [draft, setDraft] = useState(null);
  const { me, chats, chat, go } = usePlace(world);
  const { held, change, older } = useMessages(chat, world, gap);
  const here = useRef({});
  here.current = { me, chat, world };

  useEffect(() => {
    api.getWorld().then(
      (got) => {
        setWorld(got);
        setNewest(got.newest);
        setOnline(got.online);
        setClock({ ...got.clock, at: Date.now() });
      },
      (error) => setProblem(error.message),
    );
  }, [gap]);

  const refreshClock = useCallback(() => {
    api.getClock().then(
      (got) => setClock({ ...got, at: Date.now() }),
      () => {},
    );
  }, []);

  useEffect(() => {
    const timer = setInterval(refreshClock, 20_000);
    const stop = api.follow({
      onMessage: (message) => {
        setNewest((all) => ({ ...all, [message.chat]: message }));
        change(message.chat, (had) => ({ ...had, messages: [...had.messages, message] }));
        const { me: now, chat: open, world: there } = here.current;
        if (!there) return;
        if (message.from === there.bot.id) refreshClock();
        const to = message.chat.startsWith('private:') ? message.chat.slice(8) : null;
        const seen = message.chat === open && (to === null || to === now?.id) && !document.hidden;
        if (seen || message.from === now?.id) return;
        setUnreadBy((all) => ({ ...all, [message.chat]: (all[message.chat] ?? 0) + 1 }));
        if (to !== null && to !== now?.id && message.from === there.bot.id) setToast({ to, message });
      },
      onRecall: ({ id, chat: where }) => {
        const mark = (m) => (m.id === id ? { ...m, recalled: true } : m);
        change(where, (had) => ({ ...had, messages: had.messages.map(mark) }));
        setNewest((all) => (all[where] ? { ...all, [where]: mark(all[where]) } : all));
      },
      onBeat: (beat) => setOnline(beat.online),
      onGap: () => setGap((n) => n + 1),
    });
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [change, refreshClock]);

  useEffect(() => memory.set('unread', unreadBy), [unreadBy]);
  useEffect(() => memory.set('read', read), [read]);
  // What is open and in view is read.
  useEffect(() => {
    if (!chat || document.hidden) return;
    setUnreadBy((all) => (all[chat] ? { ...all, [chat]: 0 } : all));
    const seq = newest[chat]?.seq ?? 0;
    setRead((all) => ((all[`${me.id}|${chat}`] ?? 0) < seq ? { ...all, [`${me.id}|${chat}`]: seq } : all));
  }, [chat, me, newest]);
  useEffect(() => {
    if (!toast) return undefined;
    const timer = setTimeout(() => setToast(null), 7000);
    return () => clearTimeout(timer);
  }, [toast]);

  const people = useMemo(
    () => new Map([...(world?.people ?? []), ...(world ? [world.bot] : [])].map((p) => [p.id, p])),
    [world],
  );
  const become = (id, toChat) => {
    setDialog(null);
    setToast(null);
    go(id, toChat);
  };
  const dismiss = () => {
    memory.set('welcomed', true);
    setWelcome(false);
  };

  if (problem) return html`<p class="booting" role="alert">${problem}</p>`;
  if (!world || !me || !clock) return html`<p class="booting">正在打开……</p>`;

  const topicOf = (id) => world.rooms.find((r) => r.id === id)?.topic ?? world.bot.name;
  const unreadOf = (id) => (id === chat ? 0 : (unreadBy[id] ?? 0));
  const isNew = (id) =>
    id !== chat && (newest[id]?.seq ?? 0) > (read[`${me.id}|${id}`] ?? 0) && newest[id]?.from !== me.id;
  const entries = chats.map((id) => ({
    id,
    topic: topicOf(id),
    newest: newest[id],
    unread: unreadOf(id),
    fresh: isNew(id),
  }));
  const tryOut = (example) => {
    const to = example.in === 'private' ? `private:${me.id}` : (chats[0] ?? chat);
    if (to !== chat) go(me.id, to);
    setDraft({ text: example.text, chat: to, key: Date.now() });
  };

  return html`
    <div class="layout">
      <aside class="side" aria-label="身份与会话">
        <div class="me-card">
          <${Avatar} person=${me} />
          <div class="me-words"><strong>${me.name}</strong><span class="role" data-role=${me.role}>${me.title}</span></div>
          <button class="quiet" type="button" onClick=${() => setWelcome(true)} aria-label="试试这些"><${Icon} name="bulb" /></button>
        </div>
        <${Conversations} entries=${entries} chat=${chat} people=${people} world=${world} now=${clock.now} open=${(id) => go(me.id, id)} />
        <h2 class="side-title">换一个身份</h2>
        <${PeopleList} world=${world} me=${me} unreadBy=${unreadBy} choose=${become} />
        <${ClockPanel} clock=${clock} onChange=${(got) => setClock({ ...got, at: Date.now() })} />
      </aside>
      <header class="phone-bar">
        <button class="pill" type="button" onClick=${() => setDialog('people')} aria-haspopup="dialog">
          <${Avatar} person=${me} small /><span class="pill-words"><strong>${me.name}</strong><small>${me.title}</small></span><${Icon} name="down" />
          ${Object.entries(unreadBy).some(([id, n]) => n > 0 && id.startsWith('private:') && id !== `private:${me.id}`) && html`<i class="dot" title="别人有新私聊"></i>`}
        </button>
        <button class="pill clock-pill" type="button" onClick=${() => setDialog('clock')} aria-haspopup="dialog" aria-label=${`时钟：${longDate(clock.now)} ${clockTime(clock.now)}`}>
          <${Icon} name="clock" /><span>${clock.now.slice(5, 7) * 1}月${clock.now.slice(8, 10) * 1}日 ${clockTime(clock.now)}</span>
        </button>
        <button class="quiet" type="button" onClick=${() => setWelcome(true)} aria-label="试试这些"><${Icon} name="bulb" /></button>
        <nav class="tabs" aria-label="会话">
          ${entries.map(
            (
              entry,
            ) => html`<button type="button" class="tab" aria-current=${entry.id === chat ? 'page' : undefined} onClick=${() => go(me.id, entry.id)}>
              ${entry.id.startsWith('private:') ? `私聊 ${world.bot.name}` : entry.topic}${(entry.unread > 0 || entry.fresh) && html`<i class="dot"></i>`}
            </button>`,
          )}
        </nav>
      </header>
      <main class="main">
        ${welcome && html`<${Welcome} me=${me} world=${world} dismiss=${dismiss} tryOut=${tryOut} become=${become} />`}
        <${Chat}
          key=${`${me.id}|${chat}`} me=${me} chat=${chat} world=${world} people=${people} held=${held} older=${older}
          now=${clock.now} online=${online} draft=${draft} usedDraft=${() => setDraft(null)} topic=${topicOf(chat)}
        />
      </main>
    </div>
    <${PeopleDialog} open=${dialog === 'people'} close=${() => setDialog(null)} world=${world} me=${me} unreadBy=${unreadBy} choose=${become} />
    <${ClockDialog} open=${dialog === 'clock'} close=${() => setDialog(null)} clock=${clock} onChange=${(got) => setClock({ ...got, at: Date.now() })} />
    <div class="toasts" role="status" aria-live="polite">
      ${
        toast &&
        html`<button type="button" class="toast" onClick=${() => become(toast.to, toast.message.chat)}>
        <${Avatar} person=${people.get(toast.to)} small />
        <span><strong>${world.bot.name} 私聊了 ${people.get(toast.to)?.name}</strong><small>${summary(toast.message, people)}</small></span>
        <em>去看看</em>
      </button>`
      }
    </div>
  `;
}

render(html`<${App} />`, document.getElementById('app'));
