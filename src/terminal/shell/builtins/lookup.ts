import { failed } from '../../../protocol/errno.ts';
import { defineAlias, expandsAliases } from '../syntax/alias.ts';
import { locateCommand } from '../commands/command-path.ts';
import type { Op } from '../machine/op.ts';
import { singleQuote } from '../quote.ts';
import { KEYWORDS } from '../syntax/keywords.ts';
import type { Shell } from '../shell.ts';
import type { PlannedCommand } from '../commands/simple-command.ts';
import { redispatch } from '../commands/simple-command.ts';
import type { Builtin } from './builtin.ts';
import { hash } from './hash.ts';
import type { Letters } from './letters.ts';
import { readLetters } from './letters.ts';
import { fault, print, usage } from './message.ts';

type Meaning = { readonly type: 'alias' | 'keyword' | 'function' | 'builtin' | 'file'; readonly detail: string };

function meanings(shell: Shell, name: string, all: boolean): Meaning[] {
  const found: Meaning[] = [];
  const alias = expandsAliases(shell) ? shell.aliases.get(name) : undefined;
  if (alias !== undefined) found.push({ type: 'alias', detail: alias });
  if (KEYWORDS.includes(name)) found.push({ type: 'keyword', detail: name });
  const known = shell.functions.get(name);
  if (known !== undefined) found.push({ type: 'function', detail: known.text });
  if (shell.builtins.has(name) && !shell.disabled.has(name)) found.push({ type: 'builtin', detail: name });
  if (found.length > 0 && !all) return found.slice(0, 1);
  found.push(...files(shell, name, all).map((path): Meaning => ({ type: 'file', detail: path })));
  return found;
}

function files(shell: Shell, name: string, all: boolean): string[] {
  if (!all || name.includes('/')) {
    const found = locateCommand(shell, name);
    return found.type === 'found' ? [found.path] : [];
  }
  return (shell.vars.get('PATH') ?? '')
    .split(':')
    .map((directory) => `${directory}/${name}`)
    .filter((path) => {
      const stat = shell.process.stat(path);
      return !failed(stat) && stat.type === 'file' && !failed(shell.process.access(path, { execute: true }));
    });
}

function describe(shell: Shell, name: string, meaning: Meaning): string {
  switch (meaning.type) {
    case 'alias':
      return shell.personality === 'bash'
        ? `${name} is aliased to \`${meaning.detail}'`
        : `${name} is an alias for ${meaning.detail}`;
    case 'keyword':
      return shell.personality === 'bash' ? `${name} is a shell keyword` : `${name} is a shell keyword`;
    case 'function':
      return shell.personality === 'bash'
        ? `${name} is a function\n${meaning.detail.trimEnd()}`
        : `${name} is a ${shell.personality === 'dash' ? 'shell ' : ''}function`;
    case 'builtin':
      return `${name} is a shell builtin`;
    default:
      return shell.hashed.has(name) && !name.includes('/') && shell.personality === 'bash'
        ? `${name} is hashed (${meaning.detail})`
        : `${name} is ${meaning.detail}`;
  }
}

function* type(shell: Shell, args: readonly string[]): Op<number> {
  const letters = yield* readLetters(shell, 'type', longForms(args), 'afptP');
  if (typeof letters === 'number') return letters;
  const all = letters.has('a');
  let status = 0;
  for (const name of letters.operands) {
    const found = letters.has('P')
      ? files(shell, name, all).map((path): Meaning => ({ type: 'file', detail: path }))
      : meanings(shell, name, all).filter((meaning) => meaning.type !== 'function' || !letters.has('f'));
    const printed =
      found.length > 0 ? yield* tellType(shell, name, found, letters) : yield* noType(shell, name, letters);
    if (printed !== 0) status = printed;
  }
  return status;
}

/** The long options that bash took once. */
const longForms = (args: readonly string[]): readonly string[] =>
  args.map((arg) => (/^--?(?:all|path|type)$/.test(arg) ? `-${arg.replace(/^-+/, '').charAt(0)}` : arg));

