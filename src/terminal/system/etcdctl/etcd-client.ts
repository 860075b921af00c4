/** Requests to etcd's client port, and the words that etcd's Go client finds for what goes wrong (client/v3, grpc-go). */
import { encodeBase64, encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, strerror, type SysFailure } from '../../../protocol/errno.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { Process, TlsClientOptions } from '../../../protocol/program.ts';
import type { Options } from '../../coreutils/command.ts';
import { bodyJson, exchange } from '../../http-client.ts';
import { fileText } from '../../io.ts';
import { resolveAddress } from '../../resolver.ts';
import { parseUrl } from '../../url.ts';

/** How to reach the members. */
export interface EtcdConnection {
  readonly endpoints: readonly string[];
  readonly tls: Omit<TlsClientOptions, 'serverName'>;
  readonly timeoutUs: number;
}

export type EtcdReply =
  | { readonly type: 'answer'; readonly body: JsonObject }
  /** The server refused. */
  | { readonly type: 'refused'; readonly message: string }
  /** Nobody could be asked: the last reason, in the client's words. */
  | { readonly type: 'unreachable'; readonly reason: string };

const DEFAULT_ENDPOINT = '127.0.0.1:2379';

/** From flags and ETCDCTL_* variables; a text says what is wrong with them. */
export function connectionOf(process: Process, options: Options): EtcdConnection | string {
  const value = (flag: string): string =>
    options.value(flag) ?? process.env[`ETCDCTL_${flag.toUpperCase().replace(/-/g, '_')}`] ?? '';
  const [ca, cert, key] = [value('cacert'), value('cert'), value('key')];
  if ((cert === '') !== (key === '')) return `KeyFile and CertFile must both be present[key: ${key}, cert: ${cert}]`;
  const texts = new Map<string, string>();
  for (const path of [cert, key, ca].filter((each) => each !== '')) {
    const text = fileText(process, path);
    if (text === undefined) {
      const opened = process.access(path, { read: true });
      return `open ${path}: ${strerror(failed(opened) ? opened : { errno: 'ENOENT' }).toLowerCase()}`;
    }
    texts.set(path, text);
  }
  const certificate = texts.get(cert);
  const insecure = options.has('insecure-skip-tls-verify');
  const authorities = insecure ? 'insecure' : texts.get(ca);
  const endpoints = value('endpoints');
  return {
    endpoints: (endpoints === '' ? DEFAULT_ENDPOINT : endpoints).split(','),
    tls: {
      ...(authorities === undefined ? {} : { authorities }),
      ...(certificate === undefined ? {} : { clientCertificate: certificate }),
    },
    timeoutUs: Number(/^(\d+)s$/.exec(value('command-timeout'))?.[1] ?? '5') * 1e6,
  };
}

/** One call; bytes of keys and values go in base64. */
export async function callEtcd(
  process: Process,
  connection: EtcdConnection,
  endpoint: string,
  path: string,
  body: JsonObject = {},
): Promise<EtcdReply> {
  const secure = endpoint.startsWith('https://');
  const url = parseUrl(endpoint.includes('://') ? endpoint : `http://${endpoint}`);
  if (url === undefined)
    return { type: 'unreachable', reason: `dial tcp: address ${endpoint}: missing port in address` };
  const port = url.port;
  const ip = await resolveAddress(process, url.host);
  if (ip === undefined) return { type: 'unreachable', reason: dialing(`lookup ${url.host}: no such host`) };
  const answer = await exchange(
    process,
    {
      address: { family: 'inet', ip, port },
      ...(secure ? { tls: { ...connection.tls, serverName: url.host } } : {}),
      timeoutUs: connection.timeoutUs,
    },
    {
      method: 'POST',
      target: path,
      headers: { host: `${url.host}:${String(port)}`, 'content-type': 'application/json' },
      body: { bytes: encodeUtf8(JSON.stringify(body)) },
    },
  );
  if (failed(answer)) return { type: 'unreachable', reason: whyNot(answer, ip, port, secure) };
  const value = bodyJson(answer.body);
  if (!isObject(value)) return { type: 'unreachable', reason: 'error reading server preface: http2: frame too large' };
  const message = value['message'];
  return answer.head.status === 200 || typeof message !== 'string'
    ? { type: 'answer', body: value }
    : { type: 'refused', message };
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const dialing = (reason: string): string => `transport: Error while dialing: dial tcp: ${reason}`;

function whyNot(failure: SysFailure, ip: string, port: number, secure: boolean): string {
  if (failure.tls !== undefined) return `transport: authentication handshake failed: ${failure.tls.text}`;
  // The server ends a connection whose client shows no certificate that it trusts, or that does not begin with TLS.
  if (failure.errno === 'ECONNRESET')
    return `error reading server preface: ${secure ? 'remote error: tls: certificate required' : 'EOF'}`;
  return `transport: Error while dialing: dial tcp ${ip}:${String(port)}: connect: ${strerror(failure).toLowerCase()}`;
}

export const inBase64 = (text: string): string => encodeBase64(encodeUtf8(text));
