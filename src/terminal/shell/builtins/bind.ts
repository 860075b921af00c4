/** bind: readline's keys and variables, shown and changed. */
import { fileText } from '../../io.ts';
import { FUNCTIONS } from '../../readline/functions.ts';
import type { LineEditor } from '../../readline/init-file.ts';
import { applyFile, applyLine, bindKeys, currentKeymap } from '../../readline/init-file.ts';
import { parseSequence } from '../../readline/key-sequence.ts';
import { commandList, functionList, keysOf, macroList, someKeys, variableList } from '../../readline/listing.ts';
import { KEYMAPS } from '../../readline/settings.ts';
import type { Op } from '../machine/op.ts';
import { lineEditor } from '../prompt/inputrc.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { fault, invalidOption, print, usage } from './message.ts';

/** What the options ask for: every letter takes effect once, in bash's order. */
interface Request {
  readonly letters: Set<string>;
  readonly values: Map<string, string>;
  readonly commands: string[];
  readonly lines: readonly string[];
}

export const bind: Builtin = function* (shell, args) {
  if (!shell.options.has('emacs') && !shell.options.has('vi'))
    yield* shell.complain('bind: warning: line editing not enabled');
  const request = yield* readArguments(shell, args);
  if (typeof request === 'number') return request;
  const editor = lineEditor(shell);
  const keymap = request.values.get('m') ?? currentKeymap(editor);
  if (!KEYMAPS.has(keymap)) return yield* fault(shell, `bind: \`${keymap}': invalid keymap name`);
  for (const letter of ['l', 'p', 'P', 's', 'S', 'v', 'V', 'X']) {
    if (!request.letters.has(letter)) continue;
    const status = yield* print(shell, 'bind', listing(editor, keymap, letter));
    if (status !== 0) return status;
  }
  let status = 0;
  for (const letter of ['f', 'q', 'u', 'r']) {
    const value = request.values.get(letter);
    if (value !== undefined) status = yield* change(shell, editor, keymap, letter, value);
  }
  for (const command of request.commands) status = yield* bindCommand(shell, editor, keymap, command);
  for (const line of request.lines) {
    const problem = applyLine(editor, line, keymap);
    if (problem !== undefined) yield* shell.write(2, `readline: ${problem}\n`);
  }
  return status;
};

function* readArguments(shell: Shell, args: readonly string[]): Op<Request | number> {
  const [letters, values, commands] = [new Set<string>(), new Map<string, string>(), [] as string[]];
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--' || !/^-./.test(arg)) break;
    for (let place = 1; place < arg.length; place += 1) {
      const letter = arg.charAt(place);
      if ('lpPsSvVX'.includes(letter)) letters.add(letter);
      else if ('mfqurx'.includes(letter)) {
        const attached = arg.slice(place + 1);
        if (attached === '') at += 1;
        const value = attached === '' ? args[at] : attached;
        if (value === undefined) {
          yield* shell.complain(`bind: -${letter}: option requires an argument`);
          return yield* usage(shell, 'bind');
        }
        if (letter === 'x') commands.push(value);
        else values.set(letter, value);
        break;
      } else return yield* invalidOption(shell, 'bind', `-${letter}`);
    }
  }
  if (args[at] === '--') at += 1;
  return { letters, values, commands, lines: args.slice(at) };
}

function listing(editor: LineEditor, keymap: string, letter: string): string {
  switch (letter) {
    case 'l':
      return FUNCTIONS.map((name) => `${name}\n`).join('');
    case 'v':
    case 'V':
      return variableList(editor, letter === 'v');
    case 's':
    case 'S':
      return macroList(editor, keymap, letter === 's');
    case 'X':
      return commandList(editor, keymap);
    default:
      return functionList(editor, keymap, letter === 'p');
  }
}

function* change(shell: Shell, editor: LineEditor, keymap: string, letter: string, value: string): Op<number> {
  if (letter === 'r') {
    bindKeys(editor.settings, keymap, parseSequence(value), undefined);
    return 0;
  }
  if (letter === 'f') {
    const text = fileText(shell.process, value);
    if (text === undefined) return yield* fault(shell, `bind: ${value}: cannot read: No such file or directory`);
    for (const problem of applyFile(editor, text)) yield* shell.write(2, `readline: ${value}: ${problem}\n`);
    return 0;
  }
  if (!FUNCTIONS.includes(value)) return yield* fault(shell, `bind: \`${value}': unknown function name`);
  const keys = keysOf(editor, keymap, value);
  if (letter === 'u') {
    for (const sequence of keys) bindKeys(editor.settings, keymap, sequence, undefined);
    return 0;
  }
  const shown = someKeys(keys);
  const text =
    keys.length === 0
      ? `${value} is not bound to any keys.`
      : `${value} can be invoked via ${shown}${shown.endsWith('...') ? '' : '.'}`;
  yield* print(shell, 'bind', `${text}\n`);
  return keys.length === 0 ? 1 : 0;
}

/** -x: keys that run a command of the shell. */
function* bindCommand(shell: Shell, editor: LineEditor, keymap: string, value: string): Op<number> {
  const text = value.trimStart();
  if (!text.startsWith('"')) return yield* fault(shell, `bind: ${value}: first non-whitespace character is not \`"'`);
  const [whole, keys] = /^"((?:\\.|[^"\\])*)"/.exec(text) ?? [];
  if (whole === undefined || keys === undefined) return yield* fault(shell, `bind: no closing \`"' in ${value}`);
  const [, command] = /^\s*:\s*([\s\S]*)$/.exec(text.slice(whole.length)) ?? [];
  if (command === undefined) return yield* fault(shell, `bind: ${value}: missing colon separator`);
  const binding = { type: 'command', text: command.replace(/^"([\s\S]*)"$/, '$1') } as const;
  bindKeys(editor.settings, keymap, parseSequence(keys), binding);
  return 0;
}
