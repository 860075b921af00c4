/**
 * tcpdump 4.99.4: packets as they pass a device, line by line.
 * Models: -i -c -n -e -v -q -t -l -S -Q -D, filter expressions, the summary at the end. Leaves out: capture files, dumps of bytes.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { command, type Invocation } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { isIpv4, resolveHost, reverseName } from '../../resolver.ts';
import { strftime } from '../../strftime.ts';
import { KernelRecord } from '../../system/kernel/kernel-data.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { readLinks } from '../rtnetlink/link-facts.ts';
import { serviceName } from '../service-names.ts';
import { parseFilter, type Filter } from './filter.ts';
import { frameOf, type CapturedFrame } from './frame.ts';
import { frameText, type LineOptions } from './lines.ts';

export const tcpdump = command(
  {
    name: 'tcpdump',
    // Lines leave as they come (-l, -U), no checksum is wrong (-K) and no buffer overflows (-B).
    short: 'i:c:s:w:r:C:W:G:F:y:T:Q:z:Z:B:j:nvetqlDAxXSKpULNb#dEfhHIJm:M:OuV:',
    long: {
      interface: 'i:',
      count: 'count',
      'list-interfaces': 'D',
      number: '#',
      'line-buffered': 'l',
      'buffer-size': 'B:',
      'absolute-tcp-sequence-numbers': 'S',
      'dont-verify-checksums': 'K',
      'immediate-mode': 'U',
      verbose: 'v',
    },
    absent: [...'wrAxXFCWGyTzZjpLNbdEfHIJmMOuV', 'count'],
    usageStatus: 1,
    usage: '[-Abd...] [ -c count ] [ -i interface ] [ expression ]',
  },
  async (call) => {
    const { io, options, process } = call;
    const links = readLinks(process);
    if (options.has('D')) {
      links.forEach(({ name, up }, at) => {
        io.line(`${String(at + 1)}.${name} [${up ? 'Up, Running' : 'none'}]`);
      });
      io.line(`${String(links.length + 1)}.any (Pseudo-device that captures on all interfaces) [Up, Running]`);
      return await io.end(0);
    }
    const direction = options.value('Q') ?? 'inout';
    if (!['in', 'out', 'inout'].includes(direction)) {
      await io.warn(`unknown capture direction \`${direction}'`);
      return 1;
    }
    const filter = await readFilter(call);
    if (typeof filter === 'number') return filter;
    const device = options.value('i') ?? links.find(({ kind, up }) => kind !== 'loopback' && up)?.name ?? 'lo';
    const fd = process.capture(device === 'any' ? undefined : device);
    if (failed(fd)) {
      await io.raw(
        fd.errno === 'ENODEV'
          ? `tcpdump: ${device}: No such device exists\n(No such device exists)\n`
          : `tcpdump: ${device}: You don't have permission to perform this capture on that device\n(socket: ${strerror(fd)})\n`,
      );
      return 1;
    }
    const any = device === 'any';
    const suppressed = 'verbose output suppressed, use -v[v]... for full protocol decode';
    if (any) await io.warn('data link type LINUX_SLL2');
    if (!options.has('v')) await io.warn(suppressed);
    const type = any ? 'LINUX_SLL2 (Linux cooked v2)' : 'EN10MB (Ethernet)';
    await io.raw(
      `${options.has('v') ? 'tcpdump: ' : ''}listening on ${device}, link-type ${type}, snapshot length ${options.value('s') ?? '262144'} bytes\n`,
    );
    return await capture(call, fd, filter, any);
  },
);

async function readFilter(call: Invocation): Promise<Filter | number> {
  const { io, process } = call;
  const hosts = new Map<string, string>();
  for (const word of call.operands.flatMap((each) => each.split(/[\s()!]+/))) {
    if (!/[a-z]/i.test(word) || isIpv4(word)) continue;
    const known = fileText(process, '/etc/hosts')?.includes(word) === true || word.includes('.');
    const found = known ? await resolveHost(process, word) : undefined;
    if (found?.type === 'found' && found.addresses[0] !== undefined) hosts.set(word, found.addresses[0]);
  }
  const parsed = parseFilter(call.operands.join(' '), {
    host: (name) => hosts.get(name),
    port: (name) => {
      const line = (fileText(process, '/etc/services') ?? '').split('\n').find((each) => each.split(/\s/)[0] === name);
      const port = /\s(\d+)\//.exec(line ?? '')?.[1];
      return port === undefined ? undefined : Number(port);
    },
  });
  switch (parsed.type) {
    case 'filter':
      return parsed.filter;
    case 'not-simulated':
      return await notSimulated(io, `tcpdump … ${parsed.word}`);
    case 'unknown-host':
      await io.warn(`unknown host '${parsed.word}'`);
      return 1;
    case 'syntax':
      await io.warn("can't parse filter expression: syntax error");
      return 1;
  }
}

/** Prints what passes, until the count or a signal. */
async function capture(call: Invocation, fd: Fd, filter: Filter, any: boolean): Promise<number> {
  const { io, options, process } = call;
  const count = Number(options.value('c') ?? '0');
  const names = new Names(process, options.has('n'));
  const direction = options.value('Q') ?? '';
  let captured = 0;
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.sigaction(signal, 'catch');
  while (!stopped && (count === 0 || captured < count)) {
    const segment = await process.receive(fd);
    if (failed(segment)) stopped = true;
    else if (segment?.type === 'message') {
      const frame = frameOf(new KernelRecord(segment.value));
      if (!filter(frame) || !['', 'inout', frame.direction].includes(direction)) continue;
      captured += 1;
      await names.learn(frame);
      const number = options.has('#') ? `${String(captured).padStart(5)}  ` : '';
      io.line(`${number}${timeText(call)}${frameText(frame, lineOptions(call, names, any))}`);
      await io.flush();
      if (io.broken) stopped = true;
    }
    stopped ||= process.takeSignals().length > 0;
  }
  process.close(fd);
  const plural = (n: number): string => `${String(n)} packet${n === 1 ? '' : 's'}`;
  await io.raw(
    `${count === 0 ? '\n' : ''}${plural(captured)} captured\n${plural(captured)} received by filter\n0 packets dropped by kernel\n`,
  );
  return await io.end(0);
}

