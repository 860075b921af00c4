import { failed } from '../../protocol/errno.ts';
import type { Result } from '../../protocol/errno.ts';
import type { Process, SocketAddress } from '../../protocol/program.ts';
import { HttpConnection } from '../http-client.ts';
import { resolveHost } from '../resolver.ts';
import type { ResolveFailure } from '../resolver.ts';
import type { Url } from '../url.ts';

export interface ReachOptions {
  readonly authorities?: string;
  readonly clientCertificate?: string;
  readonly timeoutUs?: number;
  /** `host:port` to address, before any look-up (curl --resolve). */
  readonly resolve?: ReadonlyMap<string, string>;
  readonly unixSocket?: string;
  /** Whose certificate is wanted, where it is not the host connected to. */
  readonly serverName?: string;
}

/** What the name was found to be, and when. */
export interface LookedUp {
  readonly addresses: readonly string[];
  readonly lookedUpUs: number;
}

export type Reached =
  | (LookedUp & { readonly type: 'connected'; readonly connection: HttpConnection; readonly address: string })
  | { readonly type: 'unresolved'; readonly reason: ResolveFailure }
  | (LookedUp & {
      readonly type: 'failed';
      readonly address: string;
      readonly failure: Extract<Result<never>, { errno: string }>;
      readonly tookUs: number;
    });

/** Resolves a URL's host and connects to it, address after address. */
export async function reach(
  process: Process,
  url: Pick<Url, 'scheme' | 'host' | 'port'>,
  options: ReachOptions,
): Promise<Reached> {
  const started = process.time().monotonicUs;
  const tls =
    url.scheme === 'https'
      ? {
          serverName: options.serverName ?? url.host,
          ...(options.authorities === undefined ? {} : { authorities: options.authorities }),
          ...(options.clientCertificate === undefined ? {} : { clientCertificate: options.clientCertificate }),
        }
      : undefined;
  const pinned = options.resolve?.get(`${url.host}:${String(url.port)}`);
  const found =
    options.unixSocket !== undefined
      ? { type: 'found' as const, addresses: [''] }
      : pinned === undefined
        ? await resolveHost(process, url.host)
        : { type: 'found' as const, addresses: [pinned] };
  const lookedUp = { addresses: found.type === 'found' ? found.addresses : [], lookedUpUs: process.time().monotonicUs };
  if (found.type === 'failed') return { type: 'unresolved', reason: found.reason };
  let last: Reached = { type: 'unresolved', reason: 'not-found' };
  for (const ip of found.addresses) {
    const address: SocketAddress =
      options.unixSocket === undefined
        ? { family: 'inet', ip, port: url.port }
        : { family: 'unix', path: options.unixSocket };
    const connection = await HttpConnection.open(process, {
      address,
      ...(tls === undefined ? {} : { tls }),
      ...(options.timeoutUs === undefined ? {} : { timeoutUs: options.timeoutUs }),
    });
    if (!failed(connection)) return { type: 'connected', connection, address: ip, ...lookedUp };
    last = {
      type: 'failed',
      address: ip,
      failure: connection,
      tookUs: process.time().monotonicUs - started,
      ...lookedUp,
    };
  }
  return last;
}
