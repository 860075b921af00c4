import type { ParameterExpansionPart, ParameterOperation, Word } from 'unbash';
import { Abort } from '../machine/abort.ts';
import type { Op } from '../machine/op.ts';
import { promptText } from '../prompt/prompt.ts';
import { assignText, declareText, quoteForReuse } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { associativePairs } from '../variables/assoc-order.ts';
import { elements, freshVariable } from '../variables/variables.ts';
import { decodeEscapes } from './ansi-escapes.ts';
import { hasExpansion } from '../syntax/bashisms.ts';
import { arrayKey, evaluate } from './arithmetic.ts';
import { FieldBuilder } from './fields.ts';
import { characters, lengthOf, wholeText } from './characters.ts';
import { changeAll, remover, replacer } from './pattern-operations.ts';
import { wordOf } from './word-of-text.ts';
import type { Surroundings } from './word.ts';

/** What a parameter expansion is about: one value or a list of them. */
interface Subject {
  readonly name: string;
  readonly values: readonly string[] | undefined;
  readonly list: '' | '@' | '*';
  readonly index: string | undefined;
}

/** `$name`, `$1`, `$@`. */
export function expandSimple(shell: Shell, name: string, builder: FieldBuilder, quoted: boolean): void {
  if (name === '@' || name === '*') {
    emitList(shell, shell.positional, name, builder, quoted);
    return;
  }
  const value = shell.parameter(name);
  if (value === undefined) {
    unbound(shell, /^\d+$/.test(name) ? `$${name}` : name);
    if (quoted) builder.literal('', true);
    return;
  }
  if (quoted) builder.literal(value, true);
  else builder.expanded(value);
}

