/**
 * docker info: the client about itself, then what the daemon answers to /info.
 * Source: cli/command/system/info.go of docker/cli.
 */
import { compileGoTemplate, DOCKER_FUNCTIONS } from '../../../formats/go-template.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { array, binarySize, member, number, text, type Context, type Verb } from './context.ts';
import { CLIENT_VERSION } from './client-version.ts';
import { printTemplate } from './objects.ts';

const CLIENT_INFO = {
  Debug: false,
  Platform: CLIENT_VERSION.Platform,
  Version: CLIENT_VERSION.Version,
  DefaultAPIVersion: CLIENT_VERSION.DefaultAPIVersion,
  GitCommit: CLIENT_VERSION.GitCommit,
  GoVersion: CLIENT_VERSION.GoVersion,
  Os: CLIENT_VERSION.Os,
  Arch: CLIENT_VERSION.Arch,
  BuildTime: CLIENT_VERSION.BuildTime,
  Context: CLIENT_VERSION.Context,
  Plugins: [],
  Warnings: null,
};

/** A line without its line feed; undefined is not printed. */
type Line = string | undefined;

async function info(context: Context): Promise<number> {
  const { client, flags, io } = context;
  const format = flags.string('format');
  if (format !== '') {
    const found = concernsClientOnly(format) ? {} : ((await client.must('GET', '/info')) as JsonObject);
    const options = { missing: { struct: 'system.dockerInfo' } };
    printTemplate(context, format, { ...found, ClientInfo: CLIENT_INFO }, options);
    return 0;
  }
  io.out(written(CLIENT_LINES));
  await io.flush();
  io.out(written(serverLines(await client.must('GET', '/info'))));
  return 0;
}

/** No daemon is asked for what it has no part in. */
function concernsClientOnly(format: string): boolean {
  if (!/\.[A-Za-z]/.test(format)) return false;
  const compiled = compileGoTemplate(format, { functions: DOCKER_FUNCTIONS, missing: 'error' });
  return compiled.ok && compiled.value.execute({ ClientInfo: CLIENT_INFO }).ok;
}

const written = (lines: readonly Line[]): string =>
  lines.flatMap((each) => (each === undefined ? [] : `${each}\n`)).join('');

const CLIENT_LINES: readonly Line[] = [
  `Client: ${CLIENT_VERSION.Platform.Name}`,
  ` Version:    ${CLIENT_VERSION.Version}`,
  ` Context:    ${CLIENT_VERSION.Context}`,
  ' Debug Mode: false',
  '',
  'Server:',
];

const serverLines = (found: JsonValue): readonly Line[] => [
  ...containersAndStorage(found),
  ...plugins(found),
  ...runtimes(found),
  ...machine(found),
  ...daemon(found),
  ...registries(found),
  ` Live Restore Enabled: ${shown(found, 'LiveRestoreEnabled')}`,
  ...titled(
    'Default Address Pools',
    array(member(found, 'DefaultAddressPools')).map(
      (pool) => ` Base: ${text(pool, 'Base')}, Size: ${shown(pool, 'Size')}`,
    ),
  ),
  '',
];

const shown = (value: JsonValue | undefined, name: string): string => String(member(value, name) ?? '');

const strings = (value: JsonValue | undefined, ...names: readonly string[]): readonly string[] =>
  (member(value, ...names) ?? []) as readonly string[];

const keys = (value: JsonValue | undefined): readonly string[] => Object.keys(value ?? {}).sort();

const line = (found: JsonValue, title: string, name: string): string => ` ${title}: ${shown(found, name)}`;

/** Left out where the daemon says nothing. */
const ifSaid = (found: JsonValue, title: string, name: string): Line =>
  text(found, name) === '' ? undefined : line(found, title, name);

