/** bind: readline's keys and variables, shown and changed. */
import { fileText } from '../../io.ts';
import { FUNCTIONS, applyFile, applyLine } from '../../readline/init-file.ts';
import { formatSequence, parseSequence } from '../../readline/key-sequence.ts';
import type { Binding } from '../../readline/keymap.ts';
import { EMACS } from '../../readline/keymap.ts';
import { VARIABLES } from '../../readline/variables.ts';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { fault, invalidOption, print } from './message.ts';

const KEYMAPS = new Set(['emacs', 'emacs-standard', 'emacs-meta', 'emacs-ctlx']);

export const bind: Builtin = function* (shell, args) {
  if (!shell.options.has('emacs') && !shell.options.has('vi'))
    yield* shell.complain('bind: warning: line editing not enabled');
  let status = 0;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (!/^-./.test(arg)) {
      const problem = applyLine(shell.readline, arg);
      if (problem !== undefined) yield* shell.write(2, `readline: ${problem}\n`);
      continue;
    }
    for (const letter of arg.slice(1)) {
      if ('lpPsSvVX'.includes(letter)) status = yield* print(shell, 'bind', listing(shell, letter));
      else if ('mfqurx'.includes(letter)) {
        at += 1;
        const value = args[at];
        if (value === undefined) return yield* fault(shell, `bind: -${letter}: option requires an argument`, 2);
        status = yield* change(shell, letter, value);
      } else return yield* invalidOption(shell, 'bind', `-${letter}`);
    }
  }
  return status;
};

const lines = (rows: readonly string[]): string => rows.map((row) => `${row}\n`).join('');

function listing(shell: Shell, letter: string): string {
  const own = [...shell.readline.bindings].flatMap(([keys, binding]) =>
    binding === undefined ? [] : [[keys, binding] as const],
  );
  const value = (name: string): string => shell.readline.variables.get(name) ?? VARIABLES.get(name) ?? '';
  switch (letter) {
    case 'l':
      return lines(FUNCTIONS);
    case 'v':
      return lines([...VARIABLES.keys()].map((name) => `set ${name} ${value(name)}`));
    case 'V':
      return lines([...VARIABLES.keys()].map((name) => `${name} is set to \`${value(name)}'`));
    case 's':
    case 'S':
      return lines(
        own.flatMap(([keys, binding]) => {
          if (binding.type !== 'macro') return [];
          const [from, to] = [formatSequence(keys), formatSequence(binding.keys)];
          return [letter === 's' ? `"${from}": "${to}"` : `${from} outputs ${to}`];
        }),
      );
    case 'X':
      return lines(
        own.flatMap(([keys, binding]) =>
          binding.type === 'command' ? [`"${formatSequence(keys)}": "${binding.text}"`] : [],
        ),
      );
    default:
      return `\n${lines(FUNCTIONS.flatMap((name) => describe(shell, name, letter === 'P')))}`;
  }
}

function describe(shell: Shell, name: string, forPeople: boolean): readonly string[] {
  const keys = keysOf(shell, name).map((sequence) => `"${formatSequence(sequence)}"`);
  if (forPeople)
    return [keys.length === 0 ? `${name} is not bound to any keys` : `${name} can be found on ${keys.join(', ')}.`];
  return keys.length === 0 ? [`# ${name} (not bound)`] : keys.map((sequence) => `${sequence}: ${name}`);
}

/** Sequences that run a command of readline. */
function keysOf(shell: Shell, name: string): readonly string[] {
  const { bindings } = shell.readline;
  const isIt = (binding: Binding | undefined): boolean => binding?.type === 'function' && binding.name === name;
  return [
    ...[...EMACS].filter(([keys, bound]) => bound === name && !bindings.has(keys)).map(([keys]) => keys),
    ...[...bindings].filter(([, binding]) => isIt(binding)).map(([keys]) => keys),
  ].sort();
}

function* change(shell: Shell, letter: string, value: string): Op<number> {
  const { bindings } = shell.readline;
  switch (letter) {
    case 'm':
      if (KEYMAPS.has(value)) return 0;
      return yield* fault(
        shell,
        /^vi(?:-|$)/.test(value)
          ? `bind: drydock: the keymap '${value}' is not simulated`
          : `bind: \`${value}': invalid keymap name`,
      );
    case 'f': {
      const text = fileText(shell.process, value);
      if (text === undefined) return yield* fault(shell, `bind: ${value}: cannot read: No such file or directory`);
      for (const problem of applyFile(shell.readline, text)) yield* shell.write(2, `readline: ${value}: ${problem}\n`);
      return 0;
    }
    case 'r':
      bindings.set(parseSequence(value), undefined);
      return 0;
    case 'x': {
      const [, keys, command = ''] = /^\s*"((?:\\.|[^"\\])*)"\s*:\s*([\s\S]*)$/.exec(value) ?? [];
      if (keys === undefined) return yield* fault(shell, `bind: ${value}: first non-whitespace character is not \`"'`);
      bindings.set(parseSequence(keys), { type: 'command', text: command.replace(/^"([\s\S]*)"$/, '$1') });
      return 0;
    }
    default:
      return yield* ask(shell, letter, value);
  }
}

/** -q: which keys run a function; -u: none do any more. */
function* ask(shell: Shell, letter: string, name: string): Op<number> {
  if (!FUNCTIONS.includes(name)) return yield* fault(shell, `bind: \`${name}': unknown function name`);
  const keys = keysOf(shell, name);
  if (letter === 'u') {
    for (const sequence of keys) shell.readline.bindings.set(sequence, undefined);
    return 0;
  }
  const shown = keys.map((sequence) => `"${formatSequence(sequence)}"`).join(', ');
  yield* print(
    shell,
    'bind',
    keys.length === 0 ? `${name} is not bound to any keys.\n` : `${name} can be invoked via ${shown}.\n`,
  );
  return keys.length === 0 ? 1 : 0;
}
