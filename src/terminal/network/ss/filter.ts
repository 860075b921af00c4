/** Filters of ss: `state S`, `exclude S`, then an expression over ports and addresses. */
import { cidrContains, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import type { Process } from '../../../protocol/program.ts';
import { servicePort } from '../service-names.ts';
import { lookupHostsFile } from '../../resolver.ts';
import type { Socket } from './socket-record.ts';

type Test = (socket: Socket) => boolean;

export type Filter =
  /** States as the table writes them; undefined where none was named. */
  | { readonly states: readonly string[] | undefined; readonly socket: Test }
  | { readonly problem: string; readonly code: number }
  /** A word that ss knows and this one does not. */
  | { readonly absent: string };

const STATES: Readonly<Record<string, string>> = {
  established: 'ESTAB',
  estab: 'ESTAB',
  'syn-sent': 'SYN-SENT',
  'syn-recv': 'SYN-RECV',
  'fin-wait-1': 'FIN-WAIT-1',
  'fin-wait-2': 'FIN-WAIT-2',
  'time-wait': 'TIME-WAIT',
  closed: 'UNCONN',
  unconnected: 'UNCONN',
  'close-wait': 'CLOSE-WAIT',
  'last-ack': 'LAST-ACK',
  listening: 'LISTEN',
  listen: 'LISTEN',
  closing: 'CLOSING',
};
const ALL = [...new Set(Object.values(STATES))];
const without = (...names: readonly string[]): readonly string[] => ALL.filter((state) => !names.includes(state));
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  all: ALL,
  connected: without('LISTEN', 'UNCONN'),
  synchronized: without('LISTEN', 'UNCONN', 'SYN-SENT'),
  bucket: ['SYN-RECV', 'TIME-WAIT'],
  big: without('SYN-RECV', 'TIME-WAIT'),
};

const SYNTAX = { problem: 'ss: bison bellows (while parsing filter): "syntax error!" Sorry.', code: 255 };
const NO_ADDRESS = 'Cannot parse dst/src address.';

const notAPrefix = (word: string): Extract<Filter, { problem: string }> => ({
  problem: `Error: an inet prefix is expected rather than "${word}".\n${NO_ADDRESS}`,
  code: 1,
});

/** A word that ended the reading of an expression. */
class Stop {
  constructor(readonly filter: Extract<Filter, { problem: string } | { absent: string }>) {}
}

export function parseFilter(process: Process, words: readonly string[]): Filter {
  const tokens = [...words.join(' ').matchAll(/[()]|&&?|\|\|?|[<>!=]=|[<>!=]|[^\s()&|<>!=]+/g)].map(([token]) => token);
  let states: readonly string[] | undefined;
  while (tokens[0] === 'state' || tokens[0] === 'exclude' || tokens[0] === 'excl') {
    const excludes = tokens.shift() !== 'state';
    const name = tokens.shift();
    if (name === undefined) return { problem: 'Command line is not complete. Try option "help"', code: 255 };
    const named = GROUPS[name] ?? (STATES[name] === undefined ? undefined : [STATES[name]]);
    if (named === undefined) return { problem: `ss: wrong state name: ${name}`, code: 255 };
    states = excludes
      ? (states ?? ALL).filter((state) => !named.includes(state))
      : [...new Set([...(states ?? []), ...named])];
  }
  if (tokens.length === 0) return { states, socket: () => true };
  const found = new Expression(process, tokens).read();
  return found instanceof Stop ? found.filter : { states, socket: found };
}

/** Terms joined by `and` (which may be left out), then by `or`. */
class Expression {
  readonly #process: Process;
  readonly #tokens: string[];
  constructor(process: Process, tokens: readonly string[]) {
    this.#process = process;
    this.#tokens = [...tokens];
  }

