import { failed, strerror } from '../../../protocol/errno.ts';
import { SIGNALS, signalNumber, signalOfNumber, type Signal } from '../../../protocol/program.ts';
import { endCoproc } from '../jobs/coproc.ts';
import type { Job } from '../jobs/jobs.ts';
import { jobLine, jobState, statusCode } from '../jobs/jobs.ts';
import type { Op } from '../machine/op.ts';
import { wait } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import type { PlannedCommand } from '../commands/simple-command.ts';
import { redispatch } from '../commands/simple-command.ts';
import { saveShell } from '../machine/saved-state.ts';
import { signalByName, signalTable } from '../../signal-names.ts';
import type { Builtin } from './builtin.ts';
import { readLetters } from './letters.ts';
import { fault, print, usage } from './message.ts';

/** Takes note of children that changed, without waiting. */
export function* pollJobs(shell: Shell): Op<void> {
  for (;;) {
    if (shell.jobs.list.length === 0) return;
    const status = yield* wait(shell.process.wait(-1, { noHang: true, stopped: true }));
    if (status === undefined || failed(status)) return;
    shell.jobs.record(status);
  }
}

function* jobs(shell: Shell, args: readonly string[], command: PlannedCommand): Op<number> {
  const letters = yield* readLetters(shell, 'jobs', args[0] === '-x' ? ['-x'] : args, 'lpnxrs');
  if (typeof letters === 'number') return letters;
  if (letters.has('x')) return yield* withJobs(shell, args.slice(1), command);
  yield* pollJobs(shell);
  let list: readonly Job[] = shell.jobs.shown.length > 0 ? shell.jobs.shown : shell.jobs.ofParent;
  if (letters.operands.length > 0) {
    const found: Job[] = [];
    for (const spec of letters.operands) {
      const job = shell.jobs.find(spec);
      if (job === 'ambiguous') yield* shell.complain(`jobs: ${spec.replace(/^%/, '')}: ambiguous job spec`);
      if (job === undefined || job === 'ambiguous') return yield* fault(shell, `jobs: ${spec}: no such job`);
      found.push(job);
    }
    list = found;
  }
  if (letters.has('r')) list = list.filter((job) => jobState(job) === 'running');
  if (letters.has('s')) list = list.filter((job) => jobState(job) === 'stopped');
  if (letters.has('n')) list = list.filter((job) => jobState(job) === 'done' && !job.notified);
  const out = list.map((job) =>
    letters.has('p') ? `${String(job.processes[0]?.pid ?? 0)}\n` : `${jobLine(shell.jobs, job, letters.has('l'))}\n`,
  );
  for (const job of list) if (jobState(job) === 'done') job.notified = true;
  const status = yield* print(shell, 'jobs', out.join(''));
  for (const job of list) if (jobState(job) === 'done') shell.jobs.remove(job);
  return status;
}

/** `jobs -x command …`: runs it with the groups of jobs in place of their names. */
function* withJobs(shell: Shell, words: readonly string[], command: PlannedCommand): Op<number> {
  if (words.length === 0) return 0;
  const argv = words.map((word) => {
    const job = word.startsWith('%') ? shell.jobs.find(word) : undefined;
    return job === undefined || job === 'ambiguous' ? word : String(job.group ?? job.processes[0]?.pid ?? word);
  });
  yield* redispatch(shell, { ...command, argv, assignments: [], redirects: [] });
  return shell.status;
}

function* resolveJob(shell: Shell, builtin: string, spec: string | undefined): Op<Job | undefined> {
  const job = spec === undefined ? shell.jobs.current : shell.jobs.find(spec);
  if (job === undefined) yield* shell.complain(`${builtin}: ${spec ?? 'current'}: no such job`);
  else if (job === 'ambiguous')
    yield* shell.complain(`${builtin}: ${spec?.replace(/^%/, '') ?? ''}: ambiguous job spec`);
  return job === 'ambiguous' ? undefined : job;
}

