/** Signals of Linux. */

export type Signal =
  | 'SIGHUP'
  | 'SIGINT'
  | 'SIGQUIT'
  | 'SIGILL'
  | 'SIGTRAP'
  | 'SIGABRT'
  | 'SIGBUS'
  | 'SIGFPE'
  | 'SIGKILL'
  | 'SIGUSR1'
  | 'SIGSEGV'
  | 'SIGUSR2'
  | 'SIGPIPE'
  | 'SIGALRM'
  | 'SIGTERM'
  | 'SIGSTKFLT'
  | 'SIGCHLD'
  | 'SIGCONT'
  | 'SIGSTOP'
  | 'SIGTSTP'
  | 'SIGTTIN'
  | 'SIGTTOU'
  | 'SIGURG'
  | 'SIGXCPU'
  | 'SIGXFSZ'
  | 'SIGVTALRM'
  | 'SIGPROF'
  | 'SIGWINCH'
  | 'SIGIO'
  | 'SIGPWR'
  | 'SIGSYS'
  | RealtimeSignal;

/** As glibc counts them: the first two of the kernel's are its own. */
export type RealtimeSignal = 'SIGRTMIN' | `SIGRTMIN+${number}` | `SIGRTMAX-${number}` | 'SIGRTMAX';

/** The standard signals' numbers of Linux on x86-64, in order: SIGNALS[0] is number 1. */
export const SIGNALS: readonly Signal[] = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGKILL',
  'SIGUSR1',
  'SIGSEGV',
  'SIGUSR2',
  'SIGPIPE',
  'SIGALRM',
  'SIGTERM',
  'SIGSTKFLT',
  'SIGCHLD',
  'SIGCONT',
  'SIGSTOP',
  'SIGTSTP',
  'SIGTTIN',
  'SIGTTOU',
  'SIGURG',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGVTALRM',
  'SIGPROF',
  'SIGWINCH',
  'SIGIO',
  'SIGPWR',
  'SIGSYS',
];
const FIRST_REALTIME = 34;
/** By their numbers from 34 to 64: the first half is counted from below, the second from above. */
const REALTIME: readonly RealtimeSignal[] = [
  'SIGRTMIN',
  ...Array.from({ length: 15 }, (_, at) => `SIGRTMIN+${at + 1}` as const),
  ...Array.from({ length: 14 }, (_, at) => `SIGRTMAX-${14 - at}` as const),
  'SIGRTMAX',
];
/** Those of an equal kind that arrive before the first was taken wait in line; of a standard signal one does. */
export const isRealtime = (signal: Signal): boolean => signal.startsWith('SIGRT');

/** Every signal, by number; 32 and 33 have no name. */
export const EVERY_SIGNAL: readonly Signal[] = [...SIGNALS, ...REALTIME];

/** The number that kill(1) and exit statuses above 128 go by. */
export const signalNumber = (signal: Signal): number => {
  const at = EVERY_SIGNAL.indexOf(signal);
  return at < SIGNALS.length ? at + 1 : at - SIGNALS.length + FIRST_REALTIME;
};
export const signalOfNumber = (number: number): Signal | undefined =>
  number < FIRST_REALTIME ? SIGNALS[number - 1] : REALTIME[number - FIRST_REALTIME];
