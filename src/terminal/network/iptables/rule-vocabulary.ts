/** Words that rules are made of, and how a wrong one is refused. */
import { formatNetwork, parseCidr, parseIpv4 } from '../../../formats/ip.ts';

/** What stands in a rule, or how iptables refuses it. */
export type Problem =
  | {
      readonly problem: string;
      readonly status: number;
      /** Told without the program's name before it. */
      readonly bare?: true;
    }
  | { readonly notSimulated: string };
export const isProblem = (value: object): value is Problem => 'problem' in value || 'notSimulated' in value;
export const bad = (problem: string): Problem => ({ problem, status: 2 });
/** A word that no option takes. */
export const badArgument = (word: string): Problem => ({ problem: `Bad argument \`${word}'`, status: 2, bare: true });

/** Protocols by their number in /etc/protocols. */
export const PROTOCOLS: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '2': 'igmp',
  '4': 'ipencap',
  '6': 'tcp',
  '17': 'udp',
  '41': 'ipv6',
  '47': 'gre',
  '50': 'esp',
  '51': 'ah',
  '58': 'ipv6-icmp',
  '89': 'ospf',
  '103': 'pim',
  '112': 'vrrp',
  '132': 'sctp',
  '136': 'udplite',
};

export const MODULES = new Set([
  'tcp',
  'udp',
  'icmp',
  'comment',
  'conntrack',
  'state',
  'multiport',
  'addrtype',
  'statistic',
  'mark',
  'physdev',
  'recent',
]);
export const KNOWN_MODULES = new Set([
  'limit',
  'hashlimit',
  'set',
  'owner',
  'mac',
  'string',
  'time',
  'ttl',
  'length',
  'connmark',
  'connlimit',
  'iprange',
  'pkttype',
  'rpfilter',
  'socket',
  'u32',
  'bpf',
  'cgroup',
  'policy',
  'quota',
  'tcpmss',
  'dscp',
  'tos',
  'helper',
  'ipvs',
  'nfacct',
  'realm',
  'sctp',
  'devgroup',
  'cpu',
  'cluster',
  'connbytes',
  'connlabel',
  'esp',
  'ah',
  'ecn',
  'osf',
  'rateest',
]);
export const VALUE_OPTIONS = new Set(
  `-s --source --src -d --destination --dst -i --in-interface -o --out-interface -p --protocol --proto -m --match -j --jump -g --goto --dport --destination-port --sport --source-port
  --dports --destination-ports --sports --source-ports --ports --tcp-flags --icmp-type --src-type --dst-type --comment --ctstate --state --mark --mode --probability --every --packet
  --physdev-in --physdev-out --name --seconds --mask`.split(/\s+/),
);
export const TARGET_OPTIONS = new Set([
  '--to-destination',
  '--to-source',
  '--to-ports',
  '--reject-with',
  '--set-mark',
  '--set-xmark',
  '--or-mark',
  '--and-mark',
  '--log-prefix',
  '--log-level',
  '--to',
]);

/** `1.2.3.4,10.0.0.0/255.0.0.0` as networks. */
export function addresses(text: string): { readonly list: readonly string[] } | Problem {
  const list: string[] = [];
  for (const part of text.split(',')) {
    const [given = '', mask] = part.split('/');
    const ip = wholeAddress(given);
    const length = mask === undefined ? '32' : /^\d+$/.test(mask) ? mask : lengthOfMask(mask);
    const cidr = length === undefined ? undefined : parseCidr(`${ip}/${length}`);
    if (cidr === undefined)
      return mask !== undefined && parseIpv4(ip) !== undefined
        ? bad(`invalid mask \`${mask}' specified`)
        : bad(`host/network \`${ip}' not found`);
    list.push(formatNetwork(cidr));
  }
  return { list };
}

/** `10.1` stands for the network 10.1.0.0. */
const wholeAddress = (given: string): string =>
  /^\d+(\.\d+){0,2}$/.test(given) ? [...given.split('.'), '0', '0', '0'].slice(0, 4).join('.') : given;

function lengthOfMask(mask: string): string | undefined {
  const number = parseIpv4(mask);
  if (number === undefined) return undefined;
  const length = number.toString(2).padStart(32, '0').indexOf('0');
  return String(length < 0 ? 32 : length);
}

/** `value[/mask]` in any base. */
export function markOf(text: string): { readonly value: number; readonly mask: number } | undefined {
  const [value = '', mask] = text.split('/');
  const [a, b] = [Number(value), mask === undefined ? 0xffffffff : Number(mask)];
  return Number.isNaN(a) || Number.isNaN(b) || value === '' ? undefined : { value: a >>> 0, mask: b >>> 0 };
}
