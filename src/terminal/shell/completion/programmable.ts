/**
 * Programmable completion: what `complete` has defined for a command, and the words it gives.
 * Models: -F, -W, actions, -o default/bashdefault/filenames/dirnames/nospace/nosort, -P, -S, -D, -E; COMP_WORDS, COMP_CWORD, COMP_LINE, COMP_POINT, COMPREPLY.
 * Leaves out: -C, -G, -X, COMP_WORDBREAKS beyond blanks.
 */
import { KEYWORDS } from '../keywords.ts';
import { failed } from '../../../protocol/errno.ts';
import { fileText } from '../../io.ts';
import { runMachine } from '../machine.ts';
import type { Op } from '../op.ts';
import { quoteForReuse } from '../quote.ts';
import type { CompletionSpec } from './interface.ts';
import type { Shell } from '../shell.ts';
import { pushSource } from '../push-source.ts';
import { expandText } from '../expand/word.ts';

export interface ProgrammedWords {
  readonly words: readonly string[];
  readonly options: ReadonlySet<string>;
}

/** The words that a definition gives for the last of `words`. */
export function* programmedWords(
  shell: Shell,
  spec: CompletionSpec,
  words: readonly string[],
  line: string,
): Op<ProgrammedWords> {
  const word = words.at(-1) ?? '';
  const found = actionWords(shell, spec.actions, word);
  if (spec.words !== undefined) {
    const text = yield* expandText(shell, spec.words);
    found.push(...text.split(/\s+/).filter((each) => each !== '' && each.startsWith(word)));
  }
  let options = new Set(spec.options);
  if (spec.run !== undefined) {
    shell.completing = options;
    found.push(...(yield* callFunction(shell, spec.run, words, line)));
    options = shell.completing;
    shell.completing = undefined;
  }
  const decorated = found.map((each) => spec.prefix + each + spec.suffix);
  return { words: options.has('nosort') ? [...new Set(decorated)] : [...new Set(decorated)].sort(), options };
}

function* callFunction(shell: Shell, name: string, words: readonly string[], line: string): Op<readonly string[]> {
  if (!shell.functions.has(name)) return [];
  const { status, pipeStatus, unwind, at, lastArgument } = shell;
  setArray(shell, 'COMP_WORDS', words);
  shell.assign('COMP_CWORD', String(words.length - 1));
  shell.assign('COMP_LINE', line);
  shell.assign('COMP_POINT', String(line.length));
  shell.assign('COMP_TYPE', '9');
  shell.assign('COMP_KEY', '9');
  setArray(shell, 'COMPREPLY', []);
  const outer = shell.stack;
  shell.stack = [];
  pushSource(
    shell,
    shell.addSource([name, words[0] ?? '', words.at(-1) ?? '', words.at(-2) ?? ''].map(quoteForReuse).join(' ')),
    true,
  );
  yield* runMachine(shell);
  shell.stack = outer;
  Object.assign(shell, { status, pipeStatus, unwind, at, lastArgument });
  const reply = shell.vars.find('COMPREPLY');
  const found =
    reply?.indexed === undefined
      ? reply?.value === undefined
        ? []
        : [reply.value]
      : [...reply.indexed].sort(([a], [b]) => a - b).map(([, value]) => value);
  for (const variable of ['COMP_WORDS', 'COMP_CWORD', 'COMP_LINE', 'COMP_POINT', 'COMP_TYPE', 'COMP_KEY', 'COMPREPLY'])
    shell.vars.unset(variable);
  return found;
}

function setArray(shell: Shell, name: string, values: readonly string[]): void {
  shell.vars.unset(name);
  const variable = shell.vars.ensure(name);
  shell.toIndexed(variable);
  values.forEach((value, at) => variable.indexed?.set(at, value));
}

export const ACTIONS: ReadonlySet<string> = new Set([
  'alias',
  'arrayvar',
  'builtin',
  'command',
  'directory',
  'enabled',
  'export',
  'file',
  'function',
  'group',
  'hostname',
  'job',
  'keyword',
  'running',
  'setopt',
  'shopt',
  'signal',
  'stopped',
  'user',
  'variable',
]);

