/**
 * Starts a container's main process as runc does: overlay, namespaces, cgroup, mounts, user, exec; and takes it all down
 * again.
 */
import { decodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, type ErrnoName, type Result } from '../../../protocol/errno.ts';
import type { Credentials } from '../../../protocol/program.ts';
import type { NamespaceSet } from '../kernel/interface.ts';
import { change, type ContainerCell, type RunningNamespaces, type RuntimeParts } from './cells.ts';
import { writeLimits } from './cgroup-limits.ts';
import { planMounts, prepareSources } from './container-mounts.ts';
import type { ContainerSpec, NamespaceId, NamespaceSource, RuntimeFailure, StartOutcome } from './interface.ts';
import { sandboxFiles } from './sandbox-files.ts';
import { boundingSet, environmentOf, resolveCredentials, resolveUser, type ResolvedUser } from './process-setup.ts';
import { goError } from './rootfs.ts';

/** libcontainer/specconv AllowedDevices: null, zero, full, random, urandom, tty, ptmx, console, terminals. */
const ALLOWED_DEVICES = ['c 1:3', 'c 1:5', 'c 1:7', 'c 1:8', 'c 1:9', 'c 5:0', 'c 5:1', 'c 5:2', 'c 136:*'];

const CREATE_FAILED =
  'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ';
const INIT_FAILED = `${CREATE_FAILED}error during container init: `;

type Refusal = Exclude<StartOutcome, { ok: true }>;
const refuse = (failure: RuntimeFailure['failure'], message: string, exitCode = 128): Refusal => ({
  ok: false,
  failure,
  message,
  exitCode,
});

/** Starts a container that is created or exited; answers its pid. */
export function launch(parts: RuntimeParts, cell: ContainerCell): StartOutcome {
  const { record, rootfs } = cell;
  const { spec } = record;
  const { files } = parts.host;
  const mounted = parts.rootfs.mount(rootfs);
  if (failed(mounted)) return refuse('mount', `failed to mount ${rootfs.merged}: ${goError(mounted)}`);
  const sources = prepareSources(files.root, spec, rootfs.merged);
  if (sources !== undefined) {
    parts.rootfs.unmount(rootfs);
    return refuse(
      'mount',
      sources.message.startsWith('error mounting') ? `${INIT_FAILED}${sources.message}: unknown` : sources.message,
    );
  }
  const user = userOf(parts, cell);
  if ('failure' in user) {
    parts.rootfs.unmount(rootfs);
    return refuse('user-unknown', user.message, 126);
  }
  const namespaces = enterNamespaces(parts, cell);
  if ('failure' in namespaces) {
    parts.rootfs.unmount(rootfs);
    return refuse(namespaces.failure, namespaces.message);
  }
  const view = files.view(namespaces.mnt);
  if (!view.exists(record.workingDir)) view.mkdirp(record.workingDir);
  const credentials = resolveCredentials(user, {
    privileged: spec.privileged === true,
    capAdd: spec.capAdd ?? [],
    capDrop: spec.capDrop ?? [],
  });
  const started = startProcess(parts, cell, namespaces, credentials, user);
  if (!started.ok) leaveNamespaces(parts, cell, namespaces);
  return started;
}

