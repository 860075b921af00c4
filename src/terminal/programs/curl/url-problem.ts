/** URLs that curl takes, and what it says of the others (lib/urlapi.c). */
import { parseUrl, type Url } from '../../url.ts';
import type { TransferFailure } from './session.ts';
import type { Settings } from './settings.ts';

/** Protocols that curl speaks and this one does not. */
const OTHER_PROTOCOLS =
  'dict ftp ftps gopher gophers imap imaps ldap ldaps mqtt pop3 pop3s rtmp rtsp scp sftp smb smbs smtp smtps telnet tftp'.split(
    ' ',
  );

/** The URL with its path in order, why there is none, or a protocol that is not modelled. */
export function readUrl(
  text: string,
  settings: Settings,
): { readonly url: Url } | { readonly unmodelled: string } | TransferFailure {
  if (text === '' || /[\0- \x7f]/.test(text)) return rejected('Malformed input to a URL function');
  const slashes = text.replace(/^([a-z][a-z0-9+.-]*):\/\/\/+/i, '$1://');
  const url = parseUrl(slashes);
  if (url === undefined)
    return rejected(
      /^[^/]*:\/\/[^/?#]+/.test(slashes) || !slashes.includes('://')
        ? 'Port number was not a decimal number between 0 and 65535'
        : 'No host part in the URL',
    );
  const { scheme } = url;
  if (OTHER_PROTOCOLS.includes(scheme)) return { unmodelled: scheme };
  if ((scheme !== 'http' && scheme !== 'https') || !allowedBy(settings.value('proto'), scheme))
    return { code: 1, message: `Protocol "${scheme}" not supported or disabled in libcurl` };
  const target = settings.on('path-as-is') ? url.target : withoutDots(url.target);
  return { url: { ...url, target: encoded(target) } };
}

const rejected = (why: string): TransferFailure => ({ code: 3, message: `URL rejected: ${why}` });

/** --proto: `=http,https`, `-all,+https`. */
function allowedBy(text: string | undefined, scheme: string): boolean {
  let allowed = true;
  for (const word of text?.split(',') ?? []) {
    const [, sign = '+', name = ''] = /^([=+-]?)(.*)$/.exec(word) ?? [];
    const covers = name === 'all' || name === scheme;
    if (sign === '=') allowed = covers;
    else if (covers) allowed = sign !== '-';
  }
  return allowed;
}

/** RFC 3986, 5.2.4: `.` and `..` are taken out of the path. */
function withoutDots(target: string): string {
  const [path = '', query] = target.split(/(?=\?)(.*)/s);
  const out: string[] = [];
  const parts = path.split('/').slice(1);
  for (const [at, part] of parts.entries()) {
    const isLast = at === parts.length - 1;
    if (part === '..') out.pop();
    if (part !== '.' && part !== '..') out.push(part);
    else if (isLast) out.push('');
  }
  return `/${out.join('/')}${query ?? ''}`;
}

/** Bytes beyond ASCII as they are sent. */
const encoded = (target: string): string =>
  target.replace(/[^\0-\x7f]+/g, (piece) => encodeURIComponent(piece).toLowerCase());
