import type { OutageCause } from './outage.ts';

/** Where Wechaty's providers say at which address a token is served. */
export const RESOLVER = 'https://api.chatie.io';
const PATIENCE_MS = 10_000;

/**
 * The endpoint of a token. Asked here and not by the library, which prints the token, retries in silence, and on
 * failure throws where nobody can catch it, so that a network that is down ends the whole process.
 */
export async function endpointOf(
  token: string,
  resolver = RESOLVER,
): Promise<{ readonly endpoint: string } | { readonly cause: OutageCause }> {
  let answer: unknown;
  try {
    const response = await fetch(`${resolver}/v0/hosties/${encodeURIComponent(token)}`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.status >= 400 && response.status < 500) return { cause: 'token-unresolved' };
    if (!response.ok) return { cause: 'resolver-unreachable' };
    answer = await response.json();
  } catch {
    return { cause: 'resolver-unreachable' };
  }
  const { host, port } = (answer ?? {}) as { host?: unknown; port?: unknown };
  if (typeof host !== 'string' || host === '' || !Number.isInteger(Number(port)) || Number(port) <= 0)
    return { cause: 'token-unresolved' };
  return { endpoint: `${host}:${Number(port)}` };
}
