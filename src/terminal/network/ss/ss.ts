/**
 * ss (iproute2 6.1.0) over the kernel's socket table.
 * Models: -t -u -w -x -0 -l -a -n -r -p -o -e -O -K -4 -6 -f -A -F -H -s, filters by state, port and address.
 * Leaves out: IPv6, netlink, -i -m, timers of keep-alive, columns stretched to the terminal's width.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { reverseName } from '../../resolver.ts';
import { recordsOf } from '../../system/kernel/kernel-data.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { numbersOf, owners, timerOf } from './details.ts';
import { parseFilter } from './filter.ts';
import { socketOf, type Socket, type SocketEnd } from './socket-record.ts';
import { table } from './table.ts';

/** In the order in which they are shown. */
const PROTOCOLS = ['packet', 'unix', 'raw', 'udp', 'tcp'];
const ALL = PROTOCOLS;
/** Those of which only one state is shown where none is asked for. */
const OF_ONE_STATE = ['raw', 'udp', 'packet'];

export const ss = command(
  {
    name: 'ss',
    // Every socket has one line as it is (-O), and none is of IPv6 (-6).
    short: 'tuxwlanp46HsrOemioKZN:SdbED:F:f:A:M0BITVz',
    helpOption: '-h',
    long: {
      tcp: 't',
      udp: 'u',
      unix: 'x',
      listening: 'l',
      all: 'a',
      numeric: 'n',
      processes: 'p',
      ipv4: '4',
      ipv6: '6',
      'no-header': 'H',
      summary: 's',
      raw: 'w',
      extended: 'e',
      memory: 'm',
      info: 'i',
      options: 'o',
      oneline: 'O',
      kill: 'K',
      resolve: 'r',
      version: 'V',
      family: 'f:',
      query: 'A:',
      socket: 'A:',
      vsock: 'vsock',
      tipc: 'tipc',
      xdp: 'xdp',
      context: 'Z',
      events: 'E',
      bpf: 'b',
      net: 'N:',
      packet: '0',
      filter: 'F:',
      contexts: 'z',
    },
    absent: [...'miSdbEDNMBIT', 'vsock', 'tipc', 'xdp'],
    absentLong: 'cgroup tos sctp mptcp inet-sockopt tipcinfo dccp threads diag= bound-inactive',
    usageStatus: 255,
  },
  async (call) => {
    const { io, options, process } = call;
    if (options.has('V')) {
      io.line('ss utility, iproute2-6.1.0');
      return await io.end(0);
    }
    if (options.has('Z') || options.has('z')) {
      await io.raw('ss: SELinux is not enabled.\n');
      return 1;
    }
    const all = recordsOf(process.kernel({ subsystem: 'socket', op: 'list' })).map((record) =>
      socketOf(process, record, options.has('n')),
    );
    if (options.has('s')) return await summary(call, all);
    const words = filterWords(call);
    if (words === undefined) {
      await io.raw('fopen filter file: No such file or directory\n');
      return 255;
    }
    const filter = parseFilter(process, words);
    if ('absent' in filter) return await notSimulated(io, `ss ${filter.absent}`);
    if ('problem' in filter) {
      await io.raw(`${filter.problem}\n`);
      return filter.code;
    }
    const chosen = chosenProtocols(call);
    if (typeof chosen === 'string') return await refuseQuery(call, chosen);
    const selected = PROTOCOLS.filter((each) => chosen.includes(each))
      .flatMap((protocol) => all.filter((socket) => socket.protocol === protocol && filter.socket(socket)))
      .filter(({ protocol, state }) =>
        filter.states === undefined
          ? options.has('a') || LISTENING.includes(state) === options.has('l') || protocol === 'packet'
          : filter.states.includes(state),
      )
      .filter(({ protocol }) => !onlyIpv6(call) || protocol === 'packet' || protocol === 'unix');
    const shown = options.has('K') ? await destroyed(call, selected) : selected;
    const only = (protocols: readonly string[]): boolean => chosen.every((each) => protocols.includes(each));
    const detail = (socket: Socket): string =>
      [
        options.has('p') ? owners(process, socket, all) : '',
        options.has('o') ? timerOf(socket) : '',
        options.has('e') ? numbersOf(process, socket) : '',
      ].join('');
    const layout = {
      netid: chosen.length > 1 || only(['packet']) || (only(['unix']) && !options.values('A').includes('unix_stream')),
      header: !options.has('H'),
      state:
        filter.states === undefined
          ? options.has('a') || options.has('l') || !only(OF_ONE_STATE)
          : filter.states.length !== 1,
    };
    for (const line of table(options.has('r') ? await named(call, shown) : shown, layout, detail)) io.line(line);
    return await io.end(0);
  },
);

const LISTENING = ['LISTEN', 'UNCONN'];
const onlyIpv6 = ({ options }: Invocation): boolean => options.has('6') || options.value('f') === 'inet6';

