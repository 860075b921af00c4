/**
 * Lines of ~/.inputrc, as `bind` takes them too.
 * Models: `set NAME VALUE`, `"keys": function`, `"keys": "macro"`, key names (`Control-a`, `Meta-b`), $if mode, term and application, $else, $endif.
 * Leaves out: $include, other keymaps than emacs.
 */
import { EDIT_COMMANDS } from './edit.ts';
import { parseSequence } from './key-sequence.ts';
import type { Binding } from './keymap.ts';
import { EMACS } from './keymap.ts';
import type { ReadlineSettings } from './settings.ts';
import { FOLLOWED, VARIABLES } from './variables.ts';

/** Commands that no key is bound to at first. */
const UNBOUND = [
  'emacs-editing-mode',
  'history-search-backward',
  'history-search-forward',
  'history-substring-search-backward',
  'history-substring-search-forward',
  'menu-complete',
  'self-insert',
];
export const FUNCTIONS: readonly string[] = [...new Set([...EMACS.values(), ...Object.keys(EDIT_COMMANDS), ...UNBOUND])]
  .filter((name) => name !== 'interrupt')
  .sort();

/** Carries out one line; what is wrong with it, if something is. */
export function applyLine(settings: ReadlineSettings, line: string): string | undefined {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return undefined;
  const [, name, value = ''] = /^set\s+(\S+)\s*(.*)$/i.exec(text) ?? [];
  if (name !== undefined) return setVariable(settings, name.toLowerCase(), value.trim());
  const [, quoted, named, target = ''] = /^(?:"((?:\\.|[^"\\])*)"|([^"\s:]+))\s*:\s*(.*)$/.exec(text) ?? [];
  if (quoted === undefined && named === undefined) return `${text}: no key sequence terminator`;
  const sequence = quoted === undefined ? namedKey(named ?? '') : parseSequence(quoted);
  const binding = readBinding(target);
  // As readline has it, a function that is not known unbinds the key.
  settings.bindings.set(sequence, binding);
  return undefined;
}

function readBinding(target: string): Binding | undefined {
  const macro = /^(["'])((?:\\.|(?!\1)[^\\])*)\1/.exec(target);
  if (macro !== null) return { type: 'macro', keys: parseSequence(macro[2] ?? '') };
  const name = target.split(/\s/)[0]?.toLowerCase() ?? '';
  return FUNCTIONS.includes(name) ? { type: 'function', name } : undefined;
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
  return (/(?:^|-)(?:meta|m)-/i.test(mods) ? '\x1b' : '') + held;
}

function setVariable(settings: ReadlineSettings, name: string, value: string): string | undefined {
  const before = VARIABLES.get(name);
  if (before === undefined) return `${name}: unknown variable name`;
  const next = /^(?:on|off)$/.test(before) ? (/^(?:on|1|)$/i.test(value) ? 'on' : 'off') : value;
  if (!FOLLOWED.has(name) && next !== before) return `drydock: 'set ${name} ${value}' is not simulated`;
  settings.variables.set(name, next);
  return undefined;
}

/** Carries out a whole file; what is wrong, by line. */
export function applyFile(settings: ReadlineSettings, text: string): readonly string[] {
  const problems: string[] = [];
  const conditions: boolean[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const [, word, test = ''] = /^\s*\$(\w+)\s*(.*)$/.exec(line) ?? [];
    if (word === 'if') conditions.push(holds(test.trim()));
    else if (word === 'else') conditions.push(!(conditions.pop() ?? true));
    else if (word === 'endif') conditions.pop();
    else if (word !== undefined) problems.push(`line ${String(at + 1)}: drydock: '$${word}' is not simulated`);
    else if (conditions.every(Boolean)) {
      const problem = applyLine(settings, line);
      if (problem !== undefined) problems.push(`line ${String(at + 1)}: ${problem}`);
    }
  }
  return problems;
}

function holds(test: string): boolean {
  const [, name, value = ''] = /^(\w+)\s*=+\s*(\S+)$/.exec(test) ?? [];
  if (name === 'mode') return value === 'emacs';
  return name === 'term' ? /^xterm/.test(value) : test.toLowerCase() === 'bash';
}
