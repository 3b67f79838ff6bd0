import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { BoardView } from '../boards/views/board.ts';
import type { StageTableView } from '../boards/views/filing.ts';

export type PictureRequest =
  | { readonly kind: 'board'; readonly view: BoardView }
  | { readonly kind: 'stages'; readonly view: StageTableView };

export type PictureAnswer =
  | {
      readonly id: number;
      readonly ok: true;
      readonly png: Uint8Array<ArrayBuffer>;
      readonly width: number;
      readonly height: number;
      readonly warnings: string[];
    }
  | { readonly id: number; readonly ok: false; readonly problem: string };

/** A picture as it is sent. `warnings` names the rows whose characters no font has: those need the text board too. */
export interface Picture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly warnings: readonly string[];
}

interface Waiting {
  readonly resolve: (picture: Picture) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Draws pictures on one thread of its own, so that the main thread goes on answering messages. The thread starts
 * with the first picture, is kept, and does not keep the process alive; a thread that dies fails what it was asked
 * and is started again by the next picture.
 */
export class PictureWorker {
  readonly #fonts: readonly string[];
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #last = 0;

  /** `fonts`: paths of further fonts for rare characters, before the machine's own. */
  constructor(fonts: readonly string[] = []) {
    this.#fonts = fonts;
  }

  renderBoard(view: BoardView): Promise<Picture> {
    return this.#render({ kind: 'board', view });
  }

  renderStages(view: StageTableView): Promise<Picture> {
    return this.#render({ kind: 'stages', view });
  }

  /** Ends the thread; pictures still being drawn are refused. */
  async close(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.terminate();
    this.#fail(new Error('the picture thread was closed'));
  }

  #render(request: PictureRequest): Promise<Picture> {
    const thread = (this.#thread ??= this.#start());
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      thread.ref();
      thread.postMessage({ id, request }, []);
    });
  }

  #start(): Worker {
    const thread = startThread(this.#fonts);
    thread.on('message', (answer: PictureAnswer) => this.#receive(thread, answer));
    thread.on('error', (error) => this.#lose(thread, error));
    thread.on('exit', (code) => this.#lose(thread, new Error(`the picture thread ended with ${code}`)));
    return thread;
  }

  #receive(thread: Worker, answer: PictureAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) thread.unref();
    if (waiting === undefined) return;
    if (answer.ok) waiting.resolve(answer);
    else waiting.reject(new Error(`the picture could not be drawn: ${answer.problem}`));
  }

  #lose(thread: Worker, error: Error): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    this.#fail(error);
  }

  #fail(error: Error): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}

/** The process's own worker, for callers that need no other fonts. */
const shared = new PictureWorker();

/** A board as PNG bytes, drawn off the main thread. */
export async function renderBoardPicture(view: BoardView): Promise<Uint8Array> {
  return (await shared.renderBoard(view)).png;
}

/** The town's stage table as PNG bytes, drawn off the main thread. */
export async function renderStagePicture(view: StageTableView): Promise<Uint8Array> {
  return (await shared.renderStages(view)).png;
}

// Built, the thread is a .js file beside this one. From source it is .ts, which a bare thread cannot read: a line of
// bootstrap loads tsx, a development dependency, and then the file.
function startThread(fonts: readonly string[]): Worker {
  const workerData = { fonts: [...fonts] };
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./picture-thread.js', import.meta.url), { workerData });
  const file = new URL('./picture-thread.ts', import.meta.url).href;
  // Its entry for `require` is broken in 4.23, so the one for `import` is named from where the package lies.
  const main = pathToFileURL(createRequire(import.meta.url).resolve('tsx'));
  const tsx = new URL('./esm/api/index.mjs', main).href;
  const bootstrap = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(file)}); })`;
  return new Worker(bootstrap, { eval: true, workerData, execArgv: [] });
}
