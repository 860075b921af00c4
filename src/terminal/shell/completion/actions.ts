/** The words that `compgen -A action` and `complete -A action` name. */
import { failed } from '../../../protocol/errno.ts';
import { EVERY_SIGNAL } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';
import { FUNCTIONS } from '../../readline/functions.ts';
import { OPTIONS, SHOPTS } from '../builtins/option-names.ts';
import { SYNOPSES } from '../builtins/synopsis.ts';
import { jobState } from '../jobs/jobs.ts';
import type { JobState } from '../jobs/jobs.ts';
import { KEYWORDS } from '../syntax/keywords.ts';
import type { Shell } from '../shell.ts';
import { SPECIAL_ARRAYS, SPECIAL_PARAMETERS } from '../variables/special-parameters.ts';

export const ACTIONS: ReadonlySet<string> = new Set([
  'alias',
  'arrayvar',
  'binding',
  'builtin',
  'command',
  'directory',
  'disabled',
  'enabled',
  'export',
  'file',
  'function',
  'group',
  'helptopic',
  'hostname',
  'job',
  'keyword',
  'running',
  'service',
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
      return [...new Set([...arrayNames(shell), ...SPECIAL_ARRAYS])].sort();
    case 'binding':
      return FUNCTIONS;
    case 'builtin':
    case 'disabled':
    case 'enabled':
      return [...shell.builtins.keys()]
        .filter((name) => action === 'builtin' || shell.disabled.has(name) === (action === 'disabled'))
        .sort();
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
      return hostFileNames(shell);
    case 'keyword':
      return KEYWORDS;
    case 'helptopic':
      return SYNOPSES.map(({ name }) => name);
    case 'job':
    case 'running':
    case 'stopped':
      return jobNames(shell, action === 'job' ? undefined : action);
    case 'service':
      return serviceNames(shell);
    case 'setopt':
      return OPTIONS;
    case 'shopt':
      return SHOPTS;
    case 'signal':
      // Numbers 32 and 33 are the C library's own and have bash's names.
      return [
        'EXIT',
        ...EVERY_SIGNAL.flatMap((name) => (name === 'SIGRTMIN' ? ['SIGJUNK(32)', 'SIGJUNK(33)', name] : [name])),
        'DEBUG',
        'ERR',
        'RETURN',
      ];
    case 'variable':
      return [...new Set([...vars.names(), ...SPECIAL_PARAMETERS, ...SPECIAL_ARRAYS])].sort();
    default:
      return [];
  }
}

function arrayNames({ vars }: Shell): readonly string[] {
  return vars
    .names()
    .filter((name) => vars.find(name)?.indexed !== undefined || vars.find(name)?.associative !== undefined);
}

const DEEPEST_INCLUDE = 16;

/** The first words of the jobs' commands, the newest first. */
const jobNames = ({ jobs }: Shell, state: JobState | undefined): readonly string[] =>
  jobs.shown
    .filter((job) => state === undefined || jobState(job) === state)
    .map(({ text }) => text.split(' ')[0] ?? '')
    .reverse();

const serviceNames = (shell: Shell): readonly string[] =>
  (fileText(shell.process, '/etc/services') ?? '')
    .split('\n')
    .flatMap((line) =>
      line
        .replace(/#.*/, '')
        .split(/\s+/)
        .filter((word, at) => at !== 1 && word !== ''),
    )
    .sort();

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

/**
 * The names of $HOSTFILE, or of /etc/hosts, in the file's order and as often as they stand there. As in bash, a line's first
 * word is left out only when it begins with a digit: an IPv6 address may be offered as a name. `$include` names another file.
 */
function hostFileNames(shell: Shell, path = shell.vars.get('HOSTFILE') ?? '/etc/hosts', depth = 0): string[] {
  // A file that includes itself would go on until bash has no descriptor left.
  if (depth > DEEPEST_INCLUDE) return [];
  return (fileText(shell.process, path) ?? '').split('\n').flatMap((line) => {
    const included = /^\$include[ \t]+(.*)$/.exec(line)?.[1];
    if (included !== undefined) return hostFileNames(shell, included, depth + 1);
    const words = line
      .replace(/#.*/, '')
      .split(/[ \t]+/)
      .filter((word) => word !== '');
    return /^[ \t]*[0-9]/.test(line) ? words.slice(1) : words;
  });
}

/** Names of /etc/hosts, and of the hosts that ssh has been told of or has met. */
export function hostNames(shell: Shell): string[] {
  const home = shell.vars.get('HOME') ?? '';
  const lines = (path: string): readonly string[] => (fileText(shell.process, path) ?? '').split('\n');
  const hosts = hostFileNames(shell).filter((name) => !name.includes(':'));
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
