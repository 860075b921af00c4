/** What the end of a service's process means (systemd src/core/service.c, src/shared/exit-status.c). */
import type { Signal } from '../../../../protocol/program.ts';
import type { ProcessExit } from '../../kernel/interface.ts';
import { isCoreSignal } from './exit-status.ts';
import type { UnitView } from '../interface.ts';
import { isAmong, type ServiceSettings } from './service-settings.ts';
import type { UnitState } from '../units/unit-state.ts';

export type ServiceResult = UnitView['result'];

/** Signals after which a daemon counts as having ended well. */
const CLEAN_SIGNALS: readonly Signal[] = ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGPIPE'];
/** A command has to end with 0; a daemon may also be told to end. */
export function resultOf(exit: ProcessExit, settings: ServiceSettings, kind: 'daemon' | 'command'): ServiceResult {
  const ending = { exitCode: exit.signal === undefined ? exit.exitCode : undefined, exitSignal: exit.signal };
  if (isAmong(settings.success, ending)) return 'success';
  if (exit.signal === undefined) return exit.exitCode === 0 ? 'success' : 'exit-code';
  if (exit.oomKilled) return 'oom-kill';
  if (kind === 'daemon' && CLEAN_SIGNALS.includes(exit.signal)) return 'success';
  return isCoreSignal(exit.signal) ? 'core-dump' : 'signal';
}

/** Whether Restart= and what goes with it bring the service back. */
export function shallRestart(unit: UnitState, settings: ServiceSettings): boolean {
  const { result } = unit;
  if (isAmong(settings.neverRestart, unit)) return false;
  if (isAmong(settings.alwaysRestart, unit)) return settings.type !== 'oneshot' || result !== 'success';
  switch (settings.restart) {
    case 'no':
    case 'on-watchdog':
      return false;
    case 'always':
      return true;
    case 'on-success':
      return result === 'success';
    case 'on-failure':
      return result !== 'success';
    case 'on-abnormal':
      return result !== 'success' && result !== 'exit-code';
    case 'on-abort':
      return result === 'signal' || result === 'core-dump';
  }
}

/** Notes how one of the unit's commands has ended. */
export function endCommand(unit: UnitState, exit: ProcessExit): void {
  const ended = unit.commands.find(({ pid }) => pid === exit.pid);
  if (ended !== undefined && exit.signal !== undefined) ended.exitSignal = exit.signal;
  else if (ended !== undefined) ended.exitCode = exit.exitCode;
}
