/** What systemd tells the journal at the ends of services and of their processes (systemd src/core/unit.c, job.c). */
import type { ProcessExit } from '../../kernel/interface.ts';
import { exitWords } from './exit-status.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { ServiceResult } from './service-endings.ts';
import type { ServiceSettings } from './service-settings.ts';
import { cgroupPath } from '../units/unit-cgroup.ts';
import type { UnitState } from '../units/unit-state.ts';
import { tellResult } from '../units/unit-result.ts';

/** A process that has ended badly: an exit status is noted, a signal is a warning. */
export function tellExit(
  systemd: HostSystemd,
  { name }: UnitState,
  whose: 'Main' | 'Control' | 'Condition check',
  exit: ProcessExit,
  result: ServiceResult,
): void {
  if (exit.oomKilled) systemd.say(name, `${name}: A process of this unit has been killed by the OOM killer.`, 5);
  if (result === 'success') return;
  const words = exitWords(exit.exitCode, exit.signal);
  systemd.say(name, `${name}: ${whose} process exited, code=${words}`, exit.signal === undefined ? 5 : 4);
}

/** How the service ended, and how the job did that was under way. */
export function tellEnded(
  systemd: HostSystemd,
  { name, result }: UnitState,
  { type }: ServiceSettings,
  job: UnitState['job'],
): void {
  const title = systemd.title(name);
  tellResult(systemd, name, result);
  if (job === 'stop') systemd.say(name, `Stopped ${title}.`);
  else if (job === 'start' && result === 'exec-condition')
    systemd.say(name, `Condition check resulted in ${title} being skipped.`);
  else if (job === 'start' && result !== 'success') systemd.say(name, `Failed to start ${title}.`, 3);
  else if (job === 'start') systemd.say(name, `${type === 'oneshot' ? 'Finished' : 'Started'} ${title}.`);
}

/** Processes of a former run, or of this one, that nobody has ended. */
export function tellLeftovers(systemd: HostSystemd, { name, mainPid }: UnitState, at: 'start' | 'stop'): void {
  const { kernel } = systemd;
  for (const pid of kernel.cgroups.processes(cgroupPath(systemd, name))) {
    const command = kernel.process(pid)?.name ?? '';
    if (pid === mainPid || command.startsWith('(')) continue;
    const who = `process ${String(pid)} (${command})`;
    if (at === 'stop') systemd.say(name, `${name}: Unit ${who} remains running after unit stopped.`);
    else {
      systemd.say(name, `${name}: Found left-over ${who} in control group while starting unit. Ignoring.`, 4);
      systemd.say(
        name,
        `${name}: This usually indicates unclean termination of a previous run, or service implementation deficiencies.`,
        4,
      );
    }
  }
}
