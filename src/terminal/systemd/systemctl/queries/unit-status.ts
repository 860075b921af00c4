/** A unit as `systemctl status` shows it (systemd 255, systemctl-show.c). */
import { bytesText } from '../../bytes.ts';
import { strftime } from '../../../strftime.ts';
import type { Unit, UnitCommand } from '../../client.ts';
import { ago, left, span } from '../../time-words.ts';

const DOTS: Readonly<Record<string, string>> = { inactive: '○', failed: '×', reloading: '↻' };
const STATUS_NAMES: Readonly<Record<number, string>> = {
  0: 'SUCCESS',
  1: 'FAILURE',
  200: 'CHDIR',
  203: 'EXEC',
  217: 'USER',
};
const STAMP = '%a %Y-%m-%d %H:%M:%S UTC';
export const BRANCH_INDENT = ' '.repeat(13);

export const dotOf = ({ active }: Pick<Unit, 'active'>): string => DOTS[active] ?? '●';

/** Lines up to the blank one before the journal. */
export function statusLines(
  unit: Unit,
  nowUnixUs: number,
  related: ReadonlyMap<string, Unit>,
  processes: readonly string[],
): readonly string[] {
  const { description, name, load, documentation, sinceUnixUs, durationUs } = unit;
  const freezer = unit.isFrozen ? ' (frozen)' : '';
  const reason = unit.result === 'success' ? '' : ` (Result: ${unit.result})`;
  const sub = unit.sub === unit.active ? '' : ` (${unit.sub})`;
  const since = sinceUnixUs === 0 ? '' : ` since ${strftime(STAMP, sinceUnixUs)}; ${ago(nowUnixUs - sinceUnixUs)}`;
  return [
    `${dotOf(unit)} ${name}${description === '' || description === name ? '' : ` - ${description}`}`,
    `     Loaded: ${load}${originOf(unit)}`,
    ...(unit.enabled === 'transient' ? ['  Transient: yes'] : []),
    ...dropInLines(unit.dropIns),
    `     Active: ${unit.active}${sub}${freezer}${reason}${since}`,
    ...(durationUs === undefined ? [] : [`   Duration: ${span(durationUs)}`]),
    ...triggerLines(unit, nowUnixUs, related),
    ...(unit.mount === undefined ? [] : [`      Where: ${unit.mount.where}`, `       What: ${unit.mount.what}`]),
    ...documentation.map((text, at) => `${at === 0 ? '       Docs:' : ' '.repeat(12)} ${text}`),
    ...socketLines(unit),
    ...processLines(unit),
    ...(unit.statusText === undefined ? [] : [`     Status: "${unit.statusText}"`]),
    ...resourceLines(unit, processes),
  ];
}

/** Where it comes from; a preset is told where there is something to enable. */
function originOf({ name, load, source, path, enabled, preset }: Unit): string {
  if (load === 'bad-setting') return ` (Reason: Unit ${name} has a bad unit file setting.)`;
  if (load === 'error')
    return ` (Reason: Unit ${name} failed to load properly, please adjust/correct and reload service manager: Bad message)`;
  if (load === 'not-found') return ` (Reason: Unit ${name} not found.)`;
  if (load === 'masked') return ` (Reason: Unit ${name} is masked.)`;
  if (load !== 'loaded' || path === undefined) return '';
  const hasPreset = ['enabled', 'disabled', 'indirect'].includes(enabled);
  return ` (${[source ?? path, enabled, hasPreset ? `preset: ${preset}` : ''].filter((part) => part !== '').join('; ')})`;
}

/** Units whose states stand among the lines of this one. */
export const relatedTo = ({ triggers, triggeredBy }: Unit): readonly string[] => [...triggers, ...triggeredBy];

function triggerLines(
  { timer, triggers, triggeredBy }: Unit,
  nowUnixUs: number,
  related: ReadonlyMap<string, Unit>,
): readonly string[] {
  const named = (name: string): string => `${dotOf(related.get(name) ?? { active: 'inactive' })} ${name}`;
  const column = (label: string, names: readonly string[]): readonly string[] =>
    names.map((name, at) => `${at === 0 ? label : ' '.repeat(12)} ${named(name)}`);
  const next =
    timer?.nextUnixUs === undefined
      ? 'n/a'
      : `${strftime(STAMP, timer.nextUnixUs)}; ${left(timer.nextUnixUs - nowUnixUs)} left`;
  return [
    ...column('TriggeredBy:', triggeredBy),
    ...(timer === undefined ? [] : [`    Trigger: ${next}`]),
    ...column('   Triggers:', triggers),
  ];
}

