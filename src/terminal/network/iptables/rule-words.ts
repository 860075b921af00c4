/** From the words of a rule (iptables(8), iptables-extensions(8)) to matches and a target. */
import type { AddressType, ConntrackState, Match, PortRange, Target } from '../../../formats/iptables/rule.ts';
import { icmpType } from './icmp-types.ts';
import { missingPart, portsInOrder } from './rule-places.ts';
import { readTarget } from './rule-targets.ts';
import {
  addresses,
  bad,
  badArgument,
  isProblem,
  KNOWN_MODULES,
  markOf,
  MODULES,
  PROTOCOLS,
  TARGET_OPTIONS,
  VALUE_OPTIONS,
  type Problem,
} from './rule-vocabulary.ts';

export interface ParsedRule {
  /** One for each pair of addresses given. */
  readonly rules: readonly { readonly matches: readonly Match[]; readonly target?: Target }[];
}

export interface PortNames {
  /** Number of a service of /etc/services. */
  port(name: string): number | undefined;
}

const STATES: readonly ConntrackState[] = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'];
const TCP_FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];

/** Reads all words of a rule. */
export function parseRule(words: readonly string[], names: PortNames): ParsedRule | Problem {
  return new RuleReader(words, names).read();
}

class RuleReader {
  readonly #words: readonly string[];
  readonly #names: PortNames;
  #at = 0;
  #not = false;
  #matches: Match[] = [];
  #sources: readonly string[] = [];
  #sourceNot = false;
  #destinations: readonly string[] = [];
  #destinationNot = false;
  #protocol: string | undefined;
  #modules = new Set<string>();
  #target: string | undefined;
  #goto = false;
  #targetOptions = new Map<string, string>();

  constructor(words: readonly string[], names: PortNames) {
    this.#words = words;
    this.#names = names;
  }

