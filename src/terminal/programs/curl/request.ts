/** The request that curl's options ask for, line by line as it is sent (lib/http.c). */
import { encodeBase64, encodeUtf8 } from '../../../protocol/bytes.ts';
import type { RequestHead } from '../../../protocol/http.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { parseDate } from '../../coreutils/date/parse-date.ts';
import { strftime } from '../../strftime.ts';
import { bytesToText } from '../../text.ts';
import { hostHeader, type Url } from '../../url.ts';
import type { Settings } from './settings.ts';

export interface Body {
  readonly bytes: Uint8Array;
  /** Of what -d and -F send; an upload has none. */
  readonly contentType?: string;
}

/** What a request is made of. */
export interface RequestParts {
  readonly settings: Settings;
  readonly url: Url;
  readonly method: string;
  readonly body: Body | undefined;
  /** `name:password`. */
  readonly user: string | undefined;
  readonly cookies: string;
  /** Bytes asked for with Range. */
  readonly range: string | undefined;
  /** The header of --time-cond. */
  readonly modifiedSince: readonly [name: string, value: string] | undefined;
  readonly customHeaders: readonly string[];
}

export function requestHead(parts: RequestParts): RequestHead & { readonly lines: readonly string[] } {
  const { settings, url, method, body, user, range, cookies } = parts;
  const custom = parts.customHeaders.map(customHeader);
  const fields: (readonly [string, string])[] = [['Host', hostHeader(url)]];
  const bearer = settings.value('oauth2-bearer');
  if (bearer !== undefined) fields.push(['Authorization', `Bearer ${bearer}`]);
  else if (user !== undefined) fields.push(['Authorization', `Basic ${encodeBase64(encodeUtf8(user))}`]);
  if (range !== undefined) fields.push(['Range', `bytes=${range}`]);
  const agent = settings.value('user-agent') ?? 'curl/8.5.0';
  if (agent !== '') fields.push(['User-Agent', agent]);
  fields.push(['Accept', '*/*']);
  if (settings.on('compressed')) fields.push(['Accept-Encoding', 'deflate, gzip, br, zstd']);
  const referer = settings.value('referer')?.replace(/;auto$/, '') ?? '';
  if (referer !== '') fields.push(['Referer', referer]);
  if (cookies !== '') fields.push(['Cookie', cookies]);
  if (parts.modifiedSince !== undefined) fields.push(parts.modifiedSince);
  const kept = fields.filter(([name]) => !custom.some((each) => isName(each.name, name)));
  const host = custom.find(({ name, line }) => isName(name, 'host') && line !== undefined);
  const lines = [
    ...(host?.line === undefined ? [] : [host.line]),
    ...kept.map(([name, value]) => `${name}: ${value}`),
    ...custom.flatMap(({ name, line }) => (line === undefined || isName(name, 'host') ? [] : [line])),
  ];
  const has = (name: string): boolean => custom.some((each) => isName(each.name, name));
  if (body !== undefined && !has('content-length')) lines.push(`Content-Length: ${String(body.bytes.length)}`);
  if (body?.contentType !== undefined && !has('content-type')) lines.push(`Content-Type: ${body.contentType}`);
  const target = settings.value('request-target') ?? url.target;
  const version = settings.on('http1.0') && !settings.on('http1.1') ? '1.0' : '1.1';
  return {
    method,
    target,
    headers: Object.fromEntries(lines.map((line) => [nameOf(line).toLowerCase(), line.replace(/^[^:]*:\s*/, '')])),
    lines: [`${method} ${target} HTTP/${version}`, ...lines],
  };
}

const nameOf = (line: string): string => line.slice(0, line.indexOf(':'));
const isName = (name: string, wanted: string): boolean => name.toLowerCase() === wanted.toLowerCase();

/** A header of -H: `name: value`; without a value it takes the header away, with a semicolon it is sent empty. */
function customHeader(text: string): { readonly name: string; readonly line: string | undefined } {
  const at = text.search(/[:;]/);
  const name = text.slice(0, Math.max(at, 0));
  if (text.charAt(at) === ';') return { name, line: text.slice(at + 1).trim() === '' ? `${name}:` : undefined };
  return { name, line: text.slice(at + 1).trim() === '' ? undefined : text };
}

/** The headers of -H in their order, those of files (`@name`) among them, and what --json and --etag-compare add. */
export function customHeaders(process: Process, settings: Settings): readonly string[] {
  const given = settings.values('header').flatMap((text) => {
    if (!text.startsWith('@')) return [text];
    const bytes = process.readFile(text.slice(1));
    return failed(bytes)
      ? []
      : bytesToText(bytes)
          .split(/\r?\n/)
          .filter((line) => line !== '');
  });
  const lacks = (name: string): boolean => !given.some((line) => isName(nameOf(line), name));
  const json = settings.has('json')
    ? ['Content-Type: application/json', 'Accept: application/json'].filter((line) => lacks(nameOf(line)))
    : [];
  const tags = settings.value('etag-compare');
  const tag = tags === undefined ? undefined : process.readFile(tags);
  const compared = tag === undefined ? [] : [`If-None-Match: ${failed(tag) ? '""' : bytesToText(tag).trim()}`];
  return [...given, ...json, ...compared];
}

/** If-Modified-Since or If-Unmodified-Since of --time-cond: a date, or a file's, with a minus sign for the latter. */
export function timeCondition(process: Process, settings: Settings): readonly [string, string] | undefined {
  const given = settings.value('time-cond');
  if (given === undefined) return undefined;
  const [, minus, text = ''] = /^(-)?(.*)$/s.exec(given) ?? [];
  const stat = process.stat(text);
  const whenUs = parseDate(text, process.time().realtimeUs) ?? (failed(stat) ? undefined : stat.modifiedMs * 1_000);
  if (whenUs === undefined) return undefined;
  const name = minus === undefined ? 'If-Modified-Since' : 'If-Unmodified-Since';
  return [name, strftime('%a, %d %b %Y %H:%M:%S GMT', whenUs)];
}
