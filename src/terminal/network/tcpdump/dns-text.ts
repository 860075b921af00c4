/** DNS messages in tcpdump's words: `4242+ [1au] A? web.default.svc. (41)` and `4242*- 1/0/1 A 10.96.1.2 (57)`. */
import { decodeDns, type DnsRecord } from '../../../formats/dns.ts';
import { u16At } from './decode.ts';

const CODES: Readonly<Record<string, string>> = {
  NOERROR: '',
  FORMERR: ' FormErr',
  SERVFAIL: ' ServFail',
  NXDOMAIN: ' NXDomain',
  NOTIMP: ' NotImp',
  REFUSED: ' Refused',
};

export function dnsText(data: Uint8Array, length: number, verbose: number): string | undefined {
  const message = decodeDns(data);
  const question = message?.questions[0];
  if (message === undefined || question === undefined) return undefined;
  const id = String(message.id);
  const counts = [u16At(data, 6), u16At(data, 8), u16At(data, 10)];
  const size = `(${String(length)})`;
  if (!message.response) {
    const extra = ['a', 'n', 'au'].map((name, index) =>
      counts[index] === 0 ? '' : ` [${String(counts[index])}${name}]`,
    );
    return `${id}${message.recursionDesired ? '+' : ''}${extra.join('')} ${typeText(question.type)}? ${question.name} ${size}`;
  }
  const flags = `${message.authoritative ? '*' : ''}${message.recursionAvailable ? '' : '-'}${message.truncated ? '|' : ''}`;
  const answers = message.answers
    .map((record) => (verbose > 0 ? `${record.name} ${recordText(record)}` : recordText(record)))
    .join(', ');
  return `${id}${CODES[message.code] ?? ''}${flags}${verbose > 1 ? ` q: ${typeText(question.type)}? ${question.name}` : ''} ${counts.join('/')}${answers === '' ? '' : ` ${answers}`} ${size}`;
}

const typeText = (type: string): string => type.replace(/^TYPE(\d+)$/, 'Type$1');

function recordText(record: DnsRecord): string {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return `${record.type} ${record.ip}`;
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return `${record.type} ${record.target}`;
    case 'SRV':
      return `SRV ${record.target}:${String(record.port)} ${String(record.priority)} ${String(record.weight)}`;
    case 'TXT':
      return `TXT ${record.texts.map((text) => `"${text}"`).join(' ')}`;
    default:
      return record.type;
  }
}