  read(): ParsedRule | Problem {
    while (this.#at < this.#words.length) {
      const word = this.#next();
      if (word === '!') {
        this.#not = true;
        continue;
      }
      const problem = this.#option(word);
      if (problem !== undefined) return problem;
      this.#not = false;
    }
    const target = readTarget({ name: this.#target, goto: this.#goto, options: this.#targetOptions });
    if (target !== undefined && isProblem(target)) return target;
    const missing = missingPart({ modules: this.#modules, matches: this.#matches, target });
    if (missing !== undefined) return missing;
    this.#addBareModules();
    const address = (type: 'source' | 'destination', cidr: string | undefined, not: boolean): Match[] =>
      cidr === undefined || cidr === '0.0.0.0/0' ? [] : [not ? { type, cidr, not } : { type, cidr }];
    const pair = (source: string | undefined, destination: string | undefined): Match[] => [
      ...address('source', source, this.#sourceNot),
      ...address('destination', destination, this.#destinationNot),
    ];
    const sources = this.#sources.length === 0 ? [undefined] : this.#sources;
    const destinations = this.#destinations.length === 0 ? [undefined] : this.#destinations;
    return {
      rules: sources.flatMap((source) =>
        destinations.map((destination) => ({
          matches: [...pair(source, destination), ...portsInOrder(this.#matches)],
          ...(target === undefined ? {} : { target }),
        })),
      ),
    };
  }

  #next(): string {
    const word = this.#words[this.#at] ?? '';
    this.#at += 1;
    return word;
  }
  #value(option: string): string | Problem {
    if (this.#at >= this.#words.length) return bad(`option "${option}" requires an argument`);
    // The old place of the exclamation mark.
    if (this.#words[this.#at] === '!') {
      this.#not = true;
      this.#at += 1;
    }
    return this.#next();
  }

  #option(word: string): Problem | undefined {
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const option = equals < 0 ? word : word.slice(0, equals);
    if (option === '--syn') return this.#tcpFlags('FIN,SYN,RST,ACK', 'SYN');
    if (
      option === '--random-fully' ||
      option === '--random' ||
      option === '--reap' ||
      option === '--set' ||
      option === '--rcheck' ||
      option === '--update' ||
      option === '--rsource' ||
      option === '--physdev-is-bridged' ||
      option === '-f'
    )
      return this.#flag(option);
    if (!option.startsWith('-')) return badArgument(word);
    if (!VALUE_OPTIONS.has(option) && !TARGET_OPTIONS.has(option)) return bad(`unknown option "${option}"`);
    const value = equals < 0 ? this.#value(option) : word.slice(equals + 1);
    if (typeof value !== 'string') return value;
    return this.#core(option, value);
  }

  #core(option: string, value: string): Problem | undefined {
    const not = this.#negation();
    switch (option) {
      case '-s':
      case '--source':
      case '--src': {
        const found = addresses(value);
        if (isProblem(found)) return found;
        this.#sources = found.list;
        this.#sourceNot = this.#not;
        break;
      }
      case '-d':
      case '--destination':
      case '--dst': {
        const found = addresses(value);
        if (isProblem(found)) return found;
        this.#destinations = found.list;
        this.#destinationNot = this.#not;
        break;
      }
      case '-i':
      case '--in-interface':
        this.#matches.push({ type: 'in-interface', name: value, ...not });
        break;
      case '-o':
      case '--out-interface':
        this.#matches.push({ type: 'out-interface', name: value, ...not });
        break;
      case '-p':
      case '--protocol':
      case '--proto': {
        const name = PROTOCOLS[value] ?? value.toLowerCase();
        if (name === 'all' || name === '0') break;
        if (!Object.values(PROTOCOLS).includes(name) && !/^\d+$/.test(name))
          return bad(`unknown protocol "${value}" specified`);
        this.#protocol = name;
        this.#matches.push({ type: 'protocol', protocol: name, ...not });
        break;
      }
      case '-m':
      case '--match':
        if (!MODULES.has(value))
          return KNOWN_MODULES.has(value)
            ? { notSimulated: `iptables -m ${value}` }
            : bad(`Couldn't load match \`${value}':No such file or directory\n`);
        this.#modules.add(value);
        break;
      case '-j':
      case '--jump':
      case '-g':
      case '--goto':
        this.#target = value;
        this.#goto = option === '-g' || option === '--goto';
        break;
      default:
        if (!TARGET_OPTIONS.has(option)) return this.#match(option, value);
        this.#targetOptions.set(option, value);
    }
    return undefined;
  }

  #flag(option: string): Problem | undefined {
    if (option === '-f') return { notSimulated: 'iptables -f' };
    if (option === '--random-fully' || option === '--random') this.#targetOptions.set(option, '');
    else if (option === '--physdev-is-bridged') this.#physdev({ bridged: true });
    else if (option === '--update') return { notSimulated: 'iptables -m recent --update' };
    else if (option === '--reap') this.#recent({ reap: true });
    else if (option === '--set' || option === '--rcheck') this.#recent({ op: option === '--set' ? 'set' : 'rcheck' });
    return undefined;
  }

  #match(option: string, value: string): Problem | undefined {
    const not = this.#negation();
    switch (option) {
      case '--dport':
      case '--destination-port':
      case '--sport':
      case '--source-port':
        return this.#port(option, value);
      case '--dports':
      case '--destination-ports':
      case '--sports':
      case '--source-ports':
      case '--ports':
        return this.#multiport(option, value);
      case '--tcp-flags':
        return this.#tcpFlags(value, this.#next());
      case '--icmp-type': {
        const type = icmpType(value);
        if (typeof type !== 'number') return type;
        this.#matches.push({ type: 'icmp-type', icmpType: type, ...not });
        return undefined;
      }
      case '--src-type':
      case '--dst-type':
        return this.#addressType(option, value);
      case '--comment':
        this.#matches.push({ type: 'comment', text: value });
        return undefined;
      case '--ctstate':
      case '--state':
        return this.#state(option, value);
      case '--mark': {
        const mark = markOf(value);
        if (mark === undefined) return bad(`mark: bad mark value for option "--mark", or out of range.`);
        this.#matches.push({ type: 'mark', ...mark, ...not });
        return undefined;
      }
      case '--mode':
      case '--probability':
      case '--every':
      case '--packet':
        return this.#statistic(option, value);
      case '--physdev-in':
      case '--physdev-out':
        this.#physdev(option === '--physdev-in' ? { in: value } : { out: value });
        return undefined;
      case '--name':
      case '--seconds':
      case '--mask':
        if (option !== '--mask') this.#recent(option === '--name' ? { name: value } : { seconds: Number(value) });
        return undefined;
      default:
        return bad(`unknown option "${option}"`);
    }
  }

  #port(option: string, value: string): Problem | undefined {
    const module = this.#protocol === 'tcp' || this.#protocol === 'udp' ? this.#protocol : undefined;
    const range = this.#range(value, ':');
    if (module === undefined) return bad(`unknown option "${option}"`);
    if (isProblem(range)) return range;
    this.#matches.push({
      type: option.includes('--d') ? 'destination-port' : 'source-port',
      module,
      ports: range.range,
      ...this.#negation(),
    });
    return undefined;
  }

