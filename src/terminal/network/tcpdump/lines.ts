/** Lines of tcpdump 4.99 for a frame: ARP, ICMP, TCP with the connection's numbers, UDP, DNS, HTTP, and dumps of bytes. */
import { decodeUtf8 } from '../../../protocol/bytes.ts';
import {
  decodeIp,
  ETHERNET_BYTES,
  ICMP,
  ipAt,
  TCP,
  u16At,
  u32At,
  UDP,
  type Arp,
  type Decoded,
  type Ip,
} from './decode.ts';
import { dnsText } from './dns-text.ts';
import { checksum } from './wire.ts';

export interface LineOptions {
  /** -e */
  readonly linkLevel: boolean;
  /** How often -v was given. */
  readonly verbose: number;
  /** -q */
  readonly quick: boolean;
  /** -S: sequence numbers as they are, not from the connection's first on. */
  readonly absolute: boolean;
  /** -i any: the device and the direction stand before the protocol. */
  readonly everyDevice: boolean;
  /** -x, -X or -A, and whether with the link's header. */
  readonly dump: { readonly kind: 'x' | 'X' | 'A'; readonly whole: boolean } | undefined;
  /** -n */
  readonly numeric: boolean;
  /** An address or a port as it is shown (names unless -n). */
  readonly address: (ip: string) => string;
  readonly port: (port: number, protocol: string) => string;
  readonly deviceIndex: (name: string) => number;
}

const PROTOCOLS: Readonly<Record<number, string>> = { [ICMP]: 'icmp', [TCP]: 'tcp', [UDP]: 'udp' };
const BROADCAST = 'ff:ff:ff:ff:ff:ff';
const COOKED_BYTES = 20;

/** Frames in the order in which they passed, so that a connection's numbers can be counted from its first. */
export class FrameLines {
  readonly #connections = new Map<string, { readonly forward: string; sequence: number; acknowledged: number }>();

  constructor(private readonly options: LineOptions) {}

  /** A frame without its time. */
  text(frame: Decoded): string {
    const { options } = this;
    const { everyDevice, linkLevel, dump } = options;
    const { raw, ip, arp } = frame;
    const device = everyDevice ? `${raw.device.padEnd(5)} ${raw.direction === 'in' ? 'In ' : 'Out'} ` : '';
    const link = linkLevel ? linkText(frame, options) : '';
    let text: string;
    if (arp !== undefined) text = `${linkLevel ? '' : 'ARP, '}${arpText(arp, options)}`;
    else if (ip !== undefined) text = `${linkLevel ? '' : 'IP '}${this.#ipText(raw.bytes, ip)}`;
    else
      text = `${linkLevel ? '' : `ethertype Unknown (0x${hex(frame.etherType)}), `}length ${String(raw.length - ETHERNET_BYTES)}`;
    return `${device}${link}${text}${dump === undefined ? '' : dumpText(raw.bytes, dump.kind, dump.whole ? 0 : ETHERNET_BYTES)}`;
  }

