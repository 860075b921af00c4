/** The messages that dig sends: with EDNS, a cookie and the AD bit unless it is told otherwise. */
import type { Process } from '../../../protocol/program.ts';
import { decodeDnsMessage, encodeDnsQuery, type DnsMessage } from '../../dns-message.ts';
import type { Lookup } from './dig-options.ts';

export interface Sent {
  readonly bytes: Uint8Array;
  readonly cookie: Uint8Array | undefined;
  /** A message, its own or an answer's, taken apart. */
  message(bytes: Uint8Array): DnsMessage | undefined;
}

const AUTHENTIC_DATA = 0x20;
const DNSSEC_OK = 0x80;
const OPT = 41;
const COOKIE = 10;
const COOKIE_BYTES = 8;

export function digQuestion(process: Process, { name, type, on, udpSize, cookie }: Lookup): Sent {
  const id = process.random(2);
  const bytes = [...encodeDnsQuery(((id[0] ?? 0) << 8) | (id[1] ?? 0), name, type, on.has('recurse'))];
  if (on.has('adflag')) bytes[3] = AUTHENTIC_DATA;
  const sent = on.has('edns') && on.has('cookie') ? (cookie ?? process.random(COOKIE_BYTES)) : undefined;
  if (on.has('edns')) {
    bytes[11] = 1;
    const data = sent === undefined ? [] : [0, COOKIE, 0, sent.length, ...sent];
    const flags = on.has('dnssec') ? DNSSEC_OK : 0;
    bytes.push(0, 0, OPT, udpSize >> 8, udpSize & 255, 0, 0, flags, 0, 0, data.length, ...data);
  }
  return { bytes: Uint8Array.from(bytes), cookie: sent, message: decodeDnsMessage };
}
