/** The request body of run and create from their flags. */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { Flags } from '../framework/flags.ts';
import { pairs } from './context.ts';
import { refuseArgument, refuseRun } from './fatal.ts';
import { parsePort } from './port-spec.ts';
import { ramInBytes } from './sizes.ts';
import { parseUlimit } from './ulimit.ts';

/** What a command line leaves to the machine it is given on. */
export interface Surroundings {
  readonly readFile: (path: string) => string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** What run and create ask for. */
export function createBody(
  flags: Flags,
  image: string,
  command: readonly string[],
  { readFile, environment, cwd }: Surroundings,
): JsonObject {
  const attached = attachedStreams(flags);
  const stdin = flags.bool('interactive');
  const ports = flags.list('publish').flatMap(parsePort);
  const volumes = flags
    .list('volume')
    .map((volume) => (/^\.{1,2}(\/|:|$)/.test(volume) ? relative(volume, cwd) : volume));
  const binds = volumes.filter((volume) => volume.includes(':'));
  const health = healthcheck(flags);
  return {
    Hostname: flags.string('hostname'),
    User: flags.string('user'),
    AttachStdin: attached.has('stdin'),
    AttachStdout: attached.has('stdout'),
    AttachStderr: attached.has('stderr'),
    Tty: flags.bool('tty'),
    OpenStdin: stdin,
    StdinOnce: attached.has('stdin'),
    Env: variables(flags, readFile, environment),
    Cmd: command.length === 0 ? null : command,
    Image: image,
    WorkingDir: flags.string('workdir'),
    Entrypoint: flags.changed('entrypoint') ? [flags.string('entrypoint')] : null,
    Labels: pairs(flags.list('label')),
    ExposedPorts: exposed(flags, ports),
    Volumes: Object.fromEntries(volumes.filter((volume) => !volume.includes(':')).map((volume) => [volume, {}])),
    ...(health === undefined ? {} : { Healthcheck: health }),
    ...(flags.changed('stop-signal') ? { StopSignal: flags.string('stop-signal') } : {}),
    ...(flags.changed('stop-timeout') ? { StopTimeout: flags.int('stop-timeout') } : {}),
    HostConfig: {
      ...hostConfig(flags),
      ...resources(flags),
      Binds: binds.length === 0 ? null : binds,
      PortBindings: bindings(ports),
    },
    NetworkingConfig: { EndpointsConfig: endpoint(flags) },
  };
}

/** Streams that the client stays with. */
export function attachedStreams(flags: Flags): ReadonlySet<string> {
  if (flags.bool('detach')) return new Set();
  const named = flags.list('attach').map((name) => name.toLowerCase());
  const outputs = named.length > 0 ? named : ['stdout', 'stderr'];
  return new Set(flags.bool('interactive') ? [...outputs, 'stdin'] : outputs);
}

/** Lists that nobody gave are sent as null. */
const given = (flags: Flags, name: string): readonly string[] | null =>
  flags.list(name).length === 0 ? null : flags.list(name);

/** `net_admin` is CAP_NET_ADMIN; all stay all. */
const capabilities = (flags: Flags, name: string): readonly string[] | null =>
  given(flags, name)
    ?.map((item) => item.toUpperCase())
    .map((item) => (item === 'ALL' || item.startsWith('CAP_') ? item : `CAP_${item}`))
    .toSorted((a, b) => (a < b ? -1 : 1)) ?? null;

type Port = ReturnType<typeof parsePort>[number];

/** --env-file, then --env; a name alone takes the value it has here. */
export function variables(
  flags: Flags,
  readFile: Surroundings['readFile'],
  environment: Surroundings['environment'],
): readonly string[] {
  const given: string[] = [];
  for (const path of flags.list('env-file')) {
    const content = readFile(path) ?? refuseRun(`open ${path}: no such file or directory`);
    const lines = content.split('\n').map((line) => line.trimStart());
    given.push(...lines.filter((line) => line !== '' && !line.startsWith('#')));
  }
  given.push(...flags.list('env'));
  return given.flatMap((item) =>
    item.includes('=') ? [item] : environment[item] === undefined ? [] : [`${item}=${environment[item]}`],
  );
}

function exposed(flags: Flags, ports: readonly Port[]): JsonObject {
  const more = flags.list('expose').map((port) => (port.includes('/') ? port : `${port}/tcp`));
  return Object.fromEntries([...ports.map(({ port }) => port), ...more].map((port) => [port, {}]));
}

function bindings(ports: readonly Port[]): JsonObject {
  const out: Record<string, JsonValue[]> = {};
  for (const { port, hostIp, hostPort } of ports)
    out[port] = [...(out[port] ?? []), { HostIp: hostIp, HostPort: hostPort }];
  return out;
}

function hostConfig(flags: Flags): JsonObject {
  const network = networkOf(flags);
  return {
    Mounts: flags.list('mount').map(parseMount),
    NetworkMode: network === '' ? 'default' : network,
    RestartPolicy: restartPolicy(flags.string('restart')),
    AutoRemove: flags.bool('rm'),
    VolumesFrom: given(flags, 'volumes-from'),
    CapAdd: capabilities(flags, 'cap-add'),
    CapDrop: capabilities(flags, 'cap-drop'),
    Dns: flags.list('dns'),
    ExtraHosts: given(flags, 'add-host'),
    GroupAdd: given(flags, 'group-add'),
    IpcMode: flags.string('ipc'),
    PidMode: flags.string('pid'),
    UTSMode: flags.string('uts'),
    Privileged: flags.bool('privileged'),
    PublishAllPorts: flags.bool('publish-all'),
    ReadonlyRootfs: flags.bool('read-only'),
    SecurityOpt: given(flags, 'security-opt'),
    Tmpfs: Object.fromEntries(
      flags.list('tmpfs').map((item) => [item.split(':')[0] ?? '', item.split(':').slice(1).join(':')]),
    ),
    Sysctls: pairs(flags.list('sysctl')),
    LogConfig: { Type: flags.string('log-driver'), Config: pairs(flags.list('log-opt')) },
    Init: flags.changed('init') ? flags.bool('init') : null,
  };
}

/** Memory and swap together, bytes; -1: without end, 0: not said. */
export function swapLimit(flags: Flags): number {
  if (!flags.changed('memory-swap')) return 0;
  const swap = flags.string('memory-swap');
  return swap === '-1' ? -1 : ramInBytes(swap, '--memory-swap');
}

/** Limits of CPU, memory and processes. */
function resources(flags: Flags): JsonObject {
  const cpus = flags.string('cpus');
  return {
    Memory: flags.changed('memory') ? ramInBytes(flags.string('memory'), '-m, --memory') : 0,
    MemorySwap: swapLimit(flags),
    ShmSize: flags.changed('shm-size') ? ramInBytes(flags.string('shm-size'), '--shm-size') : 0,
    NanoCpus: cpus === '' ? 0 : Math.round(Number(cpus) * 1e9),
    CpuShares: flags.int('cpu-shares'),
    CpuPeriod: flags.int('cpu-period'),
    CpuQuota: flags.int('cpu-quota'),
    CpusetCpus: flags.string('cpuset-cpus'),
    CgroupParent: flags.string('cgroup-parent'),
    Ulimits: flags.list('ulimit').map(parseUlimit),
    PidsLimit: flags.changed('pids-limit') ? flags.int('pids-limit') : null,
  };
}

const networkOf = (flags: Flags): string => flags.list('network')[0] ?? '';

function endpoint(flags: Flags): JsonObject {
  const network = networkOf(flags);
  const aliases = flags.list('network-alias');
  if (aliases.length === 0 && !flags.changed('ip')) return {};
  const address = flags.changed('ip') ? { IPAMConfig: { IPv4Address: flags.string('ip') } } : {};
  return { [network === '' ? 'default' : network]: { Aliases: aliases, ...address } };
}

function restartPolicy(text: string): JsonObject {
  if (text === '') return { Name: 'no', MaximumRetryCount: 0 };
  const [name = '', count] = text.split(':');
  if (count !== undefined && !/^\d+$/.test(count))
    refuseRun('invalid restart policy format: maximum retry count must be an integer');
  return { Name: name, MaximumRetryCount: Number(count ?? '0') };
}

function parseMount(text: string): JsonObject {
  const fields = pairs(text.split(','));
  const get = (...names: readonly string[]): string =>
    String(names.map((name) => fields[name]).find((value) => value !== undefined) ?? '');
  const type = get('type') === '' ? 'volume' : get('type');
  const target = get('target', 'dst', 'destination');
  if (target === '') refuseArgument(text, '--mount', 'target is required');
  const readonly = ['readonly', 'ro'].some((name) => fields[name] !== undefined && fields[name] !== 'false');
  return {
    Type: type,
    ...(get('source', 'src') === '' ? {} : { Source: get('source', 'src') }),
    Target: target,
    ...(readonly ? { ReadOnly: true } : {}),
    ...(fields['volume-nocopy'] === undefined ? {} : { VolumeOptions: { NoCopy: true } }),
    ...(get('tmpfs-size') === '' ? {} : { TmpfsOptions: { SizeBytes: ramInBytes(get('tmpfs-size'), '--mount') } }),
  };
}

function healthcheck(flags: Flags): JsonObject | undefined {
  if (flags.bool('no-healthcheck')) return { Test: ['NONE'] };
  const names = ['health-cmd', 'health-interval', 'health-timeout', 'health-retries', 'health-start-period'];
  if (!names.some((name) => flags.changed(name))) return undefined;
  const duration = (name: string, flag: string): JsonObject =>
    flags.durationMs(flag) === 0 ? {} : { [name]: flags.durationMs(flag) * 1_000_000 };
  return {
    ...(flags.changed('health-cmd') ? { Test: ['CMD-SHELL', flags.string('health-cmd')] } : {}),
    ...duration('Interval', 'health-interval'),
    ...duration('Timeout', 'health-timeout'),
    ...duration('StartPeriod', 'health-start-period'),
    ...(flags.int('health-retries') === 0 ? {} : { Retries: flags.int('health-retries') }),
  };
}

function relative(volume: string, cwd: string): string {
  const [path = '', ...rest] = volume.split(':');
  const parts = cwd.split('/').filter((part) => part !== '');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return [`/${parts.join('/')}`, ...rest].join(':');
}
