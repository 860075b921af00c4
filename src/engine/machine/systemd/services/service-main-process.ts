/** Which process of a forking service is its main one (systemd src/core/service.c: PIDFile=, GuessMainPID=). */
import { failed } from '../../../../protocol/errno.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { UnitState } from '../units/unit-state.ts';

/** The only process that is left, or 0: which of several it is cannot be known. */
export function mainOfForking(systemd: HostSystemd, unit: UnitState, group: readonly number[]): number {
  const [pid, ...others] = group;
  return pid === undefined || others.length > 0 ? 0 : followed(systemd, unit, pid);
}

/** The process that the PID file names; undefined where it names none. */
export function mainOfPidFile(systemd: HostSystemd, unit: UnitState, path: string): number | undefined {
  const text = systemd.files.root.readText(path);
  if (failed(text)) {
    systemd.say(unit.name, `${unit.name}: Can't open PID file ${path} (yet?) after start: No such file or directory`);
    return undefined;
  }
  const pid = /^\s*(\d+)\s*$/.exec(text)?.[1];
  if (pid === undefined) {
    systemd.say(unit.name, `${unit.name}: Failed to parse PID from file ${path}: Invalid argument`, 4);
    return undefined;
  }
  if (systemd.kernel.process(Number(pid)) === undefined) {
    systemd.say(unit.name, `${unit.name}: New main PID ${pid} does not exist or is a zombie.`, 4);
    return undefined;
  }
  return followed(systemd, unit, Number(pid));
}

/** A process that process 1 has adopted: its end is told like that of one that systemd started. */
function followed(systemd: HostSystemd, { name }: UnitState, pid: number): number {
  systemd.kernel.watchExit(pid, { target: systemd.target, type: 'service.exited', payload: { unit: name } });
  return pid;
}
