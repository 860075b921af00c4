import type { Unit } from './client.ts';

/** Those of `systemctl show` that Drydock knows, in its order. */
export function properties(unit: Unit): Readonly<Record<string, string>> {
  const main = unit.commands.findLast(({ setting }) => setting === 'ExecStart');
  return {
    Id: unit.name,
    Names: unit.name,
    Description: unit.description,
    LoadState: unit.load,
    ActiveState: unit.active,
    SubState: unit.sub,
    FragmentPath: unit.path ?? '',
    DropInPaths: unit.dropIns.join(' '),
    UnitFileState: unit.load === 'not-found' ? '' : unit.enabled,
    UnitFilePreset: unit.load === 'not-found' ? '' : unit.preset,
    NeedDaemonReload: unit.needsReload ? 'yes' : 'no',
    MainPID: String(unit.mainPid),
    ExecMainPID: String(main?.pid ?? 0),
    ExecMainStatus: String(main?.exitCode ?? 0),
    NRestarts: String(unit.restarts),
    Result: unit.result,
    ControlGroup: unit.cgroup,
    TasksCurrent: unit.tasks === 0 ? '[not set]' : String(unit.tasks),
    TasksMax: unit.tasksLimit === undefined ? 'infinity' : String(unit.tasksLimit),
    MemoryCurrent: unit.tasks === 0 ? '[not set]' : String(unit.memoryBytes),
    CPUUsageNSec: String(unit.cpuUs * 1000),
  };
}
