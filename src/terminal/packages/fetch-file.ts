import { decodeUtf8 } from '../../protocol/bytes.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { reasonPhrase } from '../../formats/http-status.ts';
import { ask, bodyBytes } from '../http-client.ts';
import { reach } from '../programs/http-tool.ts';
import { hostHeader, parseUrl } from '../url.ts';

export type Fetched =
  | { readonly type: 'file'; readonly bytes: Uint8Array; readonly text: string }
  | { readonly type: 'unresolved'; readonly temporary: boolean; readonly host: string }
  | { readonly type: 'unreachable'; readonly message: string }
  | { readonly type: 'refused'; readonly status: number; readonly message: string };

const CONNECT_TIMEOUT_US = 30_000_000;
const ERRNO_NUMBERS: Readonly<Record<string, number>> = {
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
  ENETUNREACH: 101,
  ETIMEDOUT: 110,
};

/** Gets a file over http or https, as apt's methods word what goes wrong. */
export async function fetchFile(process: Process, text: string): Promise<Fetched> {
  const url = parseUrl(text);
  if (url === undefined) return { type: 'unreachable', message: `Invalid URI, local URIS must not start with //` };
  const reached = await reach(process, url, { timeoutUs: CONNECT_TIMEOUT_US });
  const { host } = url;
  if (reached.type === 'unresolved') return { type: 'unresolved', temporary: reached.reason === 'temporary', host };
  if (reached.type === 'failed') {
    const number = String(ERRNO_NUMBERS[reached.failure.errno] ?? 5);
    const message = `Could not connect to ${host}:${String(url.port)} (${reached.address}). - connect (${number}: ${strerror(reached.failure)})`;
    return { type: 'unreachable', message };
  }
  const answer = await ask(reached.connection, {
    method: 'GET',
    target: url.target,
    headers: { host: hostHeader(url), 'user-agent': 'Debian APT-HTTP/1.3 (2.8.3)' },
  });
  reached.connection.close();
  if (failed(answer))
    return {
      type: 'unreachable',
      message: `Error reading from server. Remote end closed connection [IP: ${reached.address} ${String(url.port)}]`,
    };
  const { status } = answer.head;
  if (status !== 200) {
    const message = `${String(status)}  ${reasonPhrase(status)} [IP: ${reached.address} ${String(url.port)}]`;
    return { type: 'refused', status, message };
  }
  const bytes = bodyBytes(answer.body);
  return { type: 'file', bytes, text: decodeUtf8(bytes) };
}

/** `Temporary failure resolving 'x'` and the like. */
export function failureText(fetched: Exclude<Fetched, { type: 'file' }>): string {
  if (fetched.type !== 'unresolved') return fetched.message;
  return fetched.temporary ? `Temporary failure resolving '${fetched.host}'` : `Could not resolve '${fetched.host}'`;
}
