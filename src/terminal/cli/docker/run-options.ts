/** The request body of run and create from their flags. */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { Flags } from '../framework/flags.ts';
import { Fatal } from './fatal.ts';

const refuse = (message: string): never => {
  throw new Fatal(`docker: ${message}\n\nRun 'docker run --help' for more information`, 125);
};

/** `64m`, `1g`, bytes: go-units RAMInBytes. */
export function ramInBytes(text: string, flag: string): number {
  const match = /^(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?$/i.exec(text);
  if (match === null) return refuse(`invalid argument "${text}" for "${flag}" flag: invalid size: '${text}'`);
  let bytes = Number(match[1]);
  for (let unit = ['', 'k', 'm', 'g', 't', 'p'].indexOf((match[2] ?? '').toLowerCase()); unit > 0; unit -= 1)
    bytes *= 1024;
  return Math.floor(bytes);
}

function pairs(items: readonly string[]): JsonObject {
  return Object.fromEntries(
    items.map((item) => {
      const cut = item.indexOf('=');
      return cut < 0 ? [item, ''] : [item.slice(0, cut), item.slice(cut + 1)];
    }),
  );
}

function restartPolicy(text: string): JsonObject {
  if (text === '') return { Name: 'no', MaximumRetryCount: 0 };
  const [name = '', count] = text.split(':');
  if (count !== undefined && !/^\d+$/.test(count))
    refuse('invalid restart policy format: maximum retry count must be an integer');
  return { Name: name, MaximumRetryCount: Number(count ?? '0') };
}

/** `[ip:][hostPort:]containerPort[/proto]`, with ranges of equal length. */
export function parsePort(
  text: string,
): readonly { readonly port: string; readonly hostIp: string; readonly hostPort: string }[] {
  const [spec = '', protocol = 'tcp'] = text.split('/');
  const parts = spec.split(':');
  const container = parts.at(-1) ?? '';
  const host = parts.length > 1 ? (parts.at(-2) ?? '') : '';
  const hostIp = parts.length > 2 ? parts.slice(0, -2).join(':') : '';
  const range = (given: string): readonly number[] => {
    const match = /^(\d+)(?:-(\d+))?$/.exec(given);
    const from = Number(match?.[1] ?? '0');
    const to = Number(match?.[2] ?? match?.[1] ?? '0');
    if (match === null || to > 65_535 || to < from)
      return refuse(
        `invalid publish opts format (should be name=value but got '${text}')`.replace(
          /^.*$/,
          `invalid containerPort: ${given}`,
        ),
      );
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  };
  if (container === '') refuse(`no port specified: ${text}<empty>`);
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) refuse(`invalid proto: ${protocol}`);
  const inner = range(container);
  if (host !== '' && !/^\d+(-\d+)?$/.test(host)) refuse(`invalid hostPort: ${host}`);
  const outer = host === '' ? [] : range(host);
  if (outer.length > 0 && outer.length !== inner.length && inner.length !== 1)
    refuse(`invalid ranges specified for container and host Ports: ${container} and ${host}`);
  return inner.map((port, index) => ({
    port: `${String(port)}/${protocol}`,
    hostIp,
    hostPort: outer.length === 0 ? '' : String(outer[index] ?? outer[0] ?? 0),
  }));
}

