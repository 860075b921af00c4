/** route (net-tools 2.10): the main routing table. Leaves out: reject routes, windows, IPv6, the routing cache. */
import { formatNetwork, maskOf, formatIpv4, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { parseOptions } from '../../coreutils/command.ts';
import { resolveHost, reverseName } from '../../resolver.ts';
import { recordsOf, type KernelRecord } from '../../system/kernel/kernel-data.ts';
import { notSimulated, plainProgram, type PlainCall } from '../../system/plain-program.ts';
import { sayIoctlFailure } from './ioctl-failure.ts';

const USAGE = `Usage: route [-nNvee] [-FC] [<AF>]           List kernel routing tables
       route [-v] [-FC] {add|del|flush} ...  Modify routing table for AF.

       route {-h|--help} [<AF>]              Detailed usage syntax for specified AF.
       route {-V|--version}                  Display version/author and exit.

        -v, --verbose            be verbose
        -n, --numeric            don't resolve names
        -e, --extend             display other/more information
        -F, --fib                display Forwarding Information Base (default)
        -C, --cache              display routing cache instead of FIB

  <AF>=Use -4, -6, '-A <af>' or '--<af>'; default: inet
  List of possible address families (which support routing):
    inet (DARPA Internet) inet6 (IPv6) ax25 (AMPR AX.25) 
    netrom (AMPR NET/ROM) rose (AMPR ROSE) ipx (Novell IPX) 
    ddp (Appletalk DDP) x25 (CCITT X.25) 
`;
const CHANGE_USAGE = `Usage: inet_route [-vF] del {-host|-net} Target[/prefix] [gw Gw] [metric M] [[dev] If]
       inet_route [-vF] add {-host|-net} Target[/prefix] [gw Gw] [metric M]
                              [netmask N] [mss Mss] [window W] [irtt I]
                              [mod] [dyn] [reinstate] [[dev] If]
       inet_route [-vF] add {-host|-net} Target[/prefix] [metric M] reject
       inet_route [-FC] flush      NOT supported
`;
const VERSION = `net-tools 2.10
+NEW_ADDRT +RTF_IRTT +RTF_REJECT +I18N +SELINUX
AF: (inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE -BLUETOOTH
HW:  +ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT +FDDI +HIPPI +HDLC/LAPB +EUI64 
`;

const SPEC = {
  name: 'route',
  short: 'neNvFCVhA:46',
  long: {
    numeric: 'n',
    extend: 'e',
    symbolic: 'N',
    verbose: 'v',
    fib: 'F',
    cache: 'C',
    version: 'V',
    help: 'h',
    inet: '4',
    inet6: '6',
  },
  // -net and -host are words of add and del.
  stopEarly: true,
} as const;

export const route = plainProgram('route', async (call) => {
  const { io, process } = call;
  const options = parseOptions(call.args, SPEC);
  if ('problem' in options) {
    await io.raw(`${call.invoked}: ${options.problem}\n`);
    return await tell(call, USAGE, 3);
  }
  const family = options.value('A') ?? 'inet';
  const absent =
    ['N', 'C', '6'].find((letter) => options.has(letter)) ?? (family === 'inet' ? undefined : `A ${family}`);
  if (absent !== undefined) return await notSimulated(io, `route -${absent}`);
  if (options.has('V')) return await tell(call, VERSION, 0);
  if (options.has('h')) return await tell(call, CHANGE_USAGE, 0);
  const [verb, ...rest] = options.operands;
  switch (verb) {
    case 'add':
    case 'del':
      return await change(call, verb, rest);
    case 'flush':
      return await tell(call, `Flushing \`inet' routing table not supported\n${CHANGE_USAGE}`, 3);
    case undefined:
      io.out(await routingTable(process, options.has('n'), ROUTE_FORMS[options.values('e').length] ?? 'both'));
      return await io.end(0);
    default:
      return await tell(call, USAGE, 3);
  }
});

/** Text where it belongs: complaints apart from what was asked for. */
async function tell({ io }: PlainCall, text: string, status: number): Promise<number> {
  if (status === 0) io.out(text);
  else await io.raw(text);
  return await io.end(status);
}

/** Which numbers stand beside a route: its metric, what TCP is told by it, or both. */
type TableForm = 'metric' | 'tcp' | 'both';
/** By how often -e was given to route, and to netstat -r. */
export const ROUTE_FORMS: readonly TableForm[] = ['metric', 'tcp', 'both'];
export const NETSTAT_FORMS: readonly TableForm[] = ['tcp', 'metric', 'both'];

const TITLES: Readonly<Record<TableForm, string>> = {
  metric: 'Metric Ref    Use Iface',
  tcp: '  MSS Window  irtt Iface',
  both: 'Metric Ref    Use Iface    MSS   Window irtt',
};

/** The table as `route` and `netstat -r` write it. */
export async function routingTable(process: Process, numeric: boolean, form: TableForm): Promise<string> {
  const lines = ['Kernel IP routing table', `Destination     Gateway         Genmask         Flags ${TITLES[form]}`];
  for (const each of recordsOf(process.kernel({ subsystem: 'route', op: 'list' }))) {
    const { network, mask } = placeOf(each);
    const via = each.optionalText('via');
    const dead = each.text('type') !== 'unicast';
    const name = async (ip: string): Promise<string> => (numeric ? ip : ((await reverseName(process, ip)) ?? ip));
    const destination = numeric || network !== '0.0.0.0' || mask !== '0.0.0.0' ? network : 'default';
    const host = mask === '255.255.255.255';
    const shown = host && !numeric ? await name(destination) : destination;
    const gateway = dead ? '-' : via === undefined ? '0.0.0.0' : await name(via);
    const flags = `${dead ? '!' : 'U'}${via === undefined ? '' : 'G'}${host ? 'H' : ''}`;
    const cells = [shown, gateway, mask].map((cell) => cell.slice(0, 15).padEnd(15)).join(' ');
    const device = dead ? '-' : each.text('device');
    const metric = `${flags.padEnd(6)}${String(each.number('metric')).padEnd(6)} ${'0'.padEnd(2)} ${'0'.padStart(7)}`;
    const rest = {
      metric: `${metric} ${device}`,
      tcp: `${flags.padEnd(9)} 0 ${'0'.padEnd(10)} 0 ${device}`,
      both: `${metric} ${device.padEnd(8)} ${'0'.padEnd(5)} ${'0'.padEnd(6)} 0`,
    };
    lines.push(`${cells} ${rest[form]}`);
  }
  return `${lines.join('\n')}\n`;
}

function placeOf(each: KernelRecord): { readonly network: string; readonly mask: string } {
  const text = each.text('destination');
  const cidr = parseCidr(text === 'default' ? '0.0.0.0/0' : text.includes('/') ? text : `${text}/32`);
  return { network: formatIpv4(cidr?.network ?? 0), mask: formatIpv4(cidr?.mask ?? 0) };
}

/** `add|del [-net|-host] target [netmask M] [gw G] [metric N] [dev] [D]`. */
async function change(call: PlainCall, verb: 'add' | 'del', given: readonly string[]): Promise<number> {
  const { io, process } = call;
  const words = [...given];
  const kind = words[0] === '-net' || words[0] === '-host' ? words.shift() : undefined;
  const target = words.shift();
  if (target === undefined) return await tell(call, CHANGE_USAGE, 0);
  let mask: string | undefined;
  let gateway: string | undefined;
  let device: string | undefined;
  let metric: number | undefined;
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === 'netmask') mask = words.shift();
    else if (word === 'gw') gateway = words.shift();
    else if (word === 'metric') metric = Number(words.shift());
    else if (word === 'dev') device = words.shift();
    else if (['reject', 'mss', 'window', 'irtt', 'mod', 'dyn', 'reinstate'].includes(word))
      return await notSimulated(io, `route ${verb} … ${word}`);
    else device = word;
  }
  const destination = await destinationOf(call, target, kind, mask);
  if (destination === undefined) return 6;
  if (typeof destination === 'number') return destination;
  const via = gateway === undefined ? undefined : await resolve(call, gateway);
  if (gateway !== undefined && via === undefined) return 6;
  const done = process.kernel({
    subsystem: 'route',
    op: verb === 'add' ? 'add' : 'delete',
    args: {
      route: {
        destination,
        ...(via === undefined ? {} : { via }),
        ...(device === undefined ? {} : { device }),
        ...(metric === undefined ? {} : { metric }),
      },
    },
  });
  if (!failed(done)) return 0;
  return await sayIoctlFailure(call, `SIOC${verb === 'add' ? 'ADD' : 'DEL'}RT`, done, 7);
}

