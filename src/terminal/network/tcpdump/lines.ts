/** Lines of tcpdump 4.99 for a frame: ARP, ICMP, TCP, UDP, DNS, and the first line of HTTP. */
import { decodeUtf8 } from '../../../protocol/bytes.ts';
import { decodeDns } from '../../../formats/dns.ts';
import type { CapturedFrame, CapturedPacket } from './frame.ts';

export interface LineOptions {
  /** -e */
  readonly linkLevel: boolean;
  /** -v */
  readonly verbose: boolean;
  /** -q */
  readonly quick: boolean;
  /** -S: sequence numbers as they are, not from the connection's first on. */
  readonly absolute: boolean;
  /** -i any: the device and the direction stand before the protocol. */
  readonly everyDevice: boolean;
  /** An address or a port as it is shown (names unless -n). */
  address(ip: string): string;
  port(port: number, protocol: string): string;
}

const ETHERNET = 14;

/** A frame without its time. */
export function frameText(frame: CapturedFrame, options: LineOptions): string {
  const { packet, arp } = frame;
  const bytes = ETHERNET + (packet?.bytes ?? 28);
  const type = arp === undefined ? 'IPv4 (0x0800)' : 'ARP (0x0806)';
  const device = options.everyDevice ? `${frame.device.padEnd(5)} ${frame.direction === 'in' ? 'In ' : 'Out'} ` : '';
  const broadcast = frame.destination === 'ff:ff:ff:ff:ff:ff' ? 'Broadcast' : frame.destination;
  const link = options.linkLevel
    ? options.everyDevice
      ? `ifindex link-addr ${frame.source}, ethertype ${type}, length ${String(bytes + 6)}: `.replace('ifindex ', '')
      : `${frame.source} > ${broadcast}, ethertype ${type}, length ${String(bytes)}: `
    : '';
  if (arp !== undefined) {
    const text =
      arp.kind === 'request'
        ? `Request who-has ${options.address(arp.targetIp)} tell ${options.address(arp.senderIp)}, length 28`
        : `Reply ${options.address(arp.senderIp)} is-at ${arp.senderMac}, length 28`;
    return `${device}${link}${options.linkLevel ? '' : 'ARP, '}${text}`;
  }
  if (packet === undefined) return `${device}${link}`;
  return `${device}${link}${options.linkLevel && !options.verbose ? '' : options.linkLevel ? '' : 'IP '}${ipText(packet, options)}`;
}

const NUMBERS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17 };

function ipText(packet: CapturedPacket, options: LineOptions): string {
  const { protocol } = packet;
  const header = options.verbose
    ? `(tos 0x0, ttl ${String(packet.ttl)}, id 0, offset 0, flags [DF], proto ${protocol.toUpperCase()} (${String(NUMBERS[protocol] ?? 0)}), length ${String(packet.bytes)})\n    `
    : '';
  const end = (ip: string, port: number): string =>
    protocol === 'icmp' ? options.address(ip) : `${options.address(ip)}.${options.port(port, protocol)}`;
  const ends = `${end(packet.source, packet.sourcePort)} > ${end(packet.destination, packet.destinationPort)}: `;
  return `${header}${ends}${content(packet, options)}`;
}

function content(packet: CapturedPacket, options: LineOptions): string {
  switch (packet.protocol) {
    case 'icmp':
      return icmpText(packet, options);
    case 'udp':
      return udpText(packet, options);
    default:
      return tcpText(packet, options);
  }
}

function icmpText(packet: CapturedPacket, options: LineOptions): string {
  const length = `length ${String(packet.bytes - 20)}`;
  const { inner } = packet;
  const about = inner === undefined ? packet : inner;
  const port = `${about.protocol} port ${options.port(about.destinationPort, about.protocol)}`;
  const texts: Readonly<Record<string, string>> = {
    'echo-request': `echo request, id ${String(packet.sourcePort)}, seq ${String(packet.sequence)}`,
    'echo-reply': `echo reply, id ${String(packet.sourcePort)}, seq ${String(packet.sequence)}`,
    'port-unreachable': `${options.address(about.destination)} ${port} unreachable`,
    'host-unreachable': `host ${options.address(about.destination)} unreachable`,
    'net-unreachable': `net ${options.address(about.destination)} unreachable`,
    'admin-prohibited': `host ${options.address(about.destination)} unreachable - admin prohibited filter`,
    'ttl-exceeded': 'time exceeded in-transit',
    'fragmentation-needed': `${options.address(about.destination)} unreachable - need to frag`,
  };
  return `ICMP ${texts[packet.icmp] ?? packet.icmp}, ${length}`;
}

