import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import * as z from 'zod';
import { addDays, addMonths, dateOfTime, firstDay, type LocalTime, monthOf } from '../scoring/calendar.ts';
import { packageRoot } from '../bot/package-root.ts';
import { type LocalWechat, NotPossible, type Recall, type TrialMessage } from './wechat.ts';

/** The trial's time, for the page's three buttons. */
export interface TrialControl {
  now(): LocalTime;
  /** When the bot next has something to do by itself; null where nothing is planned. */
  nextJob(): LocalTime | null;
  /** Puts time forward to a moment; everything due until then happens on the way, in order. */
  advanceTo(moment: LocalTime): Promise<void>;
}

export interface TrialDeps {
  readonly wechat: LocalWechat;
  readonly control: TrialControl;
  /** Whether the bot hears what is said. */
  readonly botOnline: () => boolean;
  /** What the posts are called, by key; the page's examples name them. */
  readonly postNames?: Readonly<Record<string, string>>;
}

const PAGE_SIZE = 60;
/** Many jobs only look whether there is something to say; the next one that speaks is the one people mean. */
const MOST_SILENT_JOBS = 40;
const UPLOAD_LIMIT = 20 * 1024 * 1024;
/** The hour at which a day begins for the clock's buttons: most of what is planned for a day comes after it. */
const MORNING = 'T08:00:00';

const Say = z.object({
  as: z.string(),
  chat: z.string(),
  text: z.string().max(10_000),
  mentions: z.array(z.string()).max(50).default([]),
  quote: z.string().optional(),
});
const RecallRequest = z.object({ as: z.string(), id: z.string() });
const Advance = z.object({ to: z.enum(['next', 'day', 'first']) });

/** The page and what it asks for. Bound to loopback by its caller; requests from other sites are refused. */
export function createTrialApp(deps: TrialDeps): Hono {
  const app = new Hono();
  // oxlint-disable-next-line no-async-endpoint-handlers -- this is hono, which awaits them
  app.use(onlyFromHere);
  app.onError((error, c) => {
    if (error instanceof NotPossible) return c.json({ problem: error.message }, 409);
    if (error instanceof z.ZodError || error instanceof SyntaxError)
      return c.json({ problem: '请求的内容不完整' }, 400);
    return c.json({ problem: '出错了，请再试一次' }, 500);
  });
  servePage(app);
  serveReading(app, deps);
  serveWriting(app, deps);
  return app;
}

/** Another site open in the same browser, or a name that points here, must not speak for the people of the trial. */
async function onlyFromHere(c: Context, next: () => Promise<void>): Promise<Response | void> {
  const host = new URL(c.req.url).hostname;
  const given = (c.req.header('host') ?? host).replace(/:\d+$/, '');
  const origin = c.req.header('origin');
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(given);
  // An opaque origin ("null": a sandboxed frame, a file) is another site too.
  const same = origin === undefined || origin === `http://${c.req.header('host') ?? new URL(c.req.url).host}`;
  if (!local || !same) return c.json({ problem: '只能在本机打开' }, 403);
  await next();
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'no-referrer');
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The page is served as it is written, and its two libraries from where npm put them: there is no build. */
function servePage(app: Hono): void {
  const folder = join(packageRoot(), 'trial', 'page');
  const vendor: Readonly<Record<string, string>> = {
    'preact.mjs': import.meta.resolve('preact'),
    'hooks.mjs': import.meta.resolve('preact/hooks'),
    'htm.mjs': import.meta.resolve('htm'),
  };
  const send = (c: Context, path: string, headers: Record<string, string> = {}): Response =>
    c.body(readFileSync(path), 200, {
      'content-type': TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
      ...headers,
    });
  app.get('/', (c) => {
    const path = join(folder, 'index.html');
    return send(c, path, { 'content-security-policy': policyFor(readFileSync(path, 'utf8')) });
  });
  app.get('/page/:name{[a-z-]+\\.(?:css|js|svg)}', (c) => {
    try {
      return send(c, join(folder, c.req.param('name')));
    } catch {
      return c.notFound();
    }
  });
  app.get('/vendor/:name', (c) => {
    const url = vendor[c.req.param('name')];
    return url === undefined ? c.notFound() : send(c, fileURLToPath(url));
  });
}

/** Nothing from outside may load; the one inline script (the import map) is allowed by its digest. */
function policyFor(html: string): string {
  const inline = /<script type="importmap">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const digest = createHash('sha256').update(inline).digest('base64');
  return `default-src 'self'; img-src 'self' blob: data:; script-src 'self' 'sha256-${digest}'; frame-ancestors 'none'`;
}

