/**
 * Name resolution as glibc's getaddrinfo does it: nsswitch's `files` then `dns`.
 * Models: /etc/hosts, /etc/resolv.conf (nameserver, search, ndots, timeout, attempts), A and CNAME over UDP.
 * Leaves out: IPv6 answers first, mDNS, TCP retry of truncated answers.
 */
import { decodeUtf8 } from '../protocol/bytes.ts';
import { failed } from '../protocol/errno.ts';
import type { Process } from '../protocol/program.ts';
import type { DnsMessage, DnsRecord } from './dns-message.ts';
import { decodeDnsMessage, encodeDnsQuery } from './dns-message.ts';

export type ResolveFailure = 'not-found' | 'temporary' | 'no-data';
export type Resolution =
  | { readonly type: 'found'; readonly addresses: readonly string[]; readonly canonicalName: string }
  | { readonly type: 'failed'; readonly reason: ResolveFailure };

export interface ResolverConfig {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
  readonly timeoutUs: number;
  readonly attempts: number;
}

/** The IPv4 addresses of a host name (or of a literal). */
export async function resolveHost(process: Process, name: string): Promise<Resolution> {
  if (isIpv4(name)) return { type: 'found', addresses: [name], canonicalName: name };
  const fromFile = lookupHostsFile(process, name);
  if (fromFile.length > 0)
    return { type: 'found', addresses: fromFile, canonicalName: hostEntry(process, name)?.canonicalName ?? name };
  const config = readResolvConf(process);
  let reason: ResolveFailure = 'not-found';
  for (const candidate of searchList(name, config)) {
    const answer = await queryDns(process, config, candidate, 'A');
    if (answer.type === 'timeout') return { type: 'failed', reason: 'temporary' };
    const addresses = answer.records.filter((record) => record.type === 'A').map((record) => record.data);
    const [first] = addresses;
    if (first !== undefined) {
      const canonical = answer.records.find((record) => record.type === 'A')?.name ?? candidate;
      return { type: 'found', addresses, canonicalName: canonical };
    }
    if (answer.rcode === 2) reason = 'temporary';
    else if (answer.rcode === 0 && reason === 'not-found') reason = 'no-data';
  }
  return { type: 'failed', reason };
}

/** The first address, for programs that connect to one; undefined where none was found. */
export async function resolveAddress(process: Process, name: string): Promise<string | undefined> {
  const answer = await resolveHost(process, name);
  return answer.type === 'found' ? answer.addresses[0] : undefined;
}

/** getaddrinfo's text for a failure (gai_strerror). */
export function resolveErrorText(reason: ResolveFailure): string {
  switch (reason) {
    case 'temporary':
      return 'Temporary failure in name resolution';
    case 'no-data':
      return 'No address associated with hostname';
    case 'not-found':
      return 'Name or service not known';
    default:
      return 'Unknown error';
  }
}