const FLAGS: Readonly<Record<string, string>> = { syn: 'S', 'syn-ack': 'S.', ack: '.', fin: 'F.', rst: 'R.' };
const TCP_HEADERS = 52;

function tcpText(packet: CapturedPacket, { quick, absolute }: LineOptions): string {
  const length = packet.tcp === 'ack' ? Math.max(0, packet.bytes - TCP_HEADERS) : 0;
  if (quick) return `tcp ${String(length)}`;
  const flags = `${length > 0 ? 'P' : ''}${FLAGS[packet.tcp] ?? '.'}`;
  const opening = packet.tcp === 'syn' || packet.tcp === 'syn-ack';
  const from = (sender: CapturedPacket): number => (absolute ? initialSequence(sender) : 0) + 1;
  const first = (packet.sequence + from(packet)) >>> 0;
  const sequence = opening
    ? `seq ${String(initialSequence(packet))}, `
    : length > 0
      ? `seq ${String(first)}:${String(first + length)}, `
      : packet.tcp === 'ack'
        ? ''
        : `seq ${String(first)}, `;
  const acknowledged =
    packet.tcp === 'syn'
      ? ''
      : packet.tcp === 'syn-ack'
        ? `ack ${String(initialSequence(turned(packet)) + 1)}, `
        : `ack ${String((packet.acknowledged + from(turned(packet))) >>> 0)}, `;
  const options = opening ? 'options [mss 1460,sackOK,nop,wscale 7], ' : '';
  return `Flags [${flags}], ${sequence}${acknowledged}win ${opening ? '64240' : '502'}, ${options}length ${String(length)}${httpLine(packet, length)}`;
}

const turned = (packet: CapturedPacket): CapturedPacket => ({
  ...packet,
  source: packet.destination,
  sourcePort: packet.destinationPort,
  destination: packet.source,
  destinationPort: packet.sourcePort,
});

/** The model counts bytes only; where a connection's numbers begin is made of its ends, the same in every capture. */
function initialSequence({ source, sourcePort, destination, destinationPort }: CapturedPacket): number {
  let hash = 2_166_136_261;
  for (const character of `${source}:${String(sourcePort)}>${destination}:${String(destinationPort)}`)
    hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619);
  return hash >>> 0;
}

/** The first line of a request or response in clear text. */
function httpLine({ sourcePort, destinationPort, data }: CapturedPacket, length: number): string {
  if (length === 0 || ![sourcePort, destinationPort].some((port) => port === 80 || port === 8080)) return '';
  const line = decodeUtf8(data.subarray(0, 512)).split('\r\n')[0] ?? '';
  return /^(HTTP\/1\.[01] |[A-Z]+ \S+ HTTP\/1\.[01]$)/.test(line) ? `: HTTP: ${line}` : ': HTTP';
}

function udpText(packet: CapturedPacket, { quick }: LineOptions): string {
  const length = packet.bytes - 28;
  const isDns = packet.sourcePort === 53 || packet.destinationPort === 53;
  const dns = quick || !isDns ? undefined : dnsText(packet, length);
  return dns ?? `UDP, length ${String(length)}`;
}

const RECORDS: Readonly<Record<string, string>> = {
  NOERROR: '',
  NXDOMAIN: ' NXDomain',
  SERVFAIL: ' ServFail',
  REFUSED: ' Refused',
};

/** `4242+ A? web.default.svc. (41)` and `4242* 1/0/0 A 10.96.1.2 (57)`. */
function dnsText({ data }: CapturedPacket, length: number): string | undefined {
  const message = decodeDns(data);
  const question = message?.questions[0];
  if (message === undefined || question === undefined) return undefined;
  const name = question.name.endsWith('.') ? question.name : `${question.name}.`;
  const id = String(message.id);
  if (!message.response) return `${id}+ ${question.type}? ${name} (${String(length)})`;
  const answers = message.answers.map(
    (record) => `${record.type} ${'ip' in record ? record.ip : 'target' in record ? record.target : ''}`,
  );
  const counts = `${String(message.answers.length)}/0/0`;
  return `${id}${message.authoritative ? '*' : ''}${RECORDS[message.code] ?? ''} ${counts}${answers.length === 0 ? '' : ` ${answers.join(', ')}`} (${String(length)})`;
}