const lineOptions = ({ options }: Invocation, names: Names, everyDevice: boolean): LineOptions => ({
  linkLevel: options.has('e'),
  verbose: options.has('v'),
  quick: options.has('q'),
  absolute: options.has('S'),
  everyDevice,
  address: (ip) => names.address(ip),
  port: (port, protocol) => names.port(port, protocol),
});

/** -t leaves the time away, -tt shows seconds, -tttt the date as well. */
function timeText({ process, options }: Invocation): string {
  const { realtimeUs } = process.time();
  const ts = options.values('t').length;
  if (ts === 1) return '';
  const fraction = String(Math.floor(realtimeUs % 1e6)).padStart(6, '0');
  const seconds = Math.floor(realtimeUs / 1e6);
  if (ts === 2) return `${String(seconds)}.${fraction} `;
  return `${strftime(ts === 4 ? '%Y-%m-%d %H:%M:%S' : '%H:%M:%S', realtimeUs)}.${fraction} `;
}

/** Names of addresses, asked for once each. */
class Names {
  readonly #known = new Map<string, string>();

  constructor(
    private readonly process: Process,
    private readonly numeric: boolean,
  ) {}

  async learn({ packet, arp }: CapturedFrame): Promise<void> {
    if (this.numeric) return;
    const all = [packet?.source, packet?.destination, packet?.inner?.destination, arp?.senderIp, arp?.targetIp];
    for (const ip of all)
      if (ip !== undefined && !this.#known.has(ip)) {
        // Set first: asking makes packets of its own.
        this.#known.set(ip, ip);
        this.#known.set(ip, (await reverseName(this.process, ip)) ?? ip);
      }
  }

  address(ip: string): string {
    return this.#known.get(ip) ?? ip;
  }

  port(port: number, protocol: string): string {
    if (this.numeric) return String(port);
    return port === 53 ? 'domain' : serviceName(this.process, port, protocol);
  }
}