function* fg(shell: Shell, args: readonly string[]): Op<number> {
  if (!shell.options.has('monitor')) return yield* fault(shell, 'fg: no job control');
  yield* pollJobs(shell);
  const letters = yield* readLetters(shell, 'fg', args, '');
  if (typeof letters === 'number') return letters;
  const job = yield* resolveJob(shell, 'fg', letters.operands[0]);
  if (job === undefined) return 1;
  yield* shell.write(1, `${job.text}\n`);
  if (job.group !== undefined) shell.process.setForegroundGroup(shell.terminal, job.group);
  resume(shell, job);
  job.background = false;
  shell.stack.push({ type: 'wait', job: job.id, quiet: false });
  return shell.status;
}

function resume(shell: Shell, job: Job): void {
  for (const process of job.processes) if (process.status?.type === 'stopped') process.status = undefined;
  shell.process.kill(job.group === undefined ? (job.processes[0]?.pid ?? 0) : -job.group, 'SIGCONT');
}

function* bg(shell: Shell, args: readonly string[]): Op<number> {
  if (!shell.options.has('monitor')) return yield* fault(shell, 'bg: no job control');
  yield* pollJobs(shell);
  const letters = yield* readLetters(shell, 'bg', args, '');
  if (typeof letters === 'number') return letters;
  for (const spec of letters.operands.length === 0 ? [undefined] : letters.operands) {
    const job = yield* resolveJob(shell, 'bg', spec);
    if (job === undefined) return 1;
    if (jobState(job) === 'running') {
      yield* shell.complain(`bg: job ${String(job.id)} already in background`);
      continue;
    }
    const { current, previous } = shell.jobs;
    const mark = job === current ? '+' : job === previous ? '-' : '';
    resume(shell, job);
    job.background = true;
    yield* shell.write(1, `[${String(job.id)}]${mark} ${job.text} &\n`);
  }
  return 0;
}

function* waitBuiltin(shell: Shell, args: readonly string[]): Op<number> {
  const letters = yield* readLetters(shell, 'wait', args, 'fnp:');
  if (typeof letters === 'number') return letters;
  const variable = letters.valueOf('p');
  const specs = letters.operands;
  if (variable !== undefined && !/^[A-Za-z_]\w*(\[.*\])?$/.test(variable))
    return yield* fault(shell, `wait: \`${variable}': not a valid identifier`);
  if (variable !== undefined) shell.vars.unset(variable);
  if (letters.has('n')) return yield* waitNext(shell, specs, variable);
  if (specs.length === 0) {
    for (const job of [...shell.jobs.shown]) {
      // One that is over already is not told of.
      if (jobState(job) === 'done') job.notified = true;
      const interrupted = yield* waitJob(shell, job);
      if (interrupted !== undefined) return interrupted;
      forget(shell, job);
    }
    return 0;
  }
  let status = 0;
  for (const spec of specs) {
    const job = shell.jobs.find(spec);
    if (job === undefined || job === 'ambiguous') {
      if (spec.startsWith('%')) status = yield* fault(shell, `wait: ${spec}: no such job`, 127);
      else if (!/^\d+$/.test(spec))
        status = yield* fault(
          shell,
          `wait: \`${spec}': not a pid or valid job spec`,
          shell.personality === 'dash' ? 2 : 1,
        );
      else if (shell.reaped.has(Number(spec))) status = shell.reaped.get(Number(spec)) ?? 0;
      else if (shell.personality !== 'bash') status = 127;
      else status = yield* fault(shell, `wait: pid ${spec} is not a child of this shell`, 127);
      continue;
    }
    const interrupted = yield* waitJob(shell, job);
    if (interrupted !== undefined) return interrupted;
    const wanted = spec.startsWith('%') ? job.processes.at(-1) : job.processes.find(({ pid }) => pid === Number(spec));
    status = statusCode(wanted?.status);
    if (variable !== undefined) shell.assign(variable, String(wanted?.pid ?? 0));
    forget(shell, job);
  }
  return status;
}

