/**
 * What the kernel's work costs, in µs of CPU time on one core of the simulated machine. The figures are of a common server
 * of 2024; they make loops take time and share it, they are not measurements of anything here.
 */
export const COST = {
  /** A system call that answers at once. */
  syscall: 0.3,
  /** Opening, and each path walked. */
  open: 2,
  stat: 1,
  change: 5,
  /** Reading or writing, plus per KiB. */
  transfer: 0.6,
  perKibibyte: 0.1,
  /** A KiB of /dev/urandom. */
  randomKibibyte: 2.5,
  pipe: 3,
  /** A child of this process. */
  fork: 120,
  /** Replacing the program: mapping, linking. */
  exec: 450,
  exit: 60,
  wait: 2,
  signal: 1.5,
  socket: 6,
  mount: 40,
} as const;

/** Debt that a process may carry before it has to spend it; keeps cheap calls from costing an event each. */
export const DEBT_QUANTUM_US = 200;

/** Resident memory of a program that does not say, bytes. */
export const DEFAULT_PROGRAM_BYTES = 3_145_728;
/** What a forked process has of its own: pages that it or its parent wrote since. */
export const FORKED_BYTES = 393_216;

export const PIPE_CAPACITY = 65_536;
/** Output that nobody takes off a terminal. */
export const TTY_OUTPUT_CAPACITY = 65_536;
/** Input waiting in a terminal: N_TTY_BUF_SIZE for one line, more for complete ones. */
export const TTY_LINE_CAPACITY = 4095;
export const TTY_INPUT_CAPACITY = 65_536;
/** Journal of system calls since a checkpoint. */
export const JOURNAL_ENTRIES = 4096;
export const JOURNAL_BYTES = 1_048_576;
export const DEFAULT_PID_MAX = 4_194_304;
