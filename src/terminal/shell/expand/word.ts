import type { Word, WordPart } from 'unbash';
import { decodeEscapes } from './ansi-escapes.ts';
import { parse } from 'unbash';
import { fileText } from '../../io.ts';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import { evaluate } from './arithmetic.ts';
import { braceExpand } from './brace.ts';
import type { Field } from './fields.ts';
import { FieldBuilder } from './fields.ts';
import { pathnames } from './glob.ts';
import { expandParameter, expandSimple } from './parameter.ts';
import { characters } from './characters.ts';
import { hasGlob, patternRegExp } from './pattern.ts';
import { arithmeticText } from './quoted-units.ts';
import { wordOf } from './word-of-text.ts';

/** What surrounds the part being expanded. */
export interface Surroundings {
  readonly quoted: boolean;
  /** Literal text is split too: the operand of an unquoted `${x:-…}`. */
  readonly splitLiterals: boolean;
  /** A tilde is expanded after each colon as well: in the value of an assignment, or in an argument that looks like one. */
  readonly assignment: false | 'value' | 'argument';
  /** The operand of a `${…}`, where a backslash quotes the closing brace too. */
  readonly operand?: boolean;
}
/** What the expansion of a part asks of the expansion of words. */
export interface Expander {
  string(shell: Shell, word: Word): Op<string>;
  pattern(shell: Shell, word: Word): Op<string>;
  arithmetic(shell: Shell, text: string): Op<string>;
  /** As inside double quotes. */
  text(shell: Shell, text: string): Op<string>;
  into(shell: Shell, word: Word, builder: FieldBuilder, around: Surroundings): Op<void>;
}
const PLAIN: Surroundings = { quoted: false, splitLiterals: false, assignment: false };

