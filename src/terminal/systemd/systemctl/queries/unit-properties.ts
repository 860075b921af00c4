/** What `systemctl show` tells of a unit (systemd src/core/dbus-unit.c, dbus-service.c). */
import { systemdSpanUs } from '../../../../formats/systemd-span.ts';
import { signalNumber, SIGNALS } from '../../../../protocol/program.ts';
import { strftime } from '../../../strftime.ts';
import type { Unit, UnitCommand } from '../../client.ts';
import { span } from '../../time-words.ts';

const STAMP = '%a %Y-%m-%d %H:%M:%S UTC';
const NOT_SET = '[not set]';

type Settings = ReadonlyMap<string, readonly string[]>;
type Properties = Readonly<Record<string, string>>;

/** Those that Drydock knows; of services also what their files say. */
export function properties(unit: Unit, settings: Settings): Properties {
  return {
    ...(unit.name.endsWith('.service') ? serviceProperties(unit, settings) : {}),
    ...(unit.timer === undefined ? {} : timerProperties(unit, unit.timer)),
    ...(unit.socket === undefined ? {} : socketProperties(unit.socket, settings)),
    ...(unit.watches === undefined ? {} : pathProperties(unit, unit.watches)),
    ControlGroup: unit.cgroup,
    MemoryCurrent: unit.tasks === 0 ? NOT_SET : String(unit.memoryBytes),
    CPUUsageNSec: String(unit.cpuUs * 1000),
    TasksCurrent: unit.tasks === 0 ? NOT_SET : String(unit.tasks),
    MemoryMax: unit.memoryLimitBytes === undefined ? 'infinity' : String(unit.memoryLimitBytes),
    TasksMax: unit.tasksLimit === undefined ? 'infinity' : String(unit.tasksLimit),
    ...unitProperties(unit, settings),
  };
}

function unitProperties(unit: Unit, settings: Settings): Properties {
  const words = (key: string): string => (settings.get(key) ?? []).join(' ');
  const { activeUnixUs, startingUnixUs, sinceUnixUs } = unit;
  return {
    Id: unit.name,
    Names: unit.name,
    Requires: words('Requires'),
    Wants: words('Wants'),
    BindsTo: words('BindsTo'),
    PartOf: words('PartOf'),
    Conflicts: words('Conflicts'),
    Before: words('Before'),
    After: unit.after.join(' '),
    Triggers: unit.triggers.join(' '),
    TriggeredBy: unit.triggeredBy.join(' '),
    Documentation: unit.documentation.join(' '),
    Description: unit.description,
    LoadState: unit.load,
    ActiveState: unit.active,
    SubState: unit.sub,
    FreezerState: unit.isFrozen ? 'frozen' : 'running',
    FragmentPath: unit.path ?? '',
    DropInPaths: unit.dropIns.join(' '),
    UnitFileState: unit.load === 'not-found' ? '' : unit.enabled,
    UnitFilePreset: unit.load === 'not-found' ? '' : unit.preset,
    StateChangeTimestamp: stamp(sinceUnixUs),
    InactiveExitTimestamp: stamp(startingUnixUs),
    ActiveEnterTimestamp: stamp(activeUnixUs),
    CanReload: (settings.get('ExecReload') ?? []).length > 0 ? 'yes' : 'no',
    InvocationID: unit.invocation,
    NeedDaemonReload: unit.needsReload ? 'yes' : 'no',
  };
}

function serviceProperties(unit: Unit, settings: Settings): Properties {
  const last = (key: string, initial: string): string => settings.get(key)?.at(-1) ?? initial;
  const main = unit.commands.findLast(({ setting }) => setting === 'ExecStart');
  const type = last('Type', 'simple');
  const both = last('TimeoutSec', '90s');
  return {
    Type: type,
    Restart: last('Restart', 'no'),
    RestartUSec: spanOf(last('RestartSec', '100ms')),
    TimeoutStartUSec: spanOf(last('TimeoutStartSec', type === 'oneshot' ? 'infinity' : both)),
    TimeoutStopUSec: spanOf(last('TimeoutStopSec', both)),
    RemainAfterExit: yesNo(last('RemainAfterExit', 'no')),
    PIDFile: last('PIDFile', ''),
    MainPID: String(unit.mainPid),
    ControlPID: String(unit.controlPid),
    StatusText: unit.statusText ?? '',
    Result: unit.result,
    NRestarts: String(unit.restarts),
    ExecMainPID: String(main?.pid ?? 0),
    ExecMainCode: String(main?.exitSignal !== undefined ? 2 : main?.exitCode !== undefined ? 1 : 0),
    ExecMainStatus: statusText(main),
    ...commandProperties(unit, settings),
    Environment: (settings.get('Environment') ?? []).join(' '),
    EnvironmentFiles: (settings.get('EnvironmentFile') ?? [])
      .map((path) => `${path.replace(/^-/, '')} (ignore_errors=${path.startsWith('-') ? 'yes' : 'no'})`)
      .join('\n'),
    WorkingDirectory: last('WorkingDirectory', ''),
    User: last('User', ''),
    Group: last('Group', ''),
    CPUQuotaPerSecUSec: quotaOf(last('CPUQuota', '')),
    LimitNOFILE: last('LimitNOFILE', '524288').split(':').at(-1) ?? '',
    LimitNOFILESoft: last('LimitNOFILE', '1024').split(':')[0] ?? '',
    OOMScoreAdjust: last('OOMScoreAdjust', '0'),
    KillMode: last('KillMode', 'control-group'),
    KillSignal: String(signalNumber(SIGNALS.find((name) => name === last('KillSignal', 'SIGTERM')) ?? 'SIGTERM')),
  };
}

