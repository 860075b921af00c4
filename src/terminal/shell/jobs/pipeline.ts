import type {
  CommandNode,
  Pipeline,
  PipelineNode,
  AndOr,
  Redirected,
  Subshell as SubshellNode,
  SyntaxNode,
} from 'unbash';
import type { Result } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd, Pid } from '../../../protocol/program.ts';
import type { PlainFrame } from '../machine/frames.ts';
import type { Job, JobProcess } from './jobs.ts';
import { jobCodes, jobLine, jobState, signalText } from './jobs.ts';
import type { Op } from '../machine/op.ts';
import { commandText } from '../print/command.ts';
import { wait } from '../machine/op.ts';
import { forkPatiently } from './fork-retry.ts';
import { forkState, saveShell } from '../machine/saved-state.ts';
import type { Shell } from '../shell.ts';
import { planExternal, spawnExternal } from '../commands/external-command.ts';
import type { Source } from '../syntax/source.ts';
import { addressOf } from '../syntax/source.ts';
import { redirectGroup, replaceInput } from '../commands/redirect.ts';
import { failureCheck } from '../traps.ts';
import type { Started } from './foreground.ts';
import { waitFor } from './foreground.ts';

/** `!`, `time`, and stages joined by pipes. */
export function* runPipeline(shell: Shell, source: Source, node: Pipeline, quiet: boolean): Op<void> {
  let negated = false;
  const child = timedSubshell(node);
  if (child !== undefined && !(yield* redirectGroup(shell, child.redirects, quiet))) return;
  for (const prefix of node.prefixes) {
    if (prefix.type === 'Negation') {
      negated = !negated;
      continue;
    }
    const times = shell.process.times();
    shell.stack.push({
      type: 'time',
      posix: prefix.posix !== undefined,
      startUs: shell.process.time().monotonicUs,
      user: times.userUs + times.childrenUserUs,
      system: times.systemUs + times.childrenSystemUs,
    });
  }
  if (negated) shell.stack.push({ type: 'negate' });
  const [only, ...more] = node.commands;
  if (only === undefined) {
    shell.status = 0;
    return;
  }
  // What `!` stands before may set `set -e` itself; it is spared only where that was on before.
  const spared = quiet || (negated && shell.options.has('errexit'));
  if (more.length === 0) {
    shell.stack.push({ type: 'run', source, node: child?.command ?? only, quiet: spared });
    return;
  }
  const here = shell.shopts.has('lastpipe') && !shell.options.has('monitor');
  const started = yield* startStages(shell, source, node, { background: false, lastHere: here, quiet: spared });
  if (started === undefined) return;
  waitFor(shell, started, spared, here);
  if (here && started.input !== undefined) runLastStage(shell, source, node, started.input);
}

/** A subshell whose own redirections its times go to as well, since it is the child that takes them. */
function timedSubshell({ prefixes, commands: [only, ...more] }: Pipeline): Redirected | undefined {
  return only?.type === 'Redirected' &&
    only.command.type === 'Subshell' &&
    more.length === 0 &&
    prefixes.some(({ type }) => type === 'Time')
    ? only
    : undefined;
}

/** The last stage in this very shell, with the pipe as its standard input. */
function runLastStage(shell: Shell, source: Source, node: Pipeline, input: Fd): void {
  const last = node.commands.at(-1);
  if (last === undefined) return;
  shell.stack.push({ type: 'fds', undo: replaceInput(shell, input) });
  shell.stack.push({ type: 'run', source, node: last, quiet: true });
  shell.status = 0;
}

/** `( … )`: a child with a copy of everything, which makes the redirections after it too. */
export function* runSubshell(shell: Shell, source: Source, node: SubshellNode | Redirected, quiet: boolean): Op<void> {
  const monitor = shell.options.has('monitor');
  shell.command = commandText(node, source.text);
  const pid = yield* forkNode(shell, source, node, {
    dup: [],
    close: [],
    group: monitor ? 0 : undefined,
    foreground: monitor,
    background: false,
    quiet,
  });
  if (failed(pid)) return;
  waitFor(
    shell,
    {
      processes: [{ pid, status: undefined }],
      group: monitor ? pid : undefined,
      text: commandText(node, source.text),
    },
    quiet,
  );
}

