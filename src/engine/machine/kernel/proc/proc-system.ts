import { textFile, type SyntheticEntry } from '../../files/file-systems/synthetic-fs.ts';
import type { HostKernel } from '../host-kernel.ts';
import { isAlive } from '../processes/process-record.ts';
import { stateOf } from '../processes/process-view.ts';
import { KERNEL_RELEASE } from '../../../versions.ts';
import { KERNEL_VERSION } from '../system-tables.ts';

const kib = (bytes: number): string => String(Math.floor(bytes / 1024)).padStart(8);
const ticks = (us: number): number => Math.floor(us / 10_000);

/** Files of /proc about the whole machine. */
export function systemFiles(kernel: HostKernel, pidNamespace: number): Readonly<Record<string, SyntheticEntry>> {
  return {
    cmdline: textFile(() => `BOOT_IMAGE=/vmlinuz-${KERNEL_RELEASE} root=/dev/sda1 ro console=tty1\n`),
    cgroups: textFile(() => cgroupControllers(kernel)),
    cpuinfo: textFile(() => cpuinfo(kernel)),
    devices: textFile(
      () =>
        'Character devices:\n  1 mem\n  4 tty\n  5 /dev/tty\n  5 /dev/console\n  5 /dev/ptmx\n 10 misc\n136 pts\n\nBlock devices:\n  7 loop\n  8 sd\n',
    ),
    filesystems: textFile(() => FILESYSTEMS),
    loadavg: textFile(() => loadavg(kernel, pidNamespace)),
    locks: textFile(() => kernel.locks.text((pid) => kernel.namespaces.pidIn(pid, pidNamespace) ?? 0)),
    meminfo: textFile(() => meminfo(kernel)),
    modules: textFile(() =>
      kernel
        .modules()
        .map(
          ({ name, sizeBytes, references, usedBy }) =>
            `${name} ${String(sizeBytes)} ${String(references)} ${usedBy.length === 0 ? '-' : `${usedBy.join(',')},`} Live 0x0000000000000000\n`,
        )
        .join(''),
    ),
    partitions: textFile(
      () =>
        `major minor  #blocks  name\n\n${kernel.files.block?.partitions() ?? ''}   8        0 ${String(Math.floor(kernel.files.diskUsage().totalBytes / 1024)).padStart(10)} sda\n   8        1 ${String(Math.floor(kernel.files.diskUsage().totalBytes / 1024)).padStart(10)} sda1\n`,
    ),
    stat: textFile(() => stat(kernel)),
    swaps: textFile(() => swaps(kernel)),
    uptime: textFile(
      () =>
        `${(Math.floor(kernel.uptimeUs / 10_000) / 100).toFixed(2)} ${((kernel.uptimeUs * kernel.processors - used(kernel)) / 1_000_000).toFixed(2)}\n`,
    ),
    version: textFile(
      () =>
        `Linux version ${KERNEL_RELEASE} (buildd@lcy02-amd64-042) (x86_64-linux-gnu-gcc-13 (Ubuntu 13.3.0-6ubuntu2~24.04) 13.3.0, GNU ld (GNU Binutils for Ubuntu) 2.42) ${KERNEL_VERSION}\n`,
    ),
    vmstat: textFile(
      () =>
        `nr_free_pages ${String(Math.floor(kernel.memory().freeBytes / 4096))}\noom_kill ${String(kernel.cgroupTree.root.oomKills)}\n`,
    ),
  };
}

const FILESYSTEMS = [
  'sysfs',
  'tmpfs',
  'proc',
  'cgroup',
  'cgroup2',
  'devtmpfs',
  'debugfs',
  'tracefs',
  'securityfs',
  'bpf',
  'pipefs',
  'ramfs',
  'devpts',
  'mqueue',
  'overlay',
]
  .map((name) => `nodev\t${name}\n`)
  .join('')
  .concat('\text4\n');

function cgroupControllers(kernel: HostKernel): string {
  let groups = 0;
  const count = (group: typeof kernel.cgroupTree.root): void => {
    groups += 1;
    for (const child of group.children.values()) count(child);
  };
  count(kernel.cgroupTree.root);
  const names = [
    'cpuset',
    'cpu',
    'cpuacct',
    'blkio',
    'memory',
    'devices',
    'freezer',
    'net_cls',
    'perf_event',
    'net_prio',
    'hugetlb',
    'pids',
    'rdma',
    'misc',
  ];
  return `#subsys_name\thierarchy\tnum_cgroups\tenabled\n${names.map((name) => `${name}\t0\t${String(groups)}\t1\n`).join('')}`;
}

