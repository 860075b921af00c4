/**
 * netstat (net-tools 2.10): sockets (-t -u -w -x -l -a -n -p -e -o -c), routes (-r), links (-i).
 * Leaves out: statistics (-s), multicast groups, timers of keep-alive, IPv6.
 */
import { command, type Invocation } from '../../coreutils/command.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
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
    short: 'tuxlanprisweWoc46gMFCvNZSU2fA:',
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
      masquerade: 'M',
      context: 'Z',
      verbose: 'v',
      fib: 'F',
      cache: 'C',
      protocol: 'A:',
      'numeric-hosts': 'hosts',
      'numeric-ports': 'ports',
    },
    absent: [...'sgNSU2f'],
    absentLong: 'symbolic sctp udplite ax25 ipx netrom x25 rose ash ddp bluetooth inet6 numeric-users trim',
    helpOption: '-h',
    usageStatus: 3,
    hint: SYNOPSIS,
    usage: '[-vWeenNac] [<Socket> ...]',
  },
  async (call) => {
    const { io, options, process } = call;
    const refused = await refusal(call);
    if (refused !== undefined) return refused;
    if (options.has('r')) {
      if (options.has('C')) return await notSimulated(io, 'netstat -r -C');
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
    for (;;) {
      const status = await showSockets(call);
      if (!options.has('c')) return status;
      await process.sleep(1_000_000);
    }
  },
);

/** Families of addresses that net-tools has and no host here. */
const OTHER_FAMILIES = 'inet6 ax25 netrom x25 rose ash ipx ddp econet'.split(' ');

/** What is not to be had on this machine; undefined where all is. */
async function refusal({ io, options }: Invocation): Promise<number | undefined> {
  const family = options.value('A');
  const words =
    family !== undefined && !['inet', 'unix', ...OTHER_FAMILIES].includes(family)
      ? `Unknown address family \`${family}'.`
      : options.has('Z')
        ? 'SELinux is not enabled on this machine.'
        : options.has('M')
          ? "netstat: no support for `ip_masquerade' on this system."
          : undefined;
  if (words !== undefined) {
    await io.raw(`${words}\n`);
    return 1;
  }
  return family !== undefined && OTHER_FAMILIES.includes(family)
    ? await notSimulated(io, `netstat -A ${family}`)
    : undefined;
}

async function showSockets(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  if (options.has('p') && process.credentials().uid !== 0)
    await io.raw(
      '(Not all processes could be identified, non-owned process info\n will not be shown, you would have to be root to see it all.)\n',
    );
  const sockets = recordsOf(process.kernel({ subsystem: 'socket', op: 'list' })).filter((socket) =>
    wanted(call, socket),
  );
  const family = options.value('A');
  const only4 = options.has('4') || family === 'inet';
  const [tcp, udp, named] = ['t', 'u', 'x'].map((letter) => options.has(letter));
  const unix = named === true || family === 'unix';
  const every = tcp !== true && udp !== true && !unix && !options.has('w');
  const which = options.has('a') ? 'servers and established' : options.has('l') ? 'only servers' : 'w/o servers';
  const programs = options.has('p') ? ' PID/Program name    ' : '';
  const numbers = options.has('e') ? ' User       Inode     ' : '';
  if (every || tcp === true || udp === true || options.has('w')) {
    io.line(`Active Internet connections (${which})`);
    io.line(
      `Proto Recv-Q Send-Q Local Address           Foreign Address         State      ${numbers}${programs}${options.has('o') ? ' Timer' : ''}`,
    );
    for (const protocol of ['tcp', 'udp'])
      if (every || options.has(protocol.charAt(0)))
        for (const socket of sockets.filter((each) => each.text('protocol') === protocol && !options.has('6')))
          io.line(await internetLine(call, socket));
  }
  if ((every && !only4) || unix) {
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
    const [numeric, hosts, ports] = ['n', 'hosts', 'ports'].map((option) => call.options.has(option));
    const port =
      numeric === true || ports === true
        ? String(at.number('port'))
        : serviceName(call.process, at.number('port'), protocol);
    const ip = at.text('ip');
    const host =
      numeric === true || hosts === true || ip === '0.0.0.0' ? ip : ((await reverseName(call.process, ip)) ?? ip);
    return `${call.options.has('W') ? host : host.slice(0, 22 - port.length)}:${port}`;
  };
  const [local, peer] = [await end('local'), await end('peer')];
  const queue = (which: string): string => String(socket.number(which)).padStart(6);
  const program = programOf(call, socket);
  const listening = socket.text('state') === 'LISTEN';
  return `${protocol.padEnd(4)}  ${queue('receiveQueueBytes')} ${listening ? '     0' : queue('sendQueueBytes')} ${local.padEnd(23)} ${peer.padEnd(23)} ${(STATES[socket.text('state')] ?? '').padEnd(11)}${numbersOf(call, socket)}${program === '' ? '' : ` ${program}`}${timerOf(call, socket)}`;
}

/** ` 0          33        ` (-e): whose it is, by number with -n, and its own number. */
function numbersOf({ process, options }: Invocation, socket: KernelRecord): string {
  if (!options.has('e')) return '';
  const pid = socket.optionalNumber('pid');
  const owner = pid === undefined ? undefined : process.stat(`/proc/${String(pid)}`);
  const uid = owner === undefined || failed(owner) ? 0 : owner.uid;
  const user = options.has('n') ? String(uid) : userName(process, uid);
  return ` ${user.padEnd(10)} ${String(socket.number('id')).padEnd(10)}`;
}

const userName = (process: Process, uid: number): string =>
  (fileText(process, '/etc/passwd') ?? '')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([, , number]) => number === String(uid))?.[0] ?? String(uid);

/** ` on (0.20/1/0)` (-o): seconds until it sends again, how often it has done so, and questions about its life. */
function timerOf({ options }: Invocation, socket: KernelRecord): string {
  if (!options.has('o')) return '';
  const retry = socket.record('retry');
  return retry === undefined
    ? ' off (0.00/0/0)'
    : ` on (${(retry.number('inMs') / 1000).toFixed(2)}/${String(retry.number('count'))}/0)`;
}

function unixLine(call: Invocation, socket: KernelRecord): string {
  const listening = socket.text('state') === 'LISTEN';
  const path = socket.record('local')?.text('path') ?? '';
  const program = programOf(call, socket);
  return `unix  ${(listening ? '2' : '3').padEnd(6)} ${(listening ? '[ ACC ]' : '[ ]').padEnd(11)} ${'STREAM'.padEnd(10)} ${(listening ? 'LISTENING' : 'CONNECTED').padEnd(13)} ${String(socket.number('id')).padEnd(8)} ${program === '' ? '' : `${program} `}${path}`;
}
