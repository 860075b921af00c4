/**
 * Filter expressions (pcap-filter(7), libpcap 1.10).
 * Models: host, net, port, portrange and proto with src, dst and both, after ether, ip, arp, tcp, udp, icmp; broadcast and multicast,
 * inbound and outbound, greater, less; bytes of the packet and arithmetic; and, or, not, parentheses.
 * Leaves out: VLANs, gateway, IPv6's own headers, and what other kinds of links have.
 */
import { cidrContains, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import { relation, type Words } from './arithmetic.ts';
import { TCP, UDP, type Decoded } from './decode.ts';
import {
  ABSENT,
  ETHER_TYPES,
  IP_PROTOCOLS,
  KEYWORDS,
  KINDS,
  PROTOCOLS,
  Refusal,
  SYNTAX,
  wordsOf,
} from './filter-words.ts';

export type Filter = (frame: Decoded) => boolean;
export type Parsed = { readonly filter: Filter } | { readonly problem: string } | { readonly absent: string };

/** Ports by name and addresses by host name. */
export interface Names {
  port(name: string): number | undefined;
  host(name: string): string | undefined;
}

export function parseFilter(text: string, names: Names): Parsed {
  try {
    const words = wordsOf(text);
    if (words.length === 0) return { filter: () => true };
    const parser = new Parser(words, names);
    const filter = parser.any();
    return parser.peek() === undefined ? { filter } : { problem: SYNTAX };
  } catch (error) {
    if (error instanceof Refusal)
      return error.what === 'wrong' ? { problem: error.message } : { absent: error.message };
    throw error;
  }
}

const AND = new Set(['and', '&&']);
const OR = new Set(['or', '||']);
const NOT = new Set(['not', '!']);

/** What is said of a value before it; a bare value after `and` or `or` takes it over: `port 80 or 443`. */
interface Qualifiers {
  readonly protocol: string | undefined;
  readonly way: 'src' | 'dst' | 'either' | 'both';
  readonly kind: string;
}

class Parser implements Words {
  at = 0;
  #last: Qualifiers | undefined;

  constructor(
    private readonly words: readonly string[],
    private readonly names: Names,
  ) {}

  peek(): string | undefined {
    return this.words[this.at];
  }

  take(): string {
    const word = this.peek();
    if (word === undefined) throw new Refusal('wrong', SYNTAX);
    this.at += 1;
    return word;
  }

  #takes(word: string): boolean {
    if (this.peek() !== word) return false;
    this.at += 1;
    return true;
  }

  /** `and` and `or` bind alike, from the left. */
  any(): Filter {
    let left = this.#one();
    for (;;) {
      const word = this.peek() ?? '';
      if (!AND.has(word) && !OR.has(word)) return left;
      this.at += 1;
      const [a, b] = [left, this.#one()];
      left = AND.has(word) ? (frame) => a(frame) && b(frame) : (frame) => a(frame) || b(frame);
    }
  }

  #one(): Filter {
    if (NOT.has(this.peek() ?? '')) {
      this.at += 1;
      const inner = this.#one();
      return (frame) => !inner(frame);
    }
    const compared = relation(this);
    if (compared !== undefined) return compared;
    if (!this.#takes('(')) return this.#primitive();
    const inner = this.any();
    if (this.take() !== ')') throw new Refusal('wrong', SYNTAX);
    return inner;
  }

  #primitive(): Filter {
    const word = this.take();
    if (ABSENT.has(word)) throw new Refusal('not-simulated', word);
    if (word === 'greater' || word === 'less') {
      const limit = Number(this.take());
      if (Number.isNaN(limit)) throw new Refusal('wrong', SYNTAX);
      return ({ raw }) => (word === 'less' ? raw.length <= limit : raw.length >= limit);
    }
    if (word === 'inbound' || word === 'outbound')
      return ({ raw }) => (raw.direction === 'in') === (word === 'inbound');
    if (word === 'broadcast' || word === 'multicast') return castFilter('ether', word);
    if (!PROTOCOLS.has(word) && word !== 'src' && word !== 'dst' && !KINDS.has(word)) return this.#bare(word);
    const protocol = PROTOCOLS.has(word) ? word : undefined;
    if (protocol === undefined) this.at -= 1;
    const next = this.peek();
    if (protocol !== undefined && (next === 'broadcast' || next === 'multicast')) {
      this.at += 1;
      return castFilter(protocol, next);
    }
    if (next !== 'src' && next !== 'dst' && !KINDS.has(next ?? '')) return this.#protocolAlone(protocol);
    const way = this.#way();
    const kind = KINDS.has(this.peek() ?? '') ? this.take() : 'host';
    return this.#values({ protocol, way, kind });
  }

  #protocolAlone(protocol: string | undefined): Filter {
    if (protocol === undefined || protocol === 'ether' || protocol === 'link') throw new Refusal('wrong', SYNTAX);
    return ofProtocol(protocol);
  }

  #way(): Qualifiers['way'] {
    const first = this.peek();
    if (first !== 'src' && first !== 'dst') return 'either';
    this.at += 1;
    const [joint, second] = [this.peek() ?? '', this.words[this.at + 1]];
    if ((!OR.has(joint) && !AND.has(joint)) || second !== (first === 'src' ? 'dst' : 'src')) return first;
    this.at += 2;
    return OR.has(joint) ? 'either' : 'both';
  }

  #bare(word: string): Filter {
    const previous = this.words[this.at - 2] ?? '';
    if (this.#last === undefined || KEYWORDS.has(word) || !(AND.has(previous) || OR.has(previous) || NOT.has(previous)))
      throw new Refusal('wrong', SYNTAX);
    return this.#matching(this.#last, word);
  }

  /** The value, or several in parentheses. */
  #values(qualifiers: Qualifiers): Filter {
    this.#last = qualifiers;
    if (this.peek() === '(') return this.#one();
    const word = this.take();
    if (KEYWORDS.has(word) || /^[^\w\\]/.test(word)) throw new Refusal('wrong', SYNTAX);
    return this.#matching(qualifiers, word);
  }

  #matching(qualifiers: Qualifiers, word: string): Filter {
    switch (qualifiers.kind) {
      case 'port':
      case 'portrange':
        return this.#ports(qualifiers, word);
      case 'proto':
        return protocolNumber(qualifiers, word.replace(/^\\/, ''));
      default:
        return qualifiers.protocol === 'ether' ? hardware(qualifiers, word) : this.#address(qualifiers, word);
    }
  }

  #ports({ protocol, way, kind }: Qualifiers, word: string): Filter {
    if (protocol !== undefined && !['tcp', 'udp', 'sctp', 'ip'].includes(protocol))
      throw new Refusal('wrong', `illegal qualifier of '${kind}'`);
    const [low, high] = kind === 'port' ? [word, word] : [word.split('-')[0] ?? '', word.split('-')[1] ?? word];
    const range = [this.#port(low), this.#port(high)] as const;
    const number = protocol === undefined || protocol === 'ip' ? undefined : IP_PROTOCOLS[protocol];
    const within = (port: number): boolean => port >= Math.min(...range) && port <= Math.max(...range);
    return ({ ip }) =>
      ip?.ports !== undefined &&
      (number === undefined ? ip.protocol === TCP || ip.protocol === UDP : ip.protocol === number) &&
      sides(way, within(ip.ports[0]), within(ip.ports[1]));
  }

  #port(word: string): number {
    const port = /^\d+$/.test(word) ? Number(word) : this.names.port(word);
    if (port === undefined) throw new Refusal('wrong', `unknown port '${word}'`);
    if (port > 65_535) throw new Refusal('wrong', `illegal port number ${word} > 65535`);
    return port;
  }

  #address({ protocol, way, kind }: Qualifiers, word: string): Filter {
    if (protocol !== undefined && protocol in IP_PROTOCOLS)
      throw new Refusal('wrong', `'${protocol}' modifier applied to ${kind}`);
    if (protocol === 'ip6' || protocol === 'icmp6') throw new Refusal('not-simulated', `${protocol} ${kind}`);
    const matches = kind === 'net' ? this.#net(word) : this.#host(word);
    return ({ ip, arp }) => {
      if (ip !== undefined && protocol !== 'arp') return sides(way, matches(ip.source), matches(ip.destination));
      if (arp === undefined || protocol === 'ip') return false;
      return sides(way, matches(arp.senderIp), matches(arp.targetIp));
    };
  }

  #net(word: string): (ip: string) => boolean {
    const parts = word.split('.');
    const full = [...parts, ...Array.from({ length: Math.max(0, 4 - parts.length) }, () => '0')].join('.');
    const address = parseIpv4(full);
    if (address === undefined) throw new Refusal('wrong', `unknown network '${word}'`);
    let length = String(parts.length * 8);
    if (this.#takes('/')) {
      length = this.take();
      if (Number(length) > 32) throw new Refusal('wrong', 'mask length must be <= 32');
    } else if (this.#takes('mask')) {
      const mask = parseIpv4(this.take());
      if (mask === undefined) throw new Refusal('wrong', SYNTAX);
      length = String(mask.toString(2).replace(/0+$/, '').length);
    }
    const cidr = parseCidr(`${full}/${length}`);
    if (cidr === undefined) throw new Refusal('wrong', SYNTAX);
    if (cidr.network !== address) throw new Refusal('wrong', `non-network bits set in "${word}/${length}"`);
    return (ip) => {
      const found = parseIpv4(ip);
      return found !== undefined && cidrContains(cidr, found);
    };
  }

  #host(word: string): (ip: string) => boolean {
    if (/^\d+(\.\d+){0,2}$/.test(word)) return this.#net(word);
    const ip = parseIpv4(word) === undefined ? this.names.host(word) : word;
    if (ip === undefined) throw new Refusal('wrong', `unknown host '${word}'`);
    return (each) => each === ip;
  }
}