/** Words of the named actions that begin with `prefix`. */
export function actionWords(shell: Shell, actions: readonly string[], prefix: string): string[] {
  return actions.flatMap((action) => wordsOf(shell, action, prefix).filter((word) => word.startsWith(prefix)));
}

function wordsOf(shell: Shell, action: string, prefix: string): readonly string[] {
  const { vars } = shell;
  switch (action) {
    case 'alias':
      return [...shell.aliases.keys()].sort();
    case 'arrayvar':
      return vars
        .names()
        .filter((name) => vars.find(name)?.indexed !== undefined || vars.find(name)?.associative !== undefined);
    case 'builtin':
    case 'enabled':
      return [...shell.builtins.keys()].filter((name) => action === 'builtin' || !shell.disabled.has(name)).sort();
    case 'command':
      return commandNames(shell);
    case 'export':
      return vars.names().filter((name) => vars.find(name)?.exported === true);
    case 'file':
      return pathsOf(shell, prefix, false);
    case 'directory':
      return pathsOf(shell, prefix, true);
    case 'function':
      return [...shell.functions.keys()].sort();
    case 'group':
      return fieldsOf(shell, '/etc/group');
    case 'user':
      return fieldsOf(shell, '/etc/passwd');
    case 'hostname':
      return hostNames(shell);
    case 'keyword':
      return KEYWORDS;
    case 'setopt':
      return [...shell.options].sort();
    case 'shopt':
      return [...shell.shopts].sort();
    case 'variable':
      return vars.names();
    default:
      return [];
  }
}

const fieldsOf = (shell: Shell, path: string): readonly string[] =>
  (fileText(shell.process, path) ?? '')
    .split('\n')
    .map((line) => line.split(':')[0] ?? '')
    .filter((name) => name !== '');

/** Names that can stand where a command does. */
export function commandNames(shell: Shell): string[] {
  const names = [
    ...shell.builtins.keys(),
    ...shell.functions.keys(),
    ...shell.aliases.keys(),
    ...KEYWORDS.filter((word) => /^[a-z]/.test(word)),
  ];
  for (const directory of (shell.vars.get('PATH') ?? '').split(':')) {
    const entries = shell.process.readdir(directory);
    if (!failed(entries)) names.push(...entries.filter(({ type }) => type !== 'directory').map(({ name }) => name));
  }
  return names;
}

/** Names of /etc/hosts, and of the hosts that ssh has been told of or has met. */
export function hostNames(shell: Shell): string[] {
  const home = shell.vars.get('HOME') ?? '';
  const lines = (path: string): readonly string[] => (fileText(shell.process, path) ?? '').split('\n');
  const hosts = lines('/etc/hosts').flatMap((line) => line.replace(/#.*/, '').trim().split(/\s+/).slice(1));
  const known = [`${home}/.ssh/known_hosts`, '/etc/ssh/ssh_known_hosts']
    .flatMap(lines)
    .filter((line) => !/^[#|@]/.test(line))
    .flatMap((line) => (line.split(' ')[0] ?? '').split(','))
    .map((name) => name.replace(/^\[(.*)\]:\d+$/, '$1'));
  const configured = lines(`${home}/.ssh/config`).flatMap(
    (line) =>
      /^\s*Host\s+(.*)$/i
        .exec(line)?.[1]
        ?.split(/\s+/)
        .filter((name) => !/[*?!]/.test(name)) ?? [],
  );
  return [...new Set([...hosts, ...known, ...configured])].filter((name) => name !== '').sort();
}

function pathsOf(shell: Shell, prefix: string, directoriesOnly: boolean): readonly string[] {
  const slash = prefix.lastIndexOf('/');
  const shown = prefix.slice(0, slash + 1);
  const entries = shell.process.readdir(shown === '' ? '.' : shown.replace(/^~(?=\/)/, shell.vars.get('HOME') ?? '~'));
  if (failed(entries)) return [];
  return entries
    .filter(
      ({ name, type }) =>
        (!directoriesOnly || type === 'directory') &&
        (!name.startsWith('.') || prefix.slice(slash + 1).startsWith('.')),
    )
    .map(({ name }) => shown + name)
    .sort();
}
