import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { TrialProblem } from './folder.ts';

/** A port on loopback, taken before anything else is done; what answers on it is put in later. */
export interface Http {
  readonly server: ServerType;
  readonly port: number;
  handle: (request: Request) => Response | Promise<Response>;
}

/** Throws a {@link TrialProblem} where the port cannot be had; 0 takes a free one. */
export function listen(port: number): Promise<Http> {
  const http: { handle: Http['handle'] } = {
    handle: () => new Response('正在启动，请稍候……', { status: 503 }),
  };
  const server = createAdaptorServer({ fetch: (request: Request) => http.handle(request) });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const mend = '请用 --port 换一个端口（--port 0 自动挑选）。';
      if (error.code === 'EADDRINUSE') reject(new TrialProblem(`端口 ${port} 已被别的程序占用。${mend}`));
      else reject(new TrialProblem(`端口 ${port} 用不了（${error.code ?? error.message}）。${mend}`));
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      resolve(Object.assign(http, { server, port: bound }));
    });
  });
}

/** Closes at once, also on pages that are still open. */
export function closeHttp(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}
