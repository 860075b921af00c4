/**
 * ss (iproute2 6.1.0) over the kernel's socket table.
 * Models: -t -u -x -l -a -n -p -4 -f -A -H -s, filters by state, port and address.
 * Leaves out: IPv6, -i -m -o -e, columns stretched to the terminal's width.
 */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { serviceName } from '../service-names.ts';
import { parseFilter } from './filter.ts';
import { recordsOf, type KernelRecord } from '../../system/kernel/kernel-data.ts';
import { notSimulated } from '../../system/plain-program.ts';

/** One end as the table writes it, and in numbers where it is of IP. */
export interface SocketEnd {
  readonly address: string;
  readonly port: string;
  readonly ip?: string;
  readonly number?: number;
}

export interface Socket {
  readonly id: number;
  readonly protocol: string;
  readonly state: string;
  readonly local: SocketEnd;
  readonly peer: SocketEnd;
  readonly receiveQueue: number;
  readonly sendQueue: number;
  readonly pid: number | undefined;
}

const NETIDS: Readonly<Record<string, string>> = { tcp: 'tcp', udp: 'udp', unix: 'u_str' };
const LISTENING = ['LISTEN', 'UNCONN'];
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
    },
    absent: [...'emioKwSdbEDFNZrM0BITz', 'vsock', 'tipc', 'xdp'],
    absentLong: 'cgroup tos sctp mptcp inet-sockopt tipcinfo dccp threads diag= filter= contexts bound-inactive',
    usageStatus: 255,
  },
  async (call) => {
    const { io, options, process } = call;
    if (options.has('V')) {
      io.line('ss utility, iproute2-6.1.0');
      return await io.end(0);
    }
    const all = recordsOf(process.kernel({ subsystem: 'socket', op: 'list' })).map((record) =>
      socketOf(process, record, options.has('n')),
    );
    if (options.has('s')) return await summary(call, all);
    const filter = parseFilter(process, call.operands);
    if ('absent' in filter) return await notSimulated(io, `ss ${filter.absent}`);
    if ('problem' in filter) {
      await io.raw(`${filter.problem}\n`);
      return filter.code;
    }
    const chosen = chosenProtocols(call);
    if (typeof chosen === 'string') return await refuseQuery(call, chosen);
    const shown =
      options.has('6') || options.value('f') === 'inet6'
        ? []
        : ['unix', 'udp', 'tcp']
            .filter((each) => chosen.includes(each))
            .flatMap((protocol) =>
              all.filter(
                (socket) =>
                  socket.protocol === protocol &&
                  filter.socket(socket) &&
                  (filter.states === undefined
                    ? options.has('a') || LISTENING.includes(socket.state) === options.has('l')
                    : filter.states.includes(socket.state)),
              ),
            );
    for (const line of table(process, shown, {
      netid: chosen.length > 1,
      processes: options.has('p'),
      header: !options.has('H'),
      state: filter.states?.length !== 1,
    }))
      io.line(line);
    return await io.end(0);
  },
);

const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  inet: ['udp', 'tcp'],
  inet6: ['udp', 'tcp'],
  unix: ['unix'],
};
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  all: ['unix', 'udp', 'tcp'],
  inet: ['udp', 'tcp'],
  tcp: ['tcp'],
  udp: ['udp'],
  unix: ['unix'],
  unix_stream: ['unix'],
};
/** Names that -f and -A have besides, for sockets that no kernel here has. */
const OTHER_NAMES = new Set(
  'dccp sctp raw mptcp unix_dgram unix_seqpacket packet packet_raw packet_dgram p_raw p_dgram link netlink vsock vsock_stream vsock_dgram tipc xdp help'.split(
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
    ...(options.has('x') ? ['unix'] : []),
    ...words.flatMap((word) => QUERIES[word] ?? []),
  ];
  if (named.length > 0) return [...new Set(named)];
  return FAMILIES[family ?? (options.has('4') ? 'inet' : '')] ?? ['unix', 'udp', 'tcp'];
}

