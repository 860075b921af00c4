/** What `bind -p`, its like, and the dump-… commands print. */
import { EMACS } from './emacs-keymap.ts';
import { FUNCTIONS } from './functions.ts';
import type { LineEditor } from './init-file.ts';
import { variableValue } from './init-file.ts';
import { formatSequence } from './key-sequence.ts';
import type { Binding, Defaults, KeymapName } from './keymap.ts';
import { sameCommand } from './keymap.ts';
import { KEYMAPS } from './settings.ts';
import { VARIABLES } from './variables.ts';
import { VI_COMMAND_KEYS, VI_INSERT_KEYS } from './vi/keymaps.ts';

const lines = (rows: readonly string[]): string => rows.map((row) => `${row}\n`).join('');

/** Characters that are put in as they are; a byte of a longer one is shown as a number. */
const range = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => String.fromCharCode(from + at));
const PRINTABLE = [...range(0x20, 0x7e), ...range(0x80, 0xff)];
const BESIDE: Readonly<Record<KeymapName, readonly (readonly [string, readonly string[]])[]>> = {
  emacs: [
    ['self-insert', PRINTABLE],
    ['bracketed-paste-begin', ['\x1b[200~']],
  ],
  'vi-insert': [
    ['self-insert', [...'\x01\x02\x03\x05\x06\x07\x0b\x0c\x0f\x11\x18\x1a\x1c\x1d\x1e', ...PRINTABLE]],
    ['bracketed-paste-begin', ['\x1b[200~']],
    ['vi-movement-mode', ['\x1b\0']],
  ],
  'vi-command': [],
};
const DEFAULTS: Readonly<Record<KeymapName, Defaults>> = {
  emacs: EMACS,
  'vi-insert': VI_INSERT_KEYS,
  'vi-command': VI_COMMAND_KEYS,
};

/** Everything that is bound in a keymap, in the order of its sequences, which begin behind the keymap's prefix. */
function bound(editor: LineEditor, keymap: string): readonly (readonly [string, Binding])[] {
  const { name, prefix } = KEYMAPS.get(keymap) ?? { name: 'emacs', prefix: '' };
  const own = editor.settings.keymaps[name];
  const named = (binding: string): Binding => ({ type: 'function', name: binding });
  const all = new Map<string, Binding | undefined>([
    ...BESIDE[name].flatMap(([binding, keys]) => keys.map((key) => [key, named(binding)] as const)),
    ...[...DEFAULTS[name]].map(([keys, binding]) => [keys, named(binding)] as const),
    ...own,
  ]);
  return [...all]
    .flatMap(([keys, binding]) =>
      binding !== undefined && keys.startsWith(prefix) && keys !== prefix
        ? [[keys.slice(prefix.length), binding] as const]
        : [],
    )
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Sequences that run a command, as they are written. */
export const keysOf = (editor: LineEditor, keymap: string, name: string): readonly string[] =>
  bound(editor, keymap).flatMap(([keys, binding]) =>
    binding.type === 'function' && sameCommand(binding.name) === sameCommand(name) ? [keys] : [],
  );

const quoted = (sequence: string): string => `"${formatSequence(sequence)}"`;
const SHOWN = 5;
/** At most five of them. */
export const someKeys = (sequences: readonly string[]): string =>
  [...sequences.slice(0, SHOWN).map(quoted), ...(sequences.length > SHOWN ? ['...'] : [])].join(', ');

/** Functions with their keys: as a file has them, or for people. */
export function functionList(editor: LineEditor, keymap: string, forFile: boolean): string {
  return `\n${lines(
    FUNCTIONS.flatMap((name) => {
      const keys = keysOf(editor, keymap, name);
      if (forFile)
        return keys.length === 0 ? [`# ${name} (not bound)`] : keys.map((each) => `${quoted(each)}: ${name}`);
      return [
        keys.length === 0
          ? `${name} is not bound to any keys`
          : `${name} can be found on ${someKeys(keys)}${keys.length > SHOWN ? '' : '.'}`,
      ];
    }),
  )}`;
}

export const macroList = (editor: LineEditor, keymap: string, forFile: boolean): string =>
  lines(
    bound(editor, keymap).flatMap(([keys, binding]) => {
      if (binding.type !== 'macro') return [];
      const [from, to] = [formatSequence(keys), formatSequence(binding.keys)];
      return [forFile ? `"${from}": "${to}"` : `${from} outputs ${to}`];
    }),
  );

/** Commands of the shell that keys are bound to. */
export const commandList = (editor: LineEditor, keymap: string): string =>
  lines(
    bound(editor, keymap).flatMap(([keys, binding]) =>
      binding.type === 'command' ? [`${quoted(keys)}: "${binding.text}"`] : [],
    ),
  );

export const variableList = (editor: LineEditor, forFile: boolean): string =>
  lines(
    [...VARIABLES.keys()].map((name) => {
      const value = variableValue(editor, name) ?? '';
      return forFile ? `set ${name} ${value}` : `${name} is set to \`${value}'`;
    }),
  );
