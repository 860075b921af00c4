/** What dig, nslookup and host share: asking with patience, and the words of BIND's tools. */
import { decodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { decodeDnsMessage, encodeDnsQuery } from '../../dns-message.ts';
import { isIpv4, resolveHost, type DnsAnswer, type DnsQuestion } from '../../resolver.ts';
import { askByTcp, askByUdp, type Exchanged } from './exchange.ts';

const RCODES: Readonly<Record<number, string>> = {
  0: 'NOERROR',
  1: 'FORMERR',
  2: 'SERVFAIL',
  3: 'NXDOMAIN',
  4: 'NOTIMP',
  5: 'REFUSED',
};
export const rcodeText = (rcode: number): string => RCODES[rcode] ?? `RESERVED${String(rcode)}`;

/** The name under which an IPv4 address is asked for. */
export const reverseNameOf = (ip: string): string => `${ip.split('.').reverse().join('.')}.in-addr.arpa`;

export type Answered = Extract<DnsAnswer, { type: 'answer' }>;

/** Asks until something comes, `tries` times at most; each time that nothing came is told. */
export async function askPatiently(
  process: Process,
  question: DnsQuestion & { readonly tcp?: boolean },
  tries: number,
  tell: (line: string) => void,
): Promise<Answered | undefined> {
  const { server, port = 53, name, type, timeoutUs, recurse, tcp } = question;
  for (let i = 0; i < Math.max(1, tries); i += 1) {
    const id = process.random(2);
    const bytes = encodeDnsQuery(((id[0] ?? 0) << 8) | (id[1] ?? 0), name, type, recurse);
    const exchanged = await (tcp === true ? askByTcp : askByUdp)(process, { server, port, bytes, timeoutUs });
    const message = exchanged.type === 'answer' ? decodeDnsMessage(exchanged.bytes) : undefined;
    if (exchanged.type === 'answer' && message !== undefined)
      return {
        type: 'answer',
        server,
        question: name,
        rcode: message.rcode,
        authoritative: message.authoritative,
        records: message.answers,
        message,
        sizeBytes: exchanged.bytes.length,
        tookUs: exchanged.tookUs,
      };
    if (exchanged.type !== 'answer')
      tell(problemText(exchanged, `${server}#${String(port)}`, server, name, tcp === true));
  }
  return undefined;
}

/** Why nothing came, as BIND's tools say it. */
export function problemText(
  exchanged: Exclude<Exchanged, { type: 'answer' }>,
  where: string,
  server: string,
  name: string,
  tcp: boolean,
): string {
  if (exchanged.type !== 'unsent')
    return `;; communications error to ${where}: ${exchanged.type === 'refused' ? 'connection refused' : 'timed out'}`;
  const why = RESULTS[exchanged.failure.errno] ?? strerror(exchanged.failure).toLowerCase();
  return `;; ${tcp ? 'Connection to' : 'UDP setup with'} ${where}(${server}) for ${name} failed: ${why}.`;
}

/** BIND's words for what a system call answered. */
const RESULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENETUNREACH: 'network unreachable',
  EHOSTUNREACH: 'host unreachable',
  ETIMEDOUT: 'timed out',
  EADDRNOTAVAIL: 'address not available',
  EADDRINUSE: 'address in use',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
};

/** A server's address from what was typed; undefined where the name has none. */
export async function serverAddress(process: Process, typed: string): Promise<string | undefined> {
  if (isIpv4(typed)) return typed;
  const found = await resolveHost(process, typed);
  return found.type === 'found' ? found.addresses[0] : undefined;
}

/** BIND's version as the distribution's package tells it. */
export function bindVersion(process: Process): string {
  const release = process.readFile('/etc/os-release');
  const id = failed(release) ? undefined : /^ID=(\w+)$/m.exec(decodeUtf8(release))?.[1];
  if (id === 'ubuntu') return '9.18.39-0ubuntu0.24.04.1-Ubuntu';
  return id === 'debian' ? '9.18.49-1~deb12u3-Debian' : '9.18.39';
}
