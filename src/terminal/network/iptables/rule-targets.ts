/** Targets of rules with their options. */
import { parseIpv4 } from '../../../formats/ip.ts';
import type { RejectType, Target } from '../../../formats/iptables/rule.ts';
import { bad, markOf, type Problem } from './rule-vocabulary.ts';

export interface TargetWords {
  readonly name: string | undefined;
  readonly goto: boolean;
  readonly options: ReadonlyMap<string, string>;
}

const REJECTS: readonly RejectType[] = [
  'icmp-port-unreachable',
  'icmp-host-unreachable',
  'icmp-net-unreachable',
  'icmp-admin-prohibited',
  'tcp-reset',
];
const REJECT_ALIASES: Readonly<Record<string, RejectType>> = {
  'port-unreach': 'icmp-port-unreachable',
  'host-unreach': 'icmp-host-unreachable',
  'net-unreach': 'icmp-net-unreachable',
  'admin-prohib': 'icmp-admin-prohibited',
  'tcp-rst': 'tcp-reset',
};
const KNOWN_TARGETS = new Set([
  'QUEUE',
  'NFQUEUE',
  'NFLOG',
  'TCPMSS',
  'CONNMARK',
  'NOTRACK',
  'CT',
  'TPROXY',
  'SET',
  'NETMAP',
  'TOS',
  'DSCP',
  'TTL',
  'TRACE',
  'CHECKSUM',
  'CLASSIFY',
  'AUDIT',
  'SECMARK',
  'TEE',
  'ULOG',
  'ECN',
  'HL',
  'IDLETIMER',
  'LED',
  'RATEEST',
  'SYNPROXY',
]);

const BUILT_IN_TARGETS = new Set('ACCEPT DROP RETURN REJECT DNAT SNAT MASQUERADE REDIRECT MARK LOG'.split(' '));
/** Whether a chain of this name would stand in a target's way. */
export const isTargetName = (name: string): boolean => BUILT_IN_TARGETS.has(name) || KNOWN_TARGETS.has(name);

/** The target that was named with what was said about it. */
export function readTarget({ name, goto, options }: TargetWords): Target | Problem | undefined {
  if (name === undefined)
    return options.size === 0 ? undefined : bad(`unknown option "${[...options.keys()][0] ?? ''}"`);
  if (goto) return { type: 'goto', chain: name };
  switch (name) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return { type: name };
    case 'REJECT': {
      const asked = options.get('--reject-with') ?? 'icmp-port-unreachable';
      const kind = REJECT_ALIASES[asked] ?? REJECTS.find((each) => each === asked);
      return kind === undefined ? bad(`unknown reject type "${asked}"`) : { type: 'REJECT', with: kind };
    }
    case 'DNAT':
    case 'SNAT':
      return natTarget(name, options);
    case 'MASQUERADE':
      return { type: 'MASQUERADE', ...(options.has('--random-fully') ? { randomFully: true } : {}) };
    case 'REDIRECT':
      return options.has('--to-ports')
        ? { type: 'REDIRECT', port: Number(options.get('--to-ports')) }
        : { notSimulated: 'iptables -j REDIRECT without --to-ports' };
    case 'MARK':
      return markTarget(options);
    case 'LOG':
      return logTarget(options);
    default:
      return KNOWN_TARGETS.has(name) ? { notSimulated: `iptables -j ${name}` } : { type: 'jump', chain: name };
  }
}

function natTarget(name: 'DNAT' | 'SNAT', options: ReadonlyMap<string, string>): Target | Problem {
  const flag = name === 'DNAT' ? '--to-destination' : '--to-source';
  const to = options.get(flag);
  if (to === undefined) return bad(`${name}: option "${flag}" must be specified\n`);
  const match = /^([\d.]*)(?::(\d+))?$/.exec(to);
  if (match === null)
    return to.includes('-')
      ? { notSimulated: `iptables -j ${name} ${flag} with a range` }
      : bad(`Bad IP address "${to}"`);
  const [, ip = '', port] = match;
  if (ip !== '' && parseIpv4(ip) === undefined) return bad(`Bad IP address "${ip}"`);
  if (name === 'SNAT') return { type: 'SNAT', ip, ...(port === undefined ? {} : { port: Number(port) }) };
  return { type: 'DNAT', ...(ip === '' ? {} : { ip }), ...(port === undefined ? {} : { port: Number(port) }) };
}

/** Names of syslog(3) with their numbers, and what the kernel keeps of a prefix. */
const LOG_LEVELS: Readonly<Record<string, number>> = {
  emerg: 0,
  panic: 0,
  alert: 1,
  crit: 2,
  err: 3,
  error: 3,
  warn: 4,
  warning: 4,
  notice: 5,
  info: 6,
  debug: 7,
};
const LOG_PREFIX_LENGTH = 29;

function logTarget(options: ReadonlyMap<string, string>): Target | Problem {
  const asked = options.get('--log-level') ?? 'warning';
  const level = /^[0-7]$/.test(asked) ? Number(asked) : LOG_LEVELS[asked.toLowerCase()];
  if (level === undefined) return bad(`log-level "${asked}" unknown`);
  const prefix = options.get('--log-prefix')?.slice(0, LOG_PREFIX_LENGTH);
  return { type: 'LOG', ...(prefix === undefined ? {} : { prefix }), ...(level === 4 ? {} : { level }) };
}

function markTarget(options: ReadonlyMap<string, string>): Target | Problem {
  const [first] = [...options].filter(([name]) => name.endsWith('mark'));
  const mark = first === undefined ? undefined : markOf(first[1]);
  if (first === undefined || mark === undefined) return bad('MARK target: Parameter --set-mark is required');
  switch (first[0]) {
    case '--or-mark':
      return { type: 'MARK', value: mark.value, mask: mark.value };
    case '--and-mark':
      return { type: 'MARK', value: 0, mask: ~mark.value >>> 0 };
    case '--set-mark':
      return { type: 'MARK', value: mark.value, mask: (mark.value | mark.mask) >>> 0 };
    default:
      return { type: 'MARK', ...mark };
  }
}
