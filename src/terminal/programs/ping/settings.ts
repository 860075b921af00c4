/** What ping's options and destination come to, and what it says of wrong ones. */
import { wholePower } from '../../../formats/power.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { type AddressFacts, readLinks } from '../../network/rtnetlink/link-facts.ts';
import { isIpv4, resolveErrorText, resolveHost } from '../../resolver.ts';

/** IP and ICMP headers. */
export const HEADERS = 28;

/** The least that holds the time it was sent at, which the answer brings back. */
const TIMESTAMP_BYTES = 16;

export interface Settings {
  readonly host: string;
  readonly ip: string;
  /** Payload bytes. */
  readonly size: number;
  /** Packets are long enough for a time stamp. */
  readonly timed: boolean;
  readonly count: number;
  /** How many leave at once at the beginning. */
  readonly preload: number;
  readonly intervalUs: number;
  /** The next leaves as soon as an answer has come (-A, -f). */
  readonly eager: boolean;
  /** Dots for what is on its way instead of lines (-f). */
  readonly dots: boolean;
  /** How long to wait once everything is sent and nothing came. */
  readonly lingerUs: number;
  readonly deadlineUs: number;
  readonly ttl: number | undefined;
  /** The own address, and the device it was named by. */
  readonly source: string | undefined;
  readonly device: string;
  readonly dontFragment: boolean;
  /** Addresses of answers are shown with names. */
  readonly names: boolean;
}

const MAX_INT = '2147483647';
/** Options that take a whole number, with their bounds. */
const WHOLE: Readonly<Record<string, readonly [low: string, high: string]>> = {
  c: ['1', '9223372036854775807'],
  l: ['1', '65536'],
  s: ['0', MAX_INT],
  t: ['0', '255'],
  w: ['0', MAX_INT],
};
const PMTU_MODES = ['do', 'dont', 'want', 'probe'];
const DEFAULT_LINGER_US = 10_000_000;
/** Floods wait so long for an answer that does not come. */
const FLOOD_INTERVAL_SECONDS = 0.01;
const MIN_USER_INTERVAL_SECONDS = 0.002;

/** Options and destination; an exit code where they cannot be used. */
export async function readSettings(call: Invocation): Promise<Settings | number> {
  const { process, io, options, operands, flavour } = call;
  const busybox = flavour === 'busybox';
  const refuse = async (text: string, status: number): Promise<number> => {
    await io.warn(text);
    return busybox ? 1 : status;
  };
  const wrong = busybox ? wrongForBusybox(call) : await wrongOption(call);
  if (wrong !== undefined) return await refuse(wrong.text, wrong.status);
  const host = operands.at(-1);
  if (host === undefined) return await refuse('usage error: Destination address required', 1);
  const numeric = internetAddress(host);
  const found =
    numeric === undefined ? await resolveHost(process, host) : { type: 'found' as const, addresses: [numeric] };
  const ip = found.type === 'found' ? found.addresses[0] : undefined;
  if (found.type === 'failed' || ip === undefined) {
    const why = found.type === 'failed' ? resolveErrorText(found.reason) : '';
    return await refuse(busybox ? `bad address '${host}'` : `${host}: ${why}`, 2);
  }
  const named = options.value('I');
  const source =
    named === undefined || isIpv4(named)
      ? named
      : readLinks(process).find(({ name }) => name === named)?.addresses[0]?.ip;
  if (named !== undefined && source === undefined) return await refuse(`SO_BINDTODEVICE ${named}: No such device`, 2);
  return {
    host,
    ip,
    source,
    device: named === undefined || isIpv4(named) ? '' : named,
    dontFragment: options.value('M') === 'do',
    names: !busybox && (options.has('H') || (!options.has('n') && numeric === undefined)),
    ...pace(call),
  };
}

type Pace = Omit<Settings, 'host' | 'ip' | 'source' | 'device' | 'dontFragment' | 'names'>;

/** Sizes and times. */
function pace({ process, options }: Invocation): Pace {
  const seconds = (letter: string, standard: number): number =>
    (numberAtStart(options.value(letter)) ?? standard) * 1e6;
  const size = Number(options.value('s') ?? '56');
  const flood = options.has('f') || numberAtStart(options.value('i')) === 0;
  return {
    size,
    timed: size >= TIMESTAMP_BYTES,
    count: options.value('c') === undefined ? Infinity : Number(options.value('c')),
    preload: Number(options.value('l') ?? '1'),
    intervalUs: flood ? FLOOD_INTERVAL_SECONDS * 1e6 : seconds('i', 1),
    eager: flood || options.has('A'),
    dots: options.has('f') && !options.has('q'),
    lingerUs: seconds('W', 0) === 0 ? DEFAULT_LINGER_US : seconds('W', 0),
    deadlineUs:
      (numberAtStart(options.value('w')) ?? 0) === 0 ? Infinity : process.time().monotonicUs + seconds('w', 0),
    ttl: options.value('t') === undefined ? undefined : Number(options.value('t')),
  };
}

