/**
 * netstat (net-tools 2.10): sockets (-t -u -x -l -a -n -p), routes (-r), links (-i).
 * Leaves out: statistics (-s), multicast groups, masquerading, timers, IPv6.
 */
import { command, type Invocation } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { reverseName } from '../../resolver.ts';
import { recordsOf, type KernelRecord } from '../../system/kernel/kernel-data.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { readLinks } from '../rtnetlink/link-facts.ts';
import { serviceName } from '../service-names.ts';
import { blockOf, interfaceRow, interfaceTableHead } from './interface-display.ts';
import { allInterfaces } from './interface-names.ts';
import { NETSTAT_FORMS, routingTable } from './route.ts';

const STATES: Readonly<Record<string, string>> = {
  LISTEN: 'LISTEN',
  ESTAB: 'ESTABLISHED',
  'SYN-SENT': 'SYN_SENT',
  'FIN-WAIT-2': 'FIN_WAIT2',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  'TIME-WAIT': 'TIME_WAIT',
  CLOSED: 'CLOSE',
  UNCONN: '',
};

const SYNOPSIS = `usage: netstat [-vWeenNcCF] [<Af>] -r         netstat {-V|--version|-h|--help}
       netstat [-vWnNcaeol] [<Socket> ...]
       netstat { [-vWeenNac] -i | [-cnNe] -M | -s [-6tuw] }`;

export const netstat = command(
  {
    name: 'netstat',
    // -F (the forwarding table) is what -r shows anyway.
    short: 'tuxlanprisweWoc46gMFCvNZSU2fA:V',
    long: {
      tcp: 't',
      udp: 'u',
      unix: 'x',
      listening: 'l',
      all: 'a',
      numeric: 'n',
      programs: 'p',
      route: 'r',
      interfaces: 'i',
      statistics: 's',
      raw: 'w',
      wide: 'W',
      extend: 'e',
      timers: 'o',
      continuous: 'c',
      groups: 'g',
      inet: '4',
      version: 'V',
    },
    absent: [...'socgMCvNZSU2fAV'],
    absentLong:
      'fib cache masquerade context symbolic verbose sctp udplite ax25 ipx netrom x25 rose ash ddp bluetooth protocol= inet6 numeric-hosts numeric-ports numeric-users trim',
    helpOption: '-h',
    usageStatus: 3,
    hint: SYNOPSIS,
    usage: '[-vWeenNac] [<Socket> ...]',
  },
  async (call) => {
    const { io, options, process } = call;
    if (options.has('r')) {
      io.out(await routingTable(process, options.has('n'), NETSTAT_FORMS[options.values('e').length] ?? 'both'));
      return await io.end(0);
    }
    if (options.has('i')) {
      const shown = allInterfaces(readLinks(process)).filter(({ link }) => link.up || options.has('a'));
      io.line('Kernel Interface table');
      if (options.has('e')) io.out(shown.map((each) => blockOf(each, call.flavour)).join(''));
      else io.out(interfaceTableHead(true) + shown.map(interfaceRow).join(''));
      return await io.end(0);
    }
    if (options.has('e')) return await notSimulated(io, 'netstat -e without -r');
    return await showSockets(call);
  },
);

async function showSockets(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  if (options.has('p') && process.credentials().uid !== 0)
    await io.raw(
      '(Not all processes could be identified, non-owned process info\n will not be shown, you would have to be root to see it all.)\n',
    );
  const sockets = recordsOf(process.kernel({ subsystem: 'socket', op: 'list' })).filter((socket) =>
    wanted(call, socket),
  );
  const [tcp, udp, unix] = ['t', 'u', 'x'].map((letter) => options.has(letter));
  const every = tcp !== true && udp !== true && unix !== true && !options.has('w');
  const which = options.has('a') ? 'servers and established' : options.has('l') ? 'only servers' : 'w/o servers';
  const programs = options.has('p') ? ' PID/Program name    ' : '';
  if (every || tcp === true || udp === true || options.has('w')) {
    io.line(`Active Internet connections (${which})`);
    io.line(`Proto Recv-Q Send-Q Local Address           Foreign Address         State      ${programs}`);
    for (const protocol of ['tcp', 'udp'])
      if (every || options.has(protocol.charAt(0)))
        for (const socket of sockets.filter((each) => each.text('protocol') === protocol && !options.has('6')))
          io.line(await internetLine(call, socket));
  }
  if ((every && !options.has('4')) || unix === true) {
    io.line(`Active UNIX domain sockets (${which})`);
    io.line(
      `Proto RefCnt Flags       Type       State         I-Node   ${programs === '' ? '' : `${programs.slice(1)} `}Path`,
    );
    for (const socket of sockets) if (socket.text('protocol') === 'unix') io.line(unixLine(call, socket));
  }
  return await io.end(0);
}

function wanted({ options }: Invocation, socket: KernelRecord): boolean {
  const server = ['LISTEN', 'UNCONN'].includes(socket.text('state'));
  return options.has('a') || server === options.has('l');
}

/** `7/nginx`, or `-` where it may not be seen. */
function programOf({ process, options }: Invocation, socket: KernelRecord): string {
  if (!options.has('p')) return '';
  const pid = socket.optionalNumber('pid');
  const readable = pid !== undefined && Array.isArray(process.readdir(`/proc/${String(pid)}/fd`));
  const name = readable ? (fileText(process, `/proc/${String(pid)}/comm`) ?? '').trim() : '';
  return (name === '' ? '-' : `${String(pid)}/${name}`).slice(0, 19).padEnd(20);
}

async function internetLine(call: Invocation, socket: KernelRecord): Promise<string> {
  const protocol = socket.text('protocol');
  const end = async (which: 'local' | 'peer'): Promise<string> => {
    const at = socket.record(which);
    if (at === undefined) return '0.0.0.0:*';
    const numeric = call.options.has('n');
    const port = numeric ? String(at.number('port')) : serviceName(call.process, at.number('port'), protocol);
    const ip = at.text('ip');
    const host = numeric || ip === '0.0.0.0' ? ip : ((await reverseName(call.process, ip)) ?? ip);
    return `${call.options.has('W') ? host : host.slice(0, 22 - port.length)}:${port}`;
  };
  const [local, peer] = [await end('local'), await end('peer')];
  const queue = (which: string): string => String(socket.number(which)).padStart(6);
  const program = programOf(call, socket);
  const listening = socket.text('state') === 'LISTEN';
  return `${protocol.padEnd(4)}  ${queue('receiveQueueBytes')} ${listening ? '     0' : queue('sendQueueBytes')} ${local.padEnd(23)} ${peer.padEnd(23)} ${(STATES[socket.text('state')] ?? '').padEnd(11)}${program === '' ? '' : ` ${program}`}`;
}

function unixLine(call: Invocation, socket: KernelRecord): string {
  const listening = socket.text('state') === 'LISTEN';
  const path = socket.record('local')?.text('path') ?? '';
  const program = programOf(call, socket);
  return `unix  ${(listening ? '2' : '3').padEnd(6)} ${(listening ? '[ ACC ]' : '[ ]').padEnd(11)} ${'STREAM'.padEnd(10)} ${(listening ? 'LISTENING' : 'CONNECTED').padEnd(13)} ${String(socket.number('id')).padEnd(8)} ${program === '' ? '' : `${program} `}${path}`;
}
