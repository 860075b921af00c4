/** Files, sockets and pipes that processes hold, as /proc and the network stack show them: what lsof and fuser list. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { userNameOf } from '../../accounts.ts';
import { serviceName } from '../../network/service-names.ts';
import { readProcesses, type ProcEntry } from '../../processes/process-list.ts';
import { recordsOf, type KernelRecord } from '../kernel/kernel-data.ts';

export interface InternetSocket {
  /** `tcp`, `udp`. */
  readonly protocol: string;
  readonly local: Endpoint;
  readonly peer: Endpoint | undefined;
  readonly state: string;
}

interface Endpoint {
  readonly ip: string;
  readonly port: number;
}

export interface OpenFile {
  readonly entry: ProcEntry;
  readonly user: string;
  /** `cwd`, `rtd`, `txt`, or the number of a descriptor. */
  readonly fd: string;
  /** `r`, `w`, `u`; empty where there is no descriptor. */
  readonly access: string;
  readonly type: string;
  readonly device: string;
  /** Size of a file, `0t0` (an offset) of others. */
  readonly size: string;
  readonly node: string;
  readonly name: string;
  readonly socket?: InternetSocket;
}

export interface NumberOptions {
  /** Ports as numbers. */
  readonly ports: boolean;
}

/** Those that the caller may see, by process. */
export function openFiles(process: Process, options: NumberOptions): readonly OpenFile[] {
  const sockets = new Map(
    recordsOf(process.kernel({ subsystem: 'socket', op: 'list' })).map((record) => [record.number('id'), record]),
  );
  return readProcesses(process).flatMap((entry) => filesOf(process, entry, sockets, options));
}

function filesOf(
  process: Process,
  entry: ProcEntry,
  sockets: ReadonlyMap<number, KernelRecord>,
  options: NumberOptions,
): readonly OpenFile[] {
  const directory = `/proc/${String(entry.pid)}`;
  const user = userNameOf(process, entry.uid) ?? String(entry.uid);
  const found: OpenFile[] = [];
  for (const [fd, link] of [
    ['cwd', 'cwd'],
    ['rtd', 'root'],
    ['txt', 'exe'],
  ] as const) {
    const target = process.readlink(`${directory}/${link}`);
    if (!failed(target))
      found.push({ entry, user, fd, access: '', ...described(process, `${directory}/${link}`, target) });
  }
  const descriptors = process.readdir(`${directory}/fd`);
  const held = new Set<number>();
  for (const { name: fd } of failed(descriptors) ? [] : descriptors) {
    const path = `${directory}/fd/${fd}`;
    const target = process.readlink(path);
    if (failed(target)) continue;
    const id = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    const record = id === undefined ? undefined : sockets.get(Number(id));
    if (record !== undefined) held.add(record.number('id'));
    const what = record === undefined ? described(process, path, target) : socketFile(process, record, options);
    found.push({ entry, user, fd, access: accessOf(process, path), ...what });
  }
  // Components of the machine have sockets, but no descriptors of their own.
  let fd = 3 + (failed(descriptors) ? 0 : Math.max(0, descriptors.length - 3));
  for (const [id, record] of sockets) {
    if (record.optionalNumber('pid') !== entry.pid || held.has(id)) continue;
    found.push({ entry, user, fd: String(fd), access: 'u', ...socketFile(process, record, options) });
    fd += 1;
  }
  return found;
}

/** The link's permissions say what the descriptor was opened for. */
function accessOf(process: Process, path: string): string {
  const stat = process.lstat(path);
  if (failed(stat)) return '';
  return (stat.mode & 0o200) === 0 ? 'r' : (stat.mode & 0o400) === 0 ? 'w' : 'u';
}

type Described = Pick<OpenFile, 'type' | 'device' | 'size' | 'node' | 'name' | 'socket'>;

const TYPES: Readonly<Record<string, string>> = {
  directory: 'DIR',
  file: 'REG',
  char: 'CHR',
  block: 'BLK',
  fifo: 'FIFO',
  socket: 'unix',
};

/** A file that a link of /proc leads to; pipes and the like have no path. */
function described(process: Process, link: string, target: string): Described {
  const pipe = /^pipe:\[(\d+)\]$/.exec(target)?.[1];
  if (pipe !== undefined) return { type: 'FIFO', device: '0,14', size: '0t0', node: pipe, name: 'pipe' };
  const anonymous = /^(\w+):(.*)$/.exec(target);
  if (anonymous !== null)
    return {
      type: anonymous[1] === 'socket' ? 'sock' : 'a_inode',
      device: '0,15',
      size: '0t0',
      node: '',
      name: target,
    };
  const stat = process.stat(link);
  if (failed(stat)) return { type: 'unknown', device: '', size: '', node: '', name: target };
  const [major, minor] = stat.rdev ?? [stat.device >> 8, stat.device & 255];
  const isSized = stat.type === 'file' || stat.type === 'directory';
  return {
    type: TYPES[stat.type] ?? stat.type,
    device: `${String(major)},${String(minor)}`,
    size: isSized ? String(stat.size) : '0t0',
    node: String(stat.inode),
    name: target,
  };
}

function socketFile(process: Process, record: KernelRecord, { ports }: NumberOptions): Described {
  const protocol = record.text('protocol');
  const id = String(record.number('id'));
  if (protocol === 'unix') {
    const path = record.record('local')?.optionalText('path') ?? '';
    return { type: 'unix', device: '0x0000000000000000', size: '0t0', node: id, name: `${path} type=STREAM`.trim() };
  }
  const end = (name: 'local' | 'peer'): Endpoint | undefined => {
    const at = record.record(name);
    return at === undefined ? undefined : { ip: at.text('ip'), port: at.number('port') };
  };
  const local = end('local') ?? { ip: '0.0.0.0', port: 0 };
  const peer = end('peer');
  const state = record.text('state');
  const shown = ({ ip, port }: Endpoint): string =>
    `${ip === '0.0.0.0' ? '*' : ip}:${ports ? String(port) : serviceName(process, port, protocol)}`;
  const name = `${shown(local)}${peer === undefined ? '' : `->${shown(peer)}`}${protocol === 'tcp' ? ` (${STATES[state] ?? state})` : ''}`;
  return {
    type: 'IPv4',
    device: id,
    size: '0t0',
    node: protocol.toUpperCase(),
    name,
    socket: { protocol, local, peer, state },
  };
}

/** States of connections as lsof names them. */
const STATES: Readonly<Record<string, string>> = {
  ESTAB: 'ESTABLISHED',
  'SYN-SENT': 'SYN_SENT',
  'SYN-RECV': 'SYN_RECV',
  'FIN-WAIT-1': 'FIN_WAIT1',
  'FIN-WAIT-2': 'FIN_WAIT2',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  'TIME-WAIT': 'TIME_WAIT',
  'LAST-ACK': 'LAST_ACK',
};
