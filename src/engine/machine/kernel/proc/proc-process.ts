import { effectiveCpus, formatCpuList, formatCpuMask } from '../cgroups/cpuset.ts';
import { fail, failed } from '../../../../protocol/errno.ts';
import { signalNumber, type Signal } from '../../../../protocol/program.ts';
import { directoryOf, textFile, type SyntheticEntry } from '../../files/file-systems/synthetic-fs.ts';
import type { Vnode } from '../../files/vnode.ts';
import { walk } from '../../files/walk.ts';
import type { HostKernel } from '../host-kernel.ts';
import type { NamespaceKind } from '../interface.ts';
import type { ProcessRecord } from '../processes/process-record.ts';
import { limitsText } from '../processes/resource-limits.ts';
import { mayInspect } from '../security/ptrace-access.ts';
import type { Descriptor } from '../descriptors/open-files.ts';
import { stateOf } from '../processes/process-view.ts';
import { capabilityMask } from './capabilities.ts';
import { descriptorInfo, oomScore, waitChannel } from './proc-details.ts';
import { mapsText, memoryAreas, smapsText, type MemoryArea } from './proc-memory.ts';
import { netDirectory } from './proc-net.ts';

const KINDS: readonly NamespaceKind[] = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts'];
const STATE = { running: 'R', sleeping: 'S', stopped: 'T', zombie: 'Z' } as const;
const STATE_NAME = { running: 'running', sleeping: 'sleeping', stopped: 'stopped', zombie: 'zombie' } as const;

/** Who reads is running just then. */
const shownState = (kernel: HostKernel, record: ProcessRecord): ReturnType<typeof stateOf> =>
  record.pid === kernel.caller && record.exit === undefined ? 'running' : stateOf(kernel, record);

/** /proc/PID. */
export function processDirectory(kernel: HostKernel, record: ProcessRecord, pidNamespace: number): SyntheticEntry {
  const { uid, gid } = record.credentials;
  const owned = (entry: SyntheticEntry): SyntheticEntry => ({ uid, gid, ...entry });
  const link = (place: 'cwd' | 'root' | 'exe', target: () => string): SyntheticEntry =>
    owned({ type: 'symlink', target, magic: { pid: record.pid, place } });
  const pid = (host: number): number => kernel.namespaces.pidIn(host, pidNamespace) ?? 0;
  const zombie = record.exit !== undefined;
  const mayLook = (): boolean => {
    const observer = kernel.records.get(kernel.caller);
    return observer === undefined || mayInspect(observer.credentials, record.credentials);
  };
  const guarded = (mode: number, read: () => string): SyntheticEntry =>
    owned({ type: 'file', mode, read: () => (mayLook() ? read() : fail('EACCES')) });
  const areas = (): readonly MemoryArea[] => (zombie ? [] : memoryAreas(kernel, record));
  const directory = directoryOf({
    attr: directoryOf({ current: textFile(() => 'unconfined\n') }),
    cgroup: owned(textFile(() => `0::${cgroupPath(kernel, record)}\n`)),
    cmdline: owned(textFile(() => (zombie ? '' : record.argv.map((argument) => `${argument}\0`).join('')))),
    comm: owned({
      type: 'file',
      read: () => `${record.name}\n`,
      write: (text) => void (record.name = text.trim().slice(0, 15)),
    }),
    cwd: link('cwd', () => record.mounts.pathOf(record.cwd, record.root) ?? '/'),
    environ: guarded(0o400, () =>
      Object.entries(record.env)
        .map(([name, value]) => `${name}=${value}\0`)
        .join(''),
    ),
    exe: link('exe', () => record.path),
    fd: owned(descriptors(record)),
    fdinfo: owned(descriptorFacts(record)),
    limits: owned(textFile(() => limitsText(record))),
    maps: guarded(0o444, () => mapsText(areas())),
    mountinfo: owned(textFile(() => mountinfo(kernel, record))),
    mounts: owned(textFile(() => mounts(kernel, record))),
    net: netDirectory(kernel, record),
    ns: owned(namespaces(record)),
    oom_score: owned(textFile(() => `${String(oomScore(kernel, record))}\n`)),
    oom_score_adj: owned({
      type: 'file',
      read: () => `${String(record.oomScoreAdj)}\n`,
      write: (text) => void (record.oomScoreAdj = Math.max(-1000, Math.min(1000, Number(text.trim()) || 0))),
    }),
    root: link('root', () => record.mounts.pathOf(record.root) ?? '/'),
    smaps: guarded(0o444, () => smapsText(areas(), false)),
    smaps_rollup: guarded(0o444, () => smapsText(areas(), true)),
    stat: owned(textFile(() => stat(kernel, record, pid, mayLook() ? areas() : []))),
    statm: owned(textFile(() => statm(areas()))),
    status: owned(textFile(() => status(kernel, record, pidNamespace, areas()))),
    task: owned(directoryOf({ [String(pid(record.pid))]: directoryOf({ comm: textFile(() => `${record.name}\n`) }) })),
    wchan: owned({ type: 'file', mode: 0o444, read: () => (mayLook() ? waitChannel(kernel, record) : '0') }),
  });
  return owned(directory);
}

