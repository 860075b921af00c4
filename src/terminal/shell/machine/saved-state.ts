import type { AliasPlace } from '../syntax/alias.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { ReadlineSettings } from '../../readline/settings.ts';
import type { Fd, Signal } from '../../../protocol/program.ts';
import { saveCalls } from './call-stack.ts';
import type { Frame } from './frames.ts';
import { loadFrame, saveFrame } from './frames.ts';
import { rejoinOwnTables } from '../variables/own-tables.ts';
import type { CompletionSpec } from '../completion/interface.ts';
import type { Personality, Shell } from '../shell.ts';
import type { NodeAddress, SavedSource, Source } from '../syntax/source.ts';
import { makeSource, saveSource } from '../syntax/source.ts';
import { releaseSignals } from '../traps.ts';
import type { SavedScopes } from '../variables/variables.ts';

/** What a forked child is to do with the state it starts from. */
export type Task =
  | { readonly type: 'frames' }
  /** Becomes a new shell, with nothing of its parent's but the environment, that runs a script. */
  | { readonly type: 'script'; readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>> }
  | ({ readonly type: 'text'; readonly text: string; readonly firstLine: number } & Plumbing)
  | ({ readonly type: 'node'; readonly node: NodeAddress } & Plumbing);

export interface Plumbing {
  readonly dup: readonly (readonly [from: Fd, to: Fd])[];
  readonly close: readonly Fd[];
  /** A failing command does not end it (`set -e`), as in its parent. */
  readonly quiet?: boolean;
  /** Standard input comes from /dev/null (a background job without job control). */
  readonly noInput?: boolean;
}

interface SavedShell {
  readonly task: Task;
  readonly vars: SavedScopes;
  readonly functions: readonly (readonly [
    name: string,
    source: number,
    node: NodeAddress,
    pos: number,
    text: string,
    exported: boolean,
    traced: boolean,
  ])[];
  readonly sources: readonly SavedSource[];
  readonly frames: readonly unknown[];
  readonly jobs: unknown;
  readonly aliases: readonly (readonly [string, string])[];
  readonly aliasPlaces: readonly (readonly [string, AliasPlace])[];
  readonly traps: readonly (readonly [string, string])[];
  readonly options: readonly string[];
  readonly shopts: readonly string[];
  readonly simple: SimpleFields;
  readonly at: { readonly source: number; readonly pos: number } | undefined;
  readonly ownFds: readonly Fd[];
  readonly substitutionFds: readonly Fd[];
  readonly history: readonly string[];
  readonly historyTimes: readonly number[];
  readonly hashed: readonly (readonly [name: string, path: string])[];
  readonly hashHits: readonly (readonly [name: string, hits: number])[];
  readonly reaped: readonly (readonly [pid: number, status: number])[];
  readonly readonlyFunctions: readonly string[];
  readonly completions: readonly (readonly [string, CompletionSpec])[];
  readonly disabled: readonly string[];
  readonly readline: ReturnType<ReadlineSettings['save']>;
}

const SIMPLE = [
  'positional',
  'arg0',
  'shellName',
  'personality',
  'interactive',
  'loginShell',
  'commandString',
  'isScript',
  'historyDropped',
  'historySaved',
  'remembered',
  'outerCalls',
  'status',
  'pipeStatus',
  'lastBackground',
  'lastArgument',
  'directories',
  'subshellDepth',
  'traceDepth',
  'execLast',
  'mainPid',
  'startUs',
  'steps',
  'randomState',
  'unsetSpecials',
  'getoptsAt',
  'nextSource',
  'pendingSignals',
  'unwind',
  'prompt',
  'command',
  'terminal',
  'exited',
  'ofPrompt',
  'exitAfterTrap',
  'warnedJobs',
  'input',
  'parentTraps',
  'outermostArguments',
] as const;
interface SimpleFields {
  readonly positional: readonly string[];
  readonly arg0: string;
  readonly shellName: string;
  readonly personality: Personality;
  readonly pendingSignals: Signal[];
}