function startProcess(
  parts: RuntimeParts,
  cell: ContainerCell,
  namespaces: RunningNamespaces,
  credentials: Credentials,
  user: ResolvedUser,
): StartOutcome {
  const { record } = cell;
  const { kernel } = parts.host;
  const env = withHome(record.env, user.home);
  const environment = environmentOf(env);
  const [program = ''] = record.argv;
  const hasOwnShim = record.spec.sandboxId === undefined || cell.pause === true;
  // No shim is started for a program that cannot be run.
  const found = hasOwnShim ? kernel.canExecute(program, environment, namespaces.mnt, credentials) : program;
  if (failed(found) && found.errno !== 'ENOEXEC') return executableRefusal(program, found.errno, INIT_FAILED);
  const shim = hasOwnShim
    ? startShim(parts, record.spec, record.id)
    : parts.containers.get(record.spec.sandboxId ?? '')?.shim;
  const owner = `c/${record.id}`;
  const stdio =
    cell.pause === true
      ? undefined
      : parts.stdio.open(owner, { tty: record.spec.tty === true, stdin: record.spec.stdin === true });
  const pid = kernel.spawn({
    path: program,
    argv: record.argv,
    env: environment,
    cwd: record.workingDir,
    credentials,
    boundingCapabilities: boundingSet(record.spec),
    namespaces: namespaceSet(namespaces),
    cgroup: record.cgroupPath,
    stdio: stdio ?? [{ type: 'null' }, { type: 'null' }, { type: 'null' }],
    ...(record.spec.tty === true ? { controllingTty: true } : {}),
    ...(shim === undefined ? {} : { parent: shim }),
    ...(record.spec.resources.oomScoreAdj === undefined ? {} : { oomScoreAdj: record.spec.resources.oomScoreAdj }),
    ...(record.spec.noNewPrivileges === true ? { noNewPrivileges: true } : {}),
    ...(record.spec.seccomp === true ? { seccomp: boundingSet(record.spec) } : {}),
    onExit: { target: parts.target, type: 'main.exited', payload: { containerId: record.id } },
  });
  if (failed(pid)) {
    parts.stdio.close(owner);
    if (shim !== undefined && record.spec.sandboxId === undefined) kernel.exitComponent(shim, 0);
    return executableRefusal(program, pid.errno, INIT_FAILED);
  }
  const startedUnixUs = parts.sim.clock.unixUs;
  change(
    parts,
    record.id,
    { state: 'running', pid, startedUnixUs, finishedUnixUs: 0, exitCode: 0, oomKilled: false },
    { namespaces, credentials, home: user.home, ...(shim === undefined ? {} : { shim }) },
  );
  return { ok: true, pid, startedUnixUs };
}

/** The message for a program that cannot be run, as Go's os/exec words it, with the shell's exit code. */
export function executableRefusal(program: string, errno: ErrnoName, prefix: string): Refusal {
  const quoted = JSON.stringify(program);
  if (errno === 'EACCES' || errno === 'EISDIR') {
    return refuse(
      'permission-denied',
      `${prefix}exec: ${quoted}: ${errno === 'EISDIR' ? 'is a directory' : 'permission denied'}: unknown`,
      126,
    );
  }
  if (errno === 'ENOENT' || errno === 'ENOTDIR') {
    const detail = program.includes('/') ? `stat ${program}: ${goError(errno)}` : 'executable file not found in $PATH';
    return refuse('executable-not-found', `${prefix}exec: ${quoted}: ${detail}: unknown`, 127);
  }
  return refuse('invalid', `${prefix}exec ${program}: ${goError(errno)}: unknown`, 126);
}

export const withHome = (env: readonly string[], home: string): readonly string[] =>
  env.some((assignment) => assignment.startsWith('HOME=')) ? env : [...env, `HOME=${home}`];

/** Where containerd's children are: shims that it starts stay in its unit. */
const SHIM_CGROUP = '/system.slice/containerd.service';

/** The shim that is parent of a container's (or a whole pod's) processes. */
function startShim(parts: RuntimeParts, spec: ContainerSpec, id: string): number | undefined {
  const pid = parts.host.kernel.spawnComponent({
    component: parts.target,
    path: '/usr/bin/containerd-shim-runc-v2',
    argv: [
      '/usr/bin/containerd-shim-runc-v2',
      '-namespace',
      spec.namespace,
      '-id',
      id,
      '-address',
      '/run/containerd/containerd.sock',
    ],
    env: {},
    ...(parts.host.kernel.cgroups.exists(SHIM_CGROUP) ? { cgroup: SHIM_CGROUP } : {}),
    memoryBytes: 12 * 1024 * 1024,
  });
  return failed(pid) ? undefined : pid;
}

/** A user of the image by name needs its passwd file; a container's root file system is mounted by now. */
export function userOf(
  parts: RuntimeParts,
  cell: ContainerCell,
  text = cell.record.user,
): ResolvedUser | RuntimeFailure {
  const { root } = parts.host.files;
  const read = (path: string): string => {
    const bytes: Result<Uint8Array> = root.read(`${cell.rootfs.merged}${path}`);
    return failed(bytes) ? '' : decodeUtf8(bytes);
  };
  const databases = { passwd: read('/etc/passwd'), group: read('/etc/group') };
  return resolveUser(text, databases, cell.record.spec.supplementaryGroups);
}

export const namespaceSet = ({ mnt, pid, net, uts, ipc, cgroup }: RunningNamespaces): Partial<NamespaceSet> => ({
  mnt,
  pid,
  net,
  uts,
  ipc,
  cgroup,
});

