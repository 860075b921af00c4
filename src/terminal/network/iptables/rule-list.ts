/** `iptables -L`: chains and rules as tables (libxtables' print functions of 1.8.10). */
import type { ChainListing, Match, PortRange, Rule, RuleCounters, Target } from '../../../formats/iptables/rule.ts';
import { PROTOCOLS } from './rule-vocabulary.ts';

export interface ListOptions {
  readonly numeric: boolean;
  readonly verbose: boolean;
  readonly exact: boolean;
  readonly lineNumbers: boolean;
}

export interface Names {
  service(port: number, protocol: 'tcp' | 'udp'): string | undefined;
  host(ip: string): string | undefined;
}

const PROTOCOL_NUMBERS = new Map(Object.entries(PROTOCOLS).map(([number, name]) => [name, number]));
const LOG_LEVELS = ['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug'];

/** Packets and bytes in at most five characters. */
function amount(count: number, exact: boolean, width = 5): string {
  if (exact) return String(count).padStart(8);
  let value = count;
  if (value <= 99_999) return String(value).padStart(width);
  for (const unit of 'KMGT') {
    value = Math.floor((value + 500) / 1_000);
    if (value <= 9_999 || unit === 'T') return `${String(value).padStart(width - 1)}${unit}`;
  }
  return String(value);
}

/** Lines of one chain with its head. */
export function listChain(
  chain: ChainListing,
  references: number,
  options: ListOptions,
  names: Names,
): readonly string[] {
  const counters = options.verbose
    ? ` ${short(chain.counters.packets, options.exact)} packets, ${short(chain.counters.bytes, options.exact)} bytes`
    : '';
  const head = `Chain ${chain.name} ${chain.policy === '-' ? `(${String(references)} references)` : `(policy ${chain.policy}${counters})`}`;
  const columns = `${options.lineNumbers ? 'num  ' : ''}${options.verbose ? (options.exact ? '    pkts      bytes ' : ' pkts bytes ') : ''}target     prot opt${options.verbose ? ' in     out    ' : ''} source               destination         `;
  return [head, columns, ...chain.rules.map((rule, at) => listRule(rule, at + 1, options, names))];
}

const short = (count: number, exact: boolean): string => amount(count, exact).trim();

export function listRule(
  rule: Rule & { readonly counters: RuleCounters },
  number: number,
  options: ListOptions,
  names: Names,
): string {
  let protocol: { readonly protocol: string; readonly not?: true } | undefined;
  let input: { readonly name: string; readonly not?: true } | undefined;
  let output: typeof input;
  let source: { readonly cidr: string; readonly not?: true } | undefined;
  let destination: typeof source;
  for (const match of rule.matches) {
    if (match.type === 'protocol') protocol = match;
    else if (match.type === 'in-interface') input = match;
    else if (match.type === 'out-interface') output = match;
    else if (match.type === 'source') source = match;
    else if (match.type === 'destination') destination = match;
  }
  const name = protocol?.protocol ?? 'all';
  const shownProtocol = options.numeric ? (name === 'all' ? '0' : (PROTOCOL_NUMBERS.get(name) ?? name)) : name;
  const side = (match: { readonly name: string; readonly not?: true } | undefined): string =>
    match === undefined ? (options.numeric ? '*' : 'any') : `${match.not === true ? '!' : ''}${match.name}`;
  const address = (match: { readonly cidr: string; readonly not?: true } | undefined): string =>
    `${match?.not === true ? '!' : ' '}${addressText(match?.cidr, options, names).padEnd(19)} `;
  return [
    options.lineNumbers ? `${String(number).padEnd(4)} ` : '',
    options.verbose
      ? `${amount(rule.counters.packets, options.exact)} ${amount(rule.counters.bytes, options.exact)} `
      : '',
    `${targetName(rule.target).padEnd(9)} `,
    `${protocol?.not === true ? '!' : ' '}${shownProtocol.padEnd(4)} `,
    '-- ',
    options.verbose ? ` ${side(input).padEnd(6)} ${side(output).padEnd(6)} ` : '',
    address(source),
    address(destination),
    rule.target?.type === 'goto' ? '[goto] ' : '',
    matchesText(rule.matches, options, names),
    targetText(rule.target, options),
  ].join('');
}

function addressText(cidr: string | undefined, { numeric }: ListOptions, names: Names): string {
  if (cidr === undefined) return numeric ? '0.0.0.0/0' : 'anywhere';
  const plain = cidr.replace(/\/32$/, '');
  return numeric || plain.includes('/') ? plain : (names.host(plain) ?? plain);
}

const targetName = (target: Target | undefined): string =>
  target === undefined ? '' : target.type === 'jump' || target.type === 'goto' ? target.chain : target.type;

function matchesText(matches: readonly Match[], options: ListOptions, names: Names): string {
  let out = '';
  let module = '';
  for (const match of matches) {
    // What one module asks stands behind its name once.
    const own =
      'module' in match &&
      (match.type === 'source-port' || match.type === 'destination-port' || match.type === 'module')
        ? match.module
        : match.type === 'tcp-flags'
          ? 'tcp'
          : '';
    if (own !== '' && own !== module) out += ` ${own}`;
    module = own;
    out += matchText(match, options, names);
  }
  return out;
}