function cpuinfo(kernel: HostKernel): string {
  return Array.from({ length: kernel.processors }, (_, n) =>
    [
      `processor\t: ${String(n)}`,
      'vendor_id\t: GenuineIntel',
      'cpu family\t: 6',
      'model\t\t: 106',
      'model name\t: Drydock Virtual CPU @ 2.60GHz',
      'stepping\t: 6',
      'cpu MHz\t\t: 2600.000',
      'cache size\t: 49152 KB',
      `physical id\t: 0`,
      `siblings\t: ${String(kernel.processors)}`,
      `core id\t\t: ${String(n)}`,
      `cpu cores\t: ${String(kernel.processors)}`,
      'flags\t\t: fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ss ht syscall nx rdtscp lm constant_tsc nopl cpuid pni ssse3 cx16 sse4_1 sse4_2 x2apic popcnt aes xsave avx hypervisor lahf_lm avx2',
      'bogomips\t: 5200.00',
      'address sizes\t: 46 bits physical, 48 bits virtual',
      '',
      '',
    ].join('\n'),
  ).join('');
}

function loadavg(kernel: HostKernel, pidNamespace: number): string {
  const [one, five, fifteen] = kernel.loadAverage();
  const last = kernel.namespaces.pidIn(kernel.lifecycle.lastPid, pidNamespace) ?? kernel.lifecycle.lastPid;
  return `${one.toFixed(2)} ${five.toFixed(2)} ${fifteen.toFixed(2)} ${String(Math.max(1, kernel.cpu.running))}/${String(kernel.records.size)} ${String(last)}\n`;
}

function meminfo(kernel: HostKernel): string {
  const memory = kernel.memory();
  const rows: readonly (readonly [string, number])[] = [
    ['MemTotal', memory.totalBytes],
    ['MemFree', memory.freeBytes],
    ['MemAvailable', memory.availableBytes],
    ['Buffers', memory.cachedBytes * 0.05],
    ['Cached', memory.cachedBytes * 0.95],
    ['SwapCached', 0],
    ['Active', kernel.cgroupTree.root.memory],
    ['Inactive', memory.cachedBytes],
    ['SwapTotal', memory.swapTotalBytes],
    ['SwapFree', memory.swapFreeBytes],
    ['Dirty', 0],
    ['AnonPages', kernel.cgroupTree.root.memory],
    ['Shmem', 0],
    ['Slab', 134_217_728],
    ['SReclaimable', 67_108_864],
    ['SUnreclaim', 67_108_864],
    ['CommitLimit', memory.totalBytes / 2 + memory.swapTotalBytes],
    ['Committed_AS', kernel.cgroupTree.root.memory * 2],
  ];
  return `${rows.map(([name, bytes]) => `${`${name}:`.padEnd(15)} ${kib(bytes)} kB\n`).join('')}HugePages_Total:       0\nHugePages_Free:        0\nHugepagesize:       2048 kB\n`;
}

/** CPU time of everything since boot, µs. */
function used(kernel: HostKernel): number {
  kernel.cpu.settle();
  return totals(kernel).user + totals(kernel).system;
}

function totals(kernel: HostKernel): { user: number; system: number } {
  let user = 0;
  let system = 0;
  const add = (group: typeof kernel.cgroupTree.root): void => {
    user += group.userUs;
    system += group.systemUs;
    for (const child of group.children.values()) add(child);
  };
  add(kernel.cgroupTree.root);
  return { user, system };
}

function stat(kernel: HostKernel): string {
  kernel.cpu.settle();
  const { user, system } = totals(kernel);
  const idle = Math.max(0, kernel.uptimeUs * kernel.processors - user - system);
  const line = (name: string, parts: number): string =>
    `${name} ${String(ticks(user / parts))} 0 ${String(ticks(system / parts))} ${String(ticks(idle / parts))} 0 0 0 0 0 0\n`;
  const alive = [...kernel.records.values()].filter(isAlive);
  return [
    line('cpu ', 1),
    ...Array.from({ length: kernel.processors }, (_, n) => line(`cpu${String(n)}`, kernel.processors)),
    'intr 0\nctxt 0\n',
    `btime ${String(Math.floor((kernel.simulation.clock.unixUs - kernel.uptimeUs) / 1_000_000))}\n`,
    `processes ${String(kernel.lifecycle.lastPid)}\n`,
    `procs_running ${String(Math.max(1, alive.filter((record) => stateOf(kernel, record) === 'running').length))}\nprocs_blocked 0\n`,
  ].join('');
}

function swaps(kernel: HostKernel): string {
  const rows = kernel
    .swaps()
    .map(
      ({ path, type, sizeBytes, usedBytes, priority }) =>
        `${path.padEnd(40)}${type}\t\t${String(Math.floor(sizeBytes / 1024))}\t\t${String(Math.floor(usedBytes / 1024))}\t\t${String(priority)}\n`,
    );
  return `Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n${rows.join('')}`;
}
