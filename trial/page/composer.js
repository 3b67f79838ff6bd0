import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import * as api from './api.js';
import { Avatar, html, Icon } from './view.js';

/** WeChat ends a mention with this blank, so that a name with a space in it can be told from what follows. */
const MENTION_END = '\u2005';
const MOST_SUGGESTED = 8;
const TALLEST_PX = 132;

/** Where one writes: text with mentions and a quote, and photos or files. */
export function Composer({
  me,
  chat,
  world,
  people,
  room,
  quote,
  dropQuote,
  attempt,
  draft,
  usedDraft,
  input,
}) {
  const [text, setText] = useState('');
  const [picking, setPicking] = useState(null);
  const [sending, setSending] = useState(false);
  const mentions = useRef(new Map());
  const files = useRef(null);

  useLayoutEffect(() => {
    const box = input.current;
    box.style.height = 'auto';
    // The borders count too, or an empty box would show a scroll bar.
    const needed = box.scrollHeight + box.offsetHeight - box.clientHeight;
    box.style.height = `${Math.min(needed, TALLEST_PX)}px`;
  }, [text, input]);

  useEffect(() => {
    if (!draft || draft.chat !== chat) return;
    usedDraft();
    mentions.current.clear();
    if (draft.text.startsWith('@ ') && room) {
      mentions.current.set(world.bot.name, world.bot.id);
      setText(`@${world.bot.name}${MENTION_END}${draft.text.slice(2)}`);
    } else setText(draft.text.replace(/^@ /, ''));
    input.current.focus();
  }, [draft, chat, room, world, input]);

  const candidates = picking && room ? suggestions(room, me, people, world, picking.typed) : [];
  const submit = async () => {
    const words = text.trim();
    if (words === '' || sending) return;
    setSending(true);
    const named = [...mentions.current].filter(([name]) => words.includes(`@${name}`)).map(([, id]) => id);
    const said = await attempt(() =>
      api.say({ as: me.id, chat, text: words, mentions: named, ...(quote ? { quote: quote.id } : {}) }),
    );
    setSending(false);
    if (said) {
      setText('');
      mentions.current.clear();
      dropQuote();
    }
    input.current?.focus();
  };
  const onInput = (event) => {
    setText(event.target.value);
    setPicking(room ? mentionAt(event.target) : null);
  };
  const pick = (person) => {
    const box = input.current;
    mentions.current.set(person.name, person.id);
    box.focus();
    // At once, with the cursor behind it: what is typed before the next drawing must not land inside the name.
    const from = picking?.from ?? box.selectionStart;
    box.setRangeText(`@${person.name}${MENTION_END}`, from, box.selectionStart, 'end');
    setText(box.value);
    setPicking(null);
  };
  const onKeyDown = (event) => {
    // While an input method is composing, Enter chooses its word.
    if (event.isComposing || event.keyCode === 229) return;
    if (candidates.length > 0 && ['ArrowDown', 'ArrowUp', 'Enter', 'Tab', 'Escape'].includes(event.key)) {
      event.preventDefault();
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) setPicking({ ...picking, at: (picking.at + step + candidates.length) % candidates.length });
      else if (event.key === 'Escape') setPicking(null);
      else pick(candidates[picking.at] ?? candidates[0]);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void submit();
    } else if (event.key === 'Escape' && quote) dropQuote();
  };
  const sendFiles = async (list) => {
    for (const file of list) await attempt(() => api.sendFile(me.id, chat, file));
    files.current.value = '';
    input.current?.focus();
  };
  const onPaste = (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    void sendFiles(pasted);
  };

  return html`
    <form class="composer" onSubmit=${(event) => {
      event.preventDefault();
      void submit();
    }}
      onDragOver=${(event) => event.preventDefault()} onDrop=${(event) => {
        event.preventDefault();
        void sendFiles([...event.dataTransfer.files]);
      }}>
      ${
        candidates.length > 0 &&
        html`<ul class="suggestions" role="listbox" id="mentions" aria-label="提醒谁看">
        ${candidates.map(
          (
            person,
            i,
          ) => html`<li role="option" id=${`mention-${i}`} aria-selected=${i === picking.at} onMouseDown=${(
            event,
          ) => {
            event.preventDefault();
            pick(person);
          }}>
            <${Avatar} person=${person} small /><span>${person.name}</span><small>${person.title}</small>
          </li>`,
        )}
      </ul>`
      }
      ${
        quote &&
        html`<div class="quoting">
        <span>${people.get(quote.from)?.name}：${quote.kind === 'text' ? quote.text : quote.kind === 'image' ? '[图片]' : `[文件] ${quote.file.name}`}</span>
        <button type="button" class="quiet" onClick=${dropQuote} aria-label="不引用了"><${Icon} name="close" /></button>
      </div>`
      }
      <div class="composer-row">
        ${room && html`<button type="button" class="quiet" onClick=${() => pick(world.bot)} aria-label=${`@${world.bot.name}`} title=${`@${world.bot.name}`}><${Icon} name="at" /></button>`}
        <button type="button" class="quiet" onClick=${() => files.current.click()} aria-label="发照片或文件" title="发照片或文件"><${Icon} name="photo" /></button>
        <input type="file" ref=${files} class="hidden" multiple accept="image/*,.xlsx,.xls,.csv,.docx,.pdf" tabindex="-1" aria-hidden="true" onChange=${(event) => void sendFiles([...event.target.files])} />
        <textarea
          ref=${input} rows="1" value=${text} onInput=${onInput} onKeyDown=${onKeyDown} onPaste=${onPaste} onBlur=${() => setPicking(null)}
          enterkeyhint="send" maxlength="10000" aria-label=${`以${me.name}的身份说话`} placeholder=${`以 ${me.name} 的身份说…`}
          role="combobox" aria-expanded=${candidates.length > 0} aria-controls="mentions" aria-autocomplete="list"
          aria-activedescendant=${candidates.length > 0 ? `mention-${picking.at}` : undefined}
        ></textarea>
        <button type="submit" class="send" disabled=${text.trim() === '' || sending}>发送</button>
      </div>
    </form>
  `;
}

/** The mention being typed at the cursor, if one is. */
function mentionAt(box) {
  const before = box.value.slice(0, box.selectionStart);
  const found = /@([^@\s\u2005]{0,12})$/u.exec(before);
  return found ? { from: found.index, typed: found[1], at: 0 } : null;
}

function suggestions(room, me, people, world, typed) {
  const others = room.people.filter((id) => id !== me.id && id !== world.bot.id).map((id) => people.get(id));
  return [world.bot, ...others].filter((p) => p?.name.includes(typed)).slice(0, MOST_SUGGESTED);
}
