/** Rules as iptables-save prints them. */
import type { Match, PortRange, Rule, Target } from './rule.ts';

/** `-A KUBE-SERVICES -d 10.96.0.1/32 -p tcp -m comment --comment "…" -m tcp --dport 443 -j KUBE-SVC-…`. */
export const formatRule = (chain: string, rule: Rule): string =>
  [
    `-A ${chain}`,
    ...withoutRepeatedModules(orderMatches(rule.matches).map(formatMatch)),
    ...(rule.target === undefined ? [] : [formatTarget(rule.target)]),
  ].join(' ');

/** iptables prints addresses, interfaces and protocol first, whatever the order given. */
const FIRST = ['source', 'destination', 'in-interface', 'out-interface', 'protocol'];
function orderMatches(matches: readonly Match[]): readonly Match[] {
  const head = FIRST.flatMap((type) => matches.filter((match) => match.type === type));
  return [...head, ...matches.filter((match) => !FIRST.includes(match.type))];
}

/** What one module asks stands behind one -m. */
const withoutRepeatedModules = (texts: readonly string[]): readonly string[] =>
  texts.map((text, at) => {
    const module = /^-m \S+ /.exec(text)?.[0];
    return module !== undefined && texts[at - 1]?.startsWith(module) === true ? text.slice(module.length) : text;
  });

const hex = (value: number): string => `0x${value.toString(16)}`;
const ports = ([from, to]: PortRange): string => (from === to ? String(from) : `${String(from)}:${String(to)}`);
const quote = (text: string): string =>
  /^[A-Za-z0-9_/.:-]+$/.test(text) ? text : `"${text.replace(/(["\\'])/g, '\\$1')}"`;
const withPrefix = (cidr: string): string => (cidr.includes('/') ? cidr : `${cidr}/32`);

/** One match with its -m where it has one. */
export function formatMatch(match: Match): string {
  const not = 'not' in match ? '! ' : '';
  switch (match.type) {
    case 'source':
      return `${not}-s ${withPrefix(match.cidr)}`;
    case 'destination':
      return `${not}-d ${withPrefix(match.cidr)}`;
    case 'in-interface':
      return `${not}-i ${match.name}`;
    case 'out-interface':
      return `${not}-o ${match.name}`;
    case 'protocol':
      return `${not}-p ${match.protocol}`;
    case 'source-port':
      return `-m ${match.module} ${not}--sport ${ports(match.ports)}`;
    case 'destination-port':
      return `-m ${match.module} ${not}--dport ${ports(match.ports)}`;
    case 'module':
      return `-m ${match.module}`;
    case 'multiport':
      return `-m multiport ${not}--${match.side === 'source' ? 'sports' : match.side === 'destination' ? 'dports' : 'ports'} ${match.ports.map(ports).join(',')}`;
    case 'tcp-flags':
      return `-m tcp ${not}--tcp-flags ${match.mask.join(',')} ${match.set.join(',') || 'NONE'}`;
    case 'icmp-type':
      return `-m icmp ${not}--icmp-type ${String(match.icmpType)}`;
    case 'addrtype':
      return `-m addrtype ${not}--${match.side === 'source' ? 'src' : 'dst'}-type ${match.addressType}`;
    case 'comment':
      return `-m comment --comment ${quote(match.text)}`;
    case 'conntrack':
      return `-m ${match.module} ${not}--${match.module === 'state' ? 'state' : 'ctstate'} ${match.states.join(',')}`;
    case 'statistic':
      return match.mode === 'random'
        ? `-m statistic --mode random --probability ${match.probability.toFixed(11)}`
        : `-m statistic --mode nth --every ${String(match.every)} --packet ${String(match.packet)}`;
    case 'mark':
      return `-m mark ${not}--mark ${hex(match.value)}${match.mask === 0xffffffff ? '' : `/${hex(match.mask)}`}`;
    case 'physdev':
      return [
        '-m physdev',
        ...(match.in === undefined ? [] : [`--physdev-in ${match.in}`]),
        ...(match.out === undefined ? [] : [`--physdev-out ${match.out}`]),
        ...(match.bridged === true ? ['--physdev-is-bridged'] : []),
      ].join(' ');
    case 'recent':
      return `-m recent --${match.op}${match.seconds === undefined ? '' : ` --seconds ${String(match.seconds)}`}${match.reap === true ? ' --reap' : ''} --name ${match.name} --mask 255.255.255.255 --rsource`;
  }
}

/** `-j DNAT --to-destination 10.244.1.3:8080`. */
export function formatTarget(target: Target): string {
  switch (target.type) {
    case 'jump':
      return `-j ${target.chain}`;
    case 'goto':
      return `-g ${target.chain}`;
    case 'REJECT':
      return `-j REJECT --reject-with ${target.with}`;
    case 'DNAT':
      return `-j DNAT --to-destination ${target.ip ?? ''}${target.port === undefined ? '' : `:${String(target.port)}`}`;
    case 'SNAT':
      return `-j SNAT --to-source ${target.ip}${target.port === undefined ? '' : `:${String(target.port)}`}`;
    case 'MASQUERADE':
      return `-j MASQUERADE${target.randomFully === true ? ' --random-fully' : ''}`;
    case 'REDIRECT':
      return `-j REDIRECT --to-ports ${String(target.port)}`;
    case 'MARK':
      return `-j MARK --set-xmark ${hex(target.value)}/${hex(target.mask)}`;
    case 'LOG':
      return `-j LOG${target.prefix === undefined ? '' : ` --log-prefix ${quote(target.prefix)}`}${target.level === undefined ? '' : ` --log-level ${String(target.level)}`}`;
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return `-j ${target.type}`;
  }
}