async function resolve({ process, io }: PlainCall, host: string): Promise<string | undefined> {
  const found = await resolveHost(process, host);
  if (found.type === 'found') return found.addresses[0];
  await io.raw(`${host}: Unknown host\n`);
  return undefined;
}

async function destinationOf(
  call: PlainCall,
  target: string,
  kind: string | undefined,
  mask: string | undefined,
): Promise<string | number | undefined> {
  if (target === 'default' || (target === '0.0.0.0' && mask === '0.0.0.0')) return 'default';
  const [address = '', bits] = target.split('/');
  const ip = await resolve(call, address);
  if (ip === undefined) return undefined;
  const given = mask === undefined ? undefined : parseIpv4(mask);
  const byMask = given === undefined ? undefined : prefixOf(given);
  if (kind !== '-net' && bits === undefined && mask === undefined) return `${ip}/32`;
  if (bits === undefined && mask === undefined) {
    // Without a mask the class of the address decides.
    const first = Number(ip.split('.')[0]);
    return `${ip}/${first < 128 ? '8' : first < 192 ? '16' : '24'}`;
  }
  const length = bits === undefined ? byMask : Number(bits);
  const cidr = parseCidr(`${ip}/${String(length ?? '')}`);
  if (cidr === undefined) return await tell(call, `route: bogus netmask ${mask ?? bits ?? ''}\n${CHANGE_USAGE}`, 3);
  if (cidr.network !== cidr.address)
    return await tell(call, `route: netmask doesn't match route address\n${CHANGE_USAGE}`, 3);
  return formatNetwork(cidr);
}

const prefixOf = (mask: number): number | undefined =>
  Array.from({ length: 33 }, (_, length) => length).find((length) => maskOf(length) === mask);
