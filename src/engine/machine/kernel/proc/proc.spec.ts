import { expect, test } from 'vitest';
import { failed } from '../../../../protocol/errno.ts';
import type { Process } from '../../../../protocol/program.ts';
import { createKernelHost } from '../../create-host.ts';
import { createSimulation } from '../../../sim/create-simulation.ts';
import { FileTreeTable } from '../../files/trees/file-tree.ts';
import { ubuntuRoot } from '../../files/trees/ubuntu-root.ts';
import { createNetwork } from '../../net/network.ts';
import { HostSystemd } from '../../systemd/host-systemd.ts';
import { program, readText, spawn, text, worldOf } from '../kernel.spec-support.ts';

const read = (process: Process, path: string): string => {
  const bytes = process.readFile(path);
  return failed(bytes) ? bytes.errno : readText(bytes);
};

/** What a program in a group and a pid namespace of its own reads. */
async function seen(paths: readonly string[]): Promise<Record<string, string>> {
  const cat = program('cat', async (process) => {
    await process.write(1, text(JSON.stringify(Object.fromEntries(paths.map((path) => [path, read(process, path)])))));
    return 0;
  });
  const world = worldOf([cat]);
  world.kernel.cgroups.create('/box/inner');
  world.kernel.loadModule('br_netfilter');
  const { output } = spawn(world, ['/bin/cat', 'a b'], { cgroup: '/box/inner', env: { A: '1', B: '2' } });
  await world.run();
  return JSON.parse(output()) as Record<string, string>;
}

test('/proc tells of the process that reads it', async () => {
  const shown = await seen([
    '/proc/self/cmdline',
    '/proc/self/comm',
    '/proc/self/environ',
    '/proc/self/cgroup',
    '/proc/1/status',
    '/proc/self/stat',
    '/proc/self/limits',
    '/proc/self/mounts',
  ]);
  expect(shown['/proc/self/cmdline']).toBe('/bin/cat\0a b\0');
  expect(shown['/proc/self/comm']).toBe('cat\n');
  expect(shown['/proc/self/environ']).toBe('A=1\0B=2\0');
  expect(shown['/proc/self/cgroup']).toBe('0::/box/inner\n');
  expect(shown['/proc/1/status']).toContain('Name:\tcat\nUmask:\t0022\nState:\tR (running)\nTgid:\t1\n');
  expect(shown['/proc/1/status']).toContain('CapEff:\t000001ffffffffff\n');
  expect(shown['/proc/self/stat']).toMatch(/^1 \(cat\) R 0 1 1 0 -1 /);
  expect(shown['/proc/self/limits']).toContain(
    'Max open files            1024                 1048576              files     \n',
  );
  expect(shown['/proc/self/mounts']?.split('\n')[0]).toBe('/dev/sda1 / ext4 rw,relatime 0 0');
});

test('/proc tells of the machine', async () => {
  const shown = await seen([
    '/proc/meminfo',
    '/proc/cpuinfo',
    '/proc/uptime',
    '/proc/loadavg',
    '/proc/modules',
    '/proc/swaps',
    '/proc/filesystems',
    '/proc/sys/kernel/hostname',
    '/proc/sys/kernel/osrelease',
    '/sys/fs/cgroup/box/inner/pids.current',
    '/sys/fs/cgroup/box/inner/memory.max',
    '/proc/nothing',
  ]);
  expect(shown['/proc/meminfo']).toMatch(/^MemTotal: {8}8128512 kB\nMemFree: /);
  expect(shown['/proc/cpuinfo']?.match(/^processor/gm)).toHaveLength(4);
  expect(shown['/proc/loadavg']).toBe('0.00 0.00 0.00 1/1 1\n');
  expect(shown['/proc/modules']?.split('\n').map((line) => line.split(' ')[0])).toEqual([
    'br_netfilter',
    'bridge',
    'stp',
    'llc',
    '',
  ]);
  expect(shown['/proc/swaps']).toBe('Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n');
  expect(shown['/proc/filesystems']).toContain('nodev\toverlay\n');
  expect(shown).toMatchObject({
    '/proc/sys/kernel/hostname': 'alpha\n',
    '/proc/sys/kernel/osrelease': '6.8.0-71-generic\n',
    '/sys/fs/cgroup/box/inner/pids.current': '1\n',
    '/sys/fs/cgroup/box/inner/memory.max': 'max\n',
    '/proc/nothing': 'ENOENT',
  });
});

test('an Ubuntu host boots with process 1, swap on and its users', () => {
  const simulation = createSimulation(1);
  const network = createNetwork(simulation);
  const rootTree = ubuntuRoot({
    programs: ['bash', 'ls', 'ip', 'sudo', { id: 'bash', path: '/usr/bin/sh' }],
    entries: [
      {
        path: 'usr/lib/systemd/system/docker.service',
        type: 'file',
        text: '[Service]\nExecStart=/usr/bin/dockerd\n[Install]\nWantedBy=multi-user.target\n',
      },
    ],
  });
  const net = network.addHost({ name: 'worker-1', ip: '192.168.56.11' });
  const { sockets } = network;
  const { kernel, files } = createKernelHost({
    simulation,
    name: 'worker-1',
    trees: new FileTreeTable(),
    rootTree,
    programs: new Map(),
    reactivePrograms: new Map(),
    network: net,
    sockets,
  });
  const systemd = new HostSystemd({ simulation, host: 'worker-1', kernel, files, sockets, netns: net.netns });
  systemd.boot();
  expect(kernel.processes().map(({ pid, argv }) => [pid, argv])).toEqual([[1, ['/sbin/init']]]);
  expect(kernel.swaps().map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([['/swap.img', 2_147_479_552]]);
  expect(files.root.realpath('/bin/sh')).toBe('/usr/bin/sh');
  expect(kernel.canExecute('/bin/ls', {}, files.hostNamespace)).toBe('/bin/ls');
  expect(files.root.stat('/usr/bin/sudo')).toMatchObject({ mode: 0o4755 });
  expect(files.root.stat('/home/ubuntu')).toMatchObject({ uid: 1000, mode: 0o750 });
  expect(systemd.unit('docker')).toMatchObject({ load: 'loaded', active: 'inactive', enabled: 'disabled' });
  expect(kernel.sysctl('net.ipv4.ip_forward')).toBe('0');
});
