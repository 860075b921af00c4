/** The request that curl's options ask for. */
import { encodeBase64, encodeUtf8 } from '../../../protocol/bytes.ts';
import type { HttpRequest } from '../../../protocol/http.ts';
import type { Options } from '../../coreutils/command.ts';
import { bytesToText } from '../../text.ts';
import { hostHeader, type Url } from '../../url.ts';

/** The request for a URL as the options have it. */
export function requestOf(options: Options, url: Url, body: Uint8Array | undefined): HttpRequest {
  const asQuery = options.has('G') && body !== undefined;
  const method =
    options.value('X') ??
    (options.has('I') ? 'HEAD' : options.has('T') ? 'PUT' : body !== undefined && !asQuery ? 'POST' : 'GET');
  const headers: Record<string, string> = {
    host: hostHeader(url),
    'user-agent': options.value('A') ?? 'curl/8.5.0',
    accept: '*/*',
  };
  const user = options.value('u') ?? (url.user === undefined ? undefined : `${url.user}:${url.password ?? ''}`);
  if (user !== undefined)
    headers['authorization'] = `Basic ${encodeBase64(encodeUtf8(user.includes(':') ? user : `${user}:`))}`;
  const bearer = options.value('oauth2-bearer');
  if (bearer !== undefined) headers['authorization'] = `Bearer ${bearer}`;
  if (options.value('e') !== undefined) headers['referer'] = options.value('e') ?? '';
  if (options.value('b') !== undefined) headers['cookie'] = options.value('b') ?? '';
  if (options.value('r') !== undefined) headers['range'] = `bytes=${options.value('r') ?? ''}`;
  if (body !== undefined && !asQuery) {
    headers['content-length'] = String(body.length);
    if (options.has('json')) {
      headers['content-type'] = 'application/json';
      headers['accept'] = 'application/json';
    } else if (!options.has('T')) headers['content-type'] = 'application/x-www-form-urlencoded';
  }
  for (const line of options.values('H')) {
    const at = line.indexOf(':');
    const name = (at < 0 ? line.replace(/;$/, '') : line.slice(0, at)).trim().toLowerCase();
    const text = at < 0 ? '' : line.slice(at + 1).trim();
    if (text === '' && at >= 0) delete headers[name];
    else headers[name] = text;
  }
  const target = asQuery ? `${url.target}${url.target.includes('?') ? '&' : '?'}${bytesToText(body)}` : url.target;
  return { method, target, headers, ...(body === undefined || asQuery ? {} : { body: { bytes: body } }) };
}

/** `content-type` as servers usually spell it. */
export const headerName = (name: string): string =>
  name === 'etag'
    ? 'ETag'
    : name === 'www-authenticate'
      ? 'WWW-Authenticate'
      : name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