/** The whole state as data. */
export function saveShell(shell: Shell, task: Task, frames: readonly Frame[]): Plain {
  const used = new Map<number, Source>();
  for (const frame of frames) if ('source' in frame) used.set(frame.source.id, frame.source);
  for (const { source } of shell.functions.values()) used.set(source.id, source);
  if (shell.at !== undefined) used.set(shell.at.source.id, shell.at.source);
  if (task.type === 'node') {
    const source = shell.sources.get(task.node.source);
    if (source !== undefined) used.set(source.id, source);
  }
  const simple = {
    ...Object.fromEntries(SIMPLE.map((name) => [name, shell[name]])),
    // A copy without frames is a subshell: it stays inside the calls of its parent.
    ...(task.type === 'frames' ? {} : { outerCalls: saveCalls(shell) }),
  };
  return {
    task,
    simple,
    vars: shell.vars.save(),
    functions: [...shell.functions].map(([name, { source, node, pos, text, exported, traced }]) => [
      name,
      source.id,
      node,
      pos,
      text,
      exported,
      traced,
    ]),
    sources: [...used.values()].map(saveSource),
    frames: frames.map(saveFrame),
    jobs: shell.jobs.save(),
    aliases: [...shell.aliases],
    aliasPlaces: [...shell.aliasPlaces],
    traps: [...shell.traps],
    options: [...shell.options],
    shopts: [...shell.shopts],
    at: shell.at === undefined ? undefined : { source: shell.at.source.id, pos: shell.at.pos },
    ownFds: [...shell.ownFds],
    substitutionFds: [...shell.substitutionFds],
    history: [...shell.history],
    historyTimes: [...shell.historyTimes],
    hashed: [...shell.hashed],
    hashHits: [...shell.hashHits],
    reaped: [...shell.reaped],
    readonlyFunctions: [...shell.readonlyFunctions],
    completions: [...shell.completions],
    disabled: [...shell.disabled],
    readline: shell.readline.save(),
  } as unknown as Plain;
}

/** The state that a forked child starts from. */
export const forkState = (shell: Shell, task: Task): Plain => saveShell(shell, task, []);

/** Fills a fresh shell from what was saved; answers what it is to do. */
export function loadShell(shell: Shell, state: Plain): Task {
  const saved = state as unknown as SavedShell;
  for (const source of saved.sources) shell.sources.set(source.id, makeSource(source));
  Object.assign(shell, saved.simple);
  shell.vars.load(saved.vars);
  for (const [name, id, node, pos, text, exported, traced] of saved.functions) {
    const source = shell.sources.get(id);
    if (source !== undefined) shell.functions.set(name, { source, node, pos, text, exported, traced });
  }
  for (const [name, value] of saved.aliases) shell.aliases.set(name, value);
  for (const [name, place] of saved.aliasPlaces) shell.aliasPlaces.set(name, place);
  for (const [name, value] of saved.traps) shell.traps.set(name, value);
  shell.options = new Set(saved.options);
  shell.shopts = new Set(saved.shopts);
  shell.pendingSignals = [...saved.simple.pendingSignals];
  shell.history.push(...saved.history);
  shell.historyTimes.push(...saved.historyTimes);
  for (const [name, path] of saved.hashed) shell.hashed.set(name, path);
  for (const [name, hits] of saved.hashHits) shell.hashHits.set(name, hits);
  rejoinOwnTables(shell);
  for (const [pid, status] of saved.reaped) shell.reaped.set(pid, status);
  for (const name of saved.readonlyFunctions) shell.readonlyFunctions.add(name);
  for (const [name, spec] of saved.completions) shell.completions.set(name, spec);
  shell.readline.load(saved.readline);
  for (const name of saved.disabled) shell.disabled.add(name);
  for (const fd of saved.ownFds) shell.ownFds.add(fd);
  shell.substitutionFds = [...saved.substitutionFds];
  shell.jobs.load(saved.jobs);
  shell.stack = saved.frames.map((frame) => loadFrame(frame, shell.sources)).filter((frame) => frame !== undefined);
  const at = saved.at === undefined ? undefined : shell.sources.get(saved.at.source);
  if (at !== undefined && saved.at !== undefined) shell.at = { source: at, pos: saved.at.pos };
  return saved.task;
}

/** What a subshell does not keep of its parent (POSIX 2.12): traps, jobs, being interactive. */
export function becomeSubshell(shell: Shell): void {
  shell.parentTraps = [...shell.traps];
  for (const [name, action] of [...shell.traps]) {
    const inherited =
      name === 'ERR'
        ? shell.options.has('errtrace')
        : /^(?:DEBUG|RETURN)$/.test(name) && shell.options.has('functrace');
    if (action === '' || inherited) continue;
    shell.traps.delete(name);
    if (name.startsWith('SIG')) shell.process.sigaction(name as Signal, 'default');
  }
  if (shell.interactive) releaseSignals(shell);
  shell.jobs.ofParent = shell.jobs.shown;
  shell.jobs.list = [];
  shell.stack = [];
  shell.ofPrompt ||= shell.interactive;
  shell.interactive = false;
  shell.prompt = undefined;
  shell.input = undefined;
  shell.exited = false;
  shell.randomState = 0;
  shell.steps = 0;
  shell.subshellDepth += 1;
  shell.options.delete('monitor');
  shell.unwind = undefined;
  for (const fd of shell.ownFds) shell.process.close(fd);
  shell.ownFds.clear();
}
