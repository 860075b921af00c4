/** What `crictl inspect`, `inspectp` and `inspecti` print, from what the runtime told. */
import type { Plain } from '../../../protocol/plain.ts';
import type { Options } from '../../coreutils/command.ts';
import { strftime } from '../../strftime.ts';
import { fatal, findById, type CrictlCall } from './cri-command.ts';
import { printStatus } from './cri-output.ts';
import { humanAgo, humanBytes } from './cri-text.ts';
import type { KernelRecord } from '../kernel/kernel-data.ts';

const time = (unixUs: number): string =>
  unixUs === 0
    ? '0001-01-01T00:00:00Z'
    : `${strftime('%Y-%m-%dT%H:%M:%S', unixUs)}.${String(Math.round(unixUs % 1e6)).padStart(6, '0')}000Z`;

type Kind = 'containers' | 'sandboxes' | 'images';
type Members = { readonly [key: string]: Plain };
const STATUS: Readonly<Record<Kind, (record: KernelRecord) => Members>> = {
  containers: inspectContainer,
  sandboxes: inspectSandbox,
  images: inspectImage,
};

/** The status of each object that is named. */
export async function inspect(call: CrictlCall, kind: Kind, options: Options): Promise<number> {
  if (options.operands.length === 0) return await fatal(call, 'ID cannot be empty');
  const found: KernelRecord[] = [];
  for (const id of options.operands) {
    const record = await findById(call, kind, id);
    if (typeof record === 'number') return record;
    found.push(record);
  }
  if (options.value('o') === 'table') {
    const nowUs = call.process.time().realtimeUs;
    for (const record of found) for (const line of statusTable(kind, record, nowUs)) call.io.line(line);
    return await call.io.end(0);
  }
  const shown = found.map((record): Plain => {
    const whole = STATUS[kind](record);
    return options.has('q') ? { status: whole['status'] } : whole;
  });
  return await printStatus(call, options, shown);
}

/** Members of a map, a line each. */
export const mapLines = (title: string, values: KernelRecord | undefined): readonly string[] =>
  values === undefined
    ? []
    : [
        title,
        ...values
          .names()
          .toSorted()
          .map((name) => `\t${name} -> ${values.text(name)}`),
      ];

/** -o table: some lines about one object. */
function statusTable(kind: Kind, record: KernelRecord, nowUs: number): readonly string[] {
  const ago = (member: string): string => humanAgo(nowUs - record.number(member));
  const maps = [
    ...mapLines('Labels:', record.record('labels')),
    ...mapLines('Annotations:', record.record('annotations')),
  ];
  if (kind === 'images')
    return [
      `ID: ${record.text('id')}`,
      ...record.texts('repoTags').map((tag) => `Tag: ${tag}`),
      ...record.texts('repoDigests').map((digest) => `Digest: ${digest}`),
      `Size: ${humanBytes(record.number('sizeBytes'))}`,
    ];
  const attempt = record.number('attempt');
  const head = [`ID: ${record.text('id')}`, `Name: ${record.text('name')}`];
  if (kind === 'sandboxes')
    return [
      ...head,
      `UID: ${record.text('uid')}`,
      `Namespace: ${record.text('namespace')}`,
      `Attempt: ${String(attempt)}`,
      `Status: ${sandboxState(record)}`,
      `Created: ${ago('createdUnixUs')}`,
      `IP Addresses: ${record.texts('ips').join(', ')}`,
      ...maps,
    ];
  const state = record.text('state');
  return [
    ...head,
    ...(attempt === 0 ? [] : [`Attempt: ${String(attempt)}`]),
    `State: ${containerState(record)}`,
    `Created: ${ago('createdUnixUs')}`,
    ...(state === 'created' ? [] : [`Started: ${ago('startedUnixUs')}`]),
    ...(state === 'exited'
      ? [`Finished: ${ago('finishedUnixUs')}`, `Exit Code: ${String(record.number('exitCode'))}`]
      : []),
    ...maps,
  ];
}

function containerState(record: KernelRecord): string {
  const state = record.text('state');
  return `CONTAINER_${state === 'exited' ? 'EXITED' : state === 'created' ? 'CREATED' : 'RUNNING'}`;
}
const sandboxState = (record: KernelRecord): string =>
  record.text('state') === 'ready' ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY';

function inspectContainer(record: KernelRecord): Members {
  const exited = record.text('state') === 'exited';
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
      state: containerState(record),
    },
  };
}

function inspectSandbox(record: KernelRecord): Members {
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
      state: sandboxState(record),
    },
  };
}

function inspectImage(record: KernelRecord): Members {
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
  return {
    id: record.text('id'),
    podSandboxId: record.text('sandboxId'),
    metadata: { name: record.text('name'), attempt: record.number('attempt') },
    image: { image: record.text('imageId') },
    imageRef: record.text('imageId'),
    state: containerState(record),
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
    state: sandboxState(record),
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
