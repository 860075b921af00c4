/** ifconfig (net-tools 2.10): addresses, state and counters of links. Leaves out: IPv6, aliases, media, interrupts. */
import { broadcastOf, formatIpv4, maskOf, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import { failed, strerror, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Process } from '../../../protocol/program.ts';
import { notSimulated, plainProgram, type PlainCall } from '../../system/plain-program.ts';
import { readLinks, type LinkFacts } from '../link-facts.ts';

export const ifconfig = plainProgram('ifconfig', async (call) => {
  const { io, process, args } = call;
  const options = args.filter((word) => word.startsWith('-'));
  const unknown = options.find((word) => !/^-(a|s|v|as|sa)$/.test(word));
  if (unknown !== undefined) {
    await io.raw(`ifconfig: option \`${unknown}' not recognised.\nifconfig: \`--help' gives usage information.\n`);
    return 1;
  }
  const [name, ...settings] = args.filter((word) => !options.includes(word));
  const links = readLinks(process).toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  if (name !== undefined && !links.some((link) => link.name === name)) {
    await io.raw(
      settings.length === 0
        ? `${name}: error fetching interface information: Device not found\n`
        : `${name}: ERROR while getting interface flags: No such device\n`,
    );
    return 1;
  }
  if (name !== undefined && settings.length > 0) return await configure(call, name, settings);
  const all = options.some((word) => word.includes('a'));
  const shown = links.filter((link) => (name === undefined ? all || link.up : link.name === name));
  io.out(
    options.some((word) => word.includes('s'))
      ? interfaceTable(shown)
      : shown.map((link) => (call.flavour === 'busybox' ? busyboxBlock(link) : block(link))).join(''),
  );
  return await io.end(0);
});

const running = (link: LinkFacts): boolean => link.up && link.carrier;

const FLAGS: readonly (readonly [bit: number, name: string, holds: (link: LinkFacts) => boolean])[] = [
  [1, 'UP', ({ up }) => up],
  [2, 'BROADCAST', ({ kind }) => kind !== 'loopback'],
  [8, 'LOOPBACK', ({ kind }) => kind === 'loopback'],
  [64, 'RUNNING', running],
  [128, 'NOARP', ({ kind }) => kind === 'dummy'],
  [4096, 'MULTICAST', ({ kind }) => kind !== 'loopback' && kind !== 'dummy'],
];

function block(link: LinkFacts): string {
  const flags = FLAGS.filter(([, , holds]) => holds(link));
  const bits = flags.reduce((sum, [bit]) => sum + bit, 0);
  const [address] = link.addresses;
  const counter = (which: string): number => link.counters?.number(which) ?? 0;
  const traffic = (way: 'rx' | 'tx'): string => {
    const bytes = counter(`${way}Bytes`);
    return `        ${way.toUpperCase()} packets ${String(counter(`${way}Packets`))}  bytes ${String(bytes)} (${amount(bytes)})`;
  };
  const lines = [
    `${link.name}: flags=${String(bits)}<${flags.map(([, name]) => name).join(',')}>  mtu ${String(link.mtu)}`,
    ...(address === undefined
      ? []
      : [`        inet ${address.ip}  netmask ${formatIpv4(maskOf(address.prefixLength))}${broadcast(link)}`]),
    link.kind === 'loopback'
      ? `        loop  txqueuelen ${String(link.queueLength)}  (Local Loopback)`
      : `        ether ${link.mac}  txqueuelen ${String(link.kind === 'ethernet' ? link.queueLength : 0)}  (Ethernet)`,
    traffic('rx'),
    `        RX errors 0  dropped ${String(counter('rxDropped'))}  overruns 0  frame 0`,
    traffic('tx'),
    `        TX errors 0  dropped ${String(counter('txDropped'))} overruns 0  carrier 0  collisions 0`,
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function busyboxBlock(link: LinkFacts): string {
  const [address] = link.addresses;
  const count = (which: string): string => String(link.counters?.number(which) ?? 0);
  const indent = ' '.repeat(10);
  const hardware = link.kind === 'loopback' ? 'Local Loopback  ' : `Ethernet  HWaddr ${link.mac.toUpperCase()}  `;
  const bytes = (which: string): string => `${count(which)} (${amount(link.counters?.number(which) ?? 0)})`;
  const lines = [
    `${link.name.padEnd(9)} Link encap:${hardware}`,
    ...(address === undefined
      ? []
      : [
          `${indent}inet addr:${address.ip}  ${link.kind === 'loopback' ? '' : `Bcast:${address.broadcast ?? '0.0.0.0'}  `}Mask:${formatIpv4(maskOf(address.prefixLength))}`,
        ]),
    `${indent}${FLAGS.filter(([, , holds]) => holds(link))
      .map(([, name]) => name)
      .join(' ')}  MTU:${String(link.mtu)}  Metric:1`,
    `${indent}RX packets:${count('rxPackets')} errors:0 dropped:${count('rxDropped')} overruns:0 frame:0`,
    `${indent}TX packets:${count('txPackets')} errors:0 dropped:${count('txDropped')} overruns:0 carrier:0`,
    `${indent}collisions:0 txqueuelen:${String(link.queueLength)} `,
    `${indent}RX bytes:${bytes('rxBytes')}  TX bytes:${bytes('txBytes')}`,
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function broadcast({ kind, addresses: [address] }: LinkFacts): string {
  if (address === undefined || kind === 'loopback') return '';
  return `  broadcast ${address.broadcast ?? '0.0.0.0'}`;
}

/** `2.9 GiB`: one digit, cut off. */
function amount(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit += 1) value /= 1024;
  return `${(Math.floor(value * 10) / 10).toFixed(1)} ${units[unit] ?? ''}`;
}

/** The table of `ifconfig -s` and `netstat -i`. */
export function interfaceTable(links: readonly LinkFacts[], narrow = true): string {
  const rows = links.map((link) => {
    const count = (which: string): string => String(link.counters?.number(which) ?? 0);
    const flags = `${link.kind === 'loopback' ? 'L' : 'B'}${link.kind === 'dummy' ? 'O' : link.kind === 'loopback' ? '' : 'M'}${running(link) ? 'R' : ''}${link.up ? 'U' : ''}`;
    const left = `${link.name.padEnd(15)} ${String(link.mtu).padStart(5)}`;
    return `${left} ${count('rxPackets').padStart(8)} ${'0'.padStart(6)} ${count('rxDropped').padStart(6)} ${'0'.padEnd(6)} ${count('txPackets').padStart(8)} ${'0'.padStart(6)} ${count('txDropped').padStart(6)} ${'0'.padStart(6)} ${flags}`;
  });
  const head = `Iface  ${narrow ? '' : '       '}    MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg`;
  return `${[head, ...rows].join('\n')}\n`;
}

/** `ifconfig eth0 ADDRESS[/BITS] [netmask M] [mtu N] [hw ether MAC] [up|down]`. */
async function configure(call: PlainCall, name: string, given: readonly string[]): Promise<number> {
  const { io, process } = call;
  const words = [...given];
  let address: string | undefined;
  let mask: string | undefined;
  const change: { up?: boolean; mtu?: number; mac?: string } = {};
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === 'up' || word === 'down') change.up = word === 'up';
    else if (word === 'netmask') mask = words.shift();
    else if (word === 'broadcast') words.shift();
    else if (word === 'mtu') change.mtu = Number(words.shift());
    else if (word === 'hw') {
      if (words[0] === 'ether') words.shift();
      change.mac = words.shift() ?? '';
    } else if (/^\d+(\.\d+){3}(\/\d+)?$/.test(word)) address = word;
    else if (
      /^-?(arp|promisc|allmulti|multicast|dynamic|pointopoint|txqueuelen|add|del|metric|tunnel|media)$/.test(word)
    )
      return await notSimulated(io, `ifconfig ${name} ${word}`);
    else {
      await io.raw(`${word}: Unknown host\nifconfig: \`--help' gives usage information.\n`);
      return 1;
    }
  }
  const set = (): Result<Plain> =>
    process.kernel({ subsystem: 'link', op: 'set', args: { name, change: { ...change } } });
  const done = address === undefined ? null : setAddress(process, name, address, mask);
  // An address brings its link up, as the kernel's ioctl does.
  if (address !== undefined) change.up ??= true;
  const changed = failed(done) ? done : Object.keys(change).length === 0 ? null : set();
  if (!failed(changed)) return 0;
  await io.raw(`SIOCSIF${failed(done) ? 'ADDR' : 'FLAGS'}: ${strerror(changed)}\n`);
  return 255;
}

/** Puts an address in the place of the first one. */
function setAddress(process: Process, link: string, text: string, mask: string | undefined): Result<Plain> {
  const [ip = '', bits] = text.split('/');
  const wanted = mask === undefined ? undefined : parseIpv4(mask);
  const byMask = Array.from({ length: 33 }, (_, length) => length).find((length) => maskOf(length) === wanted);
  const first = Number(ip.split('.')[0]);
  const byClass = first < 128 ? 8 : first < 192 ? 16 : 24;
  const length = bits === undefined ? (byMask ?? byClass) : Number(bits);
  const cidr = parseCidr(`${ip}/${String(length)}`);
  if (cidr === undefined || broadcastOf(cidr) === cidr.address) return { errno: 'EINVAL' };
  const [old] = readLinks(process).find(({ name }) => name === link)?.addresses ?? [];
  const act = (op: string, cidrText: string): Result<Plain> =>
    process.kernel({ subsystem: 'address', op, args: { link, cidr: cidrText } });
  if (old !== undefined) {
    const gone = act('delete', `${old.ip}/${String(old.prefixLength)}`);
    if (failed(gone)) return gone;
  }
  return act('add', `${ip}/${String(length)}`);
}