  read(): Test | Stop {
    const found = this.#any();
    if (found instanceof Stop || this.#tokens.length === 0) return found;
    return new Stop(SYNTAX);
  }

  #any(): Test | Stop {
    const tests: Test[] = [];
    for (;;) {
      const test = this.#every();
      if (test instanceof Stop) return test;
      tests.push(test);
      if (!this.#take('or', '|', '||')) return (socket) => tests.some((each) => each(socket));
    }
  }

  #every(): Test | Stop {
    const tests: Test[] = [];
    do {
      this.#take('and', '&', '&&');
      const test = this.#term();
      if (test instanceof Stop) return test;
      tests.push(test);
    } while (this.#tokens.length > 0 && !['or', '|', '||', ')'].includes(this.#tokens[0] ?? ''));
    return (socket) => tests.every((each) => each(socket));
  }

  #take(...words: readonly string[]): boolean {
    if (!words.includes(this.#tokens[0] ?? '')) return false;
    this.#tokens.shift();
    return true;
  }

  #term(): Test | Stop {
    if (this.#take('not', '!')) {
      const test = this.#term();
      return test instanceof Stop ? test : (socket) => !test(socket);
    }
    if (this.#take('(')) {
      const test = this.#any();
      if (test instanceof Stop) return test;
      return this.#take(')') ? test : new Stop(SYNTAX);
    }
    const word = this.#tokens.shift() ?? '';
    if (word === 'sport' || word === 'dport') return this.#port(word === 'sport' ? 'local' : 'peer');
    if (word === 'src' || word === 'dst') return this.#address(word === 'src' ? 'local' : 'peer', undefined);
    if (['dev', 'fwmark', 'cgroup', 'autobound'].includes(word)) return new Stop({ absent: word });
    return this.#address('peer', word);
  }

  #operator(): (a: number, b: number) => boolean {
    const found = Object.entries(OPERATORS).find(([names]) => names.split(' ').includes(this.#tokens[0] ?? ''));
    if (found !== undefined) this.#tokens.shift();
    return found?.[1] ?? ((a, b) => a === b);
  }

  #port(end: 'local' | 'peer'): Test | Stop {
    const compare = this.#operator();
    const word = this.#tokens.shift();
    if (word === undefined) return new Stop(SYNTAX);
    const port = this.#portNumber(word.replace(/^:/, ''));
    if (port instanceof Stop) return port;
    return (socket) => socket[end].number !== undefined && compare(socket[end].number, port);
  }

  #portNumber(text: string): number | Stop {
    if (/^\d+$/.test(text)) return Number(text);
    return (
      servicePort(this.#process, text, 'tcp') ??
      servicePort(this.#process, text, 'udp') ??
      new Stop({ problem: `Error: "${text}" does not look like a port.\n${NO_ADDRESS}`, code: 1 })
    );
  }

  #address(end: 'local' | 'peer', given: string | undefined): Test | Stop {
    const equal = given !== undefined || this.#operator()(1, 1);
    const word = given ?? this.#tokens.shift();
    // Addresses of IPv6 are nobody's here.
    if (word?.startsWith('[') === true) return () => !equal;
    if (word?.startsWith('::') === true) return new Stop(notAPrefix(':'));
    const [, prefix = '', , port] = /^([^:]*)(:(.*))?$/.exec(word ?? '') ?? [];
    const number = port === undefined || port === '' || port === '*' ? undefined : this.#portNumber(port);
    if (number instanceof Stop) return number;
    const host = lookupHostsFile(this.#process, prefix)[0] ?? prefix;
    const cidr = ['', '*', 'any', 'all', 'default'].includes(prefix)
      ? undefined
      : parseCidr(host.includes('/') ? host : `${host}/32`);
    if (cidr === undefined && !['', '*', 'any', 'all', 'default'].includes(prefix)) return new Stop(notAPrefix(prefix));
    return (socket) => {
      const { ip, number: own } = socket[end];
      if (ip === undefined) return false;
      const inside = cidr === undefined || cidrContains(cidr, parseIpv4(ip) ?? 0);
      return (inside && (number === undefined || own === number)) === equal;
    };
  }
}

const OPERATORS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '= == eq': (a, b) => a === b,
  '!= ne neq': (a, b) => a !== b,
  '> gt': (a, b) => a > b,
  '< lt': (a, b) => a < b,
  '>= ge geq': (a, b) => a >= b,
  '<= le leq': (a, b) => a <= b,
};
