/** Interfaces as ifconfig and `netstat -i` show them. */
import { formatIpv4, maskOf } from '../../../formats/ip.ts';
import type { Flavour } from '../../coreutils/command.ts';
import type { LinkFacts } from '../rtnetlink/link-facts.ts';
import type { NamedInterface } from './interface-names.ts';

const running = (link: LinkFacts): boolean => link.up && link.carrier;

/** SIOCGIFFLAGS by bit. */
const FLAGS: readonly (readonly [bit: number, name: string, holds: (link: LinkFacts) => boolean])[] = [
  [1, 'UP', ({ up }) => up],
  [2, 'BROADCAST', ({ kind }) => kind !== 'loopback'],
  [8, 'LOOPBACK', ({ kind }) => kind === 'loopback'],
  [64, 'RUNNING', running],
  [128, 'NOARP', ({ arp }) => !arp],
  [256, 'PROMISC', ({ promiscuous }) => promiscuous],
  [512, 'ALLMULTI', ({ allMulticast }) => allMulticast],
  [4096, 'MULTICAST', ({ multicast }) => multicast],
];

const counterOf = (link: LinkFacts, which: string): number => link.counters?.number(which) ?? 0;

export const blockOf = (shown: NamedInterface, flavour: Flavour): string =>
  flavour === 'busybox' ? busyboxBlock(shown) : block(shown);

function block({ name, link, address, alias }: NamedInterface): string {
  const flags = FLAGS.filter(([, , holds]) => holds(link));
  const bits = flags.reduce((sum, [bit]) => sum + bit, 0);
  const loopback = link.kind === 'loopback';
  const broadcast = loopback ? '' : `  broadcast ${address?.broadcast ?? '0.0.0.0'}`;
  const lines = [
    `${name}: flags=${String(bits)}<${flags.map(([, flag]) => flag).join(',')}>  mtu ${String(link.mtu)}`,
    ...(address === undefined
      ? []
      : [`        inet ${address.ip}  netmask ${formatIpv4(maskOf(address.prefixLength))}${broadcast}`]),
    loopback
      ? `        loop  txqueuelen ${String(link.queueLength)}  (Local Loopback)`
      : `        ether ${link.mac}  txqueuelen ${String(link.queueLength)}  (Ethernet)`,
    ...(alias ? [] : traffic(link)),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function traffic(link: LinkFacts): readonly string[] {
  const line = (way: 'rx' | 'tx'): string => {
    const bytes = counterOf(link, `${way}Bytes`);
    return `        ${way.toUpperCase()} packets ${String(counterOf(link, `${way}Packets`))}  bytes ${String(bytes)} (${amount(bytes)})`;
  };
  return [
    line('rx'),
    `        RX errors 0  dropped ${String(counterOf(link, 'rxDropped'))}  overruns 0  frame 0`,
    line('tx'),
    `        TX errors 0  dropped ${String(counterOf(link, 'txDropped'))} overruns 0  carrier 0  collisions 0`,
  ];
}

function busyboxBlock({ name, link, address, alias }: NamedInterface): string {
  const count = (which: string): string => String(counterOf(link, which));
  const indent = ' '.repeat(10);
  const loopback = link.kind === 'loopback';
  const hardware = loopback ? 'Local Loopback  ' : `Ethernet  HWaddr ${link.mac.toUpperCase()}  `;
  const bytes = (which: string): string => `${count(which)} (${amount(counterOf(link, which))})`;
  const broadcast = loopback ? '' : `Bcast:${address?.broadcast ?? '0.0.0.0'}  `;
  const flags = FLAGS.filter(([, , holds]) => holds(link)).map(([, flag]) => flag);
  const lines = [
    `${name.padEnd(9)} Link encap:${hardware}`,
    ...(address === undefined
      ? []
      : [`${indent}inet addr:${address.ip}  ${broadcast}Mask:${formatIpv4(maskOf(address.prefixLength))}`]),
    `${indent}${flags.join(' ')}  MTU:${String(link.mtu)}  Metric:1`,
    ...(alias
      ? []
      : [
          `${indent}RX packets:${count('rxPackets')} errors:0 dropped:${count('rxDropped')} overruns:0 frame:0`,
          `${indent}TX packets:${count('txPackets')} errors:0 dropped:${count('txDropped')} overruns:0 carrier:0`,
          `${indent}collisions:0 txqueuelen:${String(link.queueLength)} `,
          `${indent}RX bytes:${bytes('rxBytes')}  TX bytes:${bytes('txBytes')}`,
        ]),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

/** `2.9 GiB`: one digit, cut off. */
function amount(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit += 1) value /= 1024;
  return `${(Math.floor(value * 10) / 10).toFixed(1)} ${units[unit] ?? ''}`;
}

/** The first line of `ifconfig -s` and, wider by a column's worth of blanks, of `netstat -i`. */
export const interfaceTableHead = (wide: boolean): string =>
  `Iface  ${wide ? '       ' : ''}    MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n`;

/** A line of both tables. */
export function interfaceRow({ name, link, alias }: NamedInterface): string {
  const left = `${name.padEnd(15)} ${String(link.mtu).padStart(5)}`;
  if (alias) return `${left}      - no statistics available -                        ${letters(link)}\n`;
  const count = (which: string): string => String(counterOf(link, which));
  const received = `${count('rxPackets').padStart(8)} ${'0'.padStart(6)} ${count('rxDropped').padStart(6)} ${'0'.padEnd(6)}`;
  const sent = `${count('txPackets').padStart(8)} ${'0'.padStart(6)} ${count('txDropped').padStart(6)} ${'0'.padStart(6)}`;
  return `${left} ${received} ${sent} ${letters(link)}\n`;
}

/** Flags by letter. */
const letters = (link: LinkFacts): string =>
  [
    link.allMulticast ? 'A' : '',
    link.kind === 'loopback' ? 'L' : 'B',
    link.multicast ? 'M' : '',
    link.promiscuous ? 'P' : '',
    link.arp ? '' : 'O',
    running(link) ? 'R' : '',
    link.up ? 'U' : '',
  ].join('');
