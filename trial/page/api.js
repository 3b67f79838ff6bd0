/** Asks the server; a refusal comes back as an Error whose message is for the person. */
async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error('连不上本机的程序，它还开着吗？');
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.problem ?? '出错了，请再试一次');
  return body;
}

const post = (path, body) =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

export const getWorld = () => ask('/api/world');
export const getClock = () => ask('/api/clock');
export const getMessages = (chat, before) =>
  ask(`/api/messages?chat=${encodeURIComponent(chat)}${before === undefined ? '' : `&before=${before}`}`);
export const say = (message) => post('/api/say', message);
export const recall = (as, id) => post('/api/recall', { as, id });
export const advance = (to) => post('/api/clock', { to });

export function sendFile(as, chat, file) {
  const form = new FormData();
  form.set('as', as);
  form.set('chat', chat);
  form.set('file', file);
  return ask('/api/photo', { method: 'POST', body: form });
}

/** Follows what happens; `onGap` is called where something may have been missed. Returns how to stop. */
export function follow({ onMessage, onRecall, onBeat, onGap }) {
  const source = new EventSource('/api/events');
  let opened = false;
  source.addEventListener('open', () => {
    if (opened) onGap();
    opened = true;
  });
  source.addEventListener('error', () => onBeat({ online: false }));
  source.addEventListener('message', (event) => onMessage(JSON.parse(event.data)));
  source.addEventListener('recall', (event) => onRecall(JSON.parse(event.data)));
  source.addEventListener('beat', (event) => onBeat(JSON.parse(event.data)));
  return () => source.close();
}