/** /etc/resolv.conf with resolv.conf(5)'s defaults. */
export function readResolvConf(process: Process): ResolverConfig {
  const nameservers: string[] = [];
  let search: readonly string[] = [];
  let ndots = 1;
  let timeoutUs = 5_000_000;
  let attempts = 2;
  for (const line of readLines(process, '/etc/resolv.conf')) {
    const [keyword, ...values] = line
      .replace(/[#;].*$/, '')
      .trim()
      .split(/\s+/);
    if (keyword === 'nameserver' && values[0] !== undefined) nameservers.push(values[0]);
    else if (keyword === 'search' || keyword === 'domain') search = values;
    else if (keyword === 'options') {
      for (const option of values) {
        const [key, value] = option.split(':');
        if (key === 'ndots') ndots = Number(value);
        else if (key === 'timeout') timeoutUs = Number(value) * 1_000_000;
        else if (key === 'attempts') attempts = Number(value);
      }
    }
  }
  return { nameservers: nameservers.slice(0, 3), search: search.slice(0, 32), ndots, timeoutUs, attempts };
}

export type DnsAnswer =
  /** Nothing came, or the other end has nobody on that port. */
  | { readonly type: 'timeout'; readonly refused?: boolean }
  | {
      readonly type: 'answer';
      readonly server: string;
      /** The name that was asked for. */
      readonly question: string;
      readonly rcode: number;
      readonly authoritative: boolean;
      readonly records: readonly DnsRecord[];
      readonly message: DnsMessage;
      readonly sizeBytes: number;
      readonly tookUs: number;
    };

/** Asks the configured servers in turn, with the configured patience. */
export async function queryDns(
  process: Process,
  config: ResolverConfig,
  name: string,
  type: string,
): Promise<DnsAnswer & { readonly records: readonly DnsRecord[]; readonly rcode: number }> {
  for (let attempt = 0; attempt < config.attempts; attempt += 1) {
    for (const server of config.nameservers) {
      const answer = await askServer(process, { server, name, type, timeoutUs: config.timeoutUs });
      if (answer.type === 'answer') return answer;
    }
  }
  return { type: 'timeout', records: [], rcode: -1 };
}

export interface DnsQuestion {
  readonly server: string;
  readonly port?: number;
  readonly name: string;
  readonly type: string;
  readonly timeoutUs: number;
  /** Asks the server to find out; true unless said otherwise. */
  readonly recurse?: boolean;
}

/** One question to one server over UDP. */
export async function askServer(process: Process, question: DnsQuestion): Promise<DnsAnswer> {
  const fd = process.udp();
  if (failed(fd)) return { type: 'timeout' };
  const random = process.random(2);
  const id = ((random[0] ?? 0) << 8) | (random[1] ?? 0);
  const started = process.time().monotonicUs;
  const sent = process.sendTo(
    fd,
    { ip: question.server, port: question.port ?? 53 },
    encodeDnsQuery(id, question.name, question.type, question.recurse),
  );
  if (failed(sent)) {
    process.close(fd);
    return { type: 'timeout' };
  }
  for (;;) {
    const left = question.timeoutUs - (process.time().monotonicUs - started);
    const datagram = left <= 0 ? undefined : await process.receiveFrom(fd, left);
    if (datagram === undefined || failed(datagram)) {
      process.close(fd);
      const refused = datagram !== undefined && failed(datagram) && datagram.errno === 'ECONNREFUSED';
      return { type: 'timeout', refused };
    }
    const message = decodeDnsMessage(datagram.bytes);
    if (message?.id !== id) continue;
    process.close(fd);
    return {
      type: 'answer',
      server: question.server,
      question: question.name,
      rcode: message.rcode,
      authoritative: message.authoritative,
      records: message.answers,
      message,
      sizeBytes: datagram.bytes.length,
      tookUs: process.time().monotonicUs - started,
    };
  }
}

/** The names to try, in order (resolver(5)): absolute first where it has enough dots. */
export function searchList(name: string, config: Pick<ResolverConfig, 'search' | 'ndots'>): readonly string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const searched = config.search.map((domain) => `${name}.${domain}`.replace(/\.$/, ''));
  const dots = name.split('.').length - 1;
  return dots >= config.ndots ? [name, ...searched] : [...searched, name];
}

/** Addresses that /etc/hosts gives a name. */
export function lookupHostsFile(process: Process, name: string): readonly string[] {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  const found: string[] = [];
  for (const line of readLines(process, '/etc/hosts')) {
    const [address, ...names] = line.replace(/#.*$/, '').trim().split(/\s+/);
    if (address === undefined || !isIpv4(address)) continue;
    if (names.some((candidate) => candidate.toLowerCase() === wanted)) found.push(address);
  }
  return found;
}

/** The first line of /etc/hosts that has a name: its first name and the others. */
export function hostEntry(
  process: Process,
  name: string,
): { readonly canonicalName: string; readonly aliases: readonly string[] } | undefined {
  for (const line of readLines(process, '/etc/hosts')) {
    const [, canonicalName, ...aliases] = line.replace(/#.*$/, '').trim().split(/\s+/);
    if (canonicalName !== undefined && [canonicalName, ...aliases].includes(name)) return { canonicalName, aliases };
  }
  return undefined;
}

/** Dotted quad with each part at most 255. */
export const isIpv4 = (text: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);

function readLines(process: Process, path: string): readonly string[] {
  const bytes = process.readFile(path);
  return failed(bytes) ? [] : decodeUtf8(bytes).split('\n');
}

/** The name of an address (getnameinfo): /etc/hosts, then a PTR record; undefined where it has none. */
export async function reverseName(process: Process, ip: string): Promise<string | undefined> {
  for (const line of readLines(process, '/etc/hosts')) {
    const [address, name] = line.replace(/#.*$/, '').trim().split(/\s+/);
    if (address === ip && name !== undefined) return name;
  }
  const question = `${ip.split('.').reverse().join('.')}.in-addr.arpa`;
  const answer = await queryDns(process, readResolvConf(process), question, 'PTR');
  return answer.records.find(({ type }) => type === 'PTR')?.data.replace(/\.$/, '');
}
