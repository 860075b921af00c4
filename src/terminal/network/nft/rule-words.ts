/**
 * Words of a rule of nft (nft(8)) to what the kernel keeps.
 * Models: addresses, devices, protocols, ports with ranges and sets of them, types of ICMP, states of connections, marks; counter;
 * verdicts, reject, log, translation of addresses.
 */
import { formatIpv4, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import type { ConntrackState, Match, PortRange, RejectType, Rule, Target } from '../../../formats/iptables/rule.ts';
import type { Process } from '../../../protocol/program.ts';
import { servicePort } from '../service-names.ts';
import type { Complaint } from './complaint.ts';
import { bare } from './words.ts';

type Problem = Complaint | { readonly absent: string };

/** Ends the reading of a rule. */
class Stop extends Error {
  constructor(readonly problem: Problem) {
    super();
  }
}

export function readRule(process: Process, words: readonly string[], first: number): Rule | Problem {
  try {
    return new Reader(process, words, first).read();
  } catch (stop) {
    if (stop instanceof Stop) return stop.problem;
    throw stop;
  }
}

const ICMP_TYPES: Readonly<Record<string, number>> = {
  'echo-reply': 0,
  'destination-unreachable': 3,
  redirect: 5,
  'echo-request': 8,
  'time-exceeded': 11,
};
/** In the order of their bits, in which the kernel keeps them. */
const STATES: readonly ConntrackState[] = ['INVALID', 'ESTABLISHED', 'RELATED', 'NEW', 'UNTRACKED'];
const REJECTS: Readonly<Record<string, RejectType>> = {
  'port-unreachable': 'icmp-port-unreachable',
  'host-unreachable': 'icmp-host-unreachable',
  'net-unreachable': 'icmp-net-unreachable',
  'admin-prohibited': 'icmp-admin-prohibited',
};

class Reader {
  readonly #process: Process;
  readonly #words: readonly string[];
  #at: number;
  #matches: Match[] = [];
  #target: Target | undefined;
  #counts = false;

  constructor(process: Process, words: readonly string[], first: number) {
    this.#process = process;
    this.#words = words;
    this.#at = first;
  }

  read(): Rule {
    if (this.#at >= this.#words.length) this.#unexpected();
    while (this.#at < this.#words.length) {
      // A verdict is the end of a rule; more than one thing done is not modelled.
      if (this.#target !== undefined) throw new Stop({ absent: 'rules that do more than one thing' });
      this.#expression(this.#next());
    }
    return {
      matches: this.#matches,
      ...(this.#target === undefined ? {} : { target: this.#target }),
      ...(this.#counts ? {} : { uncounted: true }),
    };
  }

  #unexpected(at = this.#at): never {
    const what = at >= this.#words.length ? 'newline' : 'string';
    throw new Stop({ text: `syntax error, unexpected ${what}`, words: this.#words, at });
  }

  #next(): string {
    const word = this.#words[this.#at];
    if (word === undefined) this.#unexpected();
    this.#at += 1;
    return word;
  }

  #take(...words: readonly string[]): boolean {
    if (!words.includes(this.#words[this.#at] ?? '')) return false;
    this.#at += 1;
    return true;
  }

  #not(): { readonly not?: true } {
    const not = this.#take('!=', 'ne');
    if (!not) this.#take('==', 'eq');
    return not ? { not: true } : {};
  }

  #expression(word: string): void {
    switch (word) {
      case 'ip':
        return this.#header();
      case 'tcp':
      case 'udp':
        return this.#ports(word);
      case 'icmp':
        return this.#icmp();
      case 'iifname':
      case 'oifname': {
        const not = this.#not();
        const name = bare(this.#next()).replace(/\*$/, '+');
        this.#matches.push({ type: word === 'iifname' ? 'in-interface' : 'out-interface', name, ...not });
        return;
      }
      case 'meta':
        return this.#meta();
      case 'ct':
        return this.#connection();
      case 'counter':
        this.#counts = true;
        if (this.#take('packets')) throw new Stop({ absent: 'counter with numbers' });
        return;
      default:
        this.#target = this.#action(word);
    }
  }

  #header(): void {
    const field = this.#next();
    if (field !== 'saddr' && field !== 'daddr' && field !== 'protocol') throw new Stop({ absent: `ip ${field}` });
    const not = this.#not();
    if (this.#take('{')) throw new Stop({ absent: `ip ${field} with a set` });
    const at = this.#at;
    const word = this.#next();
    if (field === 'protocol') {
      this.#matches.push({ type: 'protocol', protocol: word, header: true, ...not });
      return;
    }
    const cidr = parseCidr(word.includes('/') ? word : `${word}/32`);
    if (cidr === undefined)
      throw new Stop({ text: 'Could not resolve hostname: Name or service not known', words: this.#words, at });
    const network = `${formatIpv4(cidr.network)}/${String(cidr.prefixLength)}`;
    this.#matches.push({ type: field === 'saddr' ? 'source' : 'destination', cidr: network, ...not });
  }

  #ports(module: 'tcp' | 'udp'): void {
    const field = this.#next();
    if (field !== 'dport' && field !== 'sport') throw new Stop({ absent: `${module} ${field}` });
    const side = field === 'dport' ? 'destination' : 'source';
    const not = this.#not();
    this.#matches.push({ type: 'protocol', protocol: module });
    if (!this.#take('{')) {
      this.#matches.push({ type: `${side}-port`, module, ports: this.#port(module), ...not });
      return;
    }
    const ports: PortRange[] = [this.#port(module)];
    while (this.#take(',')) ports.push(this.#port(module));
    if (!this.#take('}')) this.#unexpected();
    this.#matches.push({
      type: 'multiport',
      side,
      ports: ports.toSorted(([a], [b]) => a - b),
      tellsProtocol: true,
      ...not,
    });
  }

  #port(protocol: string): PortRange {
    const at = this.#at;
    const word = this.#next();
    const [from, to] = (/^\d+-\d+$/.test(word) ? word.split('-') : [word, word]).map((each) => {
      const port = /^\d+$/.test(each) ? Number(each) : servicePort(this.#process, each, protocol);
      if (port === undefined)
        throw new Stop({
          text: 'Could not resolve service: Servname not supported for ai_socktype',
          words: this.#words,
          at,
        });
      if (port > 65_535) throw new Stop({ text: 'Service out of range', words: this.#words, at });
      return port;
    });
    return [from ?? 0, to ?? 0];
  }

  #icmp(): void {
    const field = this.#next();
    if (field !== 'type') throw new Stop({ absent: `icmp ${field}` });
    const not = this.#not();
    const word = this.#next();
    const icmpType = /^\d+$/.test(word) ? Number(word) : ICMP_TYPES[word];
    if (icmpType === undefined) throw new Stop({ absent: `icmp type ${word}` });
    this.#matches.push({ type: 'icmp-type', icmpType, ...not });
  }

  #meta(): void {
    const field = this.#next();
    if (field === 'iifname' || field === 'oifname') return this.#expression(field);
    if (field === 'l4proto') {
      const not = this.#not();
      this.#matches.push({ type: 'protocol', protocol: this.#next(), ...not });
      return;
    }
    if (field !== 'mark') throw new Stop({ absent: `meta ${field}` });
    const sets = this.#take('set');
    const not = sets ? {} : this.#not();
    const value = Number(this.#next());
    if (Number.isNaN(value)) throw new Stop({ absent: 'meta mark with an expression' });
    if (sets) this.#target = { type: 'MARK', value, mask: 0xffffffff };
    else this.#matches.push({ type: 'mark', value, mask: 0xffffffff, ...not });
  }

  #connection(): void {
    const field = this.#next();
    if (field !== 'state') throw new Stop({ absent: `ct ${field}` });
    const not = this.#not();
    const braces = this.#take('{');
    const names = new Set<string>();
    do {
      const at = this.#at;
      const name = this.#next();
      if (!STATES.some((state) => state.toLowerCase() === name)) this.#unexpected(at);
      names.add(name.toUpperCase());
    } while (this.#take(','));
    if (braces && !this.#take('}')) this.#unexpected();
    const states = STATES.filter((state) => names.has(state));
    this.#matches.push({ type: 'conntrack', module: 'conntrack', states, ...not });
  }

  #action(word: string): Target {
    switch (word) {
      case 'accept':
        return { type: 'ACCEPT' };
      case 'drop':
        return { type: 'DROP' };
      case 'return':
        return { type: 'RETURN' };
      case 'jump':
      case 'goto':
        return { type: word, chain: this.#next() };
      case 'reject':
        return { type: 'REJECT', with: this.#rejection() };
      case 'masquerade':
        return { type: 'MASQUERADE' };
      case 'log':
        return { type: 'LOG', ...(this.#take('prefix') ? { prefix: bare(this.#next()) } : {}) };
      case 'dnat':
      case 'snat':
        return this.#translation(word);
      case 'redirect':
        if (!this.#take('to')) throw new Stop({ absent: 'redirect without a port' });
        return { type: 'REDIRECT', port: Number(this.#next().replace(':', '')) };
      default:
        if (OTHERS.has(word)) throw new Stop({ absent: word });
        return this.#unexpected(this.#at === this.#words.length ? this.#at : this.#at - 1);
    }
  }

  #rejection(): RejectType {
    if (!this.#take('with')) return 'icmp-port-unreachable';
    const family = this.#next();
    this.#take('type');
    const name = this.#next();
    if (family === 'tcp' && name === 'reset') return 'tcp-reset';
    return REJECTS[name] ?? this.#unexpected(this.#at - 1);
  }

  #translation(word: 'dnat' | 'snat'): Target {
    this.#take('to');
    const at = this.#at;
    const [ip = '', port] = this.#next().split(':');
    if (parseIpv4(ip) === undefined)
      throw new Stop({ text: 'Could not resolve hostname: Name or service not known', words: this.#words, at });
    const to = { ip, ...(port === undefined ? {} : { port: Number(port) }) };
    return word === 'dnat' ? { type: 'DNAT', ...to } : { type: 'SNAT', ...to };
  }
}

/** Words that nft knows and this one does not. */
const OTHERS: ReadonlySet<string> = new Set(
  'iif oif limit ip6 ether arp vlan icmpv6 sctp dccp udplite th fib numgen jhash symhash rt socket osf queue dup fwd notrack tproxy synproxy quota vmap set add update delete flow comment continue iiftype oiftype skuid skgid mark pkttype'.split(
    ' ',
  ),
);
