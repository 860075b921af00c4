import type { Plain } from '../../../protocol/plain.ts';
import type { Pid, Signal, WaitStatus } from '../../../protocol/program.ts';
import { isRealtime, signalNumber } from '../../../protocol/program.ts';

export interface JobProcess {
  readonly pid: Pid;
  status: WaitStatus | undefined;
}

export interface Job {
  readonly id: number;
  readonly group: number | undefined;
  readonly processes: JobProcess[];
  readonly text: string;
  background: boolean;
  /** The end has been told to the user or asked for by `wait`. */
  notified: boolean;
  /** `disown -h`, or not in the table that `jobs` shows. */
  readonly hidden: boolean;
  nohup: boolean;
  /** The array of a coprocess with its descriptors. */
  readonly coproc?: string;
}

export type JobState = 'running' | 'stopped' | 'done';

export const jobState = (job: Job): JobState =>
  job.processes.every(({ status }) => status !== undefined && status.type !== 'continued' && status.type !== 'stopped')
    ? 'done'
    : job.processes.some(({ status }) => status?.type === 'stopped') &&
        job.processes.every(({ status }) => status !== undefined && status.type !== 'continued')
      ? 'stopped'
      : 'running';

/** Exit status as `$?` shows it. */
export function statusCode(status: WaitStatus | undefined): number {
  if (status === undefined || status.type === 'continued') return 0;
  return status.type === 'exited' ? status.code : 128 + signalNumber(status.signal);
}

/** Codes of all stages, in order. */
export const jobCodes = (job: Job): number[] => job.processes.map(({ status }) => statusCode(status));

/** Background and stopped jobs of one shell. */
export class Jobs {
  list: Job[] = [];
  /** Jobs of the shell that this one is a subshell of: `jobs | cat` shows them. */
  ofParent: readonly Job[] = [];
  #next = 1;
  /** Jobs from least to most recently current: the last is `%+`, the one before `%-`. */
  recent: number[] = [];

  add(job: Omit<Job, 'id'>): Job {
    const shown = this.list.filter(({ hidden }) => !hidden).map(({ id }) => id);
    const id = job.hidden ? -this.#next : shown.length === 0 ? 1 : Math.max(...shown) + 1;
    this.#next += 1;
    const added: Job = { ...job, id };
    this.list.push(added);
    return added;
  }
  remove(job: Job): void {
    this.list = this.list.filter((other) => other !== job);
    this.recent = this.recent.filter((id) => id !== job.id);
  }
  /** A foreground job that was stopped: it gets a number, if it has none yet. */
  promote(job: Job): Job {
    if (!job.hidden) {
      job.background = true;
      this.touch(job);
      return job;
    }
    this.remove(job);
    const shown = this.add({ ...job, hidden: false, background: true });
    this.touch(shown);
    return shown;
  }
  touch(job: Job): void {
    this.recent = [...this.recent.filter((id) => id !== job.id), job.id];
  }
  byId(id: number): Job | undefined {
    return this.list.find((job) => job.id === id);
  }
  byPid(pid: Pid): Job | undefined {
    return this.list.find((job) => job.processes.some((process) => process.pid === pid));
  }
  get shown(): readonly Job[] {
    return this.list.filter(({ hidden }) => !hidden);
  }
  get current(): Job | undefined {
    return this.#ranked()[0];
  }
  get previous(): Job | undefined {
    return this.#ranked()[1];
  }
  /** Jobs that can be named: a subshell knows those of its parent until it has its own. */
  get #known(): readonly Job[] {
    return this.shown.length > 0 ? this.shown : this.ofParent;
  }
  #ranked(): Job[] {
    const live = this.#known.filter((job) => jobState(job) !== 'done' || !job.notified);
    const rank = (job: Job): number =>
      (jobState(job) === 'stopped' ? 1_000_000 : 0) + this.recent.indexOf(job.id) * 1_000 + job.id;
    return [...live].sort((a, b) => rank(b) - rank(a));
  }

  record(status: WaitStatus): Job | undefined {
    const job = this.byPid(status.pid);
    const process = job?.processes.find(({ pid }) => pid === status.pid);
    if (process !== undefined) process.status = status.type === 'continued' ? undefined : status;
    return job;
  }

  /** `%1`, `%+`, `%-`, `%name`, `%?text`, or a pid. */
  find(spec: string): Job | 'ambiguous' | undefined {
    const name = spec.startsWith('%') ? spec.slice(1) : spec;
    if (name === '' || name === '+' || name === '%') return this.current;
    if (name === '-') return this.previous ?? this.current;
    if (/^\d+$/.test(name))
      return spec.startsWith('%') ? this.#known.find(({ id }) => id === Number(name)) : this.byPid(Number(name));
    const found = this.#known.filter(({ text }) =>
      name.startsWith('?') ? text.includes(name.slice(1)) : text.startsWith(name),
    );
    return found.length > 1 ? 'ambiguous' : found[0];
  }

  save(): Plain {
    return {
      next: this.#next,
      recent: [...this.recent],
      list: this.list.map((job) => ({ ...job, processes: job.processes.map((process) => ({ ...process })) })),
    };
  }
  load(saved: unknown): void {
    const data = saved as { readonly next: number; readonly recent: readonly number[]; readonly list: readonly Job[] };
    this.#next = data.next;
    this.recent = [...data.recent];
    this.list = data.list.map((job) => ({ ...job, processes: job.processes.map((process) => ({ ...process })) }));
  }
}

const SIGNAL_TEXT: Partial<Record<Signal, string>> = {
  SIGHUP: 'Hangup',
  SIGINT: 'Interrupt',
  SIGQUIT: 'Quit',
  SIGILL: 'Illegal instruction',
  SIGTRAP: 'Trace/breakpoint trap',
  SIGABRT: 'Aborted',
  SIGBUS: 'Bus error',
  SIGFPE: 'Floating point exception',
  SIGKILL: 'Killed',
  SIGUSR1: 'User defined signal 1',
  SIGSEGV: 'Segmentation fault',
  SIGUSR2: 'User defined signal 2',
  SIGPIPE: 'Broken pipe',
  SIGALRM: 'Alarm clock',
  SIGTERM: 'Terminated',
  SIGSTOP: 'Stopped (signal)',
  SIGTSTP: 'Stopped',
  SIGTTIN: 'Stopped (tty input)',
  SIGTTOU: 'Stopped (tty output)',
};
/** strsignal(3). */
export const signalText = (signal: Signal): string =>
  SIGNAL_TEXT[signal] ??
  (isRealtime(signal) ? `Real-time signal ${String(signalNumber(signal) - signalNumber('SIGRTMIN'))}` : signal);

/** The state column of `jobs`. */
export function jobText(job: Job): string {
  const state = jobState(job);
  const last = job.processes.at(-1)?.status;
  if (state === 'running') return 'Running';
  if (state === 'stopped') return 'Stopped';
  if (last?.type === 'killed') return `${signalText(last.signal)}${last.coreDumped === true ? ' (core dumped)' : ''}`;
  const code = statusCode(last);
  return code === 0 ? 'Done' : `Exit ${String(code)}`;
}

/** One line of `jobs`. */
export function jobLine(jobs: Jobs, job: Job, long = false): string {
  const mark = job === jobs.current ? '+' : job === jobs.previous ? '-' : ' ';
  const state = jobText(job);
  const pid = long ? ` ${String(job.processes[0]?.pid ?? 0)} ` : '  ';
  const amper = jobState(job) === 'running' && job.background ? ' &' : '';
  return `[${String(job.id)}]${mark}${pid}${state.padEnd(24)}${job.text}${amper}`;
}