  #ipText(bytes: Uint8Array, ip: Ip): string {
    const { options } = this;
    const name = PROTOCOLS[ip.protocol];
    const header = options.verbose > 0 ? `(${ipHeaderText(ip)})\n    ` : '';
    const end = (address: string, port: number | undefined): string =>
      port === undefined ? options.address(address) : `${options.address(address)}.${options.port(port, name ?? '')}`;
    const ends = `${end(ip.source, ip.ports?.[0])} > ${end(ip.destination, ip.ports?.[1])}: `;
    return `${header}${ends}${this.#content(bytes, ip)}`;
  }

  #content(bytes: Uint8Array, ip: Ip): string {
    switch (ip.protocol) {
      case ICMP:
        return this.#icmpText(bytes, ip);
      case UDP:
        return udpText(bytes, ip, this.options);
      case TCP:
        return this.#tcpText(bytes, ip);
      default:
        return `ip-proto-${String(ip.protocol)} ${String(ip.length - (ip.contentAt - ip.at))}`;
    }
  }

  /** With -v an error shows the packet that it is about. */
  #icmpText(bytes: Uint8Array, ip: Ip): string {
    const text = icmpText(bytes, ip, this.options);
    const isError = [3, 11].includes(bytes[ip.contentAt] ?? 0);
    if (this.options.verbose === 0 || !isError) return text;
    return `${text}\n\tIP ${this.#ipText(bytes, decodeIp(bytes, ip.contentAt + 8))}`;
  }

  #tcpText(bytes: Uint8Array, ip: Ip): string {
    const { quick, verbose } = this.options;
    const at = ip.contentAt;
    const headerBytes = ((bytes[at + 12] ?? 0) >> 4) * 4;
    const length = ip.length - (at - ip.at) - headerBytes;
    if (quick) return `tcp ${String(length)}`;
    const flags = bytes[at + 13] ?? 0;
    const { sequence, acknowledged } = this.#counted(bytes, ip, flags);
    const shownSequence =
      length > 0
        ? `seq ${String(sequence)}:${String((sequence + length) % 2 ** 32)}, `
        : (flags & (SYN | FIN | RST)) === 0
          ? ''
          : `seq ${String(sequence)}, `;
    const sum = verbose > 0 ? `cksum 0x${hex(u16At(bytes, at + 16))} (${sumText(bytes, ip)}), ` : '';
    const ack = (flags & ACK) === 0 ? '' : `ack ${String(acknowledged)}, `;
    const options = tcpOptions(bytes.subarray(at + 20, at + headerBytes));
    const window = `win ${String(u16At(bytes, at + 14))}, `;
    const data = bytes.subarray(at + headerBytes, ip.at + ip.length);
    return `Flags [${flagText(flags)}], ${sum}${shownSequence}${ack}${window}${options === '' ? '' : `options [${options}], `}length ${String(length)}${length === 0 ? '' : httpText(ip, data, length, verbose)}`;
  }

  /** The numbers as they are shown: from the connection's first on, once that is known. */
  #counted(
    bytes: Uint8Array,
    { contentAt, source, destination, ports }: Ip,
    flags: number,
  ): { sequence: number; acknowledged: number } {
    const [sequence, acknowledged] = [u32At(bytes, contentAt + 4), u32At(bytes, contentAt + 8)];
    // What has no acknowledgement says nothing of a connection yet.
    if (this.options.absolute || (flags & ACK) === 0) return { sequence, acknowledged };
    const [forward, back] = [`${source}.${String(ports?.[0])}`, `${destination}.${String(ports?.[1])}`];
    const key = [forward, back].toSorted().join('>');
    const known = this.#connections.get(key);
    const less = (number: number, base: number): number => (number - base + 2 ** 32) % 2 ** 32;
    if (known !== undefined && (flags & SYN) === 0) {
      const isForward = known.forward === forward;
      return {
        sequence: less(sequence, isForward ? known.sequence : known.acknowledged),
        acknowledged: less(acknowledged, isForward ? known.acknowledged : known.sequence),
      };
    }
    if (known === undefined || known.forward === forward)
      this.#connections.set(key, { forward, sequence, acknowledged: less(acknowledged, 1) });
    else {
      known.acknowledged = sequence;
      known.sequence = less(acknowledged, 1);
    }
    return { sequence, acknowledged };
  }
}

const [FIN, SYN, RST, PUSH, ACK, URG] = [1, 2, 4, 8, 16, 32] as const;
const FLAG_LETTERS = [
  [FIN, 'F'],
  [SYN, 'S'],
  [RST, 'R'],
  [PUSH, 'P'],
  [ACK, '.'],
  [URG, 'U'],
] as const;
const flagText = (flags: number): string =>
  FLAG_LETTERS.map(([bit, letter]) => ((flags & bit) === 0 ? '' : letter)).join('') || 'none';
const hex = (value: number, digits = 4): string => value.toString(16).padStart(digits, '0');

