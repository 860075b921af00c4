/** arp (net-tools 2.10): the neighbour table. Leaves out: proxy entries, files of entries, other address families. */
import { failed } from '../../../protocol/errno.ts';
import { command, type Flavour, type Invocation } from '../../coreutils/command.ts';
import { isIpv4, resolveHost, reverseName } from '../../resolver.ts';
import { KernelRecord, recordsOf } from '../../system/kernel/kernel-data.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { readLinks } from '../rtnetlink/link-facts.ts';
import { sayIoctlFailure } from './ioctl-failure.ts';

export const arp = command(
  {
    name: 'arp',
    // -e is the table that Linux shows unless -a is given.
    short: 'anevi:dsH:t:Df:A:p:',
    absent: [...'DfAp'],
    long: {
      numeric: 'n',
      all: 'a',
      verbose: 'v',
      device: 'i:',
      delete: 'd',
      set: 's',
      'hw-type': 'H:',
      'use-device': 'D',
      file: 'f:',
    },
    usageStatus: 3,
    usage: '[-vn] [<HW>] [-i <if>] [-a] [<hostname>]',
  },
  async (call) => {
    const { io, options, process } = call;
    const device = options.value('i');
    const hardware = options.value('H') ?? options.value('t') ?? 'ether';
    if (hardware !== 'ether') return await notSimulated(io, `arp -H ${hardware}`);
    if (options.has('d') || options.has('s')) {
      if (device === undefined || readLinks(process).some(({ name }) => name === device))
        return await (options.has('d') ? remove(call) : set(call));
      await io.warn(`device ${device} unknown`);
      return 255;
    }
    return await show(call);
  },
);

/** The address that an operand means. */
async function addressOf({ io, process }: Invocation, host: string): Promise<string | undefined> {
  const found = isIpv4(host) ? undefined : await resolveHost(process, host);
  const ip = found?.type === 'found' ? found.addresses[0] : isIpv4(host) ? host : undefined;
  if (ip === undefined) await io.raw(`${host}: Unknown host\n`);
  return ip;
}

const isComplete = (entry: KernelRecord): boolean => entry.text('mac') !== '';
const isPermanent = (entry: KernelRecord): boolean => entry.text('state') === 'PERMANENT';

async function show(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  const [host] = call.operands;
  const ip = host === undefined ? undefined : await addressOf(call, host);
  if (host !== undefined && ip === undefined) return 255;
  const device = options.value('i');
  const all = recordsOf(process.kernel({ subsystem: 'neighbour', op: 'list' }));
  const found = all.filter(
    (entry) => (ip === undefined || entry.text('ip') === ip) && (device === undefined || entry.text('link') === device),
  );
  if (found.length === 0) {
    if (host !== undefined) io.line(`${host} (${ip ?? ''}) -- no entry`);
    else if (device !== undefined) io.line(`arp: in ${String(all.length)} entries no match found.`);
    return await io.end(0);
  }
  const bsd = options.has('a') || call.flavour === 'busybox';
  if (!bsd) io.line('Address                  HWtype  HWaddress           Flags Mask            Iface');
  for (const entry of found) {
    const name = options.has('n') ? undefined : await reverseName(process, entry.text('ip'));
    io.line(bsd ? bsdLine(entry, name, call.flavour) : linuxLine(entry, name));
  }
  if (options.has('v'))
    io.line(
      `Entries: ${String(all.length)}\tSkipped: ${String(all.length - found.length)}\tFound: ${String(found.length)}`,
    );
  return await io.end(0);
}

function linuxLine(entry: KernelRecord, name: string | undefined): string {
  const hardware = isComplete(entry)
    ? `${'ether'.padEnd(8)}${entry.text('mac').padEnd(20)}${(isPermanent(entry) ? 'CM' : 'C').padEnd(6)}`
    : `${' '.repeat(8)}${'(incomplete)'.padEnd(26)}`;
  return `${(name ?? entry.text('ip')).slice(0, 23).padEnd(23)}  ${hardware}${' '.repeat(15)} ${entry.text('link')}`;
}

function bsdLine(entry: KernelRecord, name: string | undefined, flavour: Flavour): string {
  const hardware = isComplete(entry)
    ? `${entry.text('mac')} [ether]${isPermanent(entry) ? ' PERM' : ''}${flavour === 'busybox' ? ' ' : ''}`
    : '<incomplete>';
  return `${name ?? '?'} (${entry.text('ip')}) at ${hardware} on ${entry.text('link')}`;
}

async function remove(call: Invocation): Promise<number> {
  const { io, process, options } = call;
  const [host] = call.operands;
  if (host === undefined) {
    await io.warn('need host name');
    return 255;
  }
  const ip = await addressOf(call, host);
  if (ip === undefined) return 255;
  const entry = recordsOf(process.kernel({ subsystem: 'neighbour', op: 'list' })).find(
    (each) => each.text('ip') === ip && (options.value('i') ?? each.text('link')) === each.text('link'),
  );
  const done =
    entry === undefined
      ? undefined
      : process.kernel({ subsystem: 'neighbour', op: 'delete', args: { ip, link: entry.text('link') } });
  if (entry === undefined) io.line(`No ARP entry for ${host}`);
  else if (failed(done)) await io.raw('SIOCDARP(dontpub): Operation not permitted\n');
  else return 0;
  return await io.end(255);
}

async function set(call: Invocation): Promise<number> {
  const { io, process, options } = call;
  const [host, mac, kind] = call.operands;
  if (host === undefined || mac === undefined) {
    await io.warn(host === undefined ? 'need host name' : 'need hardware address');
    return 255;
  }
  const ip = await addressOf(call, host);
  if (ip === undefined) return 255;
  if (!/^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/i.test(mac)) {
    await io.warn('invalid hardware address');
    return 255;
  }
  if (kind !== undefined) return await notSimulated(io, `arp -s … ${kind}`);
  const route = process.kernel({ subsystem: 'route', op: 'get', args: { destination: ip } });
  const link = options.value('i') ?? (failed(route) ? '' : new KernelRecord(route).text('device'));
  const done = process.kernel({ subsystem: 'neighbour', op: 'replace', args: { ip, link, mac: withZeros(mac) } });
  if (!failed(done)) return 0;
  return await sayIoctlFailure(call, 'SIOCSARP', { errno: done.errno === 'EPERM' ? 'EPERM' : 'ENETUNREACH' }, 255);
}

/** `2:0:0:0:0:7` with two digits each. */
const withZeros = (mac: string): string =>
  mac
    .toLowerCase()
    .split(':')
    .map((byte) => byte.padStart(2, '0'))
    .join(':');
