/**
 * tcpdump 4.99.4: packets as they pass a device or stand in a file, line by line.
 * Models: -i -c -n -e -v -q -t -l -S -Q -D -x -X -A -s -F --count, capture files (-w, -r), filter expressions, the summary at the end.
 * Leaves out: files in turns (-C, -G, -W), files of all devices at once, other kinds of links, IPv6, decryption, the filter's code (-d).
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
import { decodeFrame, ipAt, type Decoded } from './decode.ts';
import { parseFilter, type Filter } from './filter.ts';
import { KEYWORDS } from './filter-words.ts';
import { frameOf } from './frame.ts';
import { FrameLines, type LineOptions } from './lines.ts';
import { pcapHeader, pcapRecord, readPcap } from './pcap-file.ts';
import { rawOf, type Raw } from './wire.ts';

const SNAPSHOT = 262_144;
/** Headers that are cut off are not read here. */
const SHORTEST = 74;

export const tcpdump = command(
  {
    name: 'tcpdump',
    calls: 'short',
    // Lines leave as they come (-l, -U), no sum is wrong (-K), no buffer overflows (-B), filters need no optimizer (-O), and a
    // device sees what is for it, promiscuous or not (-p).
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
      'no-promiscuous-mode': 'p',
      'packet-buffered': 'U',
      'snapshot-length': 's:',
      direction: 'Q:',
      verbose: 'v',
    },
    absent: [...'CWGyTzZjLNbdEfhHIJmMuV'],
    usageStatus: 1,
    usage: '[-Abd...] [ -c count ] [ -i interface ] [ expression ]',
  },
  async (call) => {
    const { io, options } = call;
    if (options.has('D')) return await listDevices(call);
    const wrong = wrongValue(call);
    if (wrong !== undefined) {
      await io.warn(wrong);
      return 1;
    }
    const snapshot = Number(options.value('s') ?? '0') || SNAPSHOT;
    if (snapshot < SHORTEST) return await notSimulated(io, `tcpdump -s ${String(snapshot)}`);
    const file = options.value('r');
    return file === undefined ? await live(call, snapshot) : await fromFile(call, file, snapshot);
  },
);

function wrongValue({ options }: Invocation): string | undefined {
  const count = options.value('c');
  if (count !== undefined && !(/^\d+$/.test(count) && Number(count) > 0)) return `invalid packet count ${count}`;
  const length = options.value('s');
  if (length !== undefined && !(/^\d+$/.test(length) && Number(length) <= SNAPSHOT))
    return `invalid snaplen ${length} (must be >= 0 and <= ${String(SNAPSHOT)})`;
  const direction = options.value('Q') ?? 'inout';
  return ['in', 'out', 'inout'].includes(direction) ? undefined : `unknown capture direction \`${direction}'`;
}

/** -D: those that carry packets first, then all at once, then the loopback, then those that are down. */
async function listDevices({ io, process }: Invocation): Promise<number> {
  const links = readLinks(process);
  const shown = [
    ...links.filter(({ kind, up }) => kind !== 'loopback' && up).map(({ name }) => `${name} [Up, Running, Connected]`),
    'any (Pseudo-device that captures on all interfaces) [Up, Running]',
    ...links.filter(({ kind, up }) => kind === 'loopback' && up).map(({ name }) => `${name} [Up, Running, Loopback]`),
    ...links
      .filter(({ up }) => !up)
      .map(({ kind, name }) => `${name} [${kind === 'loopback' ? 'Loopback' : 'none, Disconnected'}]`),
  ];
  shown.forEach((text, at) => {
    io.line(`${String(at + 1)}.${text}`);
  });
  return await io.end(0);
}

async function live(call: Invocation, snapshot: number): Promise<number> {
  const { io, options, process } = call;
  const links = readLinks(process);
  const asked = options.value('i');
  const device =
    asked === undefined
      ? (links.find(({ kind, up }) => kind !== 'loopback' && up)?.name ?? 'lo')
      : ((/^\d+$/.test(asked) ? links.find(({ index }) => index === Number(asked))?.name : undefined) ?? asked);
  const any = device === 'any';
  if (any && options.has('w')) return await notSimulated(io, 'tcpdump -i any -w');
  const fd = process.capture(any ? undefined : device);
  if (failed(fd)) {
    await io.raw(
      fd.errno === 'ENODEV'
        ? `tcpdump: ${device}: No such device exists\n(No such device exists)\n`
        : `tcpdump: ${device}: You don't have permission to perform this capture on that device\n(socket: ${strerror(fd)})\n`,
    );
    return 1;
  }
  if (any) await io.warn('data link type LINUX_SLL2');
  const filter = await readFilter(call);
  if (typeof filter === 'number') return filter;
  const told = options.has('v') || options.has('w');
  if (!told) await io.warn('verbose output suppressed, use -v[v]... for full protocol decode');
  const type = any ? 'LINUX_SLL2 (Linux cooked v2)' : 'EN10MB (Ethernet)';
  await io.raw(
    `${told ? 'tcpdump: ' : ''}listening on ${device}, link-type ${type}, snapshot length ${String(snapshot)} bytes\n`,
  );
  const sink = Sink.open(call, any, snapshot);
  return 'errno' in sink
    ? await cannotOpen(call, options.value('w') ?? '', strerror(sink))
    : await capture(call, fd, filter, sink);
}

