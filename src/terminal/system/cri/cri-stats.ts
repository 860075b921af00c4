/** crictl stats, info and imagefsinfo. */
import { failed } from '../../../protocol/errno.ts';
import type { Options } from '../../coreutils/command.ts';
import { ask } from './cri-client.ts';
import { refuse, table, type CrictlCall } from './cri-command.ts';
import { printMessage, printStatus } from './cri-output.ts';
import { humanBytes } from './cri-text.ts';
import type { KernelRecord } from '../kernel/kernel-data.ts';
import { notSimulated } from '../plain-program.ts';

const IMAGES = '/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs';

/** Two looks, a second apart, give the processor's share. */
export async function stats(call: CrictlCall, options: Options): Promise<number> {
  const { io, process } = call;
  const first = await ask(call, { method: 'stats' });
  if (first.type !== 'ok') return await refuse(call, first, 'get container stats');
  const beganUs = process.time().realtimeUs;
  await process.sleepUntil(beganUs + Number(options.value('s') ?? '1') * 1e6);
  const second = await ask(call, { method: 'stats' });
  if (second.type !== 'ok') return await refuse(call, second, 'get container stats');
  const listed = await ask(call, { method: 'containers' });
  if (listed.type !== 'ok') return await refuse(call, listed, 'get container stats');
  const passed = Math.max(1, process.time().realtimeUs - beganUs);
  const before = new Map(first.record.records('stats').map((each) => [each.text('id'), each.number('cpuUsageUs')]));
  const names = new Map(listed.record.records('containers').map((each) => [each.text('id'), each.text('name')]));
  const wanted = (each: KernelRecord): boolean =>
    each.text('id').startsWith(options.operands[0] ?? options.value('id') ?? '');
  const rows = second.record
    .records('stats')
    .filter(wanted)
    .map((each) => {
      const id = each.text('id');
      const used = each.number('cpuUsageUs') - (before.get(id) ?? each.number('cpuUsageUs'));
      return [
        id.slice(0, 13),
        names.get(id) ?? '',
        ((100 * used) / passed).toFixed(2),
        humanBytes(each.number('memoryBytes')),
        humanBytes(each.number('diskBytes')),
        String(each.number('inodes')),
      ];
    });
  table(call, [['CONTAINER', 'NAME', 'CPU %', 'MEM', 'DISK', 'INODES'], ...rows]);
  return await io.end(0);
}

/** The conditions are what containerd looks at: itself, and a network configuration in its directory. */
export async function runtimeInfo(call: CrictlCall, options: Options): Promise<number> {
  const { process } = call;
  const reply = await ask(call, { method: 'version' });
  if (reply.type !== 'ok') return await refuse(call, reply, 'getting status of runtime');
  const found = process.readdir('/etc/cni/net.d');
  const files = failed(found) ? [] : found.filter(({ name }) => /\.(?:conf|conflist|json)$/.test(name));
  const network =
    files.length > 0
      ? { message: '', reason: '', status: true }
      : {
          message: 'Network plugin returns error: cni plugin not initialized',
          reason: 'NetworkPluginNotReady',
          status: false,
        };
  const info = {
    cniconfig: { PluginDirs: ['/opt/cni/bin'], PluginConfDir: '/etc/cni/net.d', PluginMaxConfNum: 1, Prefix: 'eth' },
    config: {
      containerd: { defaultRuntimeName: 'runc' },
      containerdRootDir: '/var/lib/containerd',
      containerdEndpoint: '/run/containerd/containerd.sock',
      rootDir: '/var/lib/containerd/io.containerd.grpc.v1.cri',
      stateDir: '/run/containerd/io.containerd.grpc.v1.cri',
    },
    status: {
      conditions: [
        { message: '', reason: '', status: true, type: 'RuntimeReady' },
        { ...network, type: 'NetworkReady' },
      ],
    },
  };
  return await printStatus(call, options, [options.has('q') ? { status: info.status } : info]);
}

export async function imageFileSystem(call: CrictlCall, options: Options): Promise<number> {
  const { process } = call;
  const reply = await ask(call, { method: 'images' });
  if (reply.type !== 'ok') return await refuse(call, reply, 'image filesystem info request');
  const bytes = reply.record.records('images').reduce((sum, each) => sum + each.number('sizeBytes'), 0);
  const status = {
    fsId: { mountpoint: IMAGES },
    timestamp: String(process.time().realtimeUs * 1_000),
    usedBytes: { value: String(bytes) },
  };
  if (options.value('o') === 'table') return await notSimulated(call.io, 'crictl imagefsinfo -o table');
  return await printStatus(call, options, [{ status: { imageFilesystems: [status], containerFilesystems: [status] } }]);
}

/** What the runtime says of itself. */
export async function runtimeVersion(call: CrictlCall, options: Options): Promise<number> {
  const reply = await ask(call, { method: 'version' });
  if (reply.type !== 'ok') return await refuse(call, reply, 'getting the runtime version');
  const version = {
    version: '0.1.0',
    runtimeName: 'containerd',
    runtimeVersion: `v${reply.record.text('version')}`,
    runtimeApiVersion: 'v1',
  };
  const format = options.value('o') ?? 'table';
  if (format === 'json' || format === 'yaml') return await printMessage(call, format, version);
  call.io.line(`Version:  ${version.version}`);
  call.io.line(`RuntimeName:  ${version.runtimeName}`);
  call.io.line(`RuntimeVersion:  ${version.runtimeVersion}`);
  call.io.line(`RuntimeApiVersion:  ${version.runtimeApiVersion}`);
  return await call.io.end(0);
}