function linkText(
  { raw, etherType, source, destination }: Decoded,
  { everyDevice, deviceIndex, numeric }: LineOptions,
): string {
  const type =
    etherType === 0x0800 ? 'IPv4 (0x0800)' : etherType === 0x0806 ? 'ARP (0x0806)' : `Unknown (0x${hex(etherType)})`;
  if (everyDevice)
    return `ifindex ${String(deviceIndex(raw.device))} ${source} ethertype ${type}, length ${String(raw.length - ETHERNET_BYTES + COOKED_BYTES)}: `;
  const to = destination === BROADCAST && !numeric ? 'Broadcast' : destination;
  return `${source} > ${to}, ethertype ${type}, length ${String(raw.length)}: `;
}

function arpText({ operation, senderMac, senderIp, targetIp, length }: Arp, { verbose, address }: LineOptions): string {
  const kind = verbose > 0 ? 'Ethernet (len 6), IPv4 (len 4), ' : '';
  const what =
    operation === 1
      ? `Request who-has ${address(targetIp)} tell ${address(senderIp)}`
      : `Reply ${address(senderIp)} is-at ${senderMac}`;
  return `${kind}${what}, length ${String(length)}`;
}

function ipHeaderText({ tos, ttl, id, offset, flags, protocol, length }: Ip): string {
  const flagNames = [...((flags & 1) === 0 ? [] : ['+']), ...((flags & 2) === 0 ? [] : ['DF'])].join(', ') || 'none';
  const name = PROTOCOLS[protocol]?.toUpperCase() ?? 'unknown';
  return `tos 0x${tos.toString(16)}, ttl ${String(ttl)}, id ${String(id)}, offset ${String(offset)}, flags [${flagNames}], proto ${name} (${String(protocol)}), length ${String(length)}`;
}

/** Whether the sum of TCP or UDP is right; of a packet that is cut off nobody knows. */
function sumText(bytes: Uint8Array, ip: Ip): string {
  const length = ip.length - (ip.contentAt - ip.at);
  const content = bytes.slice(ip.contentAt, ip.at + ip.length);
  const at = ip.protocol === TCP ? 16 : 6;
  const pseudo = [...bytes.subarray(ip.at + 12, ip.at + 20), 0, ip.protocol, length >> 8, length & 255];
  const found = u16At(content, at);
  content[at] = 0;
  content[at + 1] = 0;
  const right = checksum([...pseudo, ...content]);
  return found === right || (ip.protocol === UDP && found === 0xffff && right === 0)
    ? 'correct'
    : `incorrect -> 0x${hex(right)}`;
}

function tcpOptions(bytes: Uint8Array): string {
  const out: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const kind = bytes[at] ?? 0;
    if (kind <= 1) {
      out.push(kind === 1 ? 'nop' : 'eol');
      at += 1;
      if (kind === 0) break;
      continue;
    }
    if (kind === 2) out.push(`mss ${String(u16At(bytes, at + 2))}`);
    else if (kind === 3) out.push(`wscale ${String(bytes[at + 2] ?? 0)}`);
    else if (kind === 4) out.push('sackOK');
    else if (kind === 8) out.push(`TS val ${String(u32At(bytes, at + 2))} ecr ${String(u32At(bytes, at + 6))}`);
    else out.push(`unknown-${String(kind)}`);
    at += Math.max(2, bytes[at + 1] ?? 2);
  }
  return out.join(',');
}

const WEB_PORTS = [80, 8080, 3128];
const FIRST_LINE = /^(HTTP\/1\.[01] |[A-Z]+ \S+ HTTP\/1\.[01]$)/;

/** The first line of a request or response in clear text; with -v its head. */
function httpText({ ports }: Ip, data: Uint8Array, length: number, verbose: number): string {
  if (!(ports ?? []).some((port) => WEB_PORTS.includes(port))) return '';
  const text = decodeUtf8(data);
  const lines = text.split('\r\n');
  const isHead = FIRST_LINE.test(lines[0] ?? '');
  if (verbose === 0) return isHead ? `: HTTP: ${lines[0] ?? ''}` : ': HTTP';
  const shown = isHead
    ? text
        .replace(/\r?\n$/, '')
        .split(/\r?\n/)
        .map((line) => `\n\t${line}`)
    : [];
  return `: HTTP, length: ${String(length)}${shown.join('')}`;
}