function cgroupPath(kernel: HostKernel, record: ProcessRecord): string {
  const caller = kernel.records.get(kernel.caller);
  // In a cgroup namespace of its own a process sees itself at the root.
  return caller !== undefined &&
    caller.namespaces.cgroup === record.namespaces.cgroup &&
    record.namespaces.cgroup !== kernel.namespaces.host.cgroup
    ? '/'
    : record.cgroup.path;
}

/** A directory with an entry for each open descriptor. */
function descriptorDirectory(
  record: ProcessRecord,
  mode: number,
  type: 'symlink' | 'file',
  entryOf: (descriptor: Descriptor, fd: number) => SyntheticEntry,
): SyntheticEntry {
  return {
    type: 'directory',
    mode,
    list: () => [...record.descriptors.keys()].toSorted((a, b) => a - b).map((fd) => ({ name: String(fd), type })),
    lookup: (name) => {
      const descriptor = /^\d+$/.test(name) ? record.descriptors.get(Number(name)) : undefined;
      return descriptor === undefined ? undefined : entryOf(descriptor, Number(name));
    },
  };
}

const descriptors = (record: ProcessRecord): SyntheticEntry =>
  descriptorDirectory(record, 0o500, 'symlink', ({ file }, fd) => ({
    type: 'symlink',
    mode: (file.flags.read === true ? 0o500 : 0) | (file.flags.write === true ? 0o300 : 0),
    uid: record.credentials.uid,
    gid: record.credentials.gid,
    target: () => file.path,
    magic: { pid: record.pid, fd },
  }));

const descriptorFacts = (record: ProcessRecord): SyntheticEntry =>
  descriptorDirectory(record, 0o555, 'file', descriptorInfo);

function namespaces(record: ProcessRecord): SyntheticEntry {
  return directoryOf(
    Object.fromEntries(
      KINDS.map((kind) => [
        kind,
        {
          type: 'symlink' as const,
          target: () => `${kind}:[${String(record.namespaces[kind])}]`,
          magic: { pid: record.pid, place: 'namespace' as const },
        },
      ]),
    ),
  );
}

function mounts(kernel: HostKernel, record: ProcessRecord): string {
  return kernel.files
    .mountsOf(record.mounts, record.root)
    .map(({ source, target, type, options }) => `${source} ${target} ${type} ${options.join(',')} 0 0\n`)
    .join('');
}

function mountinfo(kernel: HostKernel, record: ProcessRecord): string {
  return kernel.files
    .mountsOf(record.mounts, record.root)
    .map(({ id, parent, source, target, type, options }) => {
      const place = walk(kernel.walkerOf(record), target);
      const device = failed(place) ? 0 : place.node.fs.device;
      const root = failed(place) ? '/' : pathInside(place.mount.root);
      return `${String(id)} ${String(parent)} ${String(device >> 8)}:${String(device & 255)} ${root} ${target} ${options.filter((each) => !each.includes('=')).join(',')} - ${type} ${source} ${options.join(',')}\n`;
    })
    .join('');
}

/** Path of a node within its own file system. */
function pathInside(node: Vnode): string {
  const names: string[] = [];
  for (let at = node; at.parent !== undefined; at = at.parent) names.unshift(at.name);
  return `/${names.join('/')}`;
}

const bytesOf = (areas: readonly MemoryArea[], name?: string): number =>
  areas.reduce((sum, area) => sum + (name === undefined || area.name === name ? area.bytes : 0), 0);
const residentOf = (areas: readonly MemoryArea[]): number => areas.reduce((sum, { resident }) => sum + resident, 0);

/** Pages: size, resident, shared, text, library, data and stack, dirty. */
function statm(areas: readonly MemoryArea[]): string {
  const data = bytesOf(areas, '[heap]') + bytesOf(areas, '[stack]');
  return `${[bytesOf(areas), residentOf(areas), 0, areas[0]?.bytes ?? 0, 0, data, 0].map((bytes) => String(bytes / 4096)).join(' ')}\n`;
}

