/** Rules of iptables in the words of nft (libxtables' translations, as libnftables 1.0.9 prints them). */
import type { Match, PortRange, Rule, RuleCounters, Target } from '../../../formats/iptables/rule.ts';

/** One rule as `nft list` shows it. */
export function nftRule(rule: Rule & { readonly counters: RuleCounters }, stateless: boolean): string {
  const count =
    rule.uncounted === true
      ? undefined
      : stateless
        ? 'counter'
        : `counter packets ${String(rule.counters.packets)} bytes ${String(rule.counters.bytes)}`;
  const statement = rule.target === undefined ? undefined : targetText(rule.target);
  return [...matchTexts(rule.matches), count, statement].filter((text) => text !== undefined).join(' ');
}

/** The parts that the kernel keeps first, whatever the order given. */
const FIRST: readonly Match['type'][] = ['in-interface', 'out-interface', 'source', 'destination', 'protocol'];

function matchTexts(matches: readonly Match[]): readonly string[] {
  const head = FIRST.flatMap((type) => matches.filter((match) => match.type === type));
  const rest = matches.filter((match) => !FIRST.includes(match.type));
  // A question about a port, or about a flag, tells the protocol as well.
  const told = rest.some(
    (match) =>
      match.type === 'source-port' ||
      match.type === 'destination-port' ||
      match.type === 'tcp-flags' ||
      (match.type === 'multiport' && match.tellsProtocol === true),
  );
  return [...head.filter(({ type }) => !told || type !== 'protocol'), ...rest].map((match) =>
    matchText(match, protocolOf(matches)),
  );
}

const protocolOf = (matches: readonly Match[]): string =>
  matches.find((match) => match.type === 'protocol')?.protocol ?? '';

const is = (match: Match): string => ('not' in match && match.not ? '!= ' : '');
const range = ([from, to]: PortRange): string => (from === to ? String(from) : `${String(from)}-${String(to)}`);
const device = (name: string): string => `"${name.replace(/\+$/, '*')}"`;
const hex = (value: number): string => `0x${value.toString(16)}`;
const wideHex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;
const flags = (names: readonly string[]): string => names.join(',').toLowerCase();

const ICMP_TYPES: Readonly<Record<number, string>> = {
  0: 'echo-reply',
  3: 'destination-unreachable',
  5: 'redirect',
  8: 'echo-request',
  11: 'time-exceeded',
};

function matchText(match: Match, protocol: string): string {
  switch (match.type) {
    case 'in-interface':
      return `iifname ${is(match)}${device(match.name)}`;
    case 'out-interface':
      return `oifname ${is(match)}${device(match.name)}`;
    case 'source':
      return `ip saddr ${is(match)}${match.cidr.replace(/\/32$/, '')}`;
    case 'destination':
      return `ip daddr ${is(match)}${match.cidr.replace(/\/32$/, '')}`;
    case 'protocol':
      return `${match.header === true ? 'ip protocol' : 'meta l4proto'} ${is(match)}${match.protocol}`;
    case 'source-port':
      return `${match.module} sport ${is(match)}${range(match.ports)}`;
    case 'destination-port':
      return `${match.module} dport ${is(match)}${range(match.ports)}`;
    // Modules that ask nothing, or nothing that nft has a word for, leave their place.
    case 'module':
    case 'comment':
      return '';
    case 'multiport':
      return multiport(match, protocol);
    case 'tcp-flags':
      return match.set.length === 0
        ? `tcp flags ! ${flags(match.mask)}`
        : `tcp flags ${is(match)}${flags(match.set)} / ${flags(match.mask)}`;
    case 'icmp-type':
      return `icmp type ${is(match)}${ICMP_TYPES[match.icmpType] ?? String(match.icmpType)}`;
    case 'addrtype':
      return `fib ${match.side === 'source' ? 's' : 'd'}addr type ${is(match)}${match.addressType.toLowerCase()}`;
    case 'conntrack':
      return conntrackText(match);
    case 'statistic':
      return match.mode === 'random'
        ? `meta random & 2147483647 < ${String(Math.round(match.probability * 2 ** 31))}`
        : `numgen inc mod ${String(match.every)} ${String(match.packet)}`;
    case 'mark':
      return match.mask === 0xffffffff
        ? `meta mark ${is(match)}${wideHex(match.value)}`
        : `meta mark & ${wideHex(match.mask)} ${match.not === true ? '!=' : '=='} ${wideHex(match.value)}`;
    case 'physdev':
    case 'recent':
      return `xt match ${match.type}`;
  }
}

function multiport(match: Extract<Match, { readonly type: 'multiport' }>, protocol: string): string {
  const ports = match.ports.map(range);
  if (match.side === 'either') {
    const pairs = ports.flatMap((port) => [`0-65535 . ${port}`, `${port} . 0-65535`]);
    return `${protocol} sport . ${protocol} dport ${is(match)}{ ${pairs.join(', ')} }`;
  }
  const set = ports.length === 1 ? (ports[0] ?? '') : `{ ${ports.join(', ')} }`;
  return `${protocol} ${match.side === 'source' ? 's' : 'd'}port ${is(match)}${set}`;
}

/** Translation is a status of a connection, the rest are states. */
function conntrackText(match: Extract<Match, { readonly type: 'conntrack' }>): string {
  const not = match.not === true ? '! ' : '';
  const translated = match.states.filter((state) => state === 'SNAT' || state === 'DNAT');
  const states = match.states.filter((state) => state !== 'SNAT' && state !== 'DNAT');
  return [
    ...(states.length === 0 ? [] : [`ct state ${not}${states.join(',').toLowerCase()}`]),
    ...(translated.length === 0 ? [] : [`ct status ${not}${translated.join(',').toLowerCase()}`]),
  ].join(' ');
}

const LOG_LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];
const address = (ip: string | undefined, port: number | undefined): string =>
  `${ip ?? ''}${port === undefined ? '' : `:${String(port)}`}`;

function targetText(target: Target): string {
  switch (target.type) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return target.type.toLowerCase();
    case 'jump':
    case 'goto':
      return `${target.type} ${target.chain}`;
    case 'REJECT':
      if (target.with === 'tcp-reset') return 'reject with tcp reset';
      return target.with === 'icmp-port-unreachable'
        ? 'reject'
        : `reject with icmp type ${target.with.replace(/^icmp-/, '')}`;
    case 'DNAT':
      return `dnat to ${address(target.ip, target.port)}`;
    case 'SNAT':
      return `snat to ${address(target.ip, target.port)}`;
    case 'MASQUERADE':
      return `masquerade${target.randomFully === true ? ' fully-random' : ''}`;
    case 'REDIRECT':
      return `redirect to :${String(target.port)}`;
    case 'MARK':
      return `meta mark set ${markText(target)}`;
    case 'LOG':
      return `log${target.prefix === undefined ? '' : ` prefix "${target.prefix}"`}${target.level === undefined ? '' : ` level ${LOG_LEVELS[target.level] ?? ''}`}`;
  }
}

function markText({ value, mask }: Extract<Target, { readonly type: 'MARK' }>): string {
  if (mask === 0xffffffff) return hex(value);
  if (value === mask) return `mark or ${hex(value)}`;
  if (mask === 0) return `mark xor ${hex(value)}`;
  if (value === 0) return `mark and ${hex(~mask >>> 0)}`;
  return `mark and ${hex(~mask >>> 0)} xor ${hex(value)}`;
}
