/**
 * Completion: Cobra's `__complete` protocol, candidates one to a line and a directive.
 * Models: commands, flags, resource types, names of objects, TYPE/NAME, namespaces, containers of a pod.
 */
import type { Process } from '../../../protocol/program.ts';
import { completeCommand, findCommand } from '../framework/command.ts';
import { Flags, parseFlags } from '../framework/flags.ts';
import type { Io } from '../../io.ts';
import { ALL_COMMANDS } from './all-commands.ts';
import { Context } from './context.ts';
import { resourcePath } from './discovery.ts';
import { Fatal } from './fatal.ts';
import { nameOf, objectsAt, textAt } from './fields.ts';
import { podPath } from './pods.ts';

const { root: KUBECTL, globals: KUBECTL_GLOBALS } = ALL_COMMANDS;

/** Directives of Cobra: no file names, or the default of the shell. */
const NO_FILES = ':4';
const FILES = ':0';

/** Verbs whose arguments are a pod, or TYPE/NAME. */
const POD_VERBS = new Set(['logs', 'exec', 'attach', 'port-forward']);
const NODE_VERBS = new Set(['cordon', 'uncordon', 'drain']);
const TYPE_VERBS = new Set([
  'get',
  'describe',
  'delete',
  'edit',
  'label',
  'annotate',
  'patch',
  'wait',
  'expose',
  'scale',
  'autoscale',
  'explain',
  'rollout',
  'set',
]);

export async function complete(process: Process, io: Io): Promise<number> {
  const words = process.argv.slice(2);
  const last = words.at(-1) ?? '';
  const known = completeCommand(KUBECTL, words, KUBECTL_GLOBALS);
  let candidates: readonly string[] | 'files' = known ?? [];
  if (known === undefined || (known.length === 0 && !last.startsWith('-')))
    candidates = await fromServer(process, io, words);
  if (candidates === 'files') {
    io.line(FILES);
    return 0;
  }
  for (const candidate of [...new Set(candidates)].filter((item) => item.startsWith(last))) io.line(candidate);
  io.line(NO_FILES);
  return 0;
}

async function fromServer(process: Process, io: Io, words: readonly string[]): Promise<readonly string[] | 'files'> {
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  const found = findCommand(KUBECTL, words.slice(0, -1), KUBECTL_GLOBALS);
  const flags = parseFlags(
    [...(found.command.flags ?? []), ...KUBECTL_GLOBALS],
    found.rest.filter((word) => word !== before || !before.startsWith('-')),
  );
  if (!(flags instanceof Flags)) return [];
  const context = new Context(process, io, flags, found.path);
  try {
    if (before === '-f' || before === '--filename') return 'files';
    if (before === '-n' || before === '--namespace') return await names(context, 'namespaces');
    if (before === '-c' || before === '--container') return await containers(context);
    if (before === '-o' || before === '--output')
      return ['json', 'yaml', 'name', 'wide', 'jsonpath=', 'custom-columns=', 'go-template='];
    return await argument(context, found.path.slice(1), last);
  } catch (problem) {
    if (problem instanceof Fatal) return [];
    throw problem;
  } finally {
    context.close();
  }
}

async function argument(context: Context, path: readonly string[], last: string): Promise<readonly string[] | 'files'> {
  const [verb = '', second] = path;
  const { args } = context.flags;
  if (NODE_VERBS.has(verb)) return names(context, 'nodes');
  if (verb === 'config' && (second === 'use-context' || second === 'delete-context'))
    return context.config.contexts.map(({ name }) => name);
  if (POD_VERBS.has(verb) && !last.includes('/')) return args.length === 0 ? names(context, 'pods') : [];
  const isTaint = verb === 'taint';
  if (!TYPE_VERBS.has(verb) && !POD_VERBS.has(verb) && !isTaint) return 'files';
  const slash = last.indexOf('/');
  if (slash >= 0) return (await names(context, last.slice(0, slash))).map((name) => last.slice(0, slash + 1) + name);
  const [type] = args;
  if (type === undefined)
    return (await context.discovery.all())
      .filter((item) => item.preferred && item.verbs.includes('get'))
      .map((item) => item.plural);
  if (type.includes('/') || verb === 'explain') return [];
  const taken = new Set(args.slice(1));
  return (await names(context, type)).filter((name) => !taken.has(name));
}

async function names(context: Context, word: string): Promise<string[]> {
  const type = await context.discovery.find(word);
  const list = await context.api.get(resourcePath(type, type.namespaced ? context.namespace : ''), { limit: 500 });
  return objectsAt(list, 'items').map(nameOf);
}

async function containers(context: Context): Promise<string[]> {
  const [pod] = context.flags.args;
  if (pod === undefined) return [];
  const object = await context.api.get(podPath(context.namespace, pod.replace(/^pods?\//, '')));
  return objectsAt(object, 'spec', 'containers').map((container) => textAt(container, 'name'));
}
