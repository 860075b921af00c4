/** What a call of conntrack is about: the table, the entries that its filters select, the form of the answer. */
import { cidrContains, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import type { Invocation } from '../../coreutils/command.ts';
import type { KernelRecord } from '../../system/kernel/kernel-data.ts';

type Test = (entry: KernelRecord) => boolean;

export type Request =
  | {
      readonly table: 'conntrack' | 'expect';
      readonly selects: Test;
      /** Words of -o. */
      readonly output: readonly string[];
    }
  | { readonly wrong: string }
  /** An option, or its value, that is not modelled. */
  | { readonly absent: string };

/** Protocols that are tracked, by number. */
export const PROTOCOLS: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1 };

const STATES: Readonly<Record<string, string>> = {
  ESTAB: 'ESTABLISHED',
  'SYN-SENT': 'SYN_SENT',
  'SYN-RECV': 'SYN_RECV',
  'FIN-WAIT': 'FIN_WAIT',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  'LAST-ACK': 'LAST_ACK',
  'TIME-WAIT': 'TIME_WAIT',
};

/** The state of a TCP connection as the kernel names it. */
export const stateOf = (entry: KernelRecord): string =>
  STATES[entry.text('state')] ?? entry.text('state').replace(/-/g, '_');

const COMMANDS = ['L', 'G', 'D', 'C', 'F'] as const;
const TABLES: readonly string[] = ['conntrack', 'expect', 'dying', 'unconfirmed'];
const OUTPUTS: readonly string[] = ['extended', 'id'];
const OTHER_OUTPUTS: readonly string[] = ['xml', 'save', 'ktimestamp', 'timestamp', 'labels', 'userspace'];

type End = readonly ['original' | 'reply', 'source' | 'destination'];
const ADDRESSES: Readonly<Record<string, End>> = {
  s: ['original', 'source'],
  d: ['original', 'destination'],
  r: ['reply', 'source'],
  q: ['reply', 'destination'],
};

/** Whether an entry's source, or its destination, is translated. */
const isTranslated = (entry: KernelRecord, side: 'source' | 'destination'): boolean => {
  const back = side === 'source' ? 'destination' : 'source';
  const [original, reply] = [entry.record('original'), entry.record('reply')];
  if (original === undefined || reply === undefined) return false;
  return original.text(side) !== reply.text(back) || original.number(`${side}Port`) !== reply.number(`${back}Port`);
};

/** Bits of an entry's status, as -u names them. */
const STATUS: Readonly<Record<string, Test>> = {
  ASSURED: (entry) => entry.flag('assured'),
  SEEN_REPLY: (entry) => entry.flag('seenReply'),
  UNREPLIED: (entry) => !entry.flag('seenReply'),
  SRC_NAT: (entry) => isTranslated(entry, 'source'),
  DST_NAT: (entry) => isTranslated(entry, 'destination'),
  CONFIRMED: () => true,
};
const OTHER_STATUS: readonly string[] = ['UNSET', 'FIXED_TIMEOUT', 'EXPECTED', 'OFFLOAD', 'HW_OFFLOAD'];

export function readRequest({ options, operands }: Invocation): Request {
  if (COMMANDS.filter((letter) => options.has(letter)).length > 1) return { wrong: 'Invalid commands combination' };
  const ips = operands.filter((word) => parseIpv4(word) !== undefined);
  const [table = 'conntrack'] = operands.filter((word) => !ips.includes(word));
  if (!TABLES.includes(table)) return { wrong: `unknown type \`${table}'` };
  if (table === 'dying' || table === 'unconfirmed') return { absent: table };
  const output = (options.value('o') ?? '').split(',').filter((word) => word !== '');
  const lost = output.find((word) => !OUTPUTS.includes(word));
  if (lost !== undefined)
    return OTHER_OUTPUTS.includes(lost) ? { absent: `-o ${lost}` } : { wrong: `Bad parameter \`${lost}'` };
  const tests = [
    ...protocolTests(options),
    ...addressTests(options),
    ...statusTests(options),
    ...natTests(options, ips),
  ];
  if (options.has('G') && !(options.has('s') && options.has('d')))
    return { wrong: "you have to specify `--src' and `--dst'" };
  const failure = tests.find((test) => typeof test !== 'function');
  if (failure !== undefined && typeof failure !== 'function') return failure;
  const selects = tests.filter((test) => typeof test === 'function');
  return {
    table: table === 'expect' ? 'expect' : 'conntrack',
    output,
    selects: (entry) => selects.every((test) => test(entry)),
  };
}

type Options = Invocation['options'];
type Reading = Test | { readonly wrong: string } | { readonly absent: string };

function protocolTests(options: Options): readonly Reading[] {
  const given = options.value('p');
  const name = Object.entries(PROTOCOLS).find(([each, number]) => each === given || String(number) === given)?.[0];
  if (given !== undefined && name === undefined) return [{ wrong: `\`${given}' unsupported protocol` }];
  const ports = (['sport', 'dport', 'state'] as const).filter((option) => options.has(option));
  // What only a protocol has is unknown without it.
  const [unknown] = name === undefined ? ports : [];
  if (unknown !== undefined) return [{ wrong: `unknown option \`--${unknown}'` }];
  return [
    ...(name === undefined ? [] : [(entry: KernelRecord) => entry.text('protocol') === name]),
    ...ports.map((option) => (entry: KernelRecord) => {
      if (option === 'state') return stateOf(entry) === options.value('state');
      const port = entry.record('original')?.number(option === 'sport' ? 'sourcePort' : 'destinationPort');
      return String(port) === options.value(option);
    }),
  ];
}

const addressTests = (options: Options): readonly Reading[] =>
  Object.entries(ADDRESSES).flatMap(([letter, [direction, side]]): readonly Reading[] => {
    const text = options.value(letter);
    if (text === undefined) return [];
    const cidr = parseCidr(text.includes('/') ? text : `${text}/32`);
    if (cidr === undefined) return [{ wrong: `Invalid IP address \`${text}'` }];
    return [(entry) => cidrContains(cidr, parseIpv4(entry.record(direction)?.text(side) ?? '') ?? 0)];
  });

function statusTests(options: Options): readonly Reading[] {
  const names = (options.value('u') ?? '').split(',').filter((name) => name !== '');
  const mark = options.value('m');
  const [value = 0, mask = 0xffffffff] = (mark ?? '').split('/').map(Number);
  return [
    ...names.map(
      (name): Reading =>
        STATUS[name] ??
        (OTHER_STATUS.includes(name) ? { absent: `-u ${name}` } : { wrong: `Bad parameter \`${name}'` }),
    ),
    ...(mark === undefined ? [] : [(entry: KernelRecord) => ((entry.number('mark') ^ value) & mask) === 0]),
  ];
}

/** -n, -g and -j: entries that are translated, to an address where one is given. */
function natTests(options: Options, [ip]: readonly string[]): readonly Reading[] {
  const to = (entry: KernelRecord, side: 'source' | 'destination'): boolean =>
    isTranslated(entry, side) &&
    (ip === undefined || entry.record('reply')?.text(side === 'source' ? 'destination' : 'source') === ip);
  return [
    ...(options.has('n') ? [(entry: KernelRecord) => to(entry, 'source')] : []),
    ...(options.has('g') ? [(entry: KernelRecord) => to(entry, 'destination')] : []),
    ...(options.has('j') ? [(entry: KernelRecord) => to(entry, 'source') || to(entry, 'destination')] : []),
  ];
}