async function refuseQuery({ io }: Invocation, given: string): Promise<number> {
  const [option = '', name = ''] = given.split(' ');
  if (OTHER_NAMES.has(name)) return await notSimulated(io, `ss ${given}`);
  await io.raw(option === '-f' ? `ss: "${name}" is invalid family\n` : `ss: "${name}" is illegal socket table id\n`);
  return 255;
}

function socketOf(process: Process, record: KernelRecord, numeric: boolean): Socket {
  const protocol = record.text('protocol');
  const end = (name: 'local' | 'peer'): Socket['local'] => {
    const at = record.record(name);
    if (protocol === 'unix')
      return {
        address: `${at?.optionalText('path') ?? '*'} `,
        port: name === 'local' ? String(record.number('id')) : at === undefined ? '0' : String(record.number('id') + 1),
      };
    return at === undefined
      ? { address: '0.0.0.0:', port: '*', ip: '0.0.0.0', number: 0 }
      : {
          ip: at.text('ip'),
          number: at.number('port'),
          address: `${at.text('ip')}:`,
          port: numeric ? String(at.number('port')) : serviceName(process, at.number('port'), protocol),
        };
  };
  return {
    id: record.number('id'),
    protocol,
    state: record.text('state'),
    local: end('local'),
    peer: end('peer'),
    receiveQueue: record.number('receiveQueueBytes'),
    sendQueue: record.number('sendQueueBytes'),
    pid: record.optionalNumber('pid'),
  };
}

/** `users:(("nginx",pid=7,fd=6))`; who has it by its descriptor, components of the machine by the order of their sockets. */
function owners(process: Process, socket: Socket, all: readonly Socket[]): string {
  if (socket.pid === undefined) return '';
  const pid = String(socket.pid);
  const name = (fileText(process, `/proc/${pid}/comm`) ?? '').trim();
  if (name === '') return '';
  const descriptors = process.readdir(`/proc/${pid}/fd`);
  if (failed(descriptors)) return '';
  const found = descriptors.find((entry) => {
    const target = process.readlink(`/proc/${pid}/fd/${entry.name}`);
    return !failed(target) && target === `socket:[${String(socket.id)}]`;
  });
  const fd = found?.name ?? String(3 + all.filter((each) => each.pid === socket.pid).indexOf(socket));
  return ` users:(("${name}",pid=${pid},fd=${fd}))`;
}

function table(
  process: Process,
  sockets: readonly Socket[],
  options: { readonly netid: boolean; readonly processes: boolean; readonly header: boolean; readonly state: boolean },
): readonly string[] {
  const columns: readonly {
    readonly title: string;
    readonly right?: true;
    readonly before: string;
    readonly shown: boolean;
    value(socket: Socket): string;
  }[] = [
    { title: 'Netid', before: '', shown: options.netid, value: ({ protocol }) => NETIDS[protocol] ?? protocol },
    { title: 'State', before: options.netid ? ' ' : '', shown: options.state, value: ({ state }) => state },
    {
      title: 'Recv-Q',
      before: options.netid || options.state ? ' ' : '',
      shown: true,
      value: ({ receiveQueue }) => String(receiveQueue),
    },
    {
      title: 'Send-Q',
      before: ' ',
      shown: true,
      value: ({ sendQueue }) => String(sendQueue),
    },
    { title: 'Local Address:', right: true, before: ' ', shown: true, value: ({ local }) => local.address },
    { title: 'Port', before: '', shown: true, value: ({ local }) => local.port },
    { title: 'Peer Address:', right: true, before: ' ', shown: true, value: ({ peer }) => peer.address },
    { title: 'Port', before: '', shown: true, value: ({ peer }) => peer.port },
    {
      title: 'Process',
      before: '',
      shown: true,
      value: (socket) => (options.processes ? owners(process, socket, sockets) : ''),
    },
  ];
  const used = columns.filter(({ shown }) => shown);
  const rows = [
    ...(options.header ? [used.map(({ title }) => title)] : []),
    ...sockets.map((socket) => used.map((column) => column.value(socket))),
  ];
  const widths = used.map((_, at) => Math.max(0, ...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map(
        (cell, at) =>
          `${used[at]?.before ?? ''}${used[at]?.right === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)}`,
      )
      .join(''),
  );
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
