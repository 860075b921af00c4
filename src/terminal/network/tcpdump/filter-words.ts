/** Filter expressions in words, and the values that have names (pcap-filter(7)). */

/** What is wrong with a filter, or has no model here. */
export class Refusal extends Error {
  constructor(
    readonly what: 'wrong' | 'not-simulated',
    message: string,
  ) {
    super(message);
  }
}

export const SYNTAX = "can't parse filter expression: syntax error";

const TOKEN =
  /\s+|((?:[0-9a-f]{1,2}:){5}[0-9a-f]{1,2}|\\?[a-z0-9_][-a-z0-9_.]*|<<|>>|<=|>=|==|!=|&&|\|\||[()[\]:+\-*/%&|^=<>!])/giy;

export function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) throw new Refusal('wrong', SYNTAX);
    if (match[1] !== undefined) words.push(match[1]);
  }
  return words;
}

export const CONSTANTS: Readonly<Record<string, number>> = {
  tcpflags: 13,
  'tcp-fin': 1,
  'tcp-syn': 2,
  'tcp-rst': 4,
  'tcp-push': 8,
  'tcp-ack': 16,
  'tcp-urg': 32,
  'tcp-ece': 64,
  'tcp-cwr': 128,
  icmptype: 0,
  icmpcode: 1,
  'icmp-echoreply': 0,
  'icmp-unreach': 3,
  'icmp-sourcequench': 4,
  'icmp-redirect': 5,
  'icmp-echo': 8,
  'icmp-routeradvert': 9,
  'icmp-routersolicit': 10,
  'icmp-timxceed': 11,
  'icmp-paramprob': 12,
};

export const IP_PROTOCOLS: Readonly<Record<string, number>> = { icmp: 1, igmp: 2, tcp: 6, udp: 17, sctp: 132 };
export const ETHER_TYPES: Readonly<Record<string, number>> = { ip: 0x0800, arp: 0x0806, rarp: 0x8035, ip6: 0x86dd };
export const PROTOCOLS = new Set([...Object.keys(IP_PROTOCOLS), ...Object.keys(ETHER_TYPES), 'ether', 'link', 'icmp6']);
export const KINDS = new Set(['host', 'net', 'port', 'portrange', 'proto']);
export const ABSENT = new Set([
  'vlan',
  'mpls',
  'pppoed',
  'gateway',
  'geneve',
  'wlan',
  'type',
  'subtype',
  'ifname',
  'on',
]);
/** Words that are no names. */
export const KEYWORDS = new Set([
  ...PROTOCOLS,
  ...KINDS,
  ...ABSENT,
  ...[
    'and',
    'or',
    'not',
    'src',
    'dst',
    'mask',
    'len',
    'greater',
    'less',
    'broadcast',
    'multicast',
    'inbound',
    'outbound',
  ],
]);
