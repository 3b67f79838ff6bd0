import { connect } from 'node:http2';

const PATIENCE_MS = 2000;

/**
 * Whether somebody answers at `host:port`. An open port is not enough: the kernel opens it for a frozen server too,
 * and an attempt at that would leave behind an event stream which the server, once thawed, takes for ours for ever.
 * So the greeting of HTTP/2 is waited for, which only a running server sends.
 */
export function answers(endpoint: string, tls: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    // Nothing is sent and nothing believed here, so the certificate is left for the real connection to check.
    const session = connect(`${tls ? 'https' : 'http'}://${endpoint}`, { rejectUnauthorized: false });
    const end = (answered: boolean) => (): void => {
      clearTimeout(timer);
      session.destroy();
      resolve(answered);
    };
    const timer = setTimeout(end(false), PATIENCE_MS);
    session.once('remoteSettings', end(true)).on('error', end(false)).once('close', end(false));
  });
}