/** `known` are the areas for who may look at them. */
function stat(
  kernel: HostKernel,
  record: ProcessRecord,
  pid: (host: number) => number,
  known: readonly MemoryArea[],
): string {
  kernel.cpu.settle();
  const ticks = (us: number): number => Math.floor(us / 10_000);
  const tty = record.tty === undefined ? undefined : kernel.ttys.get(record.tty);
  const [text] = known;
  const stack = known.find(({ name }) => name === '[stack]');
  const fields = [
    pid(record.pid),
    `(${record.name})`,
    STATE[shownState(kernel, record)],
    pid(record.parent),
    pid(record.group),
    pid(record.session),
    tty === undefined ? 0 : 136 * 256 + tty.id,
    tty === undefined ? -1 : pid(tty.foreground),
    4_194_304,
    // Each page that is in memory has been faulted in once; none of them from a disk.
    Math.floor(record.memoryBytes / 4096),
    0,
    0,
    0,
    ticks(record.userUs),
    ticks(record.systemUs),
    ticks(record.childrenUserUs),
    ticks(record.childrenSystemUs),
    20 + record.nice,
    record.nice,
    1,
    0,
    ticks(record.startedUs - kernel.bootedUs),
    record.exit === undefined ? Math.floor((record.memoryBytes * 2) / 4096) * 4096 : 0,
    record.exit === undefined ? Math.floor(record.memoryBytes / 4096) : 0,
    '18446744073709551615',
    text?.start ?? 0,
    text === undefined ? 0 : text.start + text.bytes,
    stack === undefined ? 0 : stack.start + stack.bytes - 4096,
    ...Array.from({ length: 9 }, () => 0),
    17,
    ...Array.from({ length: 14 }, () => 0),
  ];
  return `${fields.map(String).join(' ')}\n`;
}

function status(kernel: HostKernel, record: ProcessRecord, pidNamespace: number, areas: readonly MemoryArea[]): string {
  const { uid, realUid = uid, gid, groups, capabilities } = record.credentials;
  const state = shownState(kernel, record);
  const mask = (wanted: 'ignore' | 'catch'): string =>
    signalMask([...record.dispositions].filter(([, disposition]) => disposition === wanted).map(([signal]) => signal));
  const three = (id: number): string => `${String(id)}\t${String(id)}\t${String(id)}`;
  const caps = capabilityMask(capabilities);
  const cpus = effectiveCpus(record.cgroup);
  // From the namespace of this /proc inwards.
  const numbers = kernel.namespaces.numbers(record.pid, record.namespaces.pid);
  const own = kernel.namespaces.pidIn(record.pid, pidNamespace) ?? 0;
  const seen = numbers.slice(numbers.indexOf(own)).map(String).join('\t');
  return [
    `Name:\t${record.name}`,
    `Umask:\t${record.umask.toString(8).padStart(4, '0')}`,
    `State:\t${STATE[state]} (${STATE_NAME[state]})`,
    `Tgid:\t${String(own)}`,
    'Ngid:\t0',
    `Pid:\t${String(own)}`,
    `PPid:\t${String(kernel.namespaces.pidIn(record.parent, pidNamespace) ?? 0)}`,
    'TracerPid:\t0',
    `Uid:\t${String(realUid)}\t${three(uid)}`,
    `Gid:\t${String(gid)}\t${three(gid)}`,
    `FDSize:\t64`,
    `Groups:\t${groups.join(' ')} `,
    `NStgid:\t${seen}`,
    `NSpid:\t${seen}`,
    ...memoryRows(areas),
    'Threads:\t1',
    `SigPnd:\t${signalMask([])}`,
    `ShdPnd:\t${signalMask(record.caught)}`,
    `SigBlk:\t${signalMask([])}`,
    `SigIgn:\t${mask('ignore')}`,
    `SigCgt:\t${mask('catch')}`,
    'CapInh:\t0000000000000000',
    `CapPrm:\t${caps}`,
    `CapEff:\t${caps}`,
    `CapBnd:\t${capabilityMask(record.bounding)}`,
    'CapAmb:\t0000000000000000',
    `NoNewPrivs:\t${record.noNewPrivileges ? '1' : '0'}`,
    `Seccomp:\t${record.seccomp === undefined ? '0' : '2'}`,
    `Seccomp_filters:\t${record.seccomp === undefined ? '0' : '1'}`,
    `Cpus_allowed:\t${formatCpuMask(cpus)}`,
    `Cpus_allowed_list:\t${formatCpuList(cpus)}`,
    'Mems_allowed:\t1',
    'Mems_allowed_list:\t0',
    '',
  ].join('\n');
}

/** A zombie has none. */
function memoryRows(areas: readonly MemoryArea[]): readonly string[] {
  if (areas.length === 0) return [];
  const size = bytesOf(areas);
  const resident = residentOf(areas);
  const file = areas[0]?.resident ?? 0;
  const rows: readonly (readonly [string, number])[] = [
    ['VmPeak', size],
    ['VmSize', size],
    ['VmLck', 0],
    ['VmPin', 0],
    ['VmHWM', resident],
    ['VmRSS', resident],
    ['RssAnon', resident - file],
    ['RssFile', file],
    ['RssShmem', 0],
    ['VmData', bytesOf(areas, '[heap]')],
    ['VmStk', bytesOf(areas, '[stack]')],
    ['VmExe', areas[0]?.bytes ?? 0],
    ['VmLib', 0],
    ['VmSwap', 0],
  ];
  return rows.map(([name, bytes]) => `${name}:\t${String(bytes / 1024).padStart(8)} kB`);
}

/** 16 hexadecimal digits, bit n-1 for signal n. */
function signalMask(signals: readonly Signal[]): string {
  let mask = 0n;
  for (const signal of signals) mask |= 1n << BigInt(signalNumber(signal) - 1);
  return mask.toString(16).padStart(16, '0');
}