async function cannotOpen({ io }: Invocation, path: string, why: string): Promise<number> {
  await io.warn(`${path}: ${why}`);
  return 1;
}

async function fromFile(call: Invocation, path: string, snapshot: number): Promise<number> {
  const { io, options, process } = call;
  const bytes = process.readFile(path === '-' ? '/dev/stdin' : path);
  if (failed(bytes)) return await cannotOpen(call, path, strerror(bytes));
  const read = readPcap(bytes);
  if (read === undefined) {
    await io.warn('unknown file format');
    return 1;
  }
  if (read.linkType !== 1) return await notSimulated(io, `tcpdump -r (link type ${String(read.linkType)})`);
  await io.raw(`reading from file ${path}, link-type EN10MB (Ethernet), snapshot length ${String(read.snapshot)}\n`);
  const filter = await readFilter(call);
  if (typeof filter === 'number') return filter;
  const sink = Sink.open(call, false, Math.min(snapshot, read.snapshot));
  if ('errno' in sink) return await cannotOpen(call, options.value('w') ?? '', strerror(sink));
  const limit = Number(options.value('c') ?? Infinity);
  for (const raw of read.frames) {
    if (sink.taken >= limit) break;
    const frame = decodeFrame(raw);
    if (filter(frame)) await sink.take(frame);
  }
  if (options.has('count')) io.line(`${String(sink.taken)} packet${sink.taken === 1 ? '' : 's'}`);
  sink.close();
  return await io.end(0);
}

/** Where packets go: to a file (-w), or to standard output as lines. */
class Sink {
  taken = 0;
  readonly #names: Names;
  readonly #lines: FrameLines;
  #firstUs: number | undefined;
  #lastUs: number | undefined;

  private constructor(
    private readonly call: Invocation,
    any: boolean,
    private readonly snapshot: number,
    private readonly file: Fd | undefined,
  ) {
    this.#names = new Names(call.process, call.options.has('n'));
    this.#lines = new FrameLines(lineOptions(call, this.#names, any));
  }

  static open(call: Invocation, any: boolean, snapshot: number): Sink | { readonly errno: 'EIO' } {
    const path = call.options.value('w');
    if (path === undefined) return new Sink(call, any, snapshot, undefined);
    const fd = path === '-' ? 1 : call.process.open(path, { write: true, create: true, truncate: true });
    return failed(fd) ? (fd as { readonly errno: 'EIO' }) : new Sink(call, any, snapshot, fd);
  }

  async take(frame: Decoded): Promise<void> {
    const { io, options, process } = this.call;
    this.taken += 1;
    if (options.has('count') && options.has('r')) return;
    if (this.file !== undefined) {
      if (this.taken === 1) await process.write(this.file, pcapHeader(this.snapshot));
      await process.write(this.file, pcapRecord(frame.raw, this.snapshot));
      return;
    }
    const raw: Raw = { ...frame.raw, bytes: frame.raw.bytes.subarray(0, this.snapshot) };
    await this.#names.learn(frame);
    const number = options.has('#') ? `${String(this.taken).padStart(5)}  ` : '';
    io.line(`${number}${this.#time(raw.timeUs)}${this.#lines.text({ ...frame, raw })}`);
    await io.flush();
  }

  /** A file without packets has its header all the same. */
  async finish(): Promise<void> {
    if (this.file !== undefined && this.taken === 0)
      await this.call.process.write(this.file, pcapHeader(this.snapshot));
    this.close();
  }

  close(): void {
    if (this.file !== undefined && this.file !== 1) this.call.process.close(this.file);
  }