const titled = (title: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [` ${title}:`, ...items.map((item) => `  ${item}`)];

const containersAndStorage = (found: JsonValue): readonly Line[] => [
  line(found, 'Containers', 'Containers'),
  ` ${line(found, 'Running', 'ContainersRunning')}`,
  ` ${line(found, 'Paused', 'ContainersPaused')}`,
  ` ${line(found, 'Stopped', 'ContainersStopped')}`,
  line(found, 'Images', 'Images'),
  ifSaid(found, 'Server Version', 'ServerVersion'),
  ifSaid(found, 'Storage Driver', 'Driver'),
  ...((member(found, 'DriverStatus') ?? []) as readonly (readonly string[])[]).map(
    ([key = '', value = '']) => `  ${key}: ${value}`,
  ),
  ifSaid(found, 'Logging Driver', 'LoggingDriver'),
  ifSaid(found, 'Cgroup Driver', 'CgroupDriver'),
  ifSaid(found, 'Cgroup Version', 'CgroupVersion'),
];

function plugins(found: JsonValue): readonly Line[] {
  const of = (kind: string): string => `  ${kind}: ${strings(found, 'Plugins', kind).join(' ')}`;
  return [
    ' Plugins:',
    of('Volume'),
    of('Network'),
    strings(found, 'Plugins', 'Authorization').length === 0 ? undefined : of('Authorization'),
    of('Log'),
    ...titled('CDI spec directories', strings(found, 'CDISpecDirs')),
    ` Swarm: ${text(found, 'Swarm', 'LocalNodeState')}`,
  ];
}

const runtimes = (found: JsonValue): readonly Line[] => [
  ` Runtimes: ${keys(member(found, 'Runtimes')).join(' ')}`,
  line(found, 'Default Runtime', 'DefaultRuntime'),
  line(found, 'Init Binary', 'InitBinary'),
  ...(['containerd', 'runc', 'init'] as const).map(
    (name) => ` ${name} version: ${text(found, `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Commit`, 'ID')}`,
  ),
  ...titled('Security Options', strings(found, 'SecurityOptions').flatMap(securityOption)),
];

/** `name=seccomp,profile=builtin`. */
function securityOption(option: string): readonly string[] {
  const settings = new Map(option.split(',').map((setting) => setting.split('=') as [string, string]));
  const profile = settings.get('profile');
  return [settings.get('name') ?? option, ...(profile === undefined ? [] : [` Profile: ${profile}`])];
}

const machine = (found: JsonValue): readonly Line[] => [
  ifSaid(found, 'Kernel Version', 'KernelVersion'),
  ifSaid(found, 'Operating System', 'OperatingSystem'),
  ifSaid(found, 'OSType', 'OSType'),
  ifSaid(found, 'Architecture', 'Architecture'),
  line(found, 'CPUs', 'NCPU'),
  ` Total Memory: ${binarySize(number(found, 'MemTotal'))}`,
];

const daemon = (found: JsonValue): readonly Line[] => [
  ifSaid(found, 'Name', 'Name'),
  ifSaid(found, 'ID', 'ID'),
  line(found, 'Docker Root Dir', 'DockerRootDir'),
  line(found, 'Debug Mode', 'Debug'),
  ...(member(found, 'Debug') === true
    ? [
        ` ${line(found, 'File Descriptors', 'NFd')}`,
        ` ${line(found, 'Goroutines', 'NGoroutines')}`,
        ` ${line(found, 'System Time', 'SystemTime')}`,
        ` ${line(found, 'EventsListeners', 'NEventsListener')}`,
      ]
    : []),
  ifSaid(found, 'HTTP Proxy', 'HttpProxy'),
  ifSaid(found, 'HTTPS Proxy', 'HttpsProxy'),
  ifSaid(found, 'No Proxy', 'NoProxy'),
  ...titled('Labels', strings(found, 'Labels')),
  line(found, 'Experimental', 'ExperimentalBuild'),
];

function registries(found: JsonValue): readonly Line[] {
  const config = member(found, 'RegistryConfig');
  const indexes = (member(config, 'IndexConfigs') ?? {}) as JsonObject;
  const insecure = keys(indexes).filter((name) => member(indexes, name, 'Secure') === false);
  return [
    ...titled('Insecure Registries', [...insecure, ...strings(config, 'InsecureRegistryCIDRs')]),
    ...titled('Registry Mirrors', strings(config, 'Mirrors')),
  ];
}

export const infoVerb: Verb = {
  use: '[OPTIONS]',
  short: 'Display system-wide information',
  args: [0, 0],
  flags: ['format'],
  run: info,
};
