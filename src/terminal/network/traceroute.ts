/**
 * traceroute 2.1.5 (Dmitry Butskoy's) and busybox's.
 * Models: probes by UDP, ICMP (-I) and TCP SYN (-T), sixteen under way at once, who answers and the marks of refusals.
 * A source or device is taken where it is the one that the route has. Leaves out: gateways, AS lookups, path MTU discovery, IPv6.
 */
import { hasCapability } from '../capability.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import type { ProbeAnswer, ProbeError, Process, WayProbe } from '../../protocol/program.ts';
import { command, type Invocation, type Options } from '../coreutils/command.ts';
import type { Io } from '../io.ts';
import { resolveErrorText, resolveHost, reverseName } from '../resolver.ts';
import { KernelRecord } from '../system/kernel/kernel-data.ts';
import { notSimulated } from '../system/plain-program.ts';
import { readLinks } from './rtnetlink/link-facts.ts';
import { Prober } from './prober.ts';

const AT_ONCE = '16';
const UDP_PORT = 33_434;

interface Settings {
  readonly host: string;
  readonly ip: string;
  readonly protocol: WayProbe['protocol'];
  readonly port: number;
  readonly firstTtl: number;
  readonly maxTtl: number;
  readonly queries: number;
  readonly waitUs: number;
  readonly bytes: number;
  /** Probes under way at once. */
  readonly atOnce: number;
}

export const traceroute = command(
  {
    name: 'traceroute',
    // -4 says what all addresses here are.
    short: 'm:q:w:p:f:N:s:i:z:nITU46FrAdeDl:t:g:M:O:P:',
    long: {
      icmp: 'I',
      tcp: 'T',
      udp: 'U',
      'max-hops': 'm:',
      queries: 'q:',
      wait: 'w:',
      port: 'p:',
      first: 'f:',
      'sim-queries': 'N:',
      source: 's:',
      interface: 'i:',
      mtu: 'mtu',
      back: 'back',
      sport: 'sport:',
      fwmark: 'fwmark:',
    },
    absent: [...'6FrAdeDzltgMOP', 'mtu', 'back', 'sport', 'fwmark'],
    usageStatus: 2,
    usage: '[options] host [packet_len]',
  },
  async (call) => {
    const settings = await readSettings(call);
    if (typeof settings === 'number') return settings;
    const { io, process } = call;
    const prober = Prober.open(process);
    // busybox hears answers with a raw socket, the other one with an error queue that anybody has.
    if (call.flavour === 'busybox' && !hasCapability(process.credentials(), 'NET_RAW')) {
      await io.warn(`socket: ${strerror({ errno: 'EPERM' })}`);
      return 1;
    }
    if ('errno' in prober) {
      await io.warn(`socket: ${strerror(prober)}`);
      return 1;
    }
    io.line(headOf(settings));
    return await trace(call, settings, prober);
  },
);

async function readSettings({ process, io, options, operands, flavour }: Invocation): Promise<Settings | number> {
  const [host, length] = operands;
  if (host === undefined) {
    await io.raw(
      'Usage:\n  traceroute [ -46dFITnreAUDV ] [ -f first_ttl ] [ -g gate,... ] [ -i device ] [ -m max_ttl ] [ -N squeries ] [ -p port ] [ -t tos ] [ -l flow_label ] [ -w MAX,HERE,NEAR ] [ -q nqueries ] [ -s src_addr ] [ -z sendwait ] [ --fwmark=num ] host [ packetlen ]\n',
    );
    return 2;
  }
  const maxTtl = Number(options.value('m') ?? '30');
  const queries = Number(options.value('q') ?? '3');
  const firstTtl = Number(options.value('f') ?? '1');
  const wrongValue = problemOf(process.argv, operands, options, { maxTtl, queries, firstTtl });
  if (wrongValue !== undefined) {
    await io.raw(`${wrongValue}\n`);
    return 2;
  }
  const found = await resolveHost(process, host);
  const ip = found.type === 'found' ? found.addresses[0] : undefined;
  if (found.type === 'failed' || ip === undefined) {
    const why = found.type === 'failed' ? resolveErrorText(found.reason) : '';
    await io.raw(
      `${host}: ${why}\nCannot handle "host" cmdline arg \`${host}' on position 1 (argc ${String(process.argv.length - 1)})\n`,
    );
    return 2;
  }
  const bytes = Number(length ?? (flavour === 'busybox' ? '46' : '60'));
  const head = headOf({ host, ip, maxTtl, bytes });
  const wrong = await wrongWay(process, io, options, ip, head);
  if (wrong !== undefined) return wrong;
  const protocol = options.has('I') ? 'icmp' : options.has('T') ? 'tcp' : 'udp';
  const standardPort = protocol === 'tcp' ? 80 : options.has('U') ? 53 : UDP_PORT;
  return {
    host,
    ip,
    protocol,
    port: Number(options.value('p') ?? standardPort),
    firstTtl,
    maxTtl,
    queries,
    waitUs: Number((options.value('w') ?? '5').split(',')[0]) * 1e6,
    bytes,
    atOnce: Math.max(1, Number(options.value('N') ?? AT_ONCE)),
  };
}