function commandProperties(unit: Unit, settings: Settings): Properties {
  const found: Record<string, string> = {};
  for (const setting of ['ExecStartPre', 'ExecStart', 'ExecStartPost', 'ExecReload', 'ExecStop', 'ExecStopPost']) {
    const lines = (settings.get(setting) ?? []).map((line) => commandText(unit, setting, line));
    if (lines.length > 0) found[setting] = lines.join('\n');
  }
  return found;
}

function commandText(unit: Unit, setting: string, line: string): string {
  const prefix = /^[-@:+!|]*/.exec(line)?.[0] ?? '';
  const words = line.slice(prefix.length).trim();
  const run = unit.commands.find((each) => each.setting === setting);
  const started = run === undefined ? 'n/a' : stamp(unit.startingUnixUs);
  const code = run?.exitSignal !== undefined ? 'killed' : run?.exitCode !== undefined ? 'exited' : '(null)';
  return (
    `{ path=${words.split(/\s+/)[0] ?? ''} ; argv[]=${words} ; ignore_errors=${prefix.includes('-') ? 'yes' : 'no'} ; ` +
    `start_time=[${started}] ; stop_time=[n/a] ; pid=${String(run?.pid ?? 0)} ; code=${code} ; status=${statusText(run)}${run?.exitCode === undefined && run?.exitSignal === undefined ? '/0' : ''} }`
  );
}

const socketProperties = (
  { listens, accepts, accepted, connected, refused }: NonNullable<Unit['socket']>,
  settings: Settings,
): Properties => ({
  Listen: listens.map(({ kind, address }) => `${address} (${kind})`).join('\nListen='),
  Accept: accepts ? 'yes' : 'no',
  SocketUser: settings.get('SocketUser')?.at(-1) ?? '',
  SocketGroup: settings.get('SocketGroup')?.at(-1) ?? '',
  SocketMode: (settings.get('SocketMode')?.at(-1) ?? '0666').padStart(4, '0'),
  DirectoryMode: (settings.get('DirectoryMode')?.at(-1) ?? '0755').padStart(4, '0'),
  MaxConnections: settings.get('MaxConnections')?.at(-1) ?? '64',
  RemoveOnStop: yesNo(settings.get('RemoveOnStop')?.at(-1) ?? 'no'),
  NConnections: String(connected),
  NAccepted: String(accepted),
  NRefused: String(refused),
});

const pathProperties = ({ triggers }: Unit, watches: NonNullable<Unit['watches']>): Properties => ({
  Unit: triggers.join(' '),
  Paths: watches.map(({ condition, path }) => `${path} (${condition})`).join('\nPaths='),
});

const timerProperties = ({ triggers }: Unit, { nextUnixUs, lastUnixUs }: NonNullable<Unit['timer']>): Properties => ({
  Unit: triggers.join(' '),
  NextElapseUSecRealtime: stamp(nextUnixUs ?? 0),
  LastTriggerUSec: stamp(lastUnixUs ?? 0),
});

const stamp = (us: number): string => (us === 0 ? '' : strftime(STAMP, us));
const yesNo = (text: string): string => (/^(1|yes|true|on)$/i.test(text) ? 'yes' : 'no');

function spanOf(text: string): string {
  const us = text === 'infinity' ? Infinity : (systemdSpanUs(text) ?? 0);
  return Number.isFinite(us) && us !== 0 ? span(us) : us === 0 ? '0' : 'infinity';
}

const quotaOf = (text: string): string => {
  const percent = /^(\d+)%$/.exec(text)?.[1];
  return percent === undefined ? 'infinity' : span(Number(percent) * 10_000);
};

const statusText = (command: UnitCommand | undefined): string => {
  const signal = SIGNALS.find((name) => name === command?.exitSignal);
  return String(signal === undefined ? (command?.exitCode ?? 0) : signalNumber(signal));
};
