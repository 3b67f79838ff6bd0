import { examplesFor } from './examples.js';
import { html, Icon } from './view.js';

/** What to try, in three lines; closed once, it comes back by the bulb. */
export function Welcome({ me, world, now, dismiss, tryOut }) {
  const { bot } = world;
  return html`<section class="welcome" aria-label="试试这些">
    <button type="button" class="quiet welcome-close" onClick=${dismiss} aria-label="知道了，关闭"><${Icon} name="close" /></button>
    <ol>
      <li><b>换身份</b>：您现在是<strong>${me.name}</strong>（${me.title}）。可以换成记录员、书记或镇组织办。</li>
      <li><b>照常说话</b>：像在微信群里一样说；要它回答就 @${bot.name}，或者私聊它。</li>
      <li><b>拨时钟</b>：走到下一个待办、下一天、下个月1号，看它催办、公示、备案。</li>
    </ol>
    <div class="examples" aria-label="点一下填进输入框">
      ${examplesFor({ me, branch: world.branch, now }).map(
        (example) => html`<button type="button" class="example" onClick=${() => tryOut(example)}>
          ${example.in === 'private' && html`<small>私聊</small>`}${example.text.replace(/^@ /, `@${bot.name} `)}
        </button>`,
      )}
    </div>
  </section>`;
}
