/**
 * /proc/PID/net: what a process's network namespace has, as the kernel's own tables.
 * Models: dev, tcp, udp, unix, arp, route and sockstat from the records of sockets, neighbours and routes.
 * Leaves out: addresses of kernel objects (0, as kernel.kptr_restrict shows them to most), timers, memory of sockets; counters of
 * protocols (snmp, netstat), IPv6, and the other files.
 */
import { maskOf, parseCidr, parseIpv4 } from '../../../../formats/ip.ts';
import { failed } from '../../../../protocol/errno.ts';
import { directoryOf, textFile, type SyntheticEntry } from '../../files/file-systems/synthetic-fs.ts';
import type { KernelRequest } from '../../../../protocol/program.ts';
import type { LinkCounts } from '../../net/interface.ts';
import type { HostKernel } from '../host-kernel.ts';
import type { ProcessRecord } from '../processes/process-record.ts';

export function netDirectory(kernel: HostKernel, record: ProcessRecord): SyntheticEntry {
  const table = (text: (view: View) => string): SyntheticEntry => textFile(() => text(new View(kernel, record)));
  return directoryOf({
    arp: table(neighbours),
    dev: table(interfaces),
    route: table(routes),
    sockstat: table(sockstat),
    tcp: table(tcp),
    udp: table(udp),
    unix: table(unix),
  });
}

interface End {
  readonly ip?: string;
  readonly port?: number;
  readonly path?: string;
}

interface SocketRecord {
  readonly id: number;
  readonly protocol: string;
  readonly state: string;
  readonly local: End;
  readonly peer?: End;
  readonly receiveQueueBytes: number;
  readonly sendQueueBytes: number;
  readonly pid?: number;
}

/** What the network answers for one process's namespace. */
class View {
  constructor(
    readonly kernel: HostKernel,
    readonly record: ProcessRecord,
  ) {}

  list<T>(subsystem: KernelRequest['subsystem']): readonly T[] {
    const answer: unknown = this.kernel.network?.kernel(
      this.record.namespaces.net,
      { subsystem, op: 'list', args: {} },
      { pid: this.record.pid, netAdmin: false },
    );
    // Requests are answered by plain data of the documented shape.
    return answer === undefined || failed(answer) ? [] : (answer as readonly T[]);
  }

  sockets(protocol?: string): readonly SocketRecord[] {
    return this.list<SocketRecord>('socket').filter((each) => protocol === undefined || each.protocol === protocol);
  }

  uid({ pid }: SocketRecord): number {
    return this.kernel.records.get(pid ?? 0)?.credentials.uid ?? 0;
  }
}

const NO_COUNTS: LinkCounts = { rxPackets: 0, rxBytes: 0, rxDropped: 0, txPackets: 0, txBytes: 0, txDropped: 0 };
/** dev_seq_printf_stats of net/core/net-procfs.c. */
const DEV_WIDTHS = [7, 7, 4, 4, 4, 5, 10, 9, 8, 7, 4, 4, 4, 5, 7, 10];

function interfaces({ kernel, record }: View): string {
  const head =
    'Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n';
  const { net } = record.namespaces;
  const rows = (kernel.network?.links(net) ?? []).map(({ name }) => {
    const counts = kernel.network?.counters(net, name) ?? NO_COUNTS;
    const { rxBytes, rxPackets, rxDropped, txBytes, txPackets, txDropped } = counts;
    const values = [rxBytes, rxPackets, 0, rxDropped, 0, 0, 0, 0, txBytes, txPackets, 0, txDropped, 0, 0, 0, 0];
    return `${name.padStart(6)}: ${values.map((value, at) => String(value).padStart(DEV_WIDTHS[at] ?? 0)).join(' ')}\n`;
  });
  return head + rows.join('');
}

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');
/** A number of the network as a word of this machine shows it: its bytes reversed. */
const addressOf = (ip: number): string =>
  [ip, ip >>> 8, ip >>> 16, ip >>> 24].map((byte) => hex(byte & 0xff, 2)).join('');
const end = ({ ip = '0.0.0.0', port = 0 }: End = {}): string => `${addressOf(parseIpv4(ip) ?? 0)}:${hex(port, 4)}`;
const POINTER = '0'.repeat(16);

/** include/net/tcp_states.h. */
const STATES: { readonly [state: string]: number } = {
  ESTAB: 1,
  'SYN-SENT': 2,
  'FIN-WAIT-2': 5,
  'TIME-WAIT': 6,
  CLOSED: 7,
  UNCONN: 7,
  'CLOSE-WAIT': 8,
  LISTEN: 10,
};

