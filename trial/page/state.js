import { useCallback, useEffect, useState } from 'preact/hooks';
import * as api from './api.js';

/** What this browser remembers. */
export const memory = {
  get: (key, otherwise) => {
    try {
      return JSON.parse(localStorage.getItem(`lanxing.${key}`)) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  set: (key, value) => {
    try {
      localStorage.setItem(`lanxing.${key}`, JSON.stringify(value));
    } catch {
      // Without storage nothing is remembered, and everything else works.
    }
  },
};

/** Who one is and which chat is open stand in the address, so that two windows can be two people. */
function placeInAddress() {
  const [me, chat] = decodeURIComponent(location.hash.slice(1)).split('/');
  return { me, chat };
}

export function usePlace(world) {
  const [place, setPlace] = useState(placeInAddress);
  useEffect(() => {
    const onHash = () => setPlace(placeInAddress());
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);
  if (!world) return { me: null, chats: [], chat: null, go: () => {} };
  const known = world.people.find((p) => p.id === place.me);
  const me = known ?? world.people.find((p) => p.role === 'member') ?? world.people[0];
  const chats = [...world.rooms.filter((r) => r.people.includes(me.id)).map((r) => r.id), `private:${me.id}`];
  const chat = chats.includes(place.chat) ? place.chat : chats[0];
  const go = (person, toChat) => {
    location.hash = encodeURIComponent(toChat === undefined ? person : `${person}/${toChat}`);
  };
  return { me, chats, chat, go };
}

/** Messages by chat, loaded when first looked at and kept current from then on. */
export function useMessages(chat, world, gap) {
  const [byChat, setByChat] = useState({});
  const change = useCallback(
    (id, to) => setByChat((all) => (all[id] ? { ...all, [id]: to(all[id]) } : all)),
    [],
  );
  useEffect(() => setByChat({}), [gap]);
  useEffect(() => {
    if (!chat || byChat[chat] || !world) return;
    void api.getMessages(chat).then((got) => setByChat((all) => ({ ...all, [chat]: got })));
  }, [chat, byChat, world]);
  const older = useCallback(async () => {
    const first = byChat[chat]?.messages[0];
    if (!first) return;
    const got = await api.getMessages(chat, first.seq);
    change(chat, (had) => ({ messages: [...got.messages, ...had.messages], more: got.more }));
  }, [chat, byChat, change]);
  return { held: byChat[chat], change, older };
}
