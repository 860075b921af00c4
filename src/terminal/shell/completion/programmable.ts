/**
 * Programmable completion: what `complete` has defined for a command, and the words it gives.
 * Models: -F, -C, -W, -G, -X, actions, -o default/bashdefault/dirnames/plusdirs/filenames/nospace/nosort, -P, -S, -D, -E; COMP_WORDS, COMP_CWORD, COMP_LINE, COMP_POINT, COMPREPLY.
 * Leaves out: COMP_WORDBREAKS beyond blanks.
 */
import { expandText, expandWords } from '../expand/word.ts';
import { wordOf } from '../expand/word-of-text.ts';
import { matches } from '../expand/pattern.ts';
import { pathnames } from '../expand/glob.ts';
import type { Op } from '../machine/op.ts';
import { quoteForReuse } from '../quote.ts';
import { runNested } from '../machine/run-nested.ts';
import type { Shell } from '../shell.ts';
import { parseScript } from '../syntax/source.ts';
import { outputOfText } from '../commands/substitution.ts';
import { actionWords } from './actions.ts';
import type { CompletionSpec } from './interface.ts';

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
  if (spec.glob !== undefined) found.push(...globbed(shell, spec.glob));
  if (spec.words !== undefined)
    found.push(...(yield* wordList(shell, spec.words)).filter((each) => each.startsWith(word)));
  let options = new Set(spec.options);
  if (spec.run !== undefined || spec.command !== undefined) {
    shell.completing = options;
    found.push(...(yield* programmedBy(shell, spec, words, line)));
    options = shell.completing;
    shell.completing = undefined;
  }
  const kept = spec.filter === undefined ? found : filtered(shell, spec.filter, found, word);
  const decorated = kept.map((each) => spec.prefix + each + spec.suffix);
  if (options.has('plusdirs') || (decorated.length === 0 && options.has('dirnames')))
    decorated.push(...actionWords(shell, ['directory'], word));
  return { words: options.has('nosort') ? decorated : [...new Set(decorated)].sort(), options };
}

function globbed(shell: Shell, pattern: string): readonly string[] {
  const { shopts } = shell;
  return pathnames(shell.process, pattern, {
    extglob: shopts.has('extglob'),
    dotglob: shopts.has('dotglob'),
    globstar: shopts.has('globstar'),
    nocaseglob: shopts.has('nocaseglob'),
    skipdots: shopts.has('globskipdots'),
  });
}

/** `-W`: a text that is split as $IFS says, quotes respected, and expanded. */
function* wordList(shell: Shell, text: string): Op<readonly string[]> {
  if (shell.ifs.includes(' ')) {
    const command = parseScript(`: ${text.replaceAll('\n', ' ')}`).commands[0]?.command;
    const words = command?.type === 'Command' ? command.args : [];
    return yield* expandWords(
      shell,
      words.map((word) => (word.type === 'Word' ? word : wordOf(word.text))),
    );
  }
  const expanded = yield* expandText(shell, text);
  return expanded.split(new RegExp(`[${shell.ifs.replace(/[\\\]^-]/g, '\\$&')}]`)).filter((each) => each !== '');
}

/** `-X`: words that match are left out; those that do not, where `!` stands first. `&` is the word being completed. */
function filtered(shell: Shell, filter: string, words: readonly string[], word: string): readonly string[] {
  const negated = filter.startsWith('!');
  const pattern = (negated ? filter.slice(1) : filter).replace(/\\&|&/g, (mark) => (mark === '&' ? word : '&'));
  const options = { extglob: shell.shopts.has('extglob'), ignoreCase: shell.shopts.has('nocasematch') };
  return words.filter((each) => matches(pattern, each, options) === negated);
}

/** What a function (-F) leaves in COMPREPLY, or a command (-C) prints. */
function* programmedBy(
  shell: Shell,
  spec: CompletionSpec,
  words: readonly string[],
  line: string,
): Op<readonly string[]> {
  const told = [words[0] ?? '', words.at(-1) ?? '', words.at(-2) ?? ''].map(quoteForReuse).join(' ');
  const found: string[] = [];
  if (spec.run !== undefined) found.push(...(yield* callFunction(shell, spec.run, told, words, line)));
  if (spec.command !== undefined) {
    setVariables(shell, line);
    for (const name of VARIABLES) shell.vars.ensure(name).exported = true;
    const { status } = shell;
    const output = yield* outputOfText(shell, `${spec.command} ${told}`, 1);
    shell.status = status;
    for (const name of VARIABLES) shell.vars.unset(name);
    found.push(...output.split('\n').filter((each) => each !== ''));
  }
  return found;
}

const VARIABLES = ['COMP_LINE', 'COMP_POINT', 'COMP_TYPE', 'COMP_KEY'] as const;
function setVariables(shell: Shell, line: string): void {
  const values = [line, String(line.length), '9', '9'];
  VARIABLES.forEach((name, at) => {
    shell.assign(name, values[at] ?? '');
  });
}

function* callFunction(
  shell: Shell,
  name: string,
  told: string,
  words: readonly string[],
  line: string,
): Op<readonly string[]> {
  if (!shell.functions.has(name)) {
    yield* shell.complain(`completion: function \`${name}' not found`);
    return [];
  }
  const { status, pipeStatus, unwind, at, lastArgument } = shell;
  setArray(shell, 'COMP_WORDS', words);
  shell.assign('COMP_CWORD', String(words.length - 1));
  setVariables(shell, line);
  setArray(shell, 'COMPREPLY', []);
  yield* runNested(shell, `${name} ${told}`);
  Object.assign(shell, { status, pipeStatus, unwind, at, lastArgument });
  const reply = shell.vars.find('COMPREPLY');
  const found =
    reply?.indexed === undefined
      ? reply?.value === undefined
        ? []
        : [reply.value]
      : [...reply.indexed].sort(([a], [b]) => a - b).map(([, value]) => value);
  for (const variable of ['COMP_WORDS', 'COMP_CWORD', ...VARIABLES, 'COMPREPLY']) shell.vars.unset(variable);
  return found;
}

function setArray(shell: Shell, name: string, values: readonly string[]): void {
  shell.vars.unset(name);
  const variable = shell.vars.ensure(name);
  shell.toIndexed(variable);
  values.forEach((value, at) => variable.indexed?.set(at, value));
}
