/** What dig, nslookup and host share: asking with patience, and the words of BIND's tools. */
import { decodeUtf8 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { askServer, isIpv4, resolveHost, type DnsAnswer, type DnsQuestion } from '../../resolver.ts';

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
  question: DnsQuestion,
  tries: number,
  tell: (line: string) => void,
): Promise<Answered | undefined> {
  for (let i = 0; i < Math.max(1, tries); i += 1) {
    const answer = await askServer(process, question);
    if (answer.type === 'answer') return answer;
    const why = answer.refused === true ? 'connection refused' : 'timed out';
    tell(`;; communications error to ${question.server}#${String(question.port ?? 53)}: ${why}`);
  }
  return undefined;
}

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