function enterNamespaces(parts: RuntimeParts, cell: ContainerCell): RunningNamespaces | RuntimeFailure {
  const { record, rootfs } = cell;
  const { spec } = record;
  const { kernel, files, net } = parts.host;
  const sandbox = spec.sandboxId === undefined ? undefined : parts.sandboxes.get(spec.sandboxId);
  const pick = (
    source: NamespaceSource,
    kind: 'net' | 'pid' | 'ipc' | 'uts',
    fresh: () => NamespaceId,
  ): NamespaceId | RuntimeFailure => {
    if (source === 'host') return kernel.namespaces.host[kind];
    if (source === 'private') return fresh();
    if (source === 'sandbox')
      return sandbox === undefined ? fresh() : kind === 'net' ? sandbox.record.netns : sandbox[kind];
    if ('id' in source) return source.id;
    const other = parts.containers.get(source.container)?.namespaces;
    return (
      other?.[kind] ?? {
        failure: 'not-running',
        message: `cannot join ${kind === 'net' ? 'network' : kind.toUpperCase()} of a non running container: ${source.container}`,
      }
    );
  };
  const net_ = pick(spec.network, 'net', () => loopbackNamespace(parts));
  const pid = pick(spec.pid, 'pid', () => kernel.namespaces.createPid());
  const ipc = pick(spec.ipc, 'ipc', () => kernel.namespaces.create('ipc'));
  const uts = pick(spec.uts, 'uts', () => kernel.namespaces.createUts(spec.hostname ?? record.id.slice(0, 12)));
  for (const chosen of [net_, pid, ipc, uts]) if (typeof chosen !== 'number') return chosen;
  if (typeof net_ !== 'number' || typeof pid !== 'number' || typeof ipc !== 'number' || typeof uts !== 'number')
    return { failure: 'invalid', message: 'no namespace' };
  const ownsNet = spec.network === 'private';
  kernel.cgroups.create(record.cgroupPath);
  writeLimits(kernel.cgroups, record.cgroupPath, spec.resources);
  if (spec.privileged !== true) kernel.cgroups.allowDevices(record.cgroupPath, ALLOWED_DEVICES);
  if (spec.resources.memoryLimitBytes !== undefined) {
    kernel.cgroups.watchOom(record.cgroupPath, {
      target: parts.target,
      type: 'oom',
      payload: { containerId: record.id },
    });
  }
  for (const [name, value] of Object.entries(spec.sysctls ?? {})) kernel.setSysctl(name, value, net_);
  const mnt = files.createNamespace({
    root: rootfs.merged,
    ...(spec.readonlyRootfs === true ? { readOnlyRoot: true } : {}),
    mounts: planMounts(spec, cell.pause === true ? [] : sandboxFiles(spec)),
    pidNamespace: pid,
    cgroup: record.cgroupPath,
    networkNamespace: net_,
  });
  if (failed(mnt)) {
    if (ownsNet) net.deleteNamespace(net_);
    return { failure: 'mount', message: `${INIT_FAILED}error preparing rootfs: ${goError(mnt)}: unknown` };
  }
  return { mnt, pid, net: net_, ipc, uts, cgroup: kernel.namespaces.create('cgroup'), ownsNet };
}

/** A network namespace in which only the loopback interface is up. */
export function loopbackNamespace(parts: RuntimeParts): NamespaceId {
  const { net } = parts.host;
  const netns = net.createNamespace();
  net.changeLink(netns, 'lo', { up: true });
  return netns;
}

/** Takes a container's namespaces, mounts and cgroup away after its last process. */
export function leaveNamespaces(parts: RuntimeParts, cell: ContainerCell, namespaces: RunningNamespaces): void {
  const { kernel, files, net } = parts.host;
  const { cgroupPath } = cell.record;
  if (kernel.cgroups.exists(cgroupPath)) {
    if (kernel.cgroups.processes(cgroupPath).length > 0) kernel.cgroups.write(cgroupPath, 'cgroup.kill', '1');
    kernel.cgroups.remove(cgroupPath);
  }
  files.removeNamespace(namespaces.mnt);
  parts.rootfs.unmount(cell.rootfs);
  if (namespaces.ownsNet) net.deleteNamespace(namespaces.net);
}