interface StagesOptions {
  readonly background: boolean;
  /** The last stage is left to this very shell. */
  readonly lastHere: boolean;
  readonly quiet: boolean;
}

function* startStages(
  shell: Shell,
  source: Source,
  node: Pipeline,
  { background, lastHere, quiet }: StagesOptions,
): Op<(Started & { readonly input: Fd | undefined }) | undefined> {
  const { process } = shell;
  const monitor = shell.options.has('monitor');
  const processes: JobProcess[] = [];
  let group: Pid | undefined;
  let input: Fd | undefined;
  for (const [at, command] of node.commands.entries()) {
    const last = at === node.commands.length - 1;
    if (last && lastHere) break;
    const pipe = last ? undefined : process.pipe();
    if (pipe !== undefined && failed(pipe)) {
      yield* shell.complain(`pipe error: ${strerror(pipe)}`);
      shell.status = 1;
      return undefined;
    }
    if (command.type === 'Command') shell.command = commandText(command, source.text);
    const errors = node.operators[at] === '|&';
    const stage: Stage = {
      input,
      output: pipe?.[1],
      errors,
      unused: pipe === undefined ? [] : [pipe[0]],
      group: monitor ? (group ?? 0) : undefined,
      foreground: monitor && !background,
      background,
      quiet,
    };
    const pid = yield* startStage(shell, source, command, stage);
    if (input !== undefined) process.close(input);
    if (pipe !== undefined) process.close(pipe[1]);
    input = pipe?.[0];
    if (failed(pid)) {
      if (input !== undefined) process.close(input);
      return undefined;
    }
    group ??= monitor ? pid : undefined;
    processes.push({ pid, status: undefined });
  }
  return { processes, group, text: commandText(node, source.text), input };
}

interface Stage {
  readonly input: Fd | undefined;
  readonly output: Fd | undefined;
  readonly errors: boolean;
  readonly unused: readonly Fd[];
  readonly group: Pid | undefined;
  readonly foreground: boolean;
  readonly background: boolean;
  readonly quiet: boolean;
}

function* startStage(shell: Shell, source: Source, command: CommandNode, stage: Stage): Op<Result<Pid>> {
  const dup: [Fd, Fd][] = [];
  if (stage.input !== undefined) dup.push([stage.input, 0]);
  if (stage.output !== undefined) dup.push([stage.output, 1]);
  if (stage.errors) dup.push([1, 2]);
  const close = [
    ...stage.unused,
    ...(stage.input === undefined ? [] : [stage.input]),
    ...(stage.output === undefined ? [] : [stage.output]),
  ];
  const external = stage.background ? undefined : yield* planExternal(shell, command);
  if (external !== undefined) {
    const spawned = spawnExternal(shell, external, { dup, close, group: stage.group, foreground: stage.foreground });
    if (!failed(spawned)) return spawned;
  }
  return yield* forkNode(shell, source, command, {
    dup,
    close,
    group: stage.group,
    foreground: stage.foreground,
    background: stage.background,
    quiet: stage.quiet,
  });
}

interface ForkOptions {
  readonly dup: readonly (readonly [Fd, Fd])[];
  readonly close: readonly Fd[];
  readonly group: Pid | undefined;
  readonly foreground: boolean;
  readonly background: boolean;
  readonly noInput?: boolean;
  readonly quiet?: boolean;
}

/** A child with a copy of the shell that runs a node. */
export function* forkNode(shell: Shell, source: Source, node: SyntaxNode, options: ForkOptions): Op<Result<Pid>> {
  shell.sources.set(source.id, source);
  const state = forkState(shell, {
    type: 'node',
    node: addressOf(source, node),
    dup: options.dup,
    close: options.close,
    ...(options.noInput === true ? { noInput: true } : {}),
    ...(options.quiet === true ? { quiet: true } : {}),
  });
  return yield* forkPatiently(shell, () =>
    shell.process.fork(state, {
      ...(options.group === undefined ? {} : { processGroup: options.group }),
      ...(options.foreground ? { foreground: true } : {}),
      // Without job control nothing typed at the keyboard ends what runs in the background.
      ...(options.background && !shell.options.has('monitor')
        ? { ignoredSignals: ['SIGINT', 'SIGQUIT'] as const }
        : {}),
    }),
  );
}

