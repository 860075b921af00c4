/** ifconfig (net-tools 2.10): addresses, aliases, flags and counters of links. Leaves out: IPv6, tunnels, media, interrupts. */
import { failed } from '../../../protocol/errno.ts';
import { plainProgram, type PlainCall } from '../../system/plain-program.ts';
import { readLinks } from '../rtnetlink/link-facts.ts';
import { InterfaceSettings } from './ifconfig-settings.ts';
import { blockOf, interfaceRow, interfaceTableHead } from './interface-display.ts';
import { allInterfaces, interfaceOf } from './interface-names.ts';

const HINT = "ifconfig: `--help' gives usage information.\n";

export const ifconfig = plainProgram('ifconfig', async (call) => {
  const { io, args } = call;
  const first = args.findIndex((word) => !word.startsWith('-'));
  const options = first < 0 ? args : args.slice(0, first);
  const [name, ...settings] = first < 0 ? [] : args.slice(first);
  if (options.some((word) => word === '-V' || word === '--version')) {
    io.line('net-tools 2.10');
    return await io.end(0);
  }
  const unknown = options.find((word) => !/^-[asv]+$/.test(word));
  if (unknown !== undefined) {
    await io.raw(`ifconfig: option \`${unknown}' not recognised.\n${HINT}`);
    return 1;
  }
  if (name !== undefined && settings.length > 0) return await configure(call, name, settings);
  return await show(call, name, options.join(''));
});

async function show(call: PlainCall, name: string | undefined, letters: string): Promise<number> {
  const { io, process, flavour } = call;
  const links = readLinks(process);
  const all = allInterfaces(links);
  const named = name === undefined ? undefined : interfaceOf(links, name);
  if (letters.includes('s')) io.out(interfaceTableHead(false));
  if (name !== undefined && named === undefined) {
    await io.flush();
    await io.raw(`${name}: error fetching interface information: Device not found\n`);
    return 1;
  }
  const shown = named === undefined ? all.filter(({ link }) => link.up || letters.includes('a')) : [named];
  io.out(shown.map((each) => (letters.includes('s') ? interfaceRow(each) : blockOf(each, flavour))).join(''));
  return await io.end(0);
}

/** Words in turn, each done at once; what could not be done is told and the next one follows. */
async function configure(call: PlainCall, name: string, words: readonly string[]): Promise<number> {
  const settings = new InterfaceSettings(call, name);
  const left = [...words];
  let status = 0;
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const done = await settings.apply(word, left);
    if (done === 'misused') {
      await call.io.raw(USAGE);
      return 3;
    }
    if (done === 'refused') return 1;
    if (done === 'unknown') {
      await call.io.raw(`${word}: Unknown host\n${HINT}`);
      return 1;
    }
    if (done === 'not simulated') {
      await call.io.raw(`drydock: 'ifconfig ${name} ${word}' is not simulated\n`);
      return 1;
    }
    for (const { request, failure } of done.filter(({ failure: each }) => failed(each))) {
      const problem = request === 'flags' ? settings.flagsProblem(failure) : settings.problem(request, failure);
      if (call.flavour === 'busybox') {
        // It ends with the first one and says who it is.
        await call.io.raw(`ifconfig: ${problem}`);
        return 1;
      }
      await call.io.raw(problem);
      status = request === 'flags' ? 255 : Math.max(status, 1);
    }
  }
  return status;
}

const USAGE = `Usage:
  ifconfig [-a] [-v] [-s] <interface> [[<AF>] <address>]
  [add <address>[/<prefixlen>]]
  [del <address>[/<prefixlen>]]
  [[-]broadcast [<address>]]  [[-]pointopoint [<address>]]
  [netmask <address>]  [dstaddr <address>]  [tunnel <address>]
  [outfill <NN>] [keepalive <NN>]
  [hw <HW> <address>]  [mtu <NN>]
  [[-]trailers]  [[-]arp]  [[-]allmulti]
  [multicast]  [[-]promisc]
  [mem_start <NN>]  [io_addr <NN>]  [irq <NN>]  [media <type>]
  [txqueuelen <NN>]
  [name <newname>]
  [[-]dynamic]
  [up|down] ...
`;
