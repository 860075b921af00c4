/**
 * Lines of ~/.inputrc, as `bind` takes them too.
 * Models: `set NAME VALUE`, `"keys": function`, `"keys": "macro"`, key names (`Control-a`, `Meta-b`), every keymap, $if mode, term, version, application and variable, $else, $endif, $include.
 */
import { FUNCTIONS } from './functions.ts';
import { parseSequence } from './key-sequence.ts';
import type { Binding } from './keymap.ts';
import type { ReadlineSettings } from './settings.ts';
import { KEYMAPS } from './settings.ts';
import { FOLLOWED, VARIABLES } from './variables.ts';

/** What lines of settings change: those of the editor, and the mode of the shell that has it. */
export interface LineEditor {
  readonly settings: ReadlineSettings;
  mode: 'emacs' | 'vi';
  /** The terminal's name. */
  readonly term: string;
  /** A file's text, for $include. */
  readonly read: (path: string) => string | undefined;
}

/** The keymap that lines change where none is named. */
export const currentKeymap = ({ settings, mode }: LineEditor): string =>
  settings.variables.get('keymap') ?? (mode === 'vi' ? 'vi-insert' : 'emacs');

/** The value of a variable; undefined where there is none of that name. */
export function variableValue(editor: LineEditor, name: string): string | undefined {
  if (name === 'editing-mode') return editor.mode;
  if (name === 'keymap') return currentKeymap(editor);
  return editor.settings.variables.get(name) ?? VARIABLES.get(name);
}

/** Carries out one line in a keymap; what is wrong with it, if something is. */
export function applyLine(editor: LineEditor, line: string, keymap = currentKeymap(editor)): string | undefined {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return undefined;
  const [, name, value = ''] = /^set\s+(\S+)\s*(.*)$/i.exec(text) ?? [];
  if (name !== undefined) return setVariable(editor, name.toLowerCase(), value.trim());
  if (/^"(?:\\.|[^"\\])*$/.test(text)) return `${text}: no closing \`"' in key binding`;
  const [, quoted, named, target = ''] = /^(?:"((?:\\.|[^"\\])*)"|([^"\s:]+))\s*:\s*(.*)$/.exec(text) ?? [];
  if (quoted === undefined && named === undefined) return `${text}: no key sequence terminator`;
  const sequence = quoted === undefined ? namedKey(named ?? '') : parseSequence(quoted);
  // As readline has it, a function that is not known unbinds the key.
  bindKeys(editor.settings, keymap, sequence, readBinding(target));
  return undefined;
}

export function bindKeys(
  settings: ReadlineSettings,
  keymap: string,
  sequence: string,
  binding: Binding | undefined,
): void {
  const place = KEYMAPS.get(keymap);
  if (place !== undefined) settings.keymaps[place.name].set(place.prefix + sequence, binding);
}