function socketLines({ socket }: Unit): readonly string[] {
  if (socket === undefined) return [];
  const { listens, accepts, accepted, connected, refused } = socket;
  const turnedAway = refused === 0 ? '' : `  Refused: ${String(refused)}`;
  return [
    ...listens.map(({ kind, address }, at) => `${at === 0 ? '     Listen:' : ' '.repeat(12)} ${address} (${kind})`),
    ...(accepts ? [`   Accepted: ${String(accepted)}; Connected: ${String(connected)};${turnedAway}`] : []),
  ];
}

function dropInLines(paths: readonly string[]): readonly string[] {
  const directories = [...new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/'))))];
  return directories.flatMap((directory, at) => [
    `${at === 0 ? '    Drop-In:' : ' '.repeat(12)} ${directory}`,
    `${BRANCH_INDENT}└─${paths
      .filter((path) => path.startsWith(`${directory}/`))
      .map((path) => path.slice(directory.length + 1))
      .join(', ')}`,
  ]);
}

function processLines({ commands, mainPid, controlPid, processes }: Unit): readonly string[] {
  const ended = commands.filter((each) => each.exitCode !== undefined || each.exitSignal !== undefined);
  const main = commands.findLast(({ setting }) => setting === 'ExecStart');
  const running = processes.find(({ pid }) => pid === mainPid);
  const name = (running?.command ?? main?.argv[0] ?? '').split(' ')[0]?.split('/').at(-1) ?? '';
  return [
    ...ended.map((each) => `    Process: ${String(each.pid)} ${each.setting}=${each.argv.join(' ')} (${ending(each)})`),
    ...(mainPid !== 0 ? [`   Main PID: ${String(mainPid)} (${name})`] : []),
    ...(controlPid === 0 ? [] : [`  Cntrl PID: ${String(controlPid)} (${commandOf(processes, controlPid)})`]),
    ...(mainPid === 0 && main !== undefined && ended.includes(main)
      ? [`   Main PID: ${String(main.pid)} (${ending(main)})`]
      : []),
  ];
}

const commandOf = (processes: Unit['processes'], pid: number): string =>
  (processes.find((each) => each.pid === pid)?.command ?? '').split(' ')[0]?.split('/').at(-1) ?? '';

function ending({ exitCode = 0, exitSignal }: UnitCommand): string {
  if (exitSignal !== undefined) return `code=killed, signal=${exitSignal.replace(/^SIG/, '')}`;
  const name = STATUS_NAMES[exitCode];
  return `code=exited, status=${String(exitCode)}${name === undefined ? '' : `/${name}`}`;
}

/** `processes` is the drawing of the unit's control group. */
function resourceLines(unit: Unit, processes: readonly string[]): readonly string[] {
  const cpu = `        CPU: ${span(unit.cpuUs)}`;
  // A socket's group is there without processes.
  const hasGroup = processes.length > 0 || (unit.socket !== undefined && unit.active === 'active');
  if (!hasGroup) return unit.cpuUs === 0 ? [] : [cpu];
  const limit = unit.tasksLimit === undefined ? '' : ` (limit: ${String(unit.tasksLimit)})`;
  return [
    `      Tasks: ${String(unit.tasks)}${limit}`,
    `     Memory: ${bytesText(unit.memoryBytes)} (${memoryBound(unit)}peak: ${bytesText(unit.memoryPeakBytes)})`,
    cpu,
    `     CGroup: ${unit.cgroup}`,
    ...processes,
  ];
}

/** The limit and what it leaves, where there is one. */
const memoryBound = ({ memoryBytes, memoryLimitBytes: limit }: Unit): string =>
  limit === undefined ? '' : `max: ${bytesText(limit)} available: ${bytesText(Math.max(0, limit - memoryBytes))} `;
