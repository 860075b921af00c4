/** Where a request goes: --resolve, --connect-to, --unix-socket, and the TLS settings of the connection. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { bytesToText } from '../../text.ts';
import type { Url } from '../../url.ts';
import type { ReachOptions } from '../http-tool.ts';
import { readIdentity } from './identity.ts';
import type { TransferFailure } from './session.ts';
import type { Settings } from './settings.ts';

export interface Target {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  /** Redirected by --connect-to: what curl notes of it. */
  readonly redirected: readonly string[];
}

/** The place of --connect-to HOST1:PORT1:HOST2:PORT2 for a URL, or the URL's own. */
export function targetOf(settings: Settings, { scheme, host, port }: Url): Target {
  for (const text of settings.values('connect-to')) {
    const [, fromHost = '', fromPort = '', toHost = '', toPort = ''] =
      /^(\[[^\]]*\]|[^:]*):(\d*):(\[[^\]]*\]|[^:]*):(\d*)$/.exec(text) ?? [];
    if ((fromHost !== '' && fromHost !== host) || (fromPort !== '' && Number(fromPort) !== port)) continue;
    return {
      scheme,
      host: toHost === '' ? host : toHost,
      port: toPort === '' ? port : Number(toPort),
      redirected: [
        ...(toHost === '' ? [] : [`Connecting to hostname: ${toHost}`]),
        ...(toPort === '' ? [] : [`Connecting to port: ${toPort}`]),
      ],
    };
  }
  return { scheme, host, port, redirected: [] };
}

export interface Pinned {
  readonly type: 'pinned';
  readonly addresses: ReadonlyMap<string, string>;
}

/** `host:port` to address from --resolve. */
export function pinnedAddresses(settings: Settings): Pinned | TransferFailure {
  const pinned = new Map<string, string>();
  for (const entry of settings.values('resolve')) {
    const match = /^\+?([^:]+|\[[^\]]*\]):(\d+):(.+)$/.exec(entry);
    if (match === null && !entry.startsWith('-'))
      return { code: 49, message: `Couldn't parse CURLOPT_RESOLVE entry '${entry}'` };
    const [, host = '', port = '', address = ''] = match ?? [];
    if (match !== null) pinned.set(`${host}:${port}`, address.split(',')[0] ?? '');
  }
  return { type: 'pinned', addresses: pinned };
}

/** How a connection is made; the failure of a file of certificates. */
export function reachOptions(
  process: Process,
  settings: Settings,
  url: Url,
  pinned: ReadonlyMap<string, string>,
): ReachOptions | TransferFailure {
  const cacert = url.scheme === 'https' ? settings.value('cacert') : undefined;
  const authority = cacert === undefined ? undefined : process.readFile(cacert);
  if (authority !== undefined && failed(authority))
    return { code: 77, message: `error setting certificate file: ${cacert ?? ''}` };
  const certPath = settings.value('cert');
  const identity = certPath === undefined ? undefined : readIdentity(process, certPath, settings.value('key'));
  if (identity !== undefined && 'problem' in identity) return { code: 58, message: identity.problem };
  const timeout = settings.seconds('connect-timeout') ?? settings.seconds('max-time');
  const socket = settings.value('unix-socket');
  return {
    resolve: pinned,
    serverName: url.host,
    ...(settings.on('insecure')
      ? { authorities: 'insecure' }
      : authority === undefined
        ? {}
        : { authorities: bytesToText(authority) }),
    ...(identity === undefined ? {} : { clientCertificate: identity.certificate }),
    ...(timeout === undefined ? {} : { timeoutUs: Math.round(timeout * 1e6) }),
    ...(socket === undefined ? {} : { unixSocket: socket }),
  };
}