  #addressType(option: string, value: string): Problem | undefined {
    if (!/^(LOCAL|UNICAST|BROADCAST|MULTICAST)$/.test(value)) return bad(`addrtype: Bad type: "${value}"`);
    this.#matches.push({
      type: 'addrtype',
      side: option === '--src-type' ? 'source' : 'destination',
      addressType: value as AddressType,
      ...this.#negation(),
    });
    return undefined;
  }

  #state(option: string, value: string): Problem | undefined {
    const wanted = value.split(',').map((each) => each.toUpperCase());
    const unknown = wanted.find((each) => !STATES.some((state) => state === each));
    if (unknown !== undefined) return bad(`Bad ctstate "${value}"`);
    this.#matches.push({
      type: 'conntrack',
      module: option === '--state' ? 'state' : 'conntrack',
      states: STATES.filter((state) => wanted.includes(state)),
      ...this.#negation(),
    });
    return undefined;
  }

  #negation(): { readonly not?: true } {
    return this.#not ? { not: true } : {};
  }

  #multiport(option: string, value: string): Problem | undefined {
    const ports: PortRange[] = [];
    for (const part of value.split(',')) {
      const range = this.#range(part, ':');
      if (isProblem(range)) return range;
      ports.push(range.range);
    }
    this.#matches.push({
      type: 'multiport',
      side: option === '--ports' ? 'either' : option.includes('--d') ? 'destination' : 'source',
      ports,
      ...(this.#not ? { not: true } : {}),
    });
    return undefined;
  }

  #tcpFlags(mask: string, set: string): Problem | undefined {
    const read = (text: string): readonly string[] =>
      text === 'ALL' ? TCP_FLAGS : text === 'NONE' ? [] : TCP_FLAGS.filter((flag) => text.split(',').includes(flag));
    if (this.#protocol !== 'tcp') return bad('unknown option "--tcp-flags"');
    this.#matches.push({ type: 'tcp-flags', mask: read(mask), set: read(set), ...(this.#not ? { not: true } : {}) });
    return undefined;
  }

  #statistic(option: string, value: string): Problem | undefined {
    const at = this.#matches.findIndex(({ type }) => type === 'statistic');
    const before = this.#matches[at];
    if (option === '--mode') {
      if (value !== 'random' && value !== 'nth') return bad(`Bad mode "${value}"`);
      this.#matches.push(
        value === 'random'
          ? { type: 'statistic', mode: 'random', probability: 0 }
          : { type: 'statistic', mode: 'nth', every: 1, packet: 0 },
      );
      return undefined;
    }
    if (before?.type !== 'statistic') return bad(`statistic: option "${option}" needs --mode`);
    this.#matches[at] =
      before.mode === 'random'
        ? { ...before, probability: Number(value) }
        : { ...before, ...(option === '--every' ? { every: Number(value) } : { packet: Number(value) }) };
    return undefined;
  }

  #physdev(change: { readonly in?: string; readonly out?: string; readonly bridged?: true }): void {
    const at = this.#matches.findIndex(({ type }) => type === 'physdev');
    if (at < 0) this.#matches.push({ type: 'physdev', ...change });
    else this.#matches[at] = { ...this.#matches[at], type: 'physdev', ...change };
  }

  #recent(change: {
    readonly op?: 'set' | 'rcheck';
    readonly name?: string;
    readonly seconds?: number;
    readonly reap?: true;
  }): void {
    const at = this.#matches.findIndex(({ type }) => type === 'recent');
    const before = this.#matches[at];
    const whole = {
      type: 'recent' as const,
      op: 'rcheck' as const,
      name: 'DEFAULT',
      ...(before?.type === 'recent' ? before : {}),
      ...change,
    };
    if (at < 0) this.#matches.push(whole);
    else this.#matches[at] = whole;
  }

  #range(text: string, separator: string): { readonly range: PortRange } | Problem {
    const parts = text.split(separator);
    const number = (part: string | undefined, otherwise: number): number | undefined =>
      part === undefined || part === '' ? otherwise : /^\d+$/.test(part) ? Number(part) : this.#names.port(part);
    const from = number(parts[0], 0);
    const to = parts.length === 1 ? from : number(parts[1], 65_535);
    if (from === undefined || to === undefined || from > 65_535 || to > 65_535)
      return bad(`invalid port/service \`${text}' specified`);
    return from > to ? bad(`invalid portrange (min > max)`) : { range: [from, to] };
  }

  /** `-m tcp` that nothing else of tcp came after. */
  #addBareModules(): void {
    for (const module of ['tcp', 'udp'] as const) {
      const used = this.#matches.some(
        (match) => ('module' in match && match.module === module) || (module === 'tcp' && match.type === 'tcp-flags'),
      );
      if (this.#modules.has(module) && !used) this.#matches.push({ type: 'module', module });
    }
  }
}