function udpText(bytes: Uint8Array, ip: Ip, { quick, verbose }: LineOptions): string {
  const length = u16At(bytes, ip.contentAt + 4) - 8;
  if (quick) return `UDP, length ${String(length)}`;
  const data = bytes.subarray(ip.contentAt + 8, ip.contentAt + 8 + length);
  const isDns = ip.ports?.includes(53) === true;
  const isWhole = data.length === length;
  const sum = verbose < 2 || !isWhole ? '' : sumText(bytes, ip) === 'correct' ? '[udp sum ok] ' : `[bad udp cksum] `;
  const dns = isDns ? dnsText(data, length, verbose) : undefined;
  return `${sum}${dns ?? `UDP, length ${String(length)}`}`;
}

function icmpText(bytes: Uint8Array, ip: Ip, { address, port }: LineOptions): string {
  const at = ip.contentAt;
  const [type, code] = [bytes[at] ?? 0, bytes[at + 1] ?? 0];
  const length = `length ${String(ip.length - (at - ip.at))}`;
  if (type === 8 || type === 0)
    return `ICMP echo ${type === 8 ? 'request' : 'reply'}, id ${String(u16At(bytes, at + 4))}, seq ${String(u16At(bytes, at + 6))}, ${length}`;
  const inner = decodeIp(bytes, at + 8);
  const to = address(ipAt(bytes, at + 24));
  const name = PROTOCOLS[inner.protocol] ?? `proto ${String(inner.protocol)}`;
  const innerPort = inner.ports === undefined ? '' : ` ${name} port ${port(inner.ports[1], name)}`;
  const mtu = u16At(bytes, at + 6);
  const texts: Readonly<Record<string, string>> = {
    '3.0': `net ${to} unreachable`,
    '3.1': `host ${to} unreachable`,
    '3.2': `${to} protocol ${String(inner.protocol)} unreachable`,
    '3.3': `${to}${innerPort} unreachable`,
    '3.4': `${to} unreachable - need to frag${mtu === 0 ? '' : ` (mtu ${String(mtu)})`}`,
    '3.10': `host ${to} unreachable - admin prohibited`,
    '3.13': `host ${to} unreachable - admin prohibited filter`,
    '11.0': 'time exceeded in-transit',
  };
  return `ICMP ${texts[`${String(type)}.${String(code)}`] ?? `type-#${String(type)}`}, ${length}`;
}

const ROW = 16;
const HEX_WIDTH = 39;

/** -x, -X and -A. */
function dumpText(bytes: Uint8Array, kind: 'x' | 'X' | 'A', from: number): string {
  const shown = bytes.subarray(from);
  const readable = (byte: number): string => (byte > 32 && byte < 127 ? String.fromCharCode(byte) : '.');
  if (kind === 'A')
    return `\n${Array.from(shown, (byte, at) =>
      byte === 13 && shown[at + 1] === 10
        ? ''
        : byte === 10
          ? '\n'
          : byte === 9 || byte === 32
            ? String.fromCharCode(byte)
            : readable(byte),
    ).join('')}`;
  const rows: string[] = [];
  for (let at = 0; at < shown.length; at += ROW) {
    const row = shown.subarray(at, at + ROW);
    const pairs = Array.from({ length: Math.ceil(row.length / 2) }, (_, pair) =>
      Array.from(row.subarray(pair * 2, pair * 2 + 2), (byte) => hex(byte, 2)).join(''),
    ).join(' ');
    const text = kind === 'x' ? pairs : `${pairs.padEnd(HEX_WIDTH)}  ${Array.from(row, readable).join('')}`;
    rows.push(`\n\t0x${hex(at)}:  ${text}`);
  }
  return rows.join('');
}