const TITLES = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const lines = (rows: readonly string[], width: number): string => rows.map((row) => `${row.padEnd(width)}\n`).join('');

/** The part of a row that TCP and UDP have in common. */
function ends(view: View, socket: SocketRecord): string {
  const { state, local, peer, receiveQueueBytes } = socket;
  const sent = state === 'LISTEN' ? 0 : socket.sendQueueBytes;
  const uid = String(view.uid(socket)).padStart(5);
  return `${end(local)} ${end(peer)} ${hex(STATES[state] ?? 7, 2)} ${hex(sent, 8)}:${hex(receiveQueueBytes, 8)} 00:00000000 00000000 ${uid}        0 ${String(socket.id)}`;
}

function tcp(view: View): string {
  const all = view.sockets('tcp');
  const listening = ({ state }: SocketRecord): boolean => state === 'LISTEN';
  const rows = [...all.filter(listening), ...all.filter((each) => !listening(each))].map(
    (each, at) =>
      `${String(at).padStart(4)}: ${ends(view, each)} 1 ${POINTER} ${listening(each) ? '100 0 0 10 0' : '20 4 0 10 -1'}`,
  );
  return lines([TITLES, ...rows], 149);
}

function udp(view: View): string {
  const rows = view
    .sockets('udp')
    .toSorted((a, b) => (a.local.port ?? 0) - (b.local.port ?? 0))
    .map((each) => `${String(each.local.port ?? 0).padStart(5)}: ${ends(view, each)} 2 ${POINTER} 0`);
  return lines([` ${TITLES} ref pointer drops`, ...rows], 127);
}

function unix(view: View): string {
  const rows = view.sockets('unix').map(({ id, state, local }) => {
    const how = state === 'LISTEN' ? '00000002 00000000 00010000 0001 01' : '00000003 00000000 00000000 0001 03';
    const path = local.path ?? '';
    return `${POINTER}: ${how} ${String(id).padStart(5)}${path === '' ? '' : ` ${path}`}\n`;
  });
  return `Num       RefCount Protocol Flags    Type St Inode Path\n${rows.join('')}`;
}

function neighbours(view: View): string {
  const rows = view
    .list<{ readonly ip: string; readonly mac: string; readonly link: string; readonly state: string }>('neighbour')
    .map(({ ip, mac, link, state }) => {
      const flags = state === 'PERMANENT' ? '0x6' : mac === '' ? '0x0' : '0x2';
      return `${ip.padEnd(16)} 0x1         ${flags}         ${mac === '' ? '00:00:00:00:00:00' : mac}     *        ${link}\n`;
    });
  return `IP address       HW type     Flags       HW address            Mask     Device\n${rows.join('')}`;
}

function routes(view: View): string {
  const rows = view
    .list<{
      readonly type: string;
      readonly destination: string;
      readonly via?: string;
      readonly device?: string;
      readonly metric: number;
    }>('route')
    .map(({ type, destination, via, device = '*', metric }) => {
      const word = destination === 'default' ? '0.0.0.0/0' : destination;
      const cidr = parseCidr(word.includes('/') ? word : `${word}/32`);
      const length = cidr?.prefixLength ?? 32;
      const rejects = type === 'unreachable' || type === 'prohibit';
      const flags = 1 | (via === undefined ? 0 : 2) | (length === 32 ? 4 : 0) | (rejects ? 0x200 : 0);
      const gateway = addressOf(via === undefined ? 0 : (parseIpv4(via) ?? 0));
      return `${device}\t${addressOf(cidr?.network ?? 0)}\t${gateway}\t${hex(flags, 4)}\t0\t0\t${String(metric)}\t${addressOf(maskOf(length))}\t0\t0\t0`;
    });
  return lines(['Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT', ...rows], 127);
}

function sockstat(view: View): string {
  const all = view.sockets();
  const count = (protocol: string): string => String(all.filter((each) => each.protocol === protocol).length);
  return `sockets: used ${String(all.length)}\nTCP: inuse ${count('tcp')} orphan 0 tw 0 alloc ${count('tcp')} mem 0\nUDP: inuse ${count('udp')} mem 0\nUDPLITE: inuse 0\nRAW: inuse 0\nFRAG: inuse 0 memory 0\n`;
}
