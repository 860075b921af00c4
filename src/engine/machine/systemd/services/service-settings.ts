/** What a .service unit says of its life (systemd.service(5), systemd.kill(5)). Values that cannot be read count as not written. */
import type { Signal } from '../../../../protocol/program.ts';
import { exitStatusNumber } from './exit-status.ts';
import { isYes, lastValue, listValue, parseSpan, type UnitFile } from '../units/unit-file.ts';
import { isSignal } from '../units/unit-name.ts';

const TYPES = ['simple', 'exec', 'forking', 'oneshot', 'dbus', 'notify', 'notify-reload', 'idle'] as const;
const RESTARTS = ['no', 'always', 'on-success', 'on-failure', 'on-abnormal', 'on-watchdog', 'on-abort'] as const;
const KILL_MODES = ['control-group', 'mixed', 'process', 'none'] as const;

export type ServiceType = (typeof TYPES)[number];
export type RestartPolicy = (typeof RESTARTS)[number];

/** Exit statuses and signals of a list such as SuccessExitStatus=. */
export interface Endings {
  readonly statuses: readonly number[];
  readonly signals: readonly Signal[];
}

export interface ServiceSettings {
  readonly type: ServiceType;
  readonly remainsAfterExit: boolean;
  readonly pidFile: string | undefined;
  readonly restart: RestartPolicy;
  readonly restartUs: number;
  readonly startTimeoutUs: number;
  readonly stopTimeoutUs: number;
  readonly runtimeUs: number;
  readonly killMode: (typeof KILL_MODES)[number];
  readonly killSignal: Signal;
  readonly sendsSigkill: boolean;
  readonly success: Endings;
  readonly neverRestart: Endings;
  readonly alwaysRestart: Endings;
}

const DEFAULT_TIMEOUT_US = 90_000_000;
const DEFAULT_RESTART_US = 100_000;

export function serviceSettings(file: UnitFile): ServiceSettings {
  const value = (key: string): string | undefined => lastValue(file, 'Service', key);
  const type = typeOf(file);
  const both = timeout(value('TimeoutSec'), DEFAULT_TIMEOUT_US);
  return {
    type,
    remainsAfterExit: isYes(value('RemainAfterExit')),
    pidFile: pidFileOf(value('PIDFile')),
    restart: oneOf(RESTARTS, value('Restart')) ?? 'no',
    restartUs: parseSpan(value('RestartSec'), DEFAULT_RESTART_US),
    startTimeoutUs: timeout(
      value('TimeoutStartSec') ?? value('TimeoutSec'),
      type === 'oneshot' ? Infinity : DEFAULT_TIMEOUT_US,
    ),
    stopTimeoutUs: timeout(value('TimeoutStopSec'), both),
    runtimeUs: timeout(value('RuntimeMaxSec'), Infinity),
    killMode: oneOf(KILL_MODES, value('KillMode')) ?? 'control-group',
    killSignal: signalOf(value('KillSignal') ?? '') ?? 'SIGTERM',
    sendsSigkill: value('SendSIGKILL') === undefined || isYes(value('SendSIGKILL')),
    success: endings(file, 'SuccessExitStatus'),
    neverRestart: endings(file, 'RestartPreventExitStatus'),
    alwaysRestart: endings(file, 'RestartForceExitStatus'),
  };
}

/** Type=; without it `simple`, or `oneshot` where nothing is started. */
export function typeOf(file: UnitFile): ServiceType {
  const written = oneOf(TYPES, lastValue(file, 'Service', 'Type'));
  if (written !== undefined) return written;
  if (lastValue(file, 'Service', 'BusName') !== undefined) return 'dbus';
  // What has been masked while it ran has no settings any more, and its end is a daemon's.
  if (!file.sections.has('Service')) return 'simple';
  return lastValue(file, 'Service', 'ExecStart') === undefined ? 'oneshot' : 'simple';
}

export const isAmong = (
  { statuses, signals }: Endings,
  { exitCode, exitSignal }: { readonly exitCode: number | undefined; readonly exitSignal: Signal | undefined },
): boolean =>
  exitSignal === undefined ? exitCode !== undefined && statuses.includes(exitCode) : signals.includes(exitSignal);

function oneOf<T extends string>(words: readonly T[], text: string | undefined): T | undefined {
  return words.find((word) => word === text);
}

/** `infinity` and 0 both mean that nobody waits for an end. */
function timeout(text: string | undefined, otherwise: number): number {
  const us = parseSpan(text, otherwise);
  return us === 0 ? Infinity : us;
}

const pidFileOf = (path: string | undefined): string | undefined =>
  path === undefined || path.startsWith('/') ? path : `/run/${path}`;

const signalOf = (word: string): Signal | undefined => {
  const name = word.startsWith('SIG') ? word : `SIG${word}`;
  return isSignal(name) ? name : undefined;
};

function endings(file: UnitFile, key: string): Endings {
  const words = listValue(file, 'Service', key);
  const statuses = words.flatMap((word) => exitStatusNumber(word) ?? []);
  return {
    statuses,
    signals: words.flatMap((word) => (exitStatusNumber(word) === undefined ? (signalOf(word) ?? []) : [])),
  };
}