interface Wrong {
  readonly text: string;
  readonly status: number;
}

/** The first option whose value iputils does not take. */
async function wrongOption({ process, io, options }: Invocation): Promise<Wrong | undefined> {
  for (const [letter, value] of options.order) {
    const bounds = WHOLE[letter];
    if (bounds !== undefined) {
      if (!/^\s*[+-]?\d+$/.test(value)) return { text: `invalid argument: '${value}'`, status: 1 };
      const [low, high] = bounds;
      if (BigInt(value) < BigInt(low) || BigInt(value) > BigInt(high))
        return { text: `invalid argument: '${value}': out of range: ${low} <= value <= ${high}`, status: 1 };
      if (letter === 't' && Number(value) === 0)
        return { text: 'cannot set unicast time-to-live: Invalid argument', status: 2 };
    }
    if (letter === 'i' || letter === 'W') {
      if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(value)) {
        await io.warn(`option argument contains garbage: ${value}`);
        await io.warn('this will become fatal error in the future');
      }
      if ((numberAtStart(value) ?? 0) < 0)
        return { text: `bad ${letter === 'i' ? 'timing interval' : 'linger time'}: ${value}`, status: 2 };
    }
    if (letter === 'M' && !PMTU_MODES.includes(value)) return { text: `invalid -M argument: ${value}`, status: 2 };
  }
  const interval = options.has('f') ? 0 : (numberAtStart(options.value('i')) ?? 1);
  return interval < MIN_USER_INTERVAL_SECONDS && process.credentials().uid !== 0
    ? { text: 'cannot flood, minimal interval for user must be >= 2 ms, use -i 0.002 (or higher)', status: 2 }
    : undefined;
}

/** What strtod(3) reads; 0 where there is no number. */
const numberAtStart = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(/^\s*[+-]?(?:\d+\.?\d*|\.\d+)/.exec(text)?.[0] ?? '0');

function wrongForBusybox({ options }: Invocation): Wrong | undefined {
  const found = options.order.find(
    ([letter, value]) => (WHOLE[letter] !== undefined || letter === 'W') && !/^\d+$/.test(value),
  );
  return found === undefined ? undefined : { text: `invalid number '${found[1]}'`, status: 1 };
}

/** An address as inet_aton(3) takes it: `10.1.2.3`, and with fewer numbers the last one for the rest. */
function internetAddress(text: string): string | undefined {
  const parts = text.split('.');
  const last = Number(parts.pop());
  if (!/^\d+(\.\d+){0,3}$/.test(text) || parts.some((part) => Number(part) > 255)) return undefined;
  const free = 4 - parts.length;
  if (last >= wholePower(256, free)) return undefined;
  const rest = Array.from({ length: free }, (_, at) => Math.floor(last / wholePower(256, free - 1 - at)) % 256);
  const address = [...parts.map(Number), ...rest].join('.');
  return address === '0.0.0.0' ? '127.0.0.1' : address;
}

/** Why there is no way to a destination, before anything is sent; undefined where there is one. */
export function connectProblem({ process }: Invocation, { ip, source }: Settings): string | undefined {
  if (source !== undefined && !readLinks(process).some(({ addresses }) => addresses.some((each) => each.ip === source)))
    return `bind: Cannot assign requested address`;
  const addresses = readLinks(process).flatMap((link) => link.addresses);
  if (addresses.some((each) => each.prefixLength < 31 && broadcastOf(each) === numberOf(ip))) return BROADCAST;
  const route = process.kernel({ subsystem: 'route', op: 'get', args: { destination: ip } });
  if (!failed(route)) return undefined;
  return route.errno === 'EACCES' ? BROADCAST : `connect: ${strerror(route)}`;
}

const BROADCAST = 'Do you want to ping broadcast? Then -b. If not, check your local firewall rules';

const numberOf = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** The last address of a network. */
function broadcastOf({ ip, prefixLength }: AddressFacts): number {
  const hosts = wholePower(2, 32 - prefixLength);
  return Math.floor(numberOf(ip) / hosts) * hosts + hosts - 1;
}