/** The filter's words, those of a file (-F) first; undefined where there is no such file. */
function filterWords({ options, operands, process }: Invocation): readonly string[] | undefined {
  const file = options.value('F');
  if (file === undefined) return operands;
  const text = fileText(process, file === '-' ? '/dev/stdin' : file);
  return text === undefined
    ? undefined
    : [...text.replaceAll(/#.*/g, '').split(/\s+/), ...operands].filter((word) => word !== '');
}

/** Ends sockets of TCP and UDP (-K) and answers those that it could end. */
async function destroyed({ io, process }: Invocation, sockets: readonly Socket[]): Promise<readonly Socket[]> {
  const ended: Socket[] = [];
  for (const socket of sockets) {
    if (socket.protocol === 'unix' || socket.protocol === 'packet') {
      ended.push(socket);
      continue;
    }
    const done = process.kernel({ subsystem: 'socket', op: 'destroy', args: { id: socket.id } });
    if (!failed(done)) ended.push(socket);
    else if (done.errno !== 'EOPNOTSUPP' && done.errno !== 'ENOENT') {
      await io.raw(`SOCK_DESTROY answers: ${strerror(done)}\n`);
      return ended;
    }
  }
  return ended;
}

/** Sockets with the names of their hosts (-r). */
async function named({ process }: Invocation, sockets: readonly Socket[]): Promise<readonly Socket[]> {
  const names = new Map<string, string>();
  for (const { local, peer } of sockets)
    for (const { ip } of [local, peer])
      if (ip !== undefined && ip !== '0.0.0.0' && !names.has(ip)) names.set(ip, (await reverseName(process, ip)) ?? ip);
  const end = (at: SocketEnd): SocketEnd => {
    const name = at.ip === undefined ? undefined : names.get(at.ip);
    return name === undefined ? at : { ...at, address: `${name}:` };
  };
  return sockets.map((socket) => ({ ...socket, local: end(socket.local), peer: end(socket.peer) }));
}

const INET = ['raw', 'udp', 'tcp'];
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  inet: INET,
  inet6: INET,
  unix: ['unix'],
  link: ['packet'],
};
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  all: ALL,
  inet: INET,
  raw: ['raw'],
  packet: ['packet'],
  packet_raw: ['packet'],
  tcp: ['tcp'],
  udp: ['udp'],
  unix: ['unix'],
  unix_stream: ['unix'],
};
/** Names that -f and -A have besides, for sockets that no kernel here has. */
const OTHER_NAMES = new Set(
  'dccp sctp mptcp unix_dgram unix_seqpacket packet_dgram p_raw p_dgram netlink vsock vsock_stream vsock_dgram tipc xdp help'.split(
    ' ',
  ),
);

/** The protocols to be shown, or the word that names none of them as it was given. */
function chosenProtocols({ options }: Invocation): readonly string[] | string {
  const family = options.value('f');
  const words = options.values('A').flatMap((list) => list.split(','));
  const unknown =
    family !== undefined && FAMILIES[family] === undefined ? `-f ${family}` : words.find((word) => !(word in QUERIES));
  if (unknown !== undefined) return unknown.startsWith('-f') ? unknown : `-A ${unknown}`;
  const named = [
    ...(options.has('t') ? ['tcp'] : []),
    ...(options.has('u') ? ['udp'] : []),
    ...(options.has('w') ? ['raw'] : []),
    ...(options.has('x') ? ['unix'] : []),
    ...(options.has('0') ? ['packet'] : []),
    ...words.flatMap((word) => QUERIES[word] ?? []),
  ];
  if (named.length > 0) return [...new Set(named)];
  return FAMILIES[family ?? (options.has('4') || options.has('6') ? 'inet' : '')] ?? ALL;
}

async function refuseQuery({ io }: Invocation, given: string): Promise<number> {
  const [option = '', name = ''] = given.split(' ');
  if (OTHER_NAMES.has(name)) return await notSimulated(io, `ss ${given}`);
  await io.raw(option === '-f' ? `ss: "${name}" is invalid family\n` : `ss: "${name}" is illegal socket table id\n`);
  return 255;
}

async function summary({ io }: Invocation, all: readonly Socket[]): Promise<number> {
  const tcp = all.filter(({ protocol }) => protocol === 'tcp');
  const count = (state: string): number => tcp.filter((socket) => socket.state === state).length;
  const open = tcp.filter(({ state }) => state !== 'TIME-WAIT' && state !== 'CLOSED').length;
  const udp = all.filter(({ protocol }) => protocol === 'udp').length;
  const row = (name: string, total: number): string =>
    `${name}\t  ${String(total).padEnd(9)} ${String(total).padEnd(9)} ${'0'.padEnd(9)}`;
  io.line(`Total: ${String(all.length)}`);
  io.line(
    `TCP:   ${String(tcp.length)} (estab ${String(count('ESTAB'))}, closed ${String(tcp.length - open)}, orphaned 0, timewait ${String(count('TIME-WAIT'))})`,
  );
  io.line('');
  io.line('Transport Total     IP        IPv6');
  for (const [name, total] of [
    ['RAW', 0],
    ['UDP', udp],
    ['TCP', open],
    ['INET', udp + open],
    ['FRAG', 0],
  ] as const)
    io.line(row(name, total));
  io.line('');
  return await io.end(0);
}
