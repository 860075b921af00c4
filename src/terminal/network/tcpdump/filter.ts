/**
 * Filter expressions (pcap-filter(7)).
 * Models: host, net, port, portrange with src and dst, ip, arp, tcp, udp, icmp, ip6, ether host, greater, less; and, or, not, parentheses.
 * Leaves out: bytes of the packet (`tcp[13]`), VLANs, and the qualifiers that the model has nothing for.
 */
import { cidrContains, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import type { CapturedFrame } from './frame.ts';

export type Filter = (frame: CapturedFrame) => boolean;
export type Parsed =
  | { readonly type: 'filter'; readonly filter: Filter }
  | { readonly type: 'syntax' }
  | { readonly type: 'not-simulated'; readonly word: string }
  | { readonly type: 'unknown-host'; readonly word: string };

/** Ports by name and addresses by host name. */
export interface Names {
  port(name: string): number | undefined;
  host(name: string): string | undefined;
}

class Refusal extends Error {
  constructor(readonly outcome: Parsed) {
    super('filter');
  }
}

export function parseFilter(text: string, names: Names): Parsed {
  const words = text
    .replace(/([()!])/g, ' $1 ')
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return { type: 'filter', filter: () => true };
  try {
    const parser = new Parser(words, names);
    const filter = parser.any();
    return parser.peek() === undefined ? { type: 'filter', filter } : { type: 'syntax' };
  } catch (error) {
    if (error instanceof Refusal) return error.outcome;
    throw error;
  }
}

const AND = new Set(['and', '&&']);
const OR = new Set(['or', '||']);
const NOT = new Set(['not', '!']);
const PROTOCOLS = new Set(['tcp', 'udp', 'icmp']);

class Parser {
  #at = 0;
  /** What a bare value after `and` or `or` takes over: `port 80 or 443`. */
  #last: { readonly way: string; readonly kind: string } = { way: '', kind: 'host' };

  constructor(
    private readonly words: readonly string[],
    private readonly names: Names,
  ) {}

  peek(): string | undefined {
    return this.words[this.#at];
  }

  any(): Filter {
    let left = this.#both();
    while (OR.has(this.peek() ?? '')) {
      this.#at += 1;
      const [a, b] = [left, this.#both()];
      left = (frame) => a(frame) || b(frame);
    }
    return left;
  }

  #both(): Filter {
    let left = this.#one();
    while (AND.has(this.peek() ?? '')) {
      this.#at += 1;
      const [a, b] = [left, this.#one()];
      left = (frame) => a(frame) && b(frame);
    }
    return left;
  }

  #one(): Filter {
    const word = this.#take();
    if (NOT.has(word)) {
      const inner = this.#one();
      return (frame) => !inner(frame);
    }
    if (word !== '(') return this.#primitive(word);
    const inner = this.any();
    if (this.#take() !== ')') throw new Refusal({ type: 'syntax' });
    return inner;
  }

  #take(): string {
    const word = this.peek();
    if (word === undefined) throw new Refusal({ type: 'syntax' });
    this.#at += 1;
    return word;
  }

  #primitive(word: string): Filter {
    if (PROTOCOLS.has(word)) return this.#protocol(word);
    if (word === 'ip') return ({ packet }) => packet !== undefined;
    if (word === 'ip6') return () => false;
    if (word === 'arp') return ({ arp }) => arp !== undefined;
    if (word === 'ether') return this.#ether();
    if (word === 'greater' || word === 'less') {
      const limit = Number(this.#take());
      return ({ packet }) =>
        packet !== undefined && (word === 'less' ? packet.bytes + 14 <= limit : packet.bytes + 14 >= limit);
    }
    if (/[[\]]/.test(word) || ['vlan', 'broadcast', 'multicast', 'gateway', 'proto', 'len'].includes(word))
      throw new Refusal({ type: 'not-simulated', word });
    return this.#address(word);
  }

  /** `tcp`, and `tcp port 80`. */
  #protocol(name: string): Filter {
    const own: Filter = ({ packet }) => packet?.protocol === name;
    if (!/^(src|dst|host|net|port|portrange)$/.test(this.peek() ?? '')) return own;
    const rest = this.#address(this.#take());
    return (frame) => own(frame) && rest(frame);
  }

  #ether(): Filter {
    let word = this.#take();
    const way = word === 'src' || word === 'dst' ? word : '';
    if (way !== '') word = this.#take();
    const mac = (word === 'host' ? this.#take() : word).toLowerCase();
    return ({ source, destination }) => (way !== 'dst' && source === mac) || (way !== 'src' && destination === mac);
  }

  /** `[src|dst] [host|net|port|portrange] VALUE`. */
  #address(first: string): Filter {
    let word = first;
    let { way, kind } = this.#last;
    if (word === 'src' || word === 'dst') {
      way = word;
      kind = 'host';
      word = this.#take();
    } else if (/^(host|net|port|portrange)$/.test(word)) way = '';
    if (/^(host|net|port|portrange)$/.test(word)) {
      kind = word;
      word = this.#take();
    }
    this.#last = { way, kind };
    const [source, destination] = [way !== 'dst', way !== 'src'];
    if (kind === 'port' || kind === 'portrange') {
      const [low, high] = this.#ports(word);
      const within = (port: number): boolean => port >= low && port <= high;
      return ({ packet }) =>
        packet !== undefined &&
        packet.protocol !== 'icmp' &&
        ((source && within(packet.sourcePort)) || (destination && within(packet.destinationPort)));
    }
    const matches = kind === 'net' ? this.#net(word) : this.#host(word);
    return ({ packet, arp }) =>
      (source && matches(packet?.source ?? arp?.senderIp ?? '')) ||
      (destination && matches(packet?.destination ?? arp?.targetIp ?? ''));
  }

  #ports(word: string): readonly [number, number] {
    const [low = '', high = low] = word.split('-');
    const number = (text: string): number => {
      const port = /^\d+$/.test(text) ? Number(text) : this.names.port(text);
      if (port === undefined) throw new Refusal({ type: 'syntax' });
      return port;
    };
    return [number(low), number(high)];
  }

  #net(word: string): (ip: string) => boolean {
    const parts = word.split('/')[0]?.split('.') ?? [];
    const full = [...parts, ...Array.from({ length: 4 - parts.length }, () => '0')].join('.');
    const cidr = parseCidr(`${full}/${word.split('/')[1] ?? String(parts.length * 8)}`);
    if (cidr === undefined) throw new Refusal({ type: 'syntax' });
    return (ip) => {
      const address = parseIpv4(ip);
      return address !== undefined && cidrContains(cidr, address);
    };
  }

  #host(word: string): (ip: string) => boolean {
    const ip = parseIpv4(word) === undefined ? this.names.host(word) : word;
    if (ip === undefined) throw new Refusal({ type: 'unknown-host', word });
    return (each) => each === ip;
  }
}
