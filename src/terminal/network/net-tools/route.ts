/** route (net-tools 2.10): the main routing table. Leaves out: reject routes, windows, IPv6, the routing cache. */
import { formatNetwork, maskOf, formatIpv4, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { resolveHost, reverseName } from '../../resolver.ts';
import { recordsOf, type KernelRecord } from '../../system/kernel-data.ts';
import { notSimulated, plainProgram, type PlainCall } from '../../system/plain-program.ts';

export const route = plainProgram('route', async (call) => {
  const { io, args } = call;
  const words = args.filter((word) => !/^-(n|e|ee|v|4|-numeric|Ainet|A)$/.test(word) && word !== 'inet');
  const [verb, ...rest] = words;
  if (verb === 'add' || verb === 'del') return await change(call, verb, rest);
  if (verb !== undefined) return await notSimulated(io, `route ${verb}`);
  io.out(await routingTable(call.process, args.includes('-n') || args.includes('--numeric'), 'route'));
  return await io.end(0);
});

/** The table as `route` and `netstat -r` write it. */
export async function routingTable(process: Process, numeric: boolean, by: 'route' | 'netstat'): Promise<string> {
  const columns = by === 'route' ? 'Metric Ref    Use' : '  MSS Window  irtt';
  const lines = ['Kernel IP routing table', `Destination     Gateway         Genmask         Flags ${columns} Iface`];
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
    const numbers =
      by === 'route'
        ? `${flags.padEnd(6)}${String(each.number('metric')).padEnd(6)} ${'0'.padEnd(2)} ${'0'.padStart(7)}`
        : `${flags.padEnd(9)} 0 ${'0'.padEnd(10)} 0`;
    lines.push(`${cells} ${numbers} ${dead ? '-' : each.text('device')}`);
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
  if (target === undefined) return await usage(call);
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
  await io.raw(`SIOC${verb === 'add' ? 'ADD' : 'DEL'}RT: ${strerror(done)}\n`);
  return 7;
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
  if (cidr === undefined) return await usage(call, `route: bogus netmask ${mask ?? bits ?? ''}\n`);
  if (cidr.network !== cidr.address) return await usage(call, "route: netmask doesn't match route address\n");
  return formatNetwork(cidr);
}

const prefixOf = (mask: number): number | undefined =>
  Array.from({ length: 33 }, (_, length) => length).find((length) => maskOf(length) === mask);

async function usage({ io }: PlainCall, text = ''): Promise<number> {
  await io.raw(
    `${text}Usage: route [-nNvee] [-FC] [<AF>]           List kernel routing tables\n       route [-v] [-FC] {add|del|flush} ...  Modify routing table for AF.\n`,
  );
  return 4;
}