/** All expansions of command words: the argument list they become. */
export function* expandWords(shell: Shell, words: readonly Word[], inArray = false): Op<string[]> {
  const out: string[] = [];
  for (const word of words) {
    if (word.parts === undefined && !/[\\~{*?[=]/.test(word.text)) {
      out.push(word.text);
      continue;
    }
    yield* expandWord(shell, word, out, inArray);
  }
  return out;
}

function* expandWord(shell: Shell, word: Word, out: string[], inArray: boolean): Op<void> {
  if (word.text.includes('{') && shell.options.has('braceexpand')) {
    const texts = braceExpand(word.text);
    if (texts.length !== 1 || texts[0] !== word.text) {
      for (const text of texts) if (text !== '') yield* expandFields(shell, wordOf(text), out, inArray);
      return;
    }
  }
  yield* expandFields(shell, word, out, inArray);
}

/** What bash takes for an assignment in an argument, as far as tildes go. */
const ASSIGNMENT = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/;

function* expandFields(shell: Shell, word: Word, out: string[], inArray: boolean): Op<void> {
  const builder = new FieldBuilder(true, shell.ifs);
  const argument = !inArray && word.text.includes('~') && shell.personality === 'bash' && !shell.options.has('posix');
  yield* expandInto(
    shell,
    word,
    builder,
    argument && ASSIGNMENT.test(word.text) ? { ...PLAIN, assignment: 'argument' } : PLAIN,
  );
  for (const field of builder.finish()) globField(shell, field, out);
}

function globField(shell: Shell, field: Field, out: string[]): void {
  const extglob = shell.shopts.has('extglob');
  if (shell.options.has('noglob') || !field.mayGlob) {
    out.push(field.text);
    return;
  }
  const pattern = field.pattern;
  if (!hasGlob(pattern, extglob)) {
    out.push(field.text);
    return;
  }
  const ignored = shell.vars.get('GLOBIGNORE') ?? '';
  const all = pathnames(shell.process, pattern, {
    extglob,
    dotglob: shell.shopts.has('dotglob') || ignored !== '',
    globstar: shell.shopts.has('globstar'),
    nocaseglob: shell.shopts.has('nocaseglob'),
    skipdots: shell.shopts.has('globskipdots'),
    characters: (text) => characters(shell, text),
  });
  const found = ignored === '' ? all : withoutIgnored(all, ignored, extglob);
  if (found.length > 0) out.push(...found);
  else if (shell.shopts.has('failglob')) shell.abort(`no match: ${field.text}`);
  else if (!shell.shopts.has('nullglob')) out.push(field.text);
}

/** Path names that GLOBIGNORE does not name. */
function withoutIgnored(paths: readonly string[], ignored: string, extglob: boolean): readonly string[] {
  const patterns = ignored.split(':').map((text) => patternRegExp(text, { extglob }));
  return paths.filter((path) => !/(^|\/)\.\.?$/.test(path) && !patterns.some((pattern) => pattern.test(path)));
}

/** A word as one string: no splitting, no path names (assignments, redirections' text, case). */
export function* expandString(shell: Shell, word: Word, assignment = false): Op<string> {
  if (word.parts === undefined && !/[\\~]/.test(word.text)) return word.text;
  return (yield* expandSingle(shell, word, assignment)).text;
}
/** A word as a pattern. */
export function* expandPattern(shell: Shell, word: Word): Op<string> {
  return (yield* expandSingle(shell, word, false)).pattern;
}
/** A word as a regular expression (`=~`). */
export function* expandRegex(shell: Shell, word: Word): Op<string> {
  return (yield* expandSingle(shell, word, false)).regex;
}

export function* expandSingle(shell: Shell, word: Word, assignment: boolean): Op<Field> {
  const builder = new FieldBuilder(false, shell.ifs);
  yield* expandInto(shell, word, builder, assignment ? { ...PLAIN, assignment: 'value' } : PLAIN);
  return builder.single();
}

/** Text with expansions as inside double quotes: here-documents, arithmetic, prompts. */
export function* expandText(shell: Shell, text: string): Op<string> {
  if (!/[$`\\]/.test(text)) return text;
  // A backslash at the end would join the mark to the text.
  const whole = /(?:^|[^\\])(?:\\\\)*\\$/.test(text) ? `${text}\\` : text;
  const source = `cat <<DRYDOCK_END_OF_TEXT\n${whole}\nDRYDOCK_END_OF_TEXT\n`;
  const command = parse(source).commands[0]?.command;
  const document = command?.type === 'Command' ? command.redirects[0] : undefined;
  if (document?.type !== 'HereDoc') return text;
  const expanded = yield* expandParts(shell, document.body.parts, document.body.text);
  return expanded.endsWith('\n') ? expanded.slice(0, -1) : expanded;
}

/** Parts of a here-document's body. */
export function* expandParts(shell: Shell, parts: readonly WordPart[] | undefined, text: string): Op<string> {
  if (parts === undefined) return unescapeQuoted(text, false);
  const builder = new FieldBuilder(false, shell.ifs);
  for (const part of parts) {
    if (part.type === 'Literal') builder.literal(unescapeQuoted(part.text, false), true);
    else yield* expandPart(shell, part, builder, { ...PLAIN, quoted: true });
  }
  return builder.single().text;
}

/** A word into a builder that others add to as well. */
export function* expandInto(shell: Shell, word: Word, builder: FieldBuilder, around: Surroundings): Op<void> {
  if (word.parts === undefined) {
    literal(shell, word.text, builder, around, true);
    return;
  }
  // A tilde prefix that goes on in quotes or an expansion is none.
  let first = word.parts.length === 1 || !/^~[^/:]*$/.test(word.parts[0]?.text ?? '');
  for (const part of word.parts) {
    if (part.type === 'Literal') literal(shell, part.text, builder, around, first);
    else yield* expandPart(shell, part, builder, around);
    first = false;
  }
}

export function* expandPart(shell: Shell, part: WordPart, builder: FieldBuilder, around: Surroundings): Op<void> {
  switch (part.type) {
    case 'Literal':
      literal(shell, part.text, builder, around, false);
      return;
    case 'SingleQuoted':
      if (around.quoted) builder.literal(part.text, true);
      else builder.literal(part.value, true);
      return;
    case 'AnsiCQuoted':
      // The parser knows no bytes that are no character.
      builder.literal(part.value.includes('\ufffd') ? decodeEscapes(part.text.slice(2, -1)) : part.value, true);
      return;
    case 'DoubleQuoted':
    case 'LocaleString':
      if (part.parts.length === 0) builder.literal('', true);
      for (const child of part.parts) {
        if (child.type === 'Literal') builder.literal(unescapeQuoted(child.text, true), true);
        else yield* expandPart(shell, child, builder, { ...around, quoted: true, splitLiterals: false });
      }
      return;
    case 'SimpleExpansion':
      expandSimple(shell, part.text.slice(1), builder, around.quoted);
      return;
    case 'ParameterExpansion':
      yield* expandParameter(shell, part, builder, around);
      return;
    case 'CommandExpansion': {
      const result = yield* shell.commandSubstitution(part, around.quoted);
      if (around.quoted) builder.literal(result, true);
      else builder.expanded(result);
      return;
    }
    case 'ArithmeticExpansion': {
      const bracket = part.text.startsWith('$[');
      const text = yield* expandArithmetic(shell, part.text.slice(bracket ? 2 : 3, bracket ? -1 : -2));
      const result = String(evaluate(shell, text));
      if (around.quoted) builder.literal(result, true);
      else builder.expanded(result);
      return;
    }
    case 'ProcessSubstitution':
      builder.literal(yield* shell.processSubstitution(part), true);
      return;
    case 'Glob':
    case 'ExtendedGlob':
    case 'BraceExpansion':
      yield* patternText(shell, part, builder, around);
      return;
    default:
  }
}

/** `[…]`, `@(…)` and `{…}` in a word: their own text, with what is inside expanded. */
function* patternText(
  shell: Shell,
  part: Extract<WordPart, { type: 'Glob' | 'ExtendedGlob' | 'BraceExpansion' }>,
  builder: FieldBuilder,
  around: Surroundings,
): Op<void> {
  if (part.parts === undefined || !/[$`"'\\]/.test(part.text)) {
    literal(shell, part.text, builder, around, false);
    return;
  }
  let at = part.pos;
  for (const child of part.parts) {
    literal(shell, part.text.slice(at - part.pos, child.pos - part.pos), builder, around, false);
    yield* expandPart(shell, child, builder, around);
    at = child.end;
  }
  literal(shell, part.text.slice(at - part.pos), builder, around, false);
}

/** The text of an arithmetic expression with its expansions done. */
export function* expandArithmetic(shell: Shell, text: string): Op<string> {
  const bare = arithmeticText(text);
  return /[$`\\]/.test(bare) ? yield* expandText(shell, bare) : bare;
}

function literal(shell: Shell, text: string, builder: FieldBuilder, around: Surroundings, first: boolean): void {
  if (around.quoted) {
    const plain = around.operand === true ? text.replace(/\\\}/g, '}') : text;
    builder.literal(unescapeQuoted(plain, true), true);
    return;
  }
  const head = first && around.assignment === 'argument' ? ASSIGNMENT.exec(text)?.[0] : undefined;
  if (head !== undefined) unquotedLiteral(head, builder, PLAIN);
  const rest = around.assignment
    ? assignmentTildes(shell, text.slice(head?.length ?? 0), builder, first)
    : first && text.startsWith('~')
      ? tilde(shell, text, builder, /^~[^/]*/)
      : text;
  unquotedLiteral(rest, builder, around);
}

function unquotedLiteral(text: string, builder: FieldBuilder, around: Surroundings): void {
  if (!text.includes('\\')) {
    if (around.splitLiterals) builder.expanded(text);
    else builder.literal(text, false);
    return;
  }
  for (const [, escaped, plain] of text.matchAll(/\\([\s\S])|([^\\]+|\\$)/gu)) {
    if (plain !== undefined) {
      if (around.splitLiterals) builder.expanded(plain);
      else builder.literal(plain, plain === '\\');
    } else if (escaped !== undefined && escaped !== '\n') builder.literal(escaped, true);
  }
}

function assignmentTildes(shell: Shell, text: string, builder: FieldBuilder, first: boolean): string {
  const parts = text.split(/(?<=:)(?=~)/);
  const last = parts.pop() ?? '';
  parts.forEach((part, at) => {
    const rest = part.startsWith('~') && (at > 0 || first) ? tilde(shell, part, builder, /^~[^/:]*/) : part;
    unquotedLiteral(rest, builder, PLAIN);
  });
  return last.startsWith('~') && (parts.length > 0 || first) ? tilde(shell, last, builder, /^~[^/:]*/) : last;
}

/** Adds the home directory that a tilde prefix means and answers the rest of the text. */
function tilde(shell: Shell, text: string, builder: FieldBuilder, prefix: RegExp): string {
  const name = prefix.exec(text)?.[0] ?? '~';
  const home = homeOf(shell, name.slice(1));
  if (home === undefined) return text;
  builder.literal(home, true);
  return text.slice(name.length);
}

function homeOf(shell: Shell, user: string): string | undefined {
  if (user === '') return shell.vars.get('HOME') ?? passwdHome(shell, undefined);
  if (user === '+') return shell.vars.get('PWD');
  if (user === '-') return shell.vars.get('OLDPWD');
  const [, sign, place] = /^([-+]?)(\d+)$/.exec(user) ?? [];
  if (place !== undefined && shell.personality === 'bash')
    return rememberedDirectory(shell, sign === '-', Number(place));
  return /^[a-z_][-a-z0-9_]*$/i.test(user) ? passwdHome(shell, user) : undefined;
}

/** `~N`: of the directories that pushd remembers, counted from the left or from the right. */
function rememberedDirectory(shell: Shell, fromRight: boolean, place: number): string | undefined {
  const all = [shell.vars.get('PWD') ?? shell.process.cwd(), ...shell.directories];
  return fromRight ? all[all.length - 1 - place] : all[place];
}

function passwdHome(shell: Shell, user: string | undefined): string | undefined {
  const text = fileText(shell.process, '/etc/passwd') ?? '';
  const uid = String(shell.process.credentials().uid);
  for (const line of text.split('\n')) {
    const fields = line.split(':');
    if (user === undefined ? fields[2] === uid : fields[0] === user) return fields[5];
  }
  return undefined;
}

/** Backslashes inside double quotes keep their meaning only before these characters. */
export function unescapeQuoted(text: string, doubleQuote: boolean): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    doubleQuote ? /\\(?:\n|([$`"\\]))/g : /\\(?:\n|([$`\\]))/g,
    (_, char: string | undefined) => char ?? '',
  );
}

export const expander: Expander = {
  string: expandString,
  pattern: expandPattern,
  arithmetic: expandArithmetic,
  text: expandText,
  into: expandInto,
};