const sides = (way: Qualifiers['way'], source: boolean, destination: boolean): boolean =>
  way === 'src' ? source : way === 'dst' ? destination : way === 'both' ? source && destination : source || destination;

function ofProtocol(protocol: string): Filter {
  const number = IP_PROTOCOLS[protocol];
  if (number !== undefined) return ({ ip }) => ip?.protocol === number;
  const type = ETHER_TYPES[protocol];
  // Of IPv6 there is nothing on these links.
  return ({ etherType }) => etherType === (type ?? ETHER_TYPES['ip6']) && protocol !== 'icmp6';
}

function protocolNumber({ protocol }: Qualifiers, word: string): Filter {
  const isLink = protocol === 'ether' || protocol === 'link';
  const number = /^(0x[0-9a-f]+|\d+)$/i.test(word) ? Number(word) : (isLink ? ETHER_TYPES : IP_PROTOCOLS)[word];
  if (number === undefined) throw new Refusal('wrong', `unknown ${isLink ? 'ether' : 'ip'} proto '${word}'`);
  return isLink ? ({ etherType }) => etherType === number : ({ ip }) => ip?.protocol === number;
}

function hardware({ way }: Qualifiers, word: string): Filter {
  if (!/^([0-9a-f]{1,2}:){5}[0-9a-f]{1,2}$/i.test(word)) throw new Refusal('wrong', 'illegal link layer address');
  const mac = word
    .split(':')
    .map((part) => part.padStart(2, '0').toLowerCase())
    .join(':');
  return ({ source, destination }) => sides(way, source === mac, destination === mac);
}

function castFilter(protocol: string, word: string): Filter {
  if (protocol === 'ip' && word === 'multicast')
    return ({ ip }) => ip !== undefined && Number(ip.destination.split('.')[0]) >= 224;
  if (protocol !== 'ether' && protocol !== 'link') throw new Refusal('not-simulated', `${protocol} ${word}`);
  return word === 'broadcast'
    ? ({ destination }) => destination === 'ff:ff:ff:ff:ff:ff'
    : ({ destination }) => (parseInt(destination.slice(0, 2), 16) & 1) === 1;
}