const headOf = ({ host, ip, maxTtl, bytes }: Pick<Settings, 'host' | 'ip' | 'maxTtl' | 'bytes'>): string =>
  `traceroute to ${host} (${ip}), ${String(maxTtl)} hops max, ${String(bytes)} byte packets`;

const LONGEST_PACKET = 65_000;

/** The first value that is none, or that goes too far. */
function problemOf(
  argv: readonly string[],
  operands: readonly string[],
  options: Pick<Options, 'order' | 'value'>,
  { maxTtl, queries, firstTtl }: Pick<Settings, 'maxTtl' | 'queries' | 'firstTtl'>,
): string | undefined {
  const strange = options.order.find(
    ([letter, value]) => 'mqpfN'.includes(letter) && !/^(0x[\da-f]+|\d+)$/i.test(value),
  );
  if (strange !== undefined) {
    const [letter, value] = strange;
    const at = argv.findIndex((word, place) => place > 0 && (word === value || word === `-${letter}${value}`));
    return `Cannot handle \`-${letter}' option with arg \`${value}' (argc ${String(at)})`;
  }
  const [, length, extra] = operands;
  if (length !== undefined && !/^\d+$/.test(length))
    return `Cannot handle "packetlen" cmdline arg \`${length}' on position 2 (argc ${String(argv.lastIndexOf(length))})`;
  if (extra !== undefined) return `Extra arg \`${extra}' (position 3, argc ${String(argv.lastIndexOf(extra))})`;
  if (firstTtl < 1 || firstTtl > maxTtl) return 'first hop out of range';
  if (maxTtl > 255) return 'max hops cannot be more than 255';
  if (queries < 1 || queries > 10) return 'no more than 10 probes per hop';
  const wait = options.value('w');
  if (wait !== undefined && Number(wait) < 0) return `bad wait specifications \`${wait},0,0' used`;
  return Number(length ?? 0) > LONGEST_PACKET ? `too big packetlen ${String(length)} specified` : undefined;
}

/** -s and -i where they are not what the route to the address has. */
async function wrongWay(
  process: Process,
  io: Io,
  options: Pick<Options, 'value'>,
  ip: string,
  head: string,
): Promise<number | undefined> {
  const [source, device] = [options.value('s'), options.value('i')];
  if (source === undefined && device === undefined) return undefined;
  const links = readLinks(process);
  if (device !== undefined && !links.some(({ name }) => name === device)) {
    io.out(head);
    await io.raw('\nsetsockopt SO_BINDTODEVICE: No such device\n');
    return 1;
  }
  if (source !== undefined && !links.some(({ addresses }) => addresses.some((each) => each.ip === source))) {
    io.out(head);
    await io.raw('\nbind: Cannot assign requested address\n');
    return 1;
  }
  const found = process.kernel({ subsystem: 'route', op: 'get', args: { destination: ip } });
  const route = failed(found) ? undefined : new KernelRecord(found);
  if (device !== undefined && route?.text('device') !== device)
    return await notSimulated(io, `traceroute -i ${device}`);
  if (source !== undefined && route?.text('source') !== source)
    return await notSimulated(io, `traceroute -s ${source}`);
  return undefined;
}