const hex = (value: number): string => `0x${value.toString(16)}`;
const mark = (value: number, mask: number): string => (mask === 0xffffffff ? hex(value) : `${hex(value)}/${hex(mask)}`);

function matchText(match: Match, options: ListOptions, names: Names): string {
  const not = 'not' in match && match.not ? '!' : '';
  switch (match.type) {
    case 'source':
    case 'destination':
    case 'in-interface':
    case 'out-interface':
    case 'protocol':
    case 'module':
      return '';
    case 'source-port':
    case 'destination-port':
      return ` ${match.type === 'source-port' ? 's' : 'd'}pt${match.ports[0] === match.ports[1] ? '' : 's'}:${not}${portsText(match.ports, match.module, options, names)}`;
    case 'multiport':
      return ` multiport ${{ source: 'sports', destination: 'dports', either: 'ports' }[match.side]} ${not === '' ? '' : ' !'}${match.ports.map((ports) => portsText(ports, 'tcp', options, names)).join(',')}`;
    case 'tcp-flags':
      return ` flags:${not}${options.numeric ? `${flagBits(match.mask)}/${flagBits(match.set)}` : `${match.mask.join(',')}/${match.set.join(',') || 'NONE'}`}`;
    case 'icmp-type':
      return options.numeric
        ? ` ${not}icmptype ${String(match.icmpType)}`
        : ` ${not}icmp ${{ 0: 'echo-reply', 3: 'destination-unreachable', 5: 'redirect', 8: 'echo-request', 11: 'time-exceeded' }[match.icmpType] ?? `type ${String(match.icmpType)}`}`;
    case 'addrtype':
      return ` ADDRTYPE match ${match.side === 'source' ? 'src' : 'dst'}-type ${not}${match.addressType}`;
    case 'comment':
      return ` /* ${match.text} */`;
    case 'conntrack':
      return ` ${not === '' ? '' : '! '}${match.module === 'state' ? 'state' : 'ctstate'} ${match.states.join(',')}`;
    case 'statistic':
      return match.mode === 'random'
        ? ` statistic mode random probability ${match.probability.toFixed(11)}`
        : ` statistic mode nth every ${String(match.every)}${match.packet === 0 ? '' : ` packet ${String(match.packet)}`}`;
    case 'mark':
      return ` mark match ${not}${mark(match.value, match.mask)}`;
    case 'physdev':
      return ` PHYSDEV match${match.in === undefined ? '' : ` --physdev-in ${match.in}`}${match.out === undefined ? '' : ` --physdev-out ${match.out}`}${match.bridged === true ? ' --physdev-is-bridged' : ''}`;
    case 'recent':
      return ` recent: ${match.op === 'set' ? 'SET' : 'CHECK'}${match.seconds === undefined ? '' : ` seconds: ${String(match.seconds)}`}${match.reap === true ? ' reap' : ''} name: ${match.name} side: source mask: 255.255.255.255`;
  }
}

function portsText([from, to]: PortRange, protocol: 'tcp' | 'udp', { numeric }: ListOptions, names: Names): string {
  const one = (port: number): string => (numeric ? undefined : names.service(port, protocol)) ?? String(port);
  return from === to ? one(from) : `${one(from)}:${one(to)}`;
}

/** Bits of the TCP header. */
function flagBits(flags: readonly string[]): string {
  const order = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];
  return `0x${flags
    .reduce((sum, flag) => sum | (1 << order.indexOf(flag)), 0)
    .toString(16)
    .toUpperCase()
    .padStart(2, '0')}`;
}

function targetText(target: Target | undefined, { numeric }: ListOptions): string {
  switch (target?.type) {
    case 'REJECT':
      return ` reject-with ${target.with}`;
    case 'DNAT':
    case 'SNAT':
      return ` to:${target.ip ?? ''}${target.port === undefined ? '' : `:${String(target.port)}`}`;
    case 'MASQUERADE':
      return target.randomFully === true ? ' random-fully' : '';
    case 'REDIRECT':
      return ` redir ports ${String(target.port)}`;
    case 'MARK':
      if (target.value === 0) return ` MARK and ${hex(~target.mask >>> 0)}`;
      if (target.value === target.mask) return ` MARK or ${hex(target.value)}`;
      if (target.mask === 0) return ` MARK xor ${hex(target.value)}`;
      return target.mask === 0xffffffff
        ? ` MARK set ${hex(target.value)}`
        : ` MARK xset ${hex(target.value)}/${hex(target.mask)}`;
    case 'LOG':
      return ` LOG ${numeric ? `flags 0 level ${String(target.level ?? 4)}` : `level ${LOG_LEVELS[target.level ?? 4] ?? ''}`}${target.prefix === undefined ? '' : ` prefix "${target.prefix}"`}`;
    default:
      return '';
  }
}
