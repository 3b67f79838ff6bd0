import { FileBox, type FileBoxInterface } from 'file-box';
import { log } from 'wechaty-puppet';
import { PuppetService } from 'wechaty-puppet-service';

// The library logs message texts and tokens; the gateway reports what happens in its own words and without either.
log.level('silent');

export interface ServiceSettings {
  readonly token: string;
  /** `host:port`; without it the provider's resolver is asked where the token lives. */
  readonly endpoint?: string;
  readonly tls: boolean;
  /** PEM of the authority that signed a self-run gateway's certificate; default Wechaty's own. */
  readonly caCert?: string;
}

/** Longer than a process lives, and still within what a timer can hold. */
const NEVER_SECONDS = 20 * 24 * 3600;

interface Ender {
  on(event: 'end' | 'cancel' | 'error' | 'status', listener: (fact?: unknown) => void): unknown;
}

/**
 * wechaty-puppet-service's client without four of its habits, each proved by a test over the real stack:
 * it keeps payloads in `~/.wechaty` (stale names after a restart, and a LevelDB lock between two processes); it says
 * nothing when its event stream ends; its own watchdog resets the connection after a minute of silence and leaks
 * a listener each time (the gateway watches instead); a file whose sending failed is sent again another way, so
 * that a slow server gets it twice.
 *
 * The three touched members are not public: that is why package.json pins the library's exact version.
 */
export class ServicePuppet extends PuppetService {
  /** Called once the event stream is over: nothing will be heard on this connection any more. */
  onStreamEnd: (reason: string) => void = () => {};

  constructor(settings: ServiceSettings) {
    super({
      token: settings.token,
      ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint }),
      tls: { disable: !settings.tls, ...(settings.caCert === undefined ? {} : { caCert: settings.caCert }) },
      timeoutSeconds: NEVER_SECONDS,
    });
    // With the store never opened, every look-up in it finds nothing and every write is dropped.
    // oxlint-disable-next-line no-underscore-dangle -- the library's own name
    this._payloadStore.start = async () => {};
    Object.defineProperty(this, 'messageSendFileStream', {
      value: async () => {
        throw this.#fileError ?? new Error('the file was not accepted');
      },
    });
  }

  #fileError: unknown;

  protected override bridgeGrpcEventStream(
    client: Parameters<PuppetService['bridgeGrpcEventStream']>[0],
  ): void {
    super.bridgeGrpcEventStream(client);
    const stream: Ender = client;
    stream.on('end', () => this.onStreamEnd('the server ended the event stream'));
    stream.on('cancel', () => this.onStreamEnd('the event stream was cancelled'));
    stream.on('error', (error) => this.onStreamEnd(reasonOf(error)));
  }

  /** The library swallows why a file was refused before it tries the other way; keep it for whoever asked. */
  protected override async serializeFileBox(fileBox: FileBoxInterface): Promise<string> {
    this.#fileError = undefined;
    const client = this.grpcManager.client;
    if (!Object.hasOwn(client, 'messageSendFile')) {
      const send: SendFile = client.messageSendFile.bind(client);
      Object.defineProperty(client, 'messageSendFile', {
        value: (request: unknown, done: Done) =>
          send(request, (error, response) => {
            if (error) this.#fileError = error;
            done(error, response);
          }),
      });
    }
    try {
      return await super.serializeFileBox(fileBox);
    } catch (error) {
      this.#fileError = error;
      throw error;
    }
  }

  /** Ends the connection at once, without telling the provider's puppet to stop: that could log the account out. */
  hangUp(): void {
    try {
      // Without `cancel` the call would live on behind a destroyed stream, and the server would take us for connected.
      this.grpcManager.eventStream?.cancel();
      this.grpcManager.eventStream?.destroy();
      this.grpcManager.client.close();
    } catch {
      // Never connected, or hung up already.
    }
  }
}

type Done = (error: unknown, response: unknown) => void;
type SendFile = (request: unknown, done: Done) => unknown;

/** As base64, because the library cannot pass on a small file that it holds as a buffer. */
export function fileOf(name: string, bytes: Uint8Array): FileBoxInterface {
  return FileBox.fromBase64(Buffer.from(bytes).toString('base64'), name);
}

export function reasonOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === 'object' && error !== null && 'details' in error) return String(error.details);
  return String(error);
}
