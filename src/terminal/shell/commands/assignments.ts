import type { ArrayValue, Assignment, Word } from 'unbash';
import { parse } from 'unbash';
import { Abort } from '../machine/abort.ts';
import { indexText } from '../expand/parameter.ts';
import { arrayKey } from '../expand/arithmetic.ts';
import { expandString, expandWords } from '../expand/word.ts';
import { subscriptOf, wordOf } from '../expand/word-of-text.ts';
import type { Op } from '../machine/op.ts';
import { quoteIfNeeded } from '../quote.ts';
import type { Shell } from '../shell.ts';
import type { Variable } from '../variables/variables.ts';

/** Builtins whose arguments are read as assignments. */
export const isDeclaration = (name: string): boolean =>
  ['declare', 'typeset', 'local', 'export', 'readonly'].includes(name);

/** Makes assignments in the current scopes, from left to right. */
export function* assignAll(shell: Shell, assignments: readonly Assignment[]): Op<void> {
  for (const assignment of assignments) yield* assignOne(shell, assignment);
}

export function* assignOne(shell: Shell, assignment: Assignment): Op<void> {
  const { name, value } = assignment;
  const append = assignment.append === true;
  if (value.type === 'ArrayValue') {
    yield* shell.trace(assignment.text);
    const variable = shell.vars.ensure(name);
    shell.refuseReadonly(name, variable);
    yield* assignArray(shell, name, variable, arrayElements(assignment.text, assignment.pos, value), append);
    return;
  }
  if (assignment.index !== undefined) {
    const index = yield* assignedIndex(shell, name, assignment.index);
    const text = yield* expandString(shell, value, true);
    yield* traceValue(shell, `${name}[${assignment.index.text}]`, append, text);
    shell.assignElement(name, index, text, append);
    return;
  }
  const text = yield* expandString(shell, value, true);
  yield* traceValue(shell, name, append, text);
  shell.assign(name, text, append);
}

/** A subscript that is assigned to; a bad one ends the command line. */
function* assignedIndex(shell: Shell, name: string, index: Word): Op<string> {
  const bad = (): never => shell.abort(`${name}[${index.text}]: bad array subscript`);
  if (index.text === '') return bad();
  try {
    return yield* indexText(shell, name, index);
  } catch (error) {
    if (error instanceof Abort && error.reach === 'command') return bad();
    throw error;
  }
}

function* traceValue(shell: Shell, name: string, append: boolean, text: string): Op<void> {
  if (shell.options.has('xtrace'))
    yield* shell.trace(
      `${name}${append ? '+' : ''}=${text === '' || shell.personality === 'dash' ? text : quoteIfNeeded(text)}`,
    );
}

/** `name=(…)`: elements get the next index, `[i]=v` its own. */
export function* assignArray(
  shell: Shell,
  name: string,
  variable: Variable,
  elements: readonly Word[],
  append: boolean,
): Op<void> {
  if (variable.associative !== undefined) {
    yield* assignAssociative(shell, variable, elements, append);
    return;
  }
  const collected: [string | undefined, string, boolean][] = [];
  for (const element of elements) {
    const keyed = splitKeyed(element);
    if (keyed === undefined)
      for (const text of yield* expandWords(shell, [element], true)) collected.push([undefined, text, false]);
    else
      collected.push([
        yield* indexText(shell, name, subscriptOf(keyed.key)),
        yield* expandString(shell, keyed.value, true),
        keyed.append,
      ]);
  }
  variable.bare = false;
  if (!append) {
    variable.indexed = new Map();
    variable.value = undefined;
  }
  const indexed = shell.toIndexed(variable);
  let next = indexed.size === 0 ? 0 : Math.max(...indexed.keys()) + 1;
  for (const [key, text, add] of collected) {
    const at = key === undefined ? next : Number(key);
    indexed.set(at, shell.attributed(variable, text, add ? (indexed.get(at) ?? '') : undefined));
    next = at + 1;
  }
}

