/** What `crictl inspect`, `inspectp` and `inspecti` print, from what the runtime told. */
import type { Plain } from '../../protocol/plain.ts';
import { strftime } from '../strftime.ts';
import type { KernelRecord } from './kernel-data.ts';

const time = (unixUs: number): string =>
  unixUs === 0
    ? '0001-01-01T00:00:00Z'
    : `${strftime('%Y-%m-%dT%H:%M:%S', unixUs)}.${String(Math.round(unixUs % 1e6)).padStart(6, '0')}000Z`;

export function inspectContainer(record: KernelRecord): Plain {
  const state = record.text('state');
  const exited = state === 'exited';
  return {
    info: {
      pid: record.number('pid'),
      sandboxID: record.text('sandboxId'),
      runtimeSpec: { process: { args: record.texts('argv'), env: record.texts('env') } },
    },
    status: {
      annotations: record.plain('annotations'),
      createdAt: time(record.number('createdUnixUs')),
      exitCode: record.number('exitCode'),
      finishedAt: time(exited ? record.number('finishedUnixUs') : 0),
      id: record.text('id'),
      image: { image: record.text('image') },
      imageRef: record.text('imageId'),
      labels: record.plain('labels'),
      logPath: record.text('logPath'),
      metadata: { attempt: record.number('attempt'), name: record.text('name') },
      mounts: record.records('mounts').map((mount) => ({
        containerPath: mount.text('target'),
        hostPath: mount.text('source'),
        readonly: mount.flag('readonly'),
      })),
      reason: exited
        ? record.flag('oomKilled')
          ? 'OOMKilled'
          : record.number('exitCode') === 0
            ? 'Completed'
            : 'Error'
        : '',
      startedAt: time(record.number('startedUnixUs')),
      state: `CONTAINER_${exited ? 'EXITED' : state === 'created' ? 'CREATED' : 'RUNNING'}`,
    },
  };
}

export function inspectSandbox(record: KernelRecord): Plain {
  const [ip = '', ...more] = record.texts('ips');
  return {
    info: { pid: record.number('pid') },
    status: {
      annotations: record.plain('annotations'),
      createdAt: time(record.number('createdUnixUs')),
      id: record.text('id'),
      labels: record.plain('labels'),
      metadata: {
        attempt: record.number('attempt'),
        name: record.text('name'),
        namespace: record.text('namespace'),
        uid: record.text('uid'),
      },
      network: { additionalIps: more.map((each) => ({ ip: each })), ip },
      state: record.text('state') === 'ready' ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY',
    },
  };
}

export function inspectImage(record: KernelRecord): Plain {
  return {
    status: {
      id: record.text('id'),
      pinned: record.flag('pinned'),
      repoDigests: record.texts('repoDigests'),
      repoTags: record.texts('repoTags'),
      size: String(record.number('sizeBytes')),
      username: record.text('user'),
    },
  };
}