function serveReading(app: Hono, deps: TrialDeps): void {
  const { wechat, control } = deps;
  const clock = (): { now: LocalTime; next: LocalTime | null } => ({
    now: control.now(),
    next: control.nextJob(),
  });

  app.get('/api/world', (c) =>
    c.json({
      ...wechat.world,
      clock: clock(),
      online: deps.botOnline(),
      newest: newestByChat(wechat.messages),
      postNames: deps.postNames ?? {},
    }),
  );
  app.get('/api/clock', (c) => c.json(clock()));
  app.get('/api/messages', (c) => {
    const chat = c.req.query('chat') ?? '';
    const before = Number(c.req.query('before') ?? Number.POSITIVE_INFINITY);
    const found = wechat.messages.filter((m) => m.chat === chat && m.seq < before);
    return c.json({ messages: found.slice(-PAGE_SIZE), more: found.length > PAGE_SIZE });
  });
  app.get('/api/file/:sha256{[0-9a-f]{64}}', (c) => {
    const sha256 = c.req.param('sha256');
    const file = wechat.messages.find((m) => m.file?.sha256 === sha256)?.file;
    const bytes = file && wechat.bytes(sha256);
    if (!file || !bytes) return c.notFound();
    const shown = /^image\/(?:png|jpeg|gif|webp|avif)$/.test(file.type);
    return c.body(Uint8Array.from(bytes), 200, {
      'content-type': shown ? file.type : 'application/octet-stream',
      'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'cache-control': 'private, max-age=31536000, immutable',
    });
  });
  app.get('/api/events', (c) =>
    streamSSE(c, async (stream) => {
      await follow(stream, deps);
    }),
  );
}

/** The last message of each chat and how many there are, for a list of conversations. */
function newestByChat(messages: readonly TrialMessage[]): Record<string, TrialMessage> {
  return Object.fromEntries(messages.map((m) => [m.chat, m]));
}

const BEAT_MS = 15_000;

/** Streams what happens from now on until the page goes away. */
async function follow(stream: SSEStreamingApi, deps: TrialDeps): Promise<void> {
  const { wechat } = deps;
  const tell = (event: string, data: unknown): void => {
    void stream.writeSSE({ event, data: JSON.stringify(data) }).catch(() => {});
  };
  const onMessage = (message: TrialMessage): void => tell('message', message);
  const onRecall = ({ id, by, message }: Recall): void => tell('recall', { id, by, chat: message.chat });
  const beat = setInterval(() => tell('beat', { online: deps.botOnline() }), BEAT_MS);
  wechat.on('message', onMessage).on('recall', onRecall);
  tell('beat', { online: deps.botOnline() });
  await new Promise<void>((resolve) => {
    stream.onAbort(() => resolve());
  });
  clearInterval(beat);
  wechat.off('message', onMessage).off('recall', onRecall);
}

function serveWriting(app: Hono, deps: TrialDeps): void {
  const { wechat, control } = deps;
  app.post('/api/say', async (c) => {
    const { as, chat, text, mentions, quote } = Say.parse(await c.req.json());
    const message = wechat.say({ from: as, chat, text, mentions, ...(quote === undefined ? {} : { quote }) });
    return c.json({ id: message.id, seq: message.seq });
  });
  app.post(
    '/api/photo',
    bodyLimit({ maxSize: UPLOAD_LIMIT, onError: (c) => c.json({ problem: '文件太大，最多 20 MB' }, 413) }),
    async (c) => {
      const form = await c.req.formData();
      const file = form.get('file');
      if (!(file instanceof File) || file.size === 0) return c.json({ problem: '没有选中文件' }, 400);
      const bytes = new Uint8Array(await file.arrayBuffer());
      const as = z.string().parse(form.get('as'));
      const chat = z.string().parse(form.get('chat'));
      const type = file.type === '' ? 'application/octet-stream' : file.type;
      const message = wechat.say({ from: as, chat, file: { name: file.name, type, bytes } });
      return c.json({ id: message.id, seq: message.seq });
    },
  );
  app.post('/api/recall', async (c) => {
    const { as, id } = RecallRequest.parse(await c.req.json());
    wechat.recall(as, id);
    return c.json({ id });
  });
  app.post('/api/clock', async (c) => {
    const { to } = Advance.parse(await c.req.json());
    const before = wechat.messages.length;
    const said = (): number =>
      wechat.messages.slice(before).filter((m) => m.from === wechat.world.bot.id).length;
    for (let jobs = 0; jobs < MOST_SILENT_JOBS; jobs += 1) {
      const moment = momentOf(to, control);
      if (moment === null && jobs === 0) return c.json({ problem: '眼下没有排好的待办' }, 409);
      // oxlint-disable-next-line no-await-in-loop -- one job after the other
      if (moment !== null) await control.advanceTo(moment);
      if (moment === null || to !== 'next' || said() > 0) break;
    }
    return c.json({ now: control.now(), next: control.nextJob(), said: said() });
  });
}

function momentOf(to: 'next' | 'day' | 'first', control: TrialControl): LocalTime | null {
  const now = control.now();
  if (to === 'next') return control.nextJob();
  if (to === 'day') return addDays(dateOfTime(now), 1) + MORNING;
  return firstDay(addMonths(monthOf(now), 1)) + MORNING;
}