/** `${…}` in all its forms. */
export function* expandParameter(
  shell: Shell,
  part: ParameterExpansionPart,
  builder: FieldBuilder,
  around: Surroundings,
): Op<void> {
  const quoted = around.quoted;
  if (!hasExpansion(shell.personality, part))
    throw new Abort(shell.personality === 'dash' ? 'Bad substitution' : 'syntax error: bad substitution', 'exit', 2);
  if (part.operation?.type === 'Names') {
    const names = shell.vars
      .names()
      .filter((name) => name.startsWith(part.parameter) && shell.vars.get(name) !== undefined);
    emitList(shell, names, part.operation.operator, builder, quoted);
    return;
  }
  // The parser does not know `~` and `~~`, which bash has and does not document.
  const unknown = part.operation?.type === 'Unknown' && !part.operation.operator.startsWith('~');
  if (unknown || !/^(?:[A-Za-z_][A-Za-z0-9_]*|\d+|[@*#?$!-])$/.test(part.parameter))
    throw new Abort(`${part.text}: bad substitution`);
  const index = part.index === undefined ? undefined : yield* indexText(shell, part.parameter, part.index);
  if (part.prefix === '!' && (index === '@' || index === '*') && part.operation === undefined) {
    emitList(shell, keysOf(shell, part.parameter), index, builder, quoted);
    return;
  }
  let subject = subjectOf(shell, part.parameter, index);
  if (part.prefix === '!') subject = indirect(shell, part, subject);
  if (part.prefix === '#') {
    if (subject.values === undefined) unbound(shell, part.parameter);
    const size = subject.list === '' ? lengthOf(shell, subject.values?.[0] ?? '') : (subject.values?.length ?? 0);
    emit(shell, { ...subject, list: '', values: [String(size)] }, builder, quoted);
    return;
  }
  if (part.operation?.type === 'Default') {
    yield* defaultValue(shell, subject, part.operation, builder, around);
    return;
  }
  if (subject.values === undefined && part.operation?.type !== 'Transform')
    unbound(shell, index === undefined ? subject.name : `${subject.name}[${index}]`);
  const values = part.operation === undefined ? subject.values : yield* operate(shell, subject, part.operation);
  emit(shell, { ...subject, values }, builder, quoted);
}

function subjectOf(shell: Shell, name: string, index: string | undefined): Subject {
  if (name === '@' || name === '*') return { name, values: shell.positional, list: name, index };
  if (index === '@' || index === '*') {
    const variable = shell.vars.find(name);
    const special = variable === undefined ? shell.specialArray(name) : undefined;
    return { name, list: index, index, values: special ?? (variable === undefined ? [] : valuesOf(shell, name)) };
  }
  const value = index === undefined ? shell.parameter(name) : shell.element(name, index);
  return { name, list: '', index, values: value === undefined ? undefined : [value] };
}

function valuesOf(shell: Shell, name: string): string[] {
  const variable = shell.vars.find(name);
  if (variable === undefined) return [];
  const pairs = variable.associative === undefined ? elements(variable) : associativePairs(variable);
  return pairs.map(([, value]) => value);
}
function keysOf(shell: Shell, name: string): string[] {
  const variable = shell.vars.find(name);
  if (variable === undefined) return (shell.specialArray(name) ?? []).map((_, at) => String(at));
  const pairs = variable.associative === undefined ? elements(variable) : associativePairs(variable);
  return pairs.map(([key]) => key);
}

function indirect(shell: Shell, part: ParameterExpansionPart, subject: Subject): Subject {
  const own = shell.vars.own(part.parameter);
  if (own?.nameref === true) return { ...subject, list: '', values: [own.value ?? ''] };
  const target = subject.values?.[0];
  if (target === '' && part.operation?.type !== 'Default') throw new Abort(': invalid variable name');
  if (target === undefined || target === '') {
    if (part.operation?.type === 'Default')
      return { name: part.parameter, list: '', index: undefined, values: undefined };
    throw new Abort(`${part.parameter}: invalid indirect expansion`);
  }
  const match = /^([A-Za-z_]\w*|\d+|[@*#?$!-])(?:\[(.*)\])?$/s.exec(target);
  if (match === null) throw new Abort(`${target}: invalid variable name`);
  const name = match[1] ?? '';
  const raw = match[2];
  const index = raw === undefined || raw === '@' || raw === '*' ? raw : arrayKey(shell, name, raw);
  return subjectOf(shell, name, index);
}

/** The subscript of an array reference, as the key it means. */
export function* indexText(shell: Shell, name: string, index: Word): Op<string> {
  if (index.text === '@' || index.text === '*') return index.text;
  if (shell.vars.find(name)?.associative !== undefined) return yield* shell.expand.string(shell, index);
  return arrayKey(shell, name, yield* shell.expand.arithmetic(shell, index.text));
}

function* defaultValue(
  shell: Shell,
  subject: Subject,
  operation: Extract<ParameterOperation, { type: 'Default' }>,
  builder: FieldBuilder,
  around: Surroundings,
): Op<void> {
  const colon = operation.operator.startsWith(':');
  const values = subject.list !== '' && subject.values?.length === 0 ? undefined : subject.values;
  const joined = values?.join(subject.list === '*' ? shell.ifs.charAt(0) : ' ');
  const absent = joined === undefined || (colon && joined === '');
  const kind = operation.operator.at(-1);
  if (kind === '+') {
    if (!absent) yield* operand(shell, operation.operand, builder, around);
    else if (around.quoted) builder.literal('', true);
    return;
  }
  if (!absent) {
    emit(shell, { ...subject, values }, builder, around.quoted);
    return;
  }
  if (kind === '-') {
    yield* operand(shell, operation.operand, builder, around);
    return;
  }
  if (kind === '=') {
    const inner = new FieldBuilder(false, shell.ifs);
    yield* shell.expand.into(shell, operation.operand, inner, {
      quoted: around.quoted,
      splitLiterals: false,
      assignment: false,
    });
    const value = inner.single().text;
    if (/^\d|^[@*#?$!-]$/.test(subject.name)) throw new Abort(`$${subject.name}: cannot assign in this way`);
    if (subject.index === undefined) shell.assign(subject.name, value);
    else shell.assignElement(subject.name, subject.index, value);
    emit(shell, { ...subject, list: '', values: [value] }, builder, around.quoted);
    return;
  }
  const text = yield* shell.expand.string(shell, operation.operand);
  const either = shell.personality === 'bash' ? 'parameter null or not set' : 'parameter not set or null';
  const missing = colon ? either : 'parameter not set';
  throw new Abort(
    `${subject.name}: ${text === '' ? missing : text}`,
    shell.interactive ? 'line' : 'exit',
    shell.personality === 'bash' ? 127 : 2,
  );
}

function* operand(shell: Shell, word: Word, builder: FieldBuilder, around: Surroundings): Op<void> {
  if (word.text === '' && around.quoted) builder.literal('', true);
  yield* shell.expand.into(shell, word, builder, {
    ...around,
    splitLiterals: !around.quoted,
    assignment: false,
    operand: true,
  });
}

function* operate(shell: Shell, subject: Subject, operation: ParameterOperation): Op<readonly string[] | undefined> {
  const values = subject.values ?? [];
  switch (operation.type) {
    case 'Remove': {
      const pattern = characters(shell, yield* shell.expand.pattern(shell, operation.operand));
      const cut = remover(shell, operation.operator, pattern);
      return values.map((value) => wholeText(cut(characters(shell, value))));
    }
    case 'Replace': {
      const pattern = characters(shell, yield* shell.expand.pattern(shell, operation.pattern));
      const replacement = yield* expandReplacement(shell, operation.replacement);
      // In ash `/#` and `/%` are a `/` and the first character of the pattern.
      const [, slash = '', sign = ''] = /^(\/+)(.?)$/.exec(operation.operator) ?? [];
      const change =
        shell.personality === 'ash'
          ? replacer(shell, slash, sign + pattern, replacement)
          : replacer(shell, operation.operator, pattern, replacement);
      return values.map((value) => wholeText(change(characters(shell, value))));
    }
    case 'Slice':
      return yield* slice(shell, subject, operation);
    case 'CaseModification': {
      const pattern =
        operation.operand === undefined || operation.operand.text === ''
          ? '?'
          : yield* shell.expand.pattern(shell, operation.operand);
      return changeAll(shell, values, operation.operator, pattern);
    }
    case 'Unknown': {
      const match = /^(~~?)(.*)$/su.exec(operation.operator);
      if (match === null) return values;
      const pattern = match[2] === '' ? '?' : yield* shell.expand.pattern(shell, wordOf(match[2] ?? ''));
      return changeAll(shell, values, match[1] ?? '', pattern);
    }
    case 'Transform':
      return yield* transform(shell, subject, operation.operand.text);
    default:
      return values;
  }
}

/** In a replacement an unquoted `&` stands for what matched only under patsub_replacement, which 5.2 has on. */
function* expandReplacement(shell: Shell, word: Word): Op<(matched: string) => string> {
  const builder = new FieldBuilder(false, shell.ifs);
  yield* shell.expand.into(shell, word, builder, { quoted: false, splitLiterals: false, assignment: false });
  const pieces = builder.single().pieces;
  if (!shell.shopts.has('patsub_replacement')) {
    const text = pieces.map((piece) => piece.text).join('');
    return () => text;
  }
  return (matched) =>
    pieces
      .map(({ text, quoted }) => (quoted ? text : text.replace(/\\&|&/g, (c) => (c === '&' ? matched : '&'))))
      .join('');
}

function* slice(
  shell: Shell,
  subject: Subject,
  operation: Extract<ParameterOperation, { type: 'Slice' }>,
): Op<readonly string[]> {
  const offset = Number(evaluate(shell, yield* shell.expand.arithmetic(shell, operation.offset.text)));
  const length =
    operation.length === undefined
      ? undefined
      : Number(evaluate(shell, yield* shell.expand.arithmetic(shell, operation.length.text)));
  if (subject.list === '') {
    const chars = [...characters(shell, subject.values?.[0] ?? '')];
    const from = offset < 0 ? chars.length + offset : offset;
    if (from < 0) return [''];
    const to = length === undefined ? chars.length : length < 0 ? chars.length + length : from + length;
    if (length !== undefined && to < from) throw new Abort(`${String(length)}: substring expression < 0`);
    return [wholeText(chars.slice(from, to).join(''))];
  }
  const positional = subject.name === '@' || subject.name === '*';
  if (length !== undefined && length < 0) throw new Abort(`${String(length)}: substring expression < 0`);
  if (positional) {
    const all = [shell.arg0, ...(subject.values ?? [])];
    const from = offset < 0 ? all.length + offset : offset;
    return from < 0 ? [] : all.slice(from, length === undefined ? undefined : from + length);
  }
  const pairs = elements(shell.vars.find(subject.name) ?? freshVariable());
  const top = Number(pairs.at(-1)?.[0] ?? '-1') + 1;
  const from = offset < 0 ? top + offset : offset;
  if (from < 0) return [];
  const rest =
    shell.vars.find(subject.name)?.associative === undefined
      ? pairs.filter(([key]) => Number(key) >= from)
      : pairs.slice(from);
  return rest.slice(0, length ?? rest.length).map(([, value]) => value);
}

function* transform(shell: Shell, subject: Subject, operator: string): Op<readonly string[] | undefined> {
  const values = subject.values;
  switch (operator) {
    case 'Q':
      return values?.map((value) => quoteForReuse(characters(shell, value)));
    case 'U':
      return values?.map((value) => value.toUpperCase());
    case 'u':
      return values?.map((value) => value.charAt(0).toUpperCase() + value.slice(1));
    case 'L':
      return values?.map((value) => value.toLowerCase());
    case 'E':
      return values?.map(decodeEscapes);
    case 'P': {
      const prompts: string[] = [];
      for (const value of values ?? []) prompts.push(yield* shell.expand.text(shell, promptText(shell, value)));
      return prompts;
    }
    case 'A':
      if (subject.name === '@' || subject.name === '*')
        return shell.positional.length === 0 ? [] : [`set -- ${shell.positional.map(quoteForReuse).join(' ')}`];
      return [
        assignText(shell, shell.vars.resolve(subject.name), subject.list === '' ? { value: values?.[0] } : 'whole'),
      ].filter((text) => text !== '');
    case 'a':
      return (subject.list === '' ? [''] : (values ?? [])).map(() => declareText(shell.vars.find(subject.name)));
    case 'K':
    case 'k': {
      const keys = keysOf(shell, subject.name);
      const isMap = shell.vars.find(subject.name)?.associative !== undefined;
      if (subject.list === '') return values?.map(quoteForReuse);
      const pairs = (values ?? []).map((value, at) => [keys[at] ?? '', value] as const);
      return operator === 'k'
        ? pairs.flat()
        : [pairs.map(([key, value]) => `${key} "${value.replace(/[$`"\\]/g, '\\$&')}"`).join(' ') + (isMap ? ' ' : '')];
    }
    default:
      if (values === undefined) return undefined;
      throw new Abort(`\${${subject.name}@${operator}}: bad substitution`, 'exit', 127);
  }
}

function emit(shell: Shell, subject: Subject, builder: FieldBuilder, quoted: boolean): void {
  if (subject.list !== '') {
    emitList(shell, subject.values ?? [], subject.list, builder, quoted);
    return;
  }
  const value = subject.values?.[0];
  if (quoted) builder.literal(value ?? '', true);
  else if (value !== undefined) builder.expanded(value);
}

function emitList(
  shell: Shell,
  values: readonly string[],
  list: '@' | '*',
  builder: FieldBuilder,
  quoted: boolean,
): void {
  if (list === '*' && (quoted || !builder.split)) {
    builder.literal(values.join(shell.ifs.charAt(0)), quoted);
    return;
  }
  const separator = shell.ifs.charAt(0);
  // Empty ones count where IFS begins with something that is no blank.
  if (!quoted && builder.split && /[^ \t\n]/.test(separator)) {
    builder.expanded(values.join(separator));
    return;
  }
  values.forEach((value, at) => {
    if (at > 0) builder.cut();
    if (quoted) builder.literal(value, true);
    else builder.expanded(value);
  });
}

function unbound(shell: Shell, name: string): void {
  if (!shell.options.has('nounset') || name === '@' || name === '*' || /\[[@*]\]$/.test(name)) return;
  throw new Abort(
    `${name}: ${shell.personality === 'bash' ? 'unbound variable' : 'parameter not set'}`,
    shell.interactive ? 'line' : 'exit',
    shell.personality === 'bash' ? 127 : 2,
  );
}
