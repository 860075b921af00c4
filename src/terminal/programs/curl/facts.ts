/** What a transfer has come to, and what --write-out tells of it. */
import type { ResponseHead } from '../../../protocol/http.ts';
import { parseUrl, resolveUrl } from '../../url.ts';
import { headLines } from './head.ts';
import type { CurlConnection } from './connections.ts';
import type { WriteOutValues } from './write-out.ts';

export interface TransferFacts {
  /** As it was given. */
  readonly url: string;
  readonly urlIndex: number;
  readonly transferIndex: number;
  readonly startedUs: number;
  effectiveUrl: string;
  method: string;
  referer: string;
  head: ResponseHead | undefined;
  connection: CurlConnection | undefined;
  connects: number;
  redirects: number;
  lookedUpUs: number;
  connectedUs: number;
  answeredUs: number;
  /** When the request began that the last redirect asked for. */
  redirectedUs: number;
  received: number;
  sent: number;
  headerBytes: number;
  requestBytes: number;
  fileName: string;
  insecure: boolean;
  code: number;
  message: string;
}

/** A transfer that has just begun. */
export const newFacts = (url: string, urlIndex: number, transferIndex: number, startedUs: number): TransferFacts => ({
  url,
  urlIndex,
  transferIndex,
  startedUs,
  effectiveUrl: url,
  method: 'GET',
  referer: '',
  head: undefined,
  connection: undefined,
  connects: 0,
  redirects: 0,
  lookedUpUs: 0,
  connectedUs: 0,
  answeredUs: 0,
  redirectedUs: 0,
  received: 0,
  sent: 0,
  headerBytes: 0,
  requestBytes: 0,
  fileName: '',
  insecure: false,
  code: 0,
  message: '',
});

export function writeOutValues(facts: TransferFacts, nowUs: number): WriteOutValues {
  const { head, connection } = facts;
  const since = (us: number): string => (Math.max(us - facts.startedUs, 0) / 1e6).toFixed(6);
  const perSecond = (bytes: number): string => String(Math.floor((bytes * 1e6) / Math.max(nowUs - facts.startedUs, 1)));
  const status = String(head?.status ?? 0).padStart(3, '0');
  const effective = parseUrl(facts.effectiveUrl);
  const location = head?.headers['location'];
  const local = connection?.local?.family === 'inet' ? connection.local : undefined;
  const lines = head === undefined ? [] : headLines(head);
  return {
    http_code: status,
    response_code: status,
    http_connect: '000',
    time_total: since(nowUs),
    time_namelookup: since(facts.lookedUpUs),
    time_connect: since(facts.connectedUs),
    time_pretransfer: since(facts.connectedUs),
    time_starttransfer: since(facts.answeredUs),
    time_redirect: since(facts.redirectedUs),
    speed_download: perSecond(facts.received),
    speed_upload: perSecond(facts.sent),
    size_upload: String(facts.sent),
    size_download: String(facts.received),
    size_header: String(facts.headerBytes),
    size_request: String(facts.requestBytes),
    url_effective: facts.effectiveUrl,
    num_redirects: String(facts.redirects),
    num_headers: String(Math.max(lines.length - 1, 0)),
    num_connects: String(facts.connects),
    num_certs: '0',
    content_type: head?.headers['content-type'] ?? '',
    local_ip: local?.ip ?? '',
    local_port: String(local?.port ?? 0),
    remote_ip: connection?.address ?? '',
    remote_port: String(connection?.port ?? 0),
    exitcode: String(facts.code),
    errormsg: facts.message,
    redirect_url: location === undefined || effective === undefined ? '' : resolveUrl(effective, location),
    method: facts.method,
    referer: facts.referer,
    filename_effective: facts.fileName,
    ftp_entry_path: '',
    http_version: head === undefined ? '0' : (/^HTTP\/(\S+)/.exec(lines[0] ?? '')?.[1] ?? '0').replace(/^2.*/, '2'),
    scheme: connection === undefined ? '' : (effective?.scheme ?? '').toUpperCase(),
    ssl_verify_result: facts.insecure && effective?.scheme === 'https' ? '19' : '0',
    proxy_ssl_verify_result: '0',
    urlnum: String(facts.urlIndex),
    conn_id: String(connection?.number ?? -1),
    xfer_id: String(facts.transferIndex),
    url: facts.url,
    header_json: headerJson(lines.slice(1)),
    ...urlParts('url', facts.url),
    ...urlParts('urle', facts.effectiveUrl),
  };
}

function headerJson(lines: readonly string[]): string {
  const values = new Map<string, string[]>();
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    values.set(name, [...(values.get(name) ?? []), line.slice(line.indexOf(':') + 1).trim()]);
  }
  return `{${[...values].map(([name, texts]) => `${JSON.stringify(name)}:${JSON.stringify(texts)}`).join(',\n')}\n}`;
}

function urlParts(prefix: 'url' | 'urle', text: string): WriteOutValues {
  const url = parseUrl(text);
  const [path = '', query = ''] = (url?.target ?? '').split(/\?(.*)/s);
  return {
    [`${prefix}.scheme`]: url?.scheme ?? '',
    [`${prefix}.user`]: url?.user ?? '',
    [`${prefix}.password`]: url?.password ?? '',
    [`${prefix}.host`]: url?.host ?? '',
    [`${prefix}.port`]: url === undefined ? '' : String(url.port),
    [`${prefix}.path`]: path,
    [`${prefix}.query`]: query,
    [`${prefix}.fragment`]: url?.fragment ?? '',
  };
}