function* tellType(shell: Shell, name: string, found: readonly Meaning[], letters: Letters): Op<number> {
  const line = (meaning: Meaning): string => {
    if (letters.has('t')) return `${meaning.type}\n`;
    if (letters.has('p') || letters.has('P')) return meaning.type === 'file' ? `${meaning.detail}\n` : '';
    return `${describe(shell, name, meaning)}\n`;
  };
  return yield* print(shell, 'type', found.map(line).join(''));
}

function* noType(shell: Shell, name: string, letters: Letters): Op<number> {
  if (letters.has('t') || letters.has('p') || letters.has('P')) return 1;
  if (shell.personality === 'bash') return yield* fault(shell, `type: ${name}: not found`);
  yield* shell.write(1, `${name}: not found\n`);
  return 127;
}

function* command(shell: Shell, args: readonly string[], planned: PlannedCommand): Op<number> {
  const letters = yield* readLetters(shell, 'command', args, 'pvV');
  if (typeof letters === 'number') return letters;
  const describing = letters.has('V');
  if (!describing && !letters.has('v')) return yield* runCommand(shell, letters, planned);
  let status = 1;
  let out = '';
  for (const name of letters.operands) {
    const [meaning] = meanings(shell, name, false);
    if (meaning === undefined) {
      if (describing) yield* shell.complain(`command: ${name}: not found`);
      continue;
    }
    status = 0;
    if (describing) out += `${describe(shell, name, meaning)}\n`;
    else if (meaning.type === 'alias') out += `alias ${name}=${singleQuote(meaning.detail)}\n`;
    else out += `${meaning.type === 'file' ? meaning.detail : name}\n`;
  }
  yield* print(shell, 'command', out);
  return shell.personality !== 'bash' && status === 1 ? 127 : status;
}

/** `command name …`: no function or alias of that name. */
function* runCommand(shell: Shell, { operands }: Letters, command: PlannedCommand): Op<number> {
  if (operands.length === 0) return 0;
  yield* redispatch(shell, { ...command, argv: operands, assignments: [], redirects: [], lookup: 'no-functions' });
  return shell.status;
}

function* alias(shell: Shell, args: readonly string[]): Op<number> {
  const line = (name: string, value: string): string =>
    `${shell.personality === 'bash' ? 'alias ' : ''}${name}=${singleQuote(value)}\n`;
  const letters = yield* readLetters(shell, 'alias', args, 'p');
  if (typeof letters === 'number') return letters;
  const rest = letters.operands;
  if (rest.length === 0 || letters.has('p'))
    yield* print(
      shell,
      'alias',
      [...shell.aliases]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => line(name, value))
        .join(''),
    );
  let status = 0;
  for (const arg of rest) {
    const at = arg.indexOf('=');
    if (at > 0 && /[\s/$`=|&;()<>'"\\]/.test(arg.slice(0, at)))
      status = yield* fault(shell, `alias: \`${arg.slice(0, at)}': invalid alias name`);
    else if (at > 0) defineAlias(shell, arg.slice(0, at), arg.slice(at + 1));
    else {
      const value = shell.aliases.get(arg);
      if (value === undefined) status = yield* noAlias(shell, arg);
      else yield* print(shell, 'alias', line(arg, value));
    }
  }
  return status;
}

function* unalias(shell: Shell, args: readonly string[]): Op<number> {
  const letters = yield* readLetters(shell, 'unalias', args, 'a');
  if (typeof letters === 'number') return letters;
  if (letters.has('a')) {
    shell.aliases.clear();
    return 0;
  }
  if (letters.operands.length === 0) return yield* usage(shell, 'unalias');
  let status = 0;
  for (const name of letters.operands)
    if (!shell.aliases.delete(name)) status = yield* fault(shell, `unalias: ${name}: not found`);
  return status;
}

export const lookupBuiltins: Readonly<Record<string, Builtin>> = { type, command, hash, alias, unalias };

function* noAlias(shell: Shell, name: string): Op<number> {
  if (shell.personality === 'bash') return yield* fault(shell, `alias: ${name}: not found`);
  yield* shell.write(2, `alias: ${name} not found\n`);
  return 1;
}