function* assignAssociative(shell: Shell, variable: Variable, elements: readonly Word[], append: boolean): Op<void> {
  const fresh = new Map(append ? variable.associative : []);
  const plain: string[] = [];
  for (const element of elements) {
    const keyed = splitKeyed(element);
    if (keyed === undefined) plain.push(...(yield* expandWords(shell, [element], true)));
    else {
      const key = yield* expandString(shell, subscriptOf(keyed.key));
      const text = yield* expandString(shell, keyed.value, true);
      fresh.set(key, shell.attributed(variable, text, keyed.append ? (fresh.get(key) ?? '') : undefined));
    }
  }
  for (let i = 0; i < plain.length; i += 2) fresh.set(plain[i] ?? '', plain[i + 1] ?? '');
  // The map stays the same one: it may be a table of the shell's.
  const { associative } = variable;
  associative?.clear();
  for (const [key, text] of fresh) associative?.set(key, text);
  variable.bare = false;
}

/** The elements of `name=(…)`. The parser ends a word at a blank also within the brackets of a key; bash does not. */
function arrayElements(text: string, start: number, { elements }: ArrayValue): readonly Word[] {
  const joined: Word[] = [];
  for (let at = 0; at < elements.length; at += 1) {
    const first = elements[at];
    if (first === undefined) break;
    const upTo = (last: Word): Word => {
      const whole = text.slice(first.pos - start, last.end - start);
      return { type: 'Word', text: whole, value: whole, pos: first.pos, end: last.end };
    };
    const opens = first.text.startsWith('[') && !first.text.includes(']');
    const last = opens ? elements.findIndex((word, to) => to > at && splitKeyed(upTo(word)) !== undefined) : -1;
    const closing = elements[last];
    joined.push(closing === undefined ? first : upTo(closing));
    if (last > at) at = last;
  }
  return joined;
}

function splitKeyed(
  element: Word,
): { readonly key: string; readonly value: Word; readonly append: boolean } | undefined {
  if (!element.text.startsWith('[')) return undefined;
  let depth = 0;
  for (let i = 0; i < element.text.length; i += 1) {
    const char = element.text.charAt(i);
    if (char === '\\') i += 1;
    else if (char === '[') depth += 1;
    else if (char === ']') {
      depth -= 1;
      if (depth > 0) continue;
      const rest = element.text.slice(i + 1);
      const match = /^(\+?)=/.exec(rest);
      if (match === null) return undefined;
      const text = rest.slice(match[0].length);
      return {
        key: element.text.slice(1, i),
        value: text === '' ? { type: 'Word', text: '', value: '', pos: 0, end: 0 } : wordOf(text),
        append: match[1] === '+',
      };
    }
  }
  return undefined;
}

/** `name=value` with the value expanded; an array keeps its text. */
export function* assignmentText(shell: Shell, assignment: Assignment): Op<string> {
  if (assignment.value.type === 'ArrayValue') return assignment.text;
  const head = assignment.text.slice(0, assignment.value.pos - assignment.pos);
  return head + (yield* expandString(shell, assignment.value, true));
}

/** Assigns from a text `name=value`, `name+=value`, `name[i]=value` or `name=(…)`, as the declaration builtins do. */
export function* assignFromText(shell: Shell, text: string, target: Variable | undefined): Op<boolean> {
  const match = /^([A-Za-z_]\w*)(?:\[(.*?)\])?(\+?)=([\s\S]*)$/.exec(text);
  if (match === null) return false;
  const [, name = '', index, plus = '', value = ''] = match;
  if (value.startsWith('(') && value.endsWith(')') && index === undefined) {
    const command = parse(text).commands[0]?.command;
    const first = command?.type === 'Command' ? command.prefix[0] : undefined;
    if (first?.type === 'Assignment' && first.value.type === 'ArrayValue') {
      const variable = target ?? shell.vars.ensure(name);
      shell.refuseReadonly(name, variable);
      const elements = arrayElements(first.text, first.pos, first.value);
      yield* assignArray(shell, name, variable, elements, plus === '+');
      return true;
    }
  }
  if (index !== undefined) shell.assignElement(name, arrayKey(shell, name, index), value, plus === '+');
  else shell.assign(name, value, plus === '+');
  return true;
}
