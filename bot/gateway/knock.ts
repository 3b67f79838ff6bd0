import { connect } from 'node:http2';
import { causeOf, type OutageCause } from './outage.ts';
import { reasonOf } from './service-puppet.ts';

const PATIENCE_MS = 2000;

/** Resolves with null where the greeting came, or with what came instead. */
function greeting(endpoint: string, tls: boolean): Promise<string | null> {
  return new Promise((resolve) => {
    // Nothing is sent and nothing believed here, so the certificate is left for the real connection to check.
    const session = connect(`${tls ? 'https' : 'http'}://${endpoint}`, { rejectUnauthorized: false });
    const end = (reason: string | null): void => {
      clearTimeout(timer);
      session.destroy();
      resolve(reason);
    };
    const timer = setTimeout(() => end('silence'), PATIENCE_MS);
    session
      .once('remoteSettings', () => end(null))
      .on('error', (error) => end(reasonOf(error)))
      .once('close', () => end('hung up'));
  });
}

/**
 * Whether somebody answers at `host:port`: null, or why not. An open port is not enough: the kernel opens it for a
 * frozen server too, and an attempt at that would leave behind an event stream which the server, once thawed, takes
 * for ours for ever. So the greeting of HTTP/2 is waited for, which only a running server sends.
 */
export async function knock(endpoint: string, tls: boolean): Promise<OutageCause | null> {
  const reason = await greeting(endpoint, tls);
  if (reason === null) return null;
  const cause = causeOf(reason);
  if (reason === 'silence' || cause === 'unreachable' || cause === 'host-unknown')
    return cause === 'broken' ? 'unreachable' : cause;
  // It hung up at the first words: perhaps it only speaks the other way.
  return (await greeting(endpoint, !tls)) === null ? 'tls-mismatch' : 'unreachable';
}
