/** docker version and info. */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { parseRfc3339 } from '../../../formats/civil-time.ts';
import { strftime } from '../../strftime.ts';
import { array, member, binarySize, number, text, type Context, type Verb } from './context.ts';
import { Fatal } from './fatal.ts';
import { GoStructs, printTemplate } from './objects.ts';

const CLIENT_VERSION = {
  Platform: { Name: 'Docker Engine - Community' },
  Version: '28.2.2',
  ApiVersion: '1.50',
  DefaultAPIVersion: '1.50',
  GitCommit: 'simulated',
  GoVersion: 'go1.24.3',
  Os: 'linux',
  Arch: 'amd64',
  BuildTime: 'Fri May 30 12:07:28 2025',
  Context: 'default',
};

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

async function version(context: Context): Promise<number> {
  const { client, flags, io } = context;
  let server: JsonValue | undefined;
  let problem: string | undefined;
  try {
    server = await client.must('GET', '/version');
  } catch (failure) {
    if (!(failure instanceof Fatal)) throw failure;
    problem = failure.text;
  }
  if (flags.string('format') !== '') {
    printVersion(context, server);
  } else {
    const line = (indent: string, name: string, value: string): string =>
      `${indent}${`${name}:`.padEnd(19 - indent.length + 1)}${value}\n`;
    io.out('Client: Docker Engine - Community\n');
    for (const [name, value] of [
      ['Version', '28.2.2'],
      ['API version', '1.50'],
      ['Go version', 'go1.24.3'],
      ['Git commit', 'simulated'],
      ['Built', CLIENT_VERSION.BuildTime],
      ['OS/Arch', 'linux/amd64'],
      ['Context', 'default'],
    ] as const)
      io.out(line(' ', name, value));
    if (server !== undefined) {
      io.out('\nServer: Docker Engine - Community\n');
      for (const component of array(member(server, 'Components'))) {
        const isEngine = text(component, 'Name') === 'Engine';
        io.out(` ${text(component, 'Name')}:\n`);
        io.out(line('  ', 'Version', text(component, 'Version')));
        if (isEngine)
          io.out(
            [
              ['API version', `${text(server, 'ApiVersion')} (minimum version ${text(server, 'MinAPIVersion')})`],
              ['Go version', text(server, 'GoVersion')],
              ['Git commit', text(server, 'GitCommit')],
              ['Built', buildTime(text(component, 'Details', 'BuildTime'))],
              ['OS/Arch', 'linux/amd64'],
              ['Experimental', 'false'],
            ]
              .map(([name = '', value = '']) => line('  ', name, value))
              .join(''),
          );
        else io.out(line('  ', 'GitCommit', text(component, 'Details', 'GitCommit')));
      }
    }
  }
  await io.flush();
  if (problem !== undefined) throw new Fatal(problem);
  return 0;
}

/** Names of Go that JSON spells differently. */
const NAMES = { ApiVersion: 'APIVersion' };

function printVersion(context: Context, server: JsonValue | undefined): void {
  const structs = new GoStructs();
  const shown = server === undefined ? null : withBuildTimes(server as JsonObject);
  const found = server === undefined ? null : structs.struct(shown ?? {}, NAMES);
  const whole = structs.view(
    { Client: CLIENT_VERSION, Server: shown },
    { Client: structs.struct(CLIENT_VERSION, NAMES), Server: found },
  );
  const options = { name: 'version', functions: structs.functions ?? {}, missing: { struct: 'system.versionInfo' } };
  printTemplate(context, context.flags.string('format'), whole, options);
}

/** Components tell of their building as people write dates. */
const withBuildTimes = (server: JsonObject): JsonObject => ({
  ...server,
  Components: array(server['Components']).map((component) => {
    const built = text(component, 'Details', 'BuildTime');
    const details = member(component, 'Details') as JsonObject;
    return built === '' ? component : { ...component, Details: { ...details, BuildTime: buildTime(built) } };
  }),
});

/** Go's ANSIC of an RFC 3339 moment: `Fri May 30 12:07:28 2025`. */
function buildTime(moment: string): string {
  const unixMs = parseRfc3339(moment);
  return unixMs === undefined ? moment : strftime('%a %b %e %H:%M:%S %Y', unixMs * 1000);
}

async function info(context: Context): Promise<number> {
  const { client, flags, io } = context;
  const found = await client.must('GET', '/info');
  if (flags.string('format') !== '') {
    const whole = { ...(found as JsonObject), ClientInfo: CLIENT_INFO };
    printTemplate(context, flags.string('format'), whole, { missing: { struct: 'system.dockerInfo' } });
    return 0;
  }
  const of = (name: string): string => String(member(found, name) ?? '');
  const plugins = (kind: string): string => ((member(found, 'Plugins', kind) ?? []) as readonly string[]).join(' ');
  const lines = (name: string): string =>
    ((member(found, name) ?? []) as readonly string[]).map((item) => `  ${item}\n`).join('');
  const cidrs = ((member(found, 'RegistryConfig', 'InsecureRegistryCIDRs') ?? []) as readonly string[]).map(
    (item) => `  ${item}`,
  );
  io.out(
    `Client: Docker Engine - Community\n Version:    28.2.2\n Context:    default\n Debug Mode: false\n\nServer:\n Containers: ${of('Containers')}\n  Running: ${of('ContainersRunning')}\n  Paused: ${of('ContainersPaused')}\n  Stopped: ${of('ContainersStopped')}\n Images: ${of('Images')}\n Server Version: ${of('ServerVersion')}\n Storage Driver: ${of('Driver')}\n${((member(found, 'DriverStatus') ?? []) as readonly (readonly string[])[]).map(([key, value]) => `  ${key ?? ''}: ${value ?? ''}\n`).join('')} Logging Driver: ${of('LoggingDriver')}\n Cgroup Driver: ${of('CgroupDriver')}\n Cgroup Version: ${of('CgroupVersion')}\n Plugins:\n  Volume: ${plugins('Volume')}\n  Network: ${plugins('Network')}\n  Log: ${plugins('Log')}\n CDI spec directories:\n${lines('CDISpecDirs')} Swarm: inactive\n Runtimes: io.containerd.runc.v2 runc\n Default Runtime: runc\n Init Binary: docker-init\n containerd version: ${text(found, 'ContainerdCommit', 'ID')}\n runc version: ${text(found, 'RuncCommit', 'ID')}\n init version: ${text(found, 'InitCommit', 'ID')}\n Security Options:\n  apparmor\n  seccomp\n   Profile: builtin\n  cgroupns\n Kernel Version: ${of('KernelVersion')}\n Operating System: ${of('OperatingSystem')}\n OSType: linux\n Architecture: ${of('Architecture')}\n CPUs: ${of('NCPU')}\n Total Memory: ${binarySize(number(found, 'MemTotal'))}\n Name: ${of('Name')}\n ID: ${of('ID')}\n Docker Root Dir: ${of('DockerRootDir')}\n Debug Mode: ${of('Debug')}\n Experimental: false\n Insecure Registries:\n${cidrs.join('\n')}\n Live Restore Enabled: ${of('LiveRestoreEnabled')}\n\n`,
  );
  return 0;
}

export const versionVerbs: Readonly<Record<string, Verb>> = {
  version: {
    use: '[OPTIONS]',
    short: 'Show the Docker version information',
    args: [0, 0],
    flags: ['format'],
    run: version,
  },
  info: { use: '[OPTIONS]', short: 'Display system-wide information', args: [0, 0], flags: ['format'], run: info },
};
