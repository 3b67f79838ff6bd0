import type { Connection } from './connection.ts';
import { type Content, SendError, type SendFailure, type Target } from './port.ts';
import { fileOf, reasonOf } from './service-puppet.ts';

/** A send whose outcome was not known when its time was up. */
interface Doubtful {
  readonly target: string;
  /** The text sent, or the file's name. */
  readonly what: string;
  settle(sent: boolean): void;
}

export interface SendingLimits {
  /** How long to wait for the provider's answer. */
  readonly deadline: number;
  /** How long after being online again an echo of a doubtful send is waited for. */
  readonly echoGrace: number;
}

/**
 * Sends with a deadline, and follows up what missed it. A frozen server answers late or never, yet sends what it was
 * given once it thaws; so a late answer, or the account's own message coming back as an event, settles the doubt.
 */
export class Sending {
  readonly #limits: SendingLimits;
  readonly #doubtful = new Set<Doubtful>();

  constructor(limits: SendingLimits) {
    this.#limits = limits;
  }

  async send(
    connection: Connection,
    target: Target,
    content: Content,
    namesOf: (ids: readonly string[]) => Promise<string[]>,
  ): Promise<{ id?: string }> {
    const to = 'room' in target ? target.room : target.contact;
    const words = content.kind === 'text' ? await this.#withMentions(content, namesOf) : '';
    const call =
      content.kind === 'text'
        ? connection.puppet.messageSendText(to, words, content.mentions ? [...content.mentions] : undefined)
        : connection.puppet.messageSendFile(to, fileOf(content.name, content.bytes));
    const doubt = this.#watch(to, content.kind === 'text' ? words : content.name, call);
    const id = await this.#answer(call, doubt);
    return id ? { id } : {};
  }

  /** The account's own message was seen in the chat: whatever was in doubt about it is settled. */
  echoed(target: string, what: string): void {
    for (const doubt of this.#doubtful) {
      if (doubt.target === target && doubt.what === what) {
        doubt.settle(true);
        return;
      }
    }
  }

  /** Online again: what the other side had taken before would show soon, or was never taken. */
  backOnline(): void {
    const open = [...this.#doubtful];
    if (open.length === 0) return;
    setTimeout(() => {
      for (const doubt of open) doubt.settle(false);
    }, this.#limits.echoGrace).unref();
  }

  #watch(target: string, what: string, call: Promise<unknown>): { settled: Promise<boolean>; open(): void } {
    let settle: (sent: boolean) => void = () => {};
    const settled = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    const doubt: Doubtful = {
      target,
      what,
      settle: (sent) => {
        this.#doubtful.delete(doubt);
        settle(sent);
      },
    };
    const open = (): void => {
      this.#doubtful.add(doubt);
      call.then(
        () => doubt.settle(true),
        (error: unknown) => {
          // A late and plain no means that it was not sent; a broken line leaves the doubt for the echo.
          if (!isBroken(error)) doubt.settle(false);
        },
      );
    };
    return { settled, open };
  }

  async #answer(
    call: Promise<string | void>,
    doubt: { settled: Promise<boolean>; open(): void },
  ): Promise<string | void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        doubt.open();
        reject(new SendError('uncertain', `no answer in ${this.#limits.deadline} ms`, doubt.settled));
      }, this.#limits.deadline);
    });
    try {
      return await Promise.race([call, late]);
    } catch (error) {
      if (error instanceof SendError) throw error;
      const failure = failureOf(error);
      if (failure === 'uncertain') doubt.open();
      throw new SendError(failure, reasonOf(error), failure === 'uncertain' ? doubt.settled : undefined);
    } finally {
      clearTimeout(timer);
    }
  }

  /** WeChat shows a mention only where the text says it too. */
  async #withMentions(
    content: { text: string; mentions?: readonly string[] },
    namesOf: (ids: readonly string[]) => Promise<string[]>,
  ): Promise<string> {
    if (!content.mentions || content.mentions.length === 0) return content.text;
    const names = await namesOf(content.mentions);
    const missing = names.filter((name) => !content.text.includes(`@${name}`));
    return missing.map((name) => `@${name}\u2005`).join('') + content.text;
  }
}

const UNAVAILABLE = 14;
const BROKEN_CODES: readonly unknown[] = [1, 4, UNAVAILABLE];

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function isBroken(error: unknown): boolean {
  return BROKEN_CODES.includes(codeOf(error));
}

function failureOf(error: unknown): SendFailure {
  const words = reasonOf(error);
  if (/操作(?:过于|太)频繁|too (?:often|frequent|many)|rate ?limit/i.test(words)) return 'too-often';
  if (/NO CLIENT|no grpc manager|channel has been (?:shut|closed)|not logged in/i.test(words))
    return 'offline';
  if (codeOf(error) === UNAVAILABLE && /No connection established|ECONNREFUSED|resolution/i.test(words))
    return 'offline';
  return isBroken(error) ? 'uncertain' : 'refused';
}
