/**
 * kubectl, the command line of Kubernetes.
 * Models: the commands listed in `verbs/index.ts`, each with the flags it names.
 * Leaves out: plugins, kustomize; a flag or command that is known but not modelled says so.
 */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import type { Process, Program } from '../../../protocol/program.ts';
import { findCommand, helpText, readFlags, unknownCommand, type Command } from '../framework/command.ts';
import { readFlagTable } from '../framework/flag-table.ts';
import { Flags, type FlagSpec } from '../framework/flags.ts';
import { Io } from '../../io.ts';
import { Context } from './context.ts';
import { Fatal } from './fatal.ts';
import { KUBECTL_FLAGS } from './flags.generated.ts';
import type { Verb } from './verb.ts';
import { VERBS } from './verbs/index.ts';

/** Global flags that are honoured. */
const MODELLED_GLOBALS = new Set([
  'kubeconfig', 'context', 'cluster', 'user', 'namespace', 'server', 'token', 'certificate-authority', 'insecure-skip-tls-verify',
  'tls-server-name', 'as', 'as-group', 'request-timeout', 'cache-dir', 'v', 'warnings-as-errors', 'match-server-version', 'disable-compression',
]);

const FACTS = readFlagTable(KUBECTL_FLAGS);
export const KUBECTL_GLOBALS: readonly FlagSpec[] = FACTS.get('')?.flags ?? [];

/** The tree of commands, for dispatch, help and completion. */
export const KUBECTL: Command<Verb> = build('kubectl');

function build(path: string): Command<Verb> {
  const facts = FACTS.get(path);
  const verb = VERBS.find((item) => `kubectl ${item.path}` === path);
  const children = [...FACTS.keys()].filter((other) => other.startsWith(`${path} `) && !other.slice(path.length + 1).includes(' '));
  const aliases = [...new Set([...(facts?.aliases ?? []), ...(verb?.aliases ?? [])])];
  return {
    name: path.split(' ').at(-1) ?? path,
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(facts === undefined ? {} : { use: facts.use, flags: facts.flags }),
    ...(verb === undefined ? {} : { short: verb.short, run: verb }),
    ...(verb?.examples === undefined ? {} : { examples: verb.examples }),
    ...(children.length === 0 ? {} : { commands: children.map(build).sort((a, b) => (a.name < b.name ? -1 : 1)) }),
  };
}

export const kubectl: Program = {
  name: 'kubectl',
  memoryBytes: 45 * 1024 * 1024,
  run: async (process) => {
    const io = new Io(process, 'kubectl');
    let context: Context | undefined;
    try {
      const prepared = prepare(process, io);
      if (typeof prepared === 'number') return await io.end(prepared);
      context = prepared.context;
      const code = await prepared.verb.run(context);
      await context.flushWarnings();
      return await io.end(code);
    } catch (problem) {
      if (!(problem instanceof Fatal)) throw problem;
      await context?.flushWarnings();
      await io.flush();
      if (problem.text !== '') await process.write(2, encodeUtf8(problem.text.endsWith('\n') ? problem.text : `${problem.text}\n`));
      return problem.code;
    } finally {
      context?.close();
    }
  },
};

/** Finds the verb and reads its flags; a number is the exit code where that was all. */
function prepare(process: Process, io: Io): { readonly verb: Verb; readonly context: Context } | number {
  const found = findCommand(KUBECTL, process.argv.slice(1), KUBECTL_GLOBALS);
  const { command, path } = found;
  const flags = readFlags(found, KUBECTL_GLOBALS);
  const name = path.join(' ');
  if (!(flags instanceof Flags)) {
    if (flags.type === 'error') throw new Fatal(`error: ${flags.message}\nSee '${name} --help' for usage.`);
    io.out(helpText(found));
    return 0;
  }
  const [word] = flags.args;
  if (command.run === undefined) {
    if (command.commands === undefined) throw new Fatal(`drydock: '${name}' is not simulated`);
    if (word === undefined) {
      io.out(helpText(found));
      return path.length === 1 ? 0 : 1;
    }
    if (path.length === 1) throw new Fatal(`error: ${unknownCommand(KUBECTL, path, word)}`);
    throw new Fatal(`error: unknown command ${JSON.stringify(flags.args.join(' '))}\nSee '${name} -h' for help and examples`);
  }
  checkModelled(command.run, command.flags ?? [], flags, name);
  const missing = (command.run.required ?? []).filter((flag) => !flags.changed(flag));
  if (missing.length > 0) throw new Fatal(`error: required flag(s) ${missing.map((flag) => JSON.stringify(flag)).join(', ')} not set`);
  return { verb: command.run, context: new Context(process, io, flags, path) };
}

function checkModelled(verb: Verb, own: readonly FlagSpec[], flags: Flags, name: string): void {
  for (const flag of flags.given()) {
    const isOwn = own.some((spec) => spec.name === flag);
    const isModelled = isOwn ? verb.flags.includes(flag) : MODELLED_GLOBALS.has(flag);
    if (!isModelled) throw new Fatal(`drydock: '${name} --${flag}' is not simulated`);
  }
}
