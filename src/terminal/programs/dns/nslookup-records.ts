/** Records in nslookup's words; busybox writes the same without the final dot. */
import type { DnsRecord } from '../../dns-message.ts';
import type { Answered } from './ask.ts';

const SOA_FIELDS = ['origin', 'mail addr', 'serial', 'refresh', 'retry', 'expire', 'minimum'] as const;

export function nslookupLine({ name, type, data }: DnsRecord, dotted: boolean): string {
  const text = dotted ? data : data.replace(/\.$/, '');
  switch (type) {
    case 'A':
    case 'AAAA':
      return `Name:\t${name}\nAddress: ${data}`;
    case 'CNAME':
      return `${name}\tcanonical name = ${text}`;
    case 'PTR':
      return `${name}\tname = ${text}`;
    case 'NS':
      return `${name}\tnameserver = ${text}`;
    case 'MX':
      return `${name}\tmail exchanger = ${text}`;
    case 'TXT':
      return `${name}\ttext = ${text}`;
    case 'SRV':
      return `${name}\tservice = ${text}`;
    case 'SOA': {
      const parts = data.split(' ').map((part, index) => (index < 2 ? part.replace(/\.$/, '') : part));
      return [name, ...SOA_FIELDS.map((field, index) => `\t${field} = ${parts[index] ?? ''}`)].join('\n');
    }
    default:
      return `${name}\trdata_${type.replace(/^TYPE/, '')} = ${data}`;
  }
}

const RULE = '------------\n';

/** The whole message, as `set debug` shows it. */
export function debugText({ question, message }: Answered, type: string): string {
  const section = (title: string, records: readonly DnsRecord[]): string =>
    `    ${title}:\n${records
      .map((record) => `    ->  ${record.name}\n${detail(record)}\n\tttl = ${String(record.ttlSeconds)}\n`)
      .join('')}`;
  return `${RULE}    QUESTIONS:\n\t${question.replace(/\.$/, '')}, type = ${type}, class = IN\n${section('ANSWERS', message.answers)}${section('AUTHORITY RECORDS', message.authority)}${section('ADDITIONAL RECORDS', message.additional)}${RULE}`;
}

function detail(record: DnsRecord): string {
  if (record.type === 'A') return `\tinternet address = ${record.data}`;
  if (record.type === 'AAAA') return `\thas AAAA address ${record.data}`;
  return nslookupLine({ ...record, name: '' }, true).replace(/^\n/, '');
}
