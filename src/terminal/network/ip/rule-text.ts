/** One rule of routing as `ip rule` writes it. */
import { formatIpv4 } from '../../../formats/ip.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { KernelRecord } from '../../system/kernel/kernel-data.ts';
import type { IpCall } from './call.ts';
import { tableName } from './routing-tables.ts';

type RuleCall = Pick<IpCall, 'process' | 'details'>;
type Members = { readonly [key: string]: Plain };

/** `32766:	from all lookup main`. */
export function ruleText(call: RuleCall, rule: KernelRecord): string {
  const mark = rule.record('mark');
  const words = [
    ...(rule.flag('not') ? ['not'] : []),
    `from ${networkText(rule.record('from'))}`,
    ...(rule.has('to') ? [`to ${networkText(rule.record('to'))}`] : []),
    ...(mark === undefined
      ? []
      : [`fwmark ${hex(mark.number('value'))}${isWhole(mark) ? '' : `/${hex(mark.number('mask'))}`}`]),
    ...(rule.has('inLink') ? [`iif ${rule.text('inLink')}`] : []),
    ...(rule.has('outLink') ? [`oif ${rule.text('outLink')}`] : []),
    ...(rule.has('protocol') ? [`ipproto ${rule.text('protocol')}`] : []),
    ...(rule.has('sourcePorts') ? [`sport ${rangeText(rule.numbers('sourcePorts'))}`] : []),
    ...(rule.has('destinationPorts') ? [`dport ${rangeText(rule.numbers('destinationPorts'))}`] : []),
    ...actionWords(call, rule),
    ...(call.details ? [`proto ${rule.text('origin')}`] : []),
  ];
  return `${String(rule.number('priority'))}:\t${words.join(' ')}`;
}

function actionWords({ process }: RuleCall, rule: KernelRecord): readonly string[] {
  const action = rule.record('action');
  if (action?.text('type') !== 'lookup') return [action?.text('type') ?? ''];
  const suppress = action.optionalNumber('suppressPrefixLength');
  return [
    `lookup ${tableName(process, action.number('table'))}`,
    ...(suppress === undefined ? [] : [`suppress_prefixlength ${String(suppress)}`]),
  ];
}

/** The same for -json. */
export function ruleJson({ process, details }: RuleCall, rule: KernelRecord): Plain {
  const mark = rule.record('mark');
  const action = rule.record('action');
  const suppress = action?.optionalNumber('suppressPrefixLength');
  return {
    priority: rule.number('priority'),
    ...(rule.flag('not') ? { not: null } : {}),
    ...(rule.has('from') ? networkJson('src', rule.record('from')) : { src: 'all' }),
    ...(rule.has('to') ? networkJson('dst', rule.record('to')) : {}),
    ...(mark === undefined
      ? {}
      : { fwmark: hex(mark.number('value')), ...(isWhole(mark) ? {} : { fwmask: hex(mark.number('mask')) }) }),
    ...(rule.has('inLink') ? { iif: rule.text('inLink') } : {}),
    ...(rule.has('outLink') ? { oif: rule.text('outLink') } : {}),
    ...(rule.has('protocol') ? { ipproto: rule.text('protocol') } : {}),
    ...portsJson('sport', rule.numbers('sourcePorts')),
    ...portsJson('dport', rule.numbers('destinationPorts')),
    ...(action?.text('type') === 'lookup'
      ? { table: tableName(process, action.number('table')) }
      : { action: action?.text('type') ?? '' }),
    ...(suppress === undefined ? {} : { suppress_prefixlen: suppress }),
    ...(details ? { protocol: rule.text('origin') } : {}),
  };
}

const hex = (value: number): string => `0x${value.toString(16)}`;
const isWhole = (mark: KernelRecord): boolean => mark.number('mask') === 0xffffffff;
const rangeText = ([from, to]: readonly number[]): string =>
  from === to ? String(from) : `${String(from)}-${String(to)}`;

/** A network, a single address without its length, or `all`. */
function networkText(cidr: KernelRecord | undefined): string {
  if (cidr === undefined) return 'all';
  const length = cidr.number('prefixLength');
  return `${formatIpv4(cidr.number('address'))}${length === 32 ? '' : `/${String(length)}`}`;
}

function networkJson(member: 'src' | 'dst', cidr: KernelRecord | undefined): Members {
  const length = cidr?.number('prefixLength') ?? 0;
  return { [member]: formatIpv4(cidr?.number('address') ?? 0), ...(length === 32 ? {} : { [`${member}len`]: length }) };
}

function portsJson(member: 'sport' | 'dport', [from, to]: readonly number[]): Members {
  if (from === undefined || to === undefined) return {};
  return from === to ? { [member]: from } : { [`${member}_start`]: from, [`${member}_end`]: to };
}
