import { examplesFor } from './examples.js';
import { html, Icon } from './view.js';

/** What to try, in three lines; closed once, it comes back by the bulb. */
export function Welcome({ me, world, dismiss, tryOut, become }) {
  const { bot } = world;
  const first = (role) => world.people.find((p) => p.role === role);
  const person = (who) =>
    who &&
    html`<button type="button" class="who" onClick=${() => become(who.id)}>${who.name}<span class="who-title">（${who.title}）</span></button>`;
  return html`<section class="welcome" aria-label="试试这些">
    <button type="button" class="quiet welcome-close" onClick=${dismiss} aria-label="知道了，关闭"><${Icon} name="close" /></button>
    <ol>
      <li><b>照常说话</b>：您现在是<strong>${me.name}</strong>（${me.title}）。要它回答，就 @${bot.name} 或私聊它。</li>
      <li><b>两分钟看到公示榜</b>：换成${person(first('recorder'))}给大家打分，换成${person(first('secretary'))}发布，换回${person(first('member'))}确认。</li>
      <li><b>拨时钟</b>：走到下一个待办，看它催办、公示期满后报${person(first('town'))}备案。</li>
    </ol>
    <div class="examples" role="group" aria-label=${`以${me.name}的身份可以这样说，点一下填进输入框`}>
      ${examplesFor({ me, world }).map(
        (
          example,
        ) => html`<button type="button" class="example" title=${example.label && example.text} onClick=${() => tryOut(example)}>
          ${example.in === 'private' && html`<small>私聊</small>`}${example.label ?? example.text.replace(/^@ /, `@${bot.name} `)}
        </button>`,
      )}
    </div>
  </section>`;
}
