/**
 * kubectl, the command line of Kubernetes.
 * Models: the commands listed in `verbs/index.ts`, each with the flags it names.
 * Leaves out: plugins; a flag or command that is known but not modelled says so.
 */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import type { Process, Program } from '../../../protocol/program.ts';
import { findCommand, helpText, readFlags, unknownCommand } from '../framework/command.ts';
import { Flags, type FlagSpec } from '../framework/flags.ts';
import { STARTUP_US } from '../framework/startup.ts';
import { Io } from '../../io.ts';
import { Context } from './context.ts';
import { Fatal } from './fatal.ts';
import { GET_FLAGS } from './get-flags.generated.ts';
import { commandTree, type CommandTree } from './tree.ts';
import type { Verb } from './verb.ts';
import { get } from './verbs/get.ts';

/** Commands that come with the program; the others load when one of them is first named. */
const FIRST_COMMANDS = commandTree(GET_FLAGS, [get]);

/** Global flags that are honoured. */
export const MODELLED_GLOBALS = new Set([
  'kubeconfig',
  'context',
  'cluster',
  'user',
  'namespace',
  'server',
  'token',
  'certificate-authority',
  'insecure-skip-tls-verify',
  'tls-server-name',
  'as',
  'as-group',
  'request-timeout',
  'cache-dir',
  'v',
  'warnings-as-errors',
  'match-server-version',
  'disable-compression',
]);

/** A group without a command is a mistake, told with the help; to these it is less of one. */
const BARE_GROUPS: Readonly<Record<string, { readonly code: number }>> = {
  'kubectl rollout': { code: 1 },
  'kubectl certificate': { code: 0 },
};

/** From this verbosity on the real tool logs its requests. */
const LOGGED_VERBOSITY = 6;

export const kubectl: Program = {
  name: 'kubectl',
  memoryBytes: 45 * 1024 * 1024,
  run: async (process) => {
    await process.cpu(STARTUP_US.kubectl);
    return await execute(process, (verb, context) => verb.run(context));
  },
  resume: (process, state) =>
    execute(process, (verb, context) => {
      if (verb.resume === undefined) return verb.run(context);
      // The kubeconfig was read before the checkpoint, so it must not be paid for again after it.
      context.connect();
      return verb.resume(context, state);
    }),
};

async function execute(process: Process, work: (verb: Verb, context: Context) => Promise<number>): Promise<number> {
  const io = new Io(process, 'kubectl');
  let context: Context | undefined;
  try {
    if (process.argv[1] === '__complete') {
      const { complete } = await process.hold(import('./complete.ts'));
      return await io.end(await complete(process, io));
    }
    const prepared = prepare(await commandsFor(process), process, io);
    if (typeof prepared === 'number') return await io.end(prepared);
    context = prepared.context;
    const code = await work(prepared.verb, context);
    await context.flushWarnings();
    checkWarnings(context);
    return await io.end(code);
  } catch (problem) {
    if (!(problem instanceof Fatal)) throw problem;
    await context?.flushWarnings();
    await io.flush();
    if (problem.text !== '')
      await process.write(2, encodeUtf8(problem.text.endsWith('\n') ? problem.text : `${problem.text}\n`));
    return problem.code;
  } finally {
    context?.close();
  }
}

/** A tree in which the command of a line is. */
async function commandsFor(process: Process): Promise<CommandTree> {
  const { root, globals } = FIRST_COMMANDS;
  const { command } = findCommand(root, process.argv.slice(1), globals);
  return command.run === undefined ? (await process.hold(import('./all-commands.ts'))).ALL_COMMANDS : FIRST_COMMANDS;
}

/** With --warnings-as-errors a warning of the server is a failure. */
function checkWarnings(context: Context): void {
  const { warnings } = context;
  if (!context.flags.bool('warnings-as-errors') || warnings === 0) return;
  throw new Fatal(`error: ${String(warnings)} warning${warnings === 1 ? '' : 's'} received`);
}

/** Finds the verb and reads its flags; a number is the exit code where that was all. */
function prepare(
  { root, globals }: CommandTree,
  process: Process,
  io: Io,
): { readonly verb: Verb; readonly context: Context } | number {
  const found = findCommand(root, process.argv.slice(1), globals);
  const { command, path } = found;
  const flags = readFlags(found, globals);
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
      const bare = path.length === 1 ? { code: 0 } : BARE_GROUPS[name];
      if (bare === undefined) throw new Fatal(helpText(found));
      io.out(helpText(found));
      return bare.code;
    }
    if (path.length === 1) throw new Fatal(`error: ${unknownCommand(root, path, word)}`);
    throw new Fatal(
      `error: unknown command ${JSON.stringify(flags.args.join(' '))}\nSee '${name} -h' for help and examples`,
    );
  }
  checkModelled(command.run, command.flags ?? [], flags, name);
  if (flags.int('v') >= LOGGED_VERBOSITY)
    throw new Fatal(`drydock: '${name} --v=${flags.string('v')}' is not simulated`);
  const missing = (command.run.required ?? []).filter((flag) => !flags.changed(flag));
  if (missing.length > 0)
    throw new Fatal(`error: required flag(s) ${missing.map((flag) => JSON.stringify(flag)).join(', ')} not set`);
  const own = new Set((command.flags ?? []).map((spec) => spec.name));
  return { verb: command.run, context: new Context(process, io, flags, path, own) };
}

function checkModelled(verb: Verb, own: readonly FlagSpec[], flags: Flags, name: string): void {
  for (const flag of flags.given()) {
    const isOwn = own.some((spec) => spec.name === flag);
    const isModelled = isOwn ? verb.flags.includes(flag) : MODELLED_GLOBALS.has(flag);
    if (!isModelled) throw new Fatal(`drydock: '${name} --${flag}' is not simulated`);
  }
}