/** Takes a job off the table; its processes' statuses can still be asked for. */
function forget(shell: Shell, job: Job): void {
  endCoproc(shell, job);
  for (const process of job.processes) shell.reaped.set(process.pid, statusCode(process.status));
  shell.jobs.remove(job);
}

/** Waits until a job is over; a status where a caught signal came first. */
function* waitJob(shell: Shell, job: Job): Op<number | undefined> {
  while (jobState(job) === 'running') {
    const status = yield* wait(shell.process.wait(-1, { stopped: shell.options.has('monitor') }));
    if (failed(status)) {
      if (status.errno !== 'EINTR') return undefined;
      const [signal] = shell.pendingSignals;
      if (signal !== undefined && signal !== 'SIGCHLD') return 128 + signalNumber(signal);
      continue;
    }
    if (status !== undefined) shell.jobs.record(status);
  }
  yield* tellEnd(shell, job);
  return undefined;
}

/** With job control it is told how a job ended that was waited for. */
function* tellEnd(shell: Shell, job: Job): Op<void> {
  if (!shell.options.has('monitor') || jobState(job) !== 'done' || job.notified) return;
  yield* shell.write(2, `${jobLine(shell.jobs, job)}\n`);
  job.notified = true;
}

/** The first of the jobs to end, those named or all; `-p` keeps its pid. */
function* waitNext(shell: Shell, specs: readonly string[], variable: string | undefined): Op<number> {
  let waited = false;
  let known = specs.length === 0;
  for (const spec of specs) {
    const job = shell.jobs.find(spec);
    if (job === undefined || job === 'ambiguous') yield* shell.complain(`wait: ${spec}: no such job`);
    else known = true;
  }
  if (!known) return 127;
  const wanted = (job: Job): boolean => specs.length === 0 || specs.some((spec) => shell.jobs.find(spec) === job);
  for (;;) {
    const done = shell.jobs.shown.find((job) => jobState(job) === 'done' && wanted(job));
    if (done !== undefined) {
      if (waited) yield* tellEnd(shell, done);
      if (variable !== undefined) shell.assign(variable, String(done.processes.at(-1)?.pid ?? 0));
      forget(shell, done);
      return statusCode(done.processes.at(-1)?.status);
    }
    if (shell.jobs.shown.length === 0) return 127;
    const status = yield* wait(shell.process.wait(-1));
    if (failed(status) || status === undefined) return 127;
    waited = true;
    shell.jobs.record(status);
  }
}

function* kill(shell: Shell, args: readonly string[]): Op<number> {
  const [first = ''] = args;
  if (first === '-l' || first === '-L')
    return yield* listSignals(shell, args[1] === '--' ? args.slice(2) : args.slice(1));
  let signal: Signal | 0 = 'SIGTERM';
  let rest = args;
  if (first === '-s' || first === '-n') {
    if (args[1] === undefined) return yield* fault(shell, `kill: ${first}: option requires an argument`);
    const named = signalByName(args[1]);
    if (named === undefined && args[1] !== '0')
      return yield* fault(shell, `kill: ${args[1]}: invalid signal specification`);
    signal = named ?? 0;
    rest = args.slice(2);
  } else if (/^-./.test(first) && first !== '--') {
    const named = signalByName(first.slice(1));
    if (named === undefined && first !== '-0')
      return yield* fault(shell, `kill: ${first.slice(1)}: invalid signal specification`);
    signal = named ?? 0;
    rest = args.slice(1);
  }
  if (rest[0] === '--') rest = rest.slice(1);
  if (rest.length === 0) return yield* usage(shell, 'kill');
  let status = 0;
  for (const target of rest) {
    const job = target.startsWith('%') ? shell.jobs.find(target) : undefined;
    if (target.startsWith('%') && (job === undefined || job === 'ambiguous')) {
      status = yield* fault(shell, `kill: ${target}: no such job`);
      continue;
    }
    if (job === undefined && !/^-?\d+$/.test(target)) {
      status = yield* fault(
        shell,
        target === ''
          ? "kill: `': not a pid or valid job spec"
          : `kill: ${target}: arguments must be process or job IDs`,
      );
      continue;
    }
    const pids =
      job === undefined || job === 'ambiguous'
        ? [Number(target)]
        : job.group === undefined
          ? job.processes.map(({ pid }) => pid)
          : [-job.group];
    for (const pid of pids) {
      const result = shell.process.kill(pid, signal);
      if (failed(result)) status = yield* fault(shell, `kill: (${String(pid)}) - ${strerror(result)}`);
      else if (
        job !== undefined &&
        job !== 'ambiguous' &&
        jobState(job) === 'stopped' &&
        (signal === 'SIGTERM' || signal === 'SIGHUP')
      )
        shell.process.kill(pid, 'SIGCONT');
    }
  }
  // A signal to the shell itself is met before the next command.
  yield* wait(shell.process.cpu(1));
  return status;
}

