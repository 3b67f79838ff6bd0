import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * The line between the client and the server, to cut and to freeze: what a killed, restarted or hung server looks
 * like from here, without the seconds that a process of its own takes.
 */
export class Line {
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #frozen = false;
  port = 0;

  constructor(endpoint: string) {
    this.#target = Number(endpoint.split(':')[1]);
  }

  get endpoint(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Opens the line, on the same port as before. */
  async open(): Promise<this> {
    const server = createServer((near) => this.#join(near));
    this.#server = server;
    await new Promise<void>((resolve) => {
      server.listen(this.port, '127.0.0.1', resolve);
    });
    const address = server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
    return this;
  }

  /** The server is gone: connections break, and new ones are refused. */
  async cut(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      if (this.#server) this.#server.close(() => resolve());
      else resolve();
    });
    this.#server = null;
  }

  /** The server hangs: connections stay, and nothing gets through in either direction. */
  freeze(): void {
    this.#frozen = true;
    for (const socket of this.#sockets) socket.pause();
  }

  thaw(): void {
    this.#frozen = false;
    for (const socket of this.#sockets) socket.resume();
  }

  #join(near: Socket): void {
    const far = connect(this.#target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on('data', (chunk) => to.write(chunk));
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.on('error', () => to.destroy());
      if (this.#frozen) from.pause();
    }
  }
}
