/** Why there is no connection, as far as the line and the gRPC status tell: each calls for another mend. */
export type OutageCause =
  /** The service does not accept the token (16 UNAUTHENTICATED). */
  | 'token-refused'
  /** A token without its prefix: the library will not even begin. */
  | 'token-malformed'
  /** Without an endpoint: the resolver knows no such token, or cannot be asked. */
  | 'token-unresolved'
  | 'resolver-unreachable'
  /** The endpoint's host name is not known. */
  | 'host-unknown'
  | 'unreachable'
  /** One side encrypts and the other does not. */
  | 'tls-mismatch'
  /** It encrypts, and its certificate is not the expected one. */
  | 'certificate'
  /** The connection stands, and nothing comes through it. */
  | 'silent'
  /** Connected, and nobody is logged in there; another program may be using the token. */
  | 'no-login'
  | 'logged-out'
  | 'broken';

export const NO_LOGIN = 'no login: is the token right, and is no other program using it?';
export const NO_ANSWER = 'the server does not answer';

/** First match wins: a refused certificate is UNAVAILABLE too. */
const SIGNS: readonly (readonly [RegExp, OutageCause])[] = [
  [/UNAUTHENTICATED/, 'token-refused'],
  [/requires a SNI/, 'token-malformed'],
  [/CERT|certificate|altnames|self.signed/i, 'certificate'],
  [/SSL|wrong version number|EPROTO/, 'tls-mismatch'],
  [/ENOTFOUND|EAI_AGAIN|Name resolution failed/, 'host-unknown'],
  [/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|No connection established/, 'unreachable'],
  [/^no login/, 'no-login'],
  [/^the server does not answer/, 'silent'],
  [/^logged out/, 'logged-out'],
];

export function causeOf(reason: string): OutageCause {
  return SIGNS.find(([sign]) => sign.test(reason))?.[1] ?? 'broken';
}
