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

/** An entry of `crictl ps -o json`. */
export function listedContainer(record: KernelRecord): Plain {
  const state = record.text('state');
  return {
    id: record.text('id'),
    podSandboxId: record.text('sandboxId'),
    metadata: { name: record.text('name'), attempt: record.number('attempt') },
    image: { image: record.text('imageId') },
    imageRef: record.text('imageId'),
    state: `CONTAINER_${state === 'exited' ? 'EXITED' : state === 'created' ? 'CREATED' : 'RUNNING'}`,
    createdAt: String(record.number('createdUnixUs') * 1_000),
    labels: record.plain('labels'),
    annotations: record.plain('annotations'),
    imageId: record.text('imageId'),
  };
}

/** An entry of `crictl pods -o json`. */
export function listedSandbox(record: KernelRecord): Plain {
  return {
    id: record.text('id'),
    metadata: {
      name: record.text('name'),
      uid: record.text('uid'),
      namespace: record.text('namespace'),
      attempt: record.number('attempt'),
    },
    state: record.text('state') === 'ready' ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY',
    createdAt: String(record.number('createdUnixUs') * 1_000),
    labels: record.plain('labels'),
    annotations: record.plain('annotations'),
    runtimeHandler: '',
  };
}

/** An entry of `crictl images -o json`. */
export const listedImage = (record: KernelRecord): Plain => ({
  id: record.text('id'),
  repoTags: record.texts('repoTags'),
  repoDigests: record.texts('repoDigests'),
  size: String(record.number('sizeBytes')),
  uid: null,
  username: record.text('user'),
  spec: null,
  pinned: record.flag('pinned'),
});
