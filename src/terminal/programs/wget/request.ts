/** The request that wget sends, in the order in which GNU's and busybox's write their headers. */
import { encodeBase64, encodeUtf8 } from '../../../protocol/bytes.ts';
import type { RequestHead } from '../../../protocol/http.ts';
import type { Options } from '../../coreutils/command.ts';
import { hostHeader, type Url } from '../../url.ts';

export function requestHead(
  options: Options,
  url: Url,
  data: Uint8Array | undefined,
  { busybox, challenged }: { readonly busybox: boolean; readonly challenged: boolean },
): RequestHead {
  const headers: Record<string, string> = { host: hostHeader(url) };
  const referer = options.value('referer');
  if (referer !== undefined) headers['referer'] = referer;
  headers['user-agent'] = options.value('U') ?? (busybox ? 'Wget' : 'Wget/1.21.4');
  headers['accept'] = '*/*';
  if (!busybox) headers['accept-encoding'] = 'identity';
  const user = options.value('user') ?? url.user;
  const authorization = `Basic ${encodeBase64(encodeUtf8(`${user ?? ''}:${options.value('password') ?? url.password ?? ''}`))}`;
  const unasked = user !== undefined && (options.has('auth-no-challenge') || url.user !== undefined || busybox);
  if (unasked) headers['authorization'] = authorization;
  headers['connection'] = busybox ? 'close' : 'Keep-Alive';
  if (challenged && !unasked) headers['authorization'] = authorization;
  if (data !== undefined)
    Object.assign(headers, {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(data.length),
    });
  for (const line of options.values('header'))
    headers[line.slice(0, line.indexOf(':')).toLowerCase()] = line.slice(line.indexOf(':') + 1).trim();
  const method =
    options.value('method') ?? (options.has('spider') && !busybox ? 'HEAD' : data === undefined ? 'GET' : 'POST');
  return { method, target: url.target, headers };
}