  /** -t leaves the time away, -tt shows seconds, -ttt and -ttttt what has passed, -tttt the date as well. */
  #time(timeUs: number): string {
    const ts = this.call.options.values('t').length;
    this.#firstUs ??= timeUs;
    const passedUs = timeUs - (ts === 3 ? (this.#lastUs ?? timeUs) : this.#firstUs);
    this.#lastUs = timeUs;
    if (ts === 1) return '';
    const shownUs = ts === 3 || ts === 5 ? passedUs : timeUs;
    const fraction = String(Math.floor(shownUs % 1e6)).padStart(6, '0');
    const seconds = Math.floor(shownUs / 1e6);
    if (ts === 2) return `${String(seconds)}.${fraction} `;
    if (ts === 3 || ts === 5) {
      const two = (value: number): string => String(value).padStart(2, '0');
      return ` ${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${fraction} `;
    }
    return `${strftime(ts === 4 ? '%Y-%m-%d %H:%M:%S' : '%H:%M:%S', timeUs)}.${fraction} `;
  }
}

async function readFilter(call: Invocation): Promise<Filter | number> {
  const { io, process } = call;
  const hosts = new Map<string, string>();
  const path = call.options.value('F');
  const given = path === undefined ? call.operands : [fileText(process, path)?.trim() ?? ''];
  for (const word of given.flatMap((each) => each.split(/[\s()!]+/))) {
    if (!/[a-z]/i.test(word) || isIpv4(word) || KEYWORDS.has(word)) continue;
    const known = fileText(process, '/etc/hosts')?.includes(word) === true || word.includes('.');
    const found = known ? await resolveHost(process, word) : undefined;
    if (found?.type === 'found' && found.addresses[0] !== undefined) hosts.set(word, found.addresses[0]);
  }
  const parsed = parseFilter(given.join(' '), {
    host: (name) => hosts.get(name),
    port: (name) => {
      const line = (fileText(process, '/etc/services') ?? '').split('\n').find((each) => each.split(/\s/)[0] === name);
      const port = /\s(\d+)\//.exec(line ?? '')?.[1];
      return port === undefined ? undefined : Number(port);
    },
  });
  if ('filter' in parsed) return parsed.filter;
  if ('absent' in parsed) return await notSimulated(io, `tcpdump … ${parsed.absent}`);
  await io.warn(parsed.problem);
  return 1;
}

/** Takes what passes, until the count or a signal. */
async function capture(call: Invocation, fd: Fd, filter: Filter, sink: Sink): Promise<number> {
  const { io, options, process } = call;
  const count = Number(options.value('c') ?? Infinity);
  const direction = options.value('Q') ?? 'inout';
  let stopped = false;
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.sigaction(signal, 'catch');
  while (!stopped && sink.taken < count) {
    const segment = await process.receive(fd);
    if (failed(segment)) stopped = true;
    else if (segment?.type === 'message') {
      const frame = decodeFrame(rawOf(frameOf(new KernelRecord(segment.value)), process.time().realtimeUs));
      if (!filter(frame) || (direction !== 'inout' && frame.raw.direction !== direction)) continue;
      await sink.take(frame);
      if (io.broken) stopped = true;
    }
    interrupted ||= process.takeSignals().length > 0;
    stopped ||= interrupted;
  }
  process.close(fd);
  await sink.finish();
  const plural = `${String(sink.taken)} packet${sink.taken === 1 ? '' : 's'}`;
  await io.raw(
    `${interrupted ? '\n' : ''}${plural} captured\n${plural} received by filter\n0 packets dropped by kernel\n`,
  );
  return await io.end(0);
}

function lineOptions({ options, process }: Invocation, names: Names, everyDevice: boolean): LineOptions {
  const kind = (['X', 'x', 'A'] as const).find((letter) => options.has(letter));
  return {
    linkLevel: options.has('e'),
    verbose: options.values('v').length,
    quick: options.has('q'),
    absolute: options.has('S'),
    everyDevice,
    numeric: options.has('n'),
    dump: kind === undefined ? undefined : { kind, whole: options.values(kind).length > 1 },
    address: (ip) => names.address(ip),
    port: (port, protocol) => names.port(port, protocol),
    deviceIndex: (name) => readLinks(process).find((link) => link.name === name)?.index ?? 0,
  };
}

/** Names of addresses, asked for once each. */
class Names {
  readonly #known = new Map<string, string>();

  constructor(
    private readonly process: Process,
    private readonly numeric: boolean,
  ) {}

  async learn({ raw, ip: packet, arp }: Decoded): Promise<void> {
    if (this.numeric) return;
    // An ICMP error names the destination of the packet that it is about.
    const inner = packet?.protocol === 1 ? ipAt(raw.bytes, packet.contentAt + 24) : undefined;
    const isError = packet?.protocol === 1 && [3, 11].includes(raw.bytes[packet.contentAt] ?? 0);
    const all = [packet?.source, packet?.destination, isError ? inner : undefined, arp?.senderIp, arp?.targetIp];
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