function parseMount(text: string): JsonObject {
  const fields = pairs(text.split(','));
  const get = (...names: readonly string[]): string =>
    String(names.map((name) => fields[name]).find((value) => value !== undefined) ?? '');
  const type = get('type') === '' ? 'volume' : get('type');
  const target = get('target', 'dst', 'destination');
  if (target === '') refuse(`invalid argument "${text}" for "--mount" flag: target is required`);
  if (type === 'bind' && get('source', 'src') === '')
    refuse(
      `invalid argument "${text}" for "--mount" flag: invalid mount config for type "bind": field Source must not be empty`,
    );
  const readonly = ['readonly', 'ro'].some((name) => fields[name] !== undefined && fields[name] !== 'false');
  return {
    Type: type,
    Source: get('source', 'src'),
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
  const ns = (name: string): number => flags.durationMs(name) * 1_000_000;
  return {
    ...(flags.changed('health-cmd') ? { Test: ['CMD-SHELL', flags.string('health-cmd')] } : {}),
    Interval: ns('health-interval'),
    Timeout: ns('health-timeout'),
    StartPeriod: ns('health-start-period'),
    Retries: flags.int('health-retries'),
  };
}

export function createBody(
  flags: Flags,
  image: string,
  command: readonly string[],
  readFile: (path: string) => string | undefined,
  environment: Readonly<Record<string, string>>,
  cwd: string,
): JsonObject {
  const detach = flags.changed('detach') && flags.bool('detach');
  const stdin = flags.bool('interactive');
  const env: string[] = [];
  for (const path of flags.list('env-file')) {
    const content = readFile(path);
    if (content === undefined) refuse(`open ${path}: no such file or directory`);
    env.push(
      ...(content ?? '')
        .split('\n')
        .map((line) => line.trimStart())
        .filter((line) => line !== '' && !line.startsWith('#')),
    );
  }
  env.push(...flags.list('env'));
  const resolved = env.flatMap((item) =>
    item.includes('=') ? [item] : environment[item] === undefined ? [] : [`${item}=${environment[item]}`],
  );
  const ports = flags.list('publish').flatMap(parsePort);
  const bindings: Record<string, JsonValue[]> = {};
  for (const { port, hostIp, hostPort } of ports)
    bindings[port] = [...(bindings[port] ?? []), { HostIp: hostIp, HostPort: hostPort }];
  const exposed = Object.fromEntries(
    [
      ...ports.map(({ port }) => port),
      ...flags.list('expose').map((port) => (port.includes('/') ? port : `${port}/tcp`)),
    ].map((port) => [port, {}]),
  );
  const volumes = flags
    .list('volume')
    .map((volume) => (/^\.{1,2}(\/|:|$)/.test(volume) ? relative(volume, cwd) : volume));
  const network = flags.list('network')[0] ?? '';
  const cpus = flags.string('cpus');
  const entrypoint = flags.changed('entrypoint') ? [flags.string('entrypoint')] : null;
  const health = healthcheck(flags);
  const aliases = flags.list('network-alias');
  return {
    Hostname: flags.string('hostname'),
    User: flags.string('user'),
    AttachStdin: stdin && !detach,
    AttachStdout: !detach,
    AttachStderr: !detach,
    Tty: flags.bool('tty'),
    OpenStdin: stdin,
    StdinOnce: stdin && !detach,
    Env: resolved,
    Cmd: command.length === 0 ? null : command,
    Image: image,
    WorkingDir: flags.string('workdir'),
    Entrypoint: entrypoint,
    Labels: pairs(flags.list('label')),
    ExposedPorts: exposed,
    Volumes: Object.fromEntries(volumes.filter((volume) => !volume.includes(':')).map((volume) => [volume, {}])),
    ...(health === undefined ? {} : { Healthcheck: health }),
    ...(flags.changed('stop-signal') ? { StopSignal: flags.string('stop-signal') } : {}),
    ...(flags.changed('stop-timeout') ? { StopTimeout: flags.int('stop-timeout') } : {}),
    HostConfig: {
      Binds: volumes.filter((volume) => volume.includes(':')),
      Mounts: flags.list('mount').map(parseMount),
      NetworkMode: network === '' ? 'default' : network,
      PortBindings: bindings,
      RestartPolicy: restartPolicy(flags.string('restart')),
      AutoRemove: flags.bool('rm'),
      VolumesFrom: flags.list('volumes-from'),
      CapAdd: flags.list('cap-add'),
      CapDrop: flags.list('cap-drop'),
      Dns: flags.list('dns'),
      ExtraHosts: flags.list('add-host'),
      GroupAdd: flags.list('group-add'),
      IpcMode: flags.string('ipc') === '' ? 'private' : flags.string('ipc'),
      PidMode: flags.string('pid'),
      UTSMode: flags.string('uts'),
      Privileged: flags.bool('privileged'),
      PublishAllPorts: flags.bool('publish-all'),
      ReadonlyRootfs: flags.bool('read-only'),
      SecurityOpt: flags.list('security-opt').length === 0 ? null : flags.list('security-opt'),
      Tmpfs: Object.fromEntries(
        flags.list('tmpfs').map((item) => [item.split(':')[0] ?? '', item.split(':').slice(1).join(':')]),
      ),
      Sysctls: pairs(flags.list('sysctl')),
      Memory: flags.changed('memory') ? ramInBytes(flags.string('memory'), '-m, --memory') : 0,
      MemorySwap:
        flags.changed('memory-swap') && flags.string('memory-swap') !== '-1'
          ? ramInBytes(flags.string('memory-swap'), '--memory-swap')
          : flags.changed('memory-swap')
            ? -1
            : 0,
      ShmSize: flags.changed('shm-size') ? ramInBytes(flags.string('shm-size'), '--shm-size') : 67_108_864,
      NanoCpus: cpus === '' ? 0 : Math.round(Number(cpus) * 1e9),
      CpuShares: flags.int('cpu-shares'),
      CpuPeriod: flags.int('cpu-period'),
      CpuQuota: flags.int('cpu-quota'),
      CpusetCpus: flags.string('cpuset-cpus'),
      CgroupParent: flags.string('cgroup-parent'),
      PidsLimit: flags.changed('pids-limit') ? flags.int('pids-limit') : null,
      LogConfig: { Type: flags.string('log-driver'), Config: pairs(flags.list('log-opt')) },
      Init: flags.changed('init') ? flags.bool('init') : null,
    },
    NetworkingConfig: {
      EndpointsConfig:
        network === '' || (aliases.length === 0 && !flags.changed('ip'))
          ? {}
          : {
              [network]: {
                Aliases: aliases,
                ...(flags.changed('ip') ? { IPAMConfig: { IPv4Address: flags.string('ip') } } : {}),
              },
            },
    },
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