/** `command &`: where `set -e` is not heeded, it is not in the child either. */
export function* runBackground(shell: Shell, source: Source, node: PipelineNode | AndOr, quiet: boolean): Op<void> {
  const monitor = shell.options.has('monitor');
  shell.at = { source, pos: node.pos };
  let started: Started | undefined;
  if (node.type === 'Pipeline' && node.commands.length > 1 && node.prefixes.length === 0)
    started = yield* startStages(shell, source, node, { background: true, lastHere: false, quiet });
  else {
    const pid = yield* forkNode(shell, source, node, {
      dup: [],
      close: [],
      group: monitor ? 0 : undefined,
      foreground: false,
      background: true,
      noInput: !monitor,
      quiet,
    });
    if (failed(pid)) return;
    started = {
      processes: [{ pid, status: undefined }],
      group: monitor ? pid : undefined,
      text: commandText(node, source.text),
    };
  }
  if (started === undefined) return;
  const job = shell.jobs.add({ ...started, background: true, notified: false, hidden: false, nohup: false });
  shell.jobs.touch(job);
  shell.lastBackground = started.processes.at(-1)?.pid;
  shell.status = 0;
  if (shell.interactive) yield* shell.write(2, `[${String(job.id)}] ${String(shell.lastBackground ?? 0)}\n`);
}

/** Waits for the foreground job; the frame stays on the stack meanwhile, so a snapshot can be taken here. */
export function* stepWait(shell: Shell, frame: Extract<PlainFrame, { type: 'wait' }>): Op<void> {
  const job = shell.jobs.byId(frame.job);
  if (job === undefined) {
    shell.stack.pop();
    return;
  }
  const monitor = shell.options.has('monitor');
  while (jobState(job) === 'running') {
    if (shell.nested === 0) shell.process.checkpointLazily(() => saveShell(shell, { type: 'frames' }, shell.stack));
    const status = yield* wait(shell.process.wait(-1, { stopped: monitor }));
    if (failed(status)) {
      if (status.errno === 'EINTR') continue;
      for (const process of job.processes) process.status ??= { pid: process.pid, type: 'exited', code: 127 };
      break;
    }
    if (status !== undefined) shell.jobs.record(status);
  }
  shell.stack.pop();
  if (monitor) takeTerminal(shell);
  yield* concludeJob(shell, job, frame.lastStageHere === true ? shell.status : undefined);
  yield* failureCheck(shell, frame.quiet);
}

/** Gives the terminal back to the shell. */
export function takeTerminal(shell: Shell): void {
  const group = shell.process.processGroup();
  if (!failed(group)) shell.process.setForegroundGroup(shell.terminal, group);
}

function* concludeJob(shell: Shell, job: Job, lastStage: number | undefined): Op<void> {
  const codes = [...jobCodes(job), ...(lastStage === undefined ? [] : [lastStage])];
  shell.pipeStatus = codes;
  shell.status =
    (shell.options.has('pipefail') ? codes.findLast((code) => code !== 0) : undefined) ?? codes.at(-1) ?? 0;
  if (shell.options.has('pipefail') && codes.every((code) => code === 0)) shell.status = 0;
  if (jobState(job) === 'stopped') {
    const shown = shell.jobs.promote(job);
    yield* shell.write(2, `\n${jobLine(shell.jobs, shown)}\n`);
    return;
  }
  shell.jobs.remove(job);
  const last = lastStage === undefined ? job.processes.at(-1)?.status : undefined;
  if (last?.type !== 'killed') return;
  if (last.signal === 'SIGINT') {
    if (shell.interactive) {
      yield* shell.write(2, '\n');
      shell.unwind = { type: 'line' };
    }
    return;
  }
  if (last.signal === 'SIGPIPE') return;
  const core = last.coreDumped === true ? ' (core dumped)' : '';
  // Without job control bash tells the end by SIGTERM, or by a signal that it traps itself, in one word.
  const inOneWord = shell.interactive || last.signal === 'SIGTERM' || (shell.traps.get(last.signal) ?? '') !== '';
  if (inOneWord) yield* shell.write(2, `${signalText(last.signal)}${core}\n`);
  else
    yield* shell.write(
      2,
      `${shell.prefix()}${String(last.pid).padStart(5)} ${(signalText(last.signal) + core).padEnd(23)} ${job.text}\n`,
    );
}