function readBinding(target: string): Binding | undefined {
  const macro = /^(["'])((?:\\.|(?!\1)[^\\])*)\1/.exec(target);
  if (macro !== null) return { type: 'macro', keys: parseSequence(macro[2] ?? '') };
  const word = target.split(/\s/)[0]?.toLowerCase() ?? '';
  const name = FUNCTIONS.find((each) => each.toLowerCase() === word);
  return name === undefined ? undefined : { type: 'function', name };
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  del: '\x7f',
  rubout: '\x7f',
  esc: '\x1b',
  escape: '\x1b',
  lfd: '\n',
  newline: '\n',
  ret: '\r',
  return: '\r',
  spc: ' ',
  space: ' ',
  tab: '\t',
};

/** `Control-x`, `C-x`, `Meta-Rubout`, `TAB`. */
function namedKey(text: string): string {
  const [, mods = '', key = ''] = /^((?:(?:control|ctrl|c|meta|m)-)*)(.+)$/i.exec(text) ?? [];
  const char = KEY_NAMES[key.toLowerCase()] ?? key.charAt(0);
  const held = /(?:^|-)(?:control|ctrl|c)-/i.test(mods) ? parseSequence(`\\C-${char}`) : char;
  const isMeta = /(?:^|-)(?:meta|m)-/i.test(mods);
  return isMeta ? String.fromCharCode(held.charCodeAt(0) | 0x80) : held;
}

/** Values that some variables alone take. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  'bell-style': ['none', 'off', 'visible', 'audible', 'on'],
  'editing-mode': ['emacs', 'vi'],
  keymap: [...KEYMAPS.keys()],
};

function setVariable(editor: LineEditor, name: string, value: string): string | undefined {
  const before = VARIABLES.get(name);
  if (before === undefined) return `${name}: unknown variable name`;
  const choices = CHOICES[name];
  if (choices !== undefined && !choices.includes(value)) return `${name}: could not set value to \`${value}'`;
  const plain = valueLike(before, value);
  const next = name.endsWith('-mode-string') ? parseSequence(plain) : plain;
  const { variables } = editor.settings;
  if (name === 'editing-mode') {
    editor.mode = next === 'vi' ? 'vi' : 'emacs';
    variables.delete('keymap');
  } else if (!FOLLOWED.has(name) && next !== before) return `drydock: 'set ${name} ${value}' is not simulated`;
  else variables.set(name, next);
  return undefined;
}

/** A value as the variable keeps it: on or off, a number, or text perhaps in quotes. */
function valueLike(before: string, value: string): string {
  if (/^(?:on|off)$/.test(before)) return /^(?:on|1|)$/i.test(value) ? 'on' : 'off';
  if (/^-?\d+$/.test(before)) return String(Number.parseInt(value, 10) || 0);
  return /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value;
}

const DEEPEST_INCLUDE = 10;

/** Carries out a whole file; what is wrong, by line. */
export function applyFile(editor: LineEditor, text: string, depth = 0): readonly string[] {
  const problems: string[] = [];
  const conditions: boolean[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const [, word, test = ''] = /^\s*\$(\w+)\s*(.*)$/.exec(line) ?? [];
    const complain = (problem: string | undefined): void => {
      if (problem !== undefined) problems.push(`line ${String(at + 1)}: ${problem}`);
    };
    if (word === 'if') conditions.push(holds(editor, test.trim()));
    else if (word === 'else') {
      if (conditions.length === 0) complain('$else found without matching $if');
      else conditions.push(!(conditions.pop() ?? true));
    } else if (word === 'endif') {
      if (conditions.pop() === undefined) complain('$endif without matching $if');
    } else if (!conditions.every(Boolean)) continue;
    else if (word === 'include') {
      const included = depth < DEEPEST_INCLUDE ? editor.read(test.trim()) : undefined;
      if (included !== undefined) problems.push(...applyFile(editor, included, depth + 1));
    } else complain(word === undefined ? applyLine(editor, line) : `${word}: unknown parser directive`);
  }
  return problems;
}

/** The version that bash 5.2 has. */
const VERSION = 8.2;

function holds(editor: LineEditor, test: string): boolean {
  const [, name = test, operator = '', value = ''] = /^(\S+?)\s*(==|=|!=|<=|>=|<|>)\s*(\S*)$/.exec(test) ?? [];
  if (name === 'mode') return value === editor.mode;
  if (name === 'term') return editor.term === value || editor.term.split('-')[0] === value;
  if (name === 'version') return compare(VERSION, operator, Number.parseFloat(value));
  if (operator === '') return /^bash$/i.test(test);
  const held = variableValue(editor, name.toLowerCase());
  return held !== undefined && (held === value) === (operator !== '!=');
}

function compare(own: number, operator: string, other: number): boolean {
  switch (operator) {
    case '<':
      return own < other;
    case '>':
      return own > other;
    case '<=':
      return own <= other;
    case '>=':
      return own >= other;
    case '!=':
      return own !== other;
    default:
      return own === other;
  }
}