function* listSignals(shell: Shell, args: readonly string[]): Op<number> {
  if (args.length === 0 && shell.personality === 'ash')
    return yield* print(
      shell,
      'kill',
      SIGNALS.map((name, at) => `${String(at + 1).padStart(2)}) ${name.slice('SIG'.length)}\n`).join(''),
    );
  if (args.length === 0) return yield* print(shell, 'kill', signalTable());
  let status = 0;
  let out = '';
  for (const arg of args) {
    const number = Number(arg) > 128 ? Number(arg) - 128 : Number(arg);
    const name = /^\d+$/.test(arg) ? signalOfNumber(number)?.slice(3) : undefined;
    const byName = signalByName(arg);
    if (name !== undefined) out += `${name}\n`;
    else if (byName !== undefined) out += `${String(signalNumber(byName))}\n`;
    else status = yield* fault(shell, `kill: ${arg}: invalid signal specification`);
  }
  yield* print(shell, 'kill', out);
  return status;
}

function* disown(shell: Shell, args: readonly string[]): Op<number> {
  const letters = yield* readLetters(shell, 'disown', args, 'ahr');
  if (typeof letters === 'number') return letters;
  const specs = letters.operands;
  const running = letters.has('r');
  const all = running || letters.has('a');
  const targets = all ? shell.jobs.shown.filter((job) => !running || jobState(job) === 'running') : [];
  for (const spec of specs.length === 0 && !all ? [undefined] : specs) {
    const job = yield* resolveJob(shell, 'disown', spec);
    if (job === undefined) return 1;
    targets.push(job);
  }
  for (const job of targets) {
    if (letters.has('h')) job.nohup = true;
    else yield* dismiss(shell, job);
  }
  return 0;
}

/** Nobody can continue a stopped job that the shell does not know any more. */
function* dismiss(shell: Shell, job: Job): Op<void> {
  const group = String(job.group ?? job.processes[0]?.pid ?? 0);
  if (jobState(job) === 'stopped')
    yield* shell.complain(`warning: deleting stopped job ${String(job.id)} with process group ${group}`);
  shell.jobs.remove(job);
}

function* suspend(shell: Shell, args: readonly string[]): Op<number> {
  const letters = yield* readLetters(shell, 'suspend', args, 'f');
  if (typeof letters === 'number') return letters;
  if (!shell.options.has('monitor')) return yield* fault(shell, 'suspend: cannot suspend: no job control');
  shell.process.checkpointLazily(() => saveShell(shell, { type: 'frames' }, shell.stack));
  shell.process.kill(shell.process.pid, 'SIGSTOP');
  yield* wait(shell.process.cpu(1));
  return 0;
}

export const jobBuiltins: Readonly<Record<string, Builtin>> = {
  jobs,
  fg,
  bg,
  wait: waitBuiltin,
  kill,
  disown,
  suspend,
};
