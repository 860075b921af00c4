/** Names of exit statuses. Source: systemd.exec(5), sysexits.h, the LSB's init script actions. */
import { signalNumber, type Signal } from '../../../../protocol/program.ts';

const LIBC: Readonly<Record<number, string>> = { 0: 'SUCCESS', 1: 'FAILURE' };

const LSB: Readonly<Record<number, string>> = {
  2: 'INVALIDARGUMENT',
  3: 'NOTIMPLEMENTED',
  4: 'NOPERMISSION',
  5: 'NOTINSTALLED',
  6: 'NOTCONFIGURED',
  7: 'NOTRUNNING',
};

const BSD: readonly string[] =
  'USAGE DATAERR NOINPUT NOUSER NOHOST UNAVAILABLE SOFTWARE OSERR OSFILE CANTCREAT IOERR TEMPFAIL PROTOCOL NOPERM CONFIG'.split(
    ' ',
  );
const FIRST_BSD = 64;

const SYSTEMD: readonly string[] =
  'CHDIR NICE FDS EXEC MEMORY LIMITS OOM_ADJUST SIGNAL_MASK STDIN STDOUT CHROOT IOPRIO TIMERSLACK SECUREBITS SETSCHEDULER CPUAFFINITY GROUP USER CAPABILITIES CGROUP SETSID CONFIRM STDERR'.split(
    ' ',
  );
const FIRST_SYSTEMD = 200;

/** Signals whose default is to dump core. */
const CORE_SIGNALS: readonly Signal[] = [
  ...(['SIGQUIT', 'SIGILL', 'SIGABRT', 'SIGFPE', 'SIGSEGV', 'SIGBUS', 'SIGSYS', 'SIGTRAP'] as const),
  ...(['SIGXCPU', 'SIGXFSZ'] as const),
];
export const isCoreSignal = (signal: Signal): boolean => CORE_SIGNALS.includes(signal);

/** `FAILURE`, `EXEC`; of every class (the journal) or of libc and systemd only (`systemctl status`). */
export const exitStatusName = (status: number, classes: 'all' | 'common'): string | undefined =>
  LIBC[status] ??
  SYSTEMD[status - FIRST_SYSTEMD] ??
  (classes === 'all' ? (LSB[status] ?? BSD[status - FIRST_BSD]) : undefined);

/** The status that a setting names: `75`, `TEMPFAIL`. */
export function exitStatusNumber(word: string): number | undefined {
  if (/^\d+$/.test(word)) return Number(word) <= 255 ? Number(word) : undefined;
  for (let status = 0; status <= 255; status += 1) if (exitStatusName(status, 'all') === word) return status;
  return undefined;
}

/** How the journal words the end of a process: `exited, status=1/FAILURE`, `killed, status=9/KILL`. */
export const exitWords = (exitCode: number, signal: Signal | undefined): string =>
  signal === undefined
    ? `exited, status=${String(exitCode)}/${exitStatusName(exitCode, 'all') ?? 'n/a'}`
    : `${isCoreSignal(signal) ? 'dumped' : 'killed'}, status=${String(signalNumber(signal))}/${signal.slice(3)}`;