/** What is known of a probe: when it left, and what came back. */
interface Sent {
  readonly atUs: number;
  answer?: ProbeAnswer | 'nothing';
}

async function trace(call: Invocation, settings: Settings, prober: Prober): Promise<number> {
  const { process, io } = call;
  const total = (settings.maxTtl - settings.firstTtl + 1) * settings.queries;
  const probes: Sent[] = [];
  let printed = 0;
  const names = new Map<string, string>();
  for (;;) {
    while (probes.length < total && probes.filter(({ answer }) => answer === undefined).length < settings.atOnce) {
      const failure = send(call, settings, prober, probes);
      if (failure === undefined) continue;
      await io.raw(`\nconnect: ${failure}\n`);
      return 1;
    }
    for (; probes[printed]?.answer !== undefined; printed += 1) {
      await show(call, settings, probes, printed, names);
      const lastOfHop = (printed + 1) % settings.queries === 0;
      if (lastOfHop && isEnd(settings, probes.slice(printed + 1 - settings.queries, printed + 1)))
        return await io.end(0);
    }
    if (printed >= total) return await io.end(0);
    await io.flush();
    const waiting = probes.find(({ answer }) => answer === undefined);
    if (waiting === undefined) continue;
    const heard = await prober.hear(waiting.atUs + settings.waitUs - process.time().monotonicUs);
    if (heard === 'interrupted') return 130;
    if (heard === 'nothing') waiting.answer = 'nothing';
    else {
      const probe = probes[heard.sequence];
      if (probe !== undefined) probe.answer ??= heard;
    }
  }
}

/** Sends the next probe; answers why it could not. */
function send({ process }: Invocation, settings: Settings, prober: Prober, probes: Sent[]): string | undefined {
  const sequence = probes.length;
  const { protocol, port, bytes } = settings;
  const sent = prober.send(settings.ip, {
    sequence,
    protocol,
    bytes,
    ttl: settings.firstTtl + Math.floor(sequence / settings.queries),
    // Plain UDP probes go to one port after another; the named methods stay on theirs.
    ...(protocol === 'icmp' ? {} : { port: protocol === 'udp' && port !== 53 ? port + sequence : port }),
  });
  probes.push({ atUs: process.time().monotonicUs });
  return failed(sent) ? strerror(sent) : undefined;
}

/** The destination has answered, or somebody says that it cannot be reached. */
const isEnd = ({ ip }: Settings, hop: readonly Sent[]): boolean =>
  hop.some(
    ({ answer }) =>
      answer !== undefined && answer !== 'nothing' && (answer.error !== 'ttl-exceeded' || answer.from === ip),
  );

const MARKS: { readonly [error in ProbeError]?: string } = {
  'unreachable-host': ' !H',
  'unreachable-net': ' !N',
  prohibited: ' !X',
  'too-long': ' !F',
};

/** One probe's part of its line. */
async function show(
  call: Invocation,
  settings: Settings,
  probes: readonly Sent[],
  at: number,
  names: Map<string, string>,
): Promise<void> {
  const { io, options } = call;
  const query = at % settings.queries;
  if (query === 0) io.out(String(settings.firstTtl + Math.floor(at / settings.queries)).padStart(2));
  const answer = probes[at]?.answer;
  if (answer === undefined || answer === 'nothing') io.out(query === 0 ? '  *' : ' *');
  else {
    const before = probes.slice(at - query, at).findLast((probe) => probe.answer !== 'nothing')?.answer;
    const { from, roundTripUs, error } = answer;
    if (before === undefined || before === 'nothing' || before.from !== from) {
      const name = options.has('n') ? undefined : (names.get(from) ?? (await reverseName(call.process, from)) ?? from);
      if (name !== undefined) names.set(from, name);
      io.out(`${query === 0 ? ' ' : ''} ${name === undefined ? from : `${name} (${from})`}`);
    }
    const mark = error === undefined ? '' : (MARKS[error] ?? '');
    io.out(`  ${(roundTripUs / 1_000).toFixed(3)} ms${mark}`);
  }
  if (query === settings.queries - 1) io.line('');
}
