import { failed } from '../../../protocol/errno.ts';
import { findCommand } from '../command-path.ts';
import type { Op } from '../op.ts';
import { quoteForReuse } from '../quote.ts';
import { KEYWORDS } from '../keywords.ts';
import type { Shell } from '../shell.ts';
import type { PlannedCommand } from '../simple-command.ts';
import { commandBuiltin } from './control.ts';
import type { Builtin } from './builtin.ts';
import { fault, print } from './message.ts';

type Meaning = { readonly type: 'alias' | 'keyword' | 'function' | 'builtin' | 'file'; readonly detail: string };

function meanings(shell: Shell, name: string, all: boolean): Meaning[] {
  const found: Meaning[] = [];
  const alias = shell.aliases.get(name);
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
    const found = findCommand(shell, name);
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
      return shell.hashed.has(name) &&
        !name.includes('/') &&
        shell.personality === 'bash' &&
        (shell.hashed.get(name)?.hits ?? 0) > 1
        ? `${name} is hashed (${meaning.detail})`
        : `${name} is ${meaning.detail}`;
  }
}

function* type(shell: Shell, args: readonly string[]): Op<number> {
  const flags = args.filter((arg) => /^-[afptP]+$/.test(arg)).join('');
  const names = args.filter((arg) => !/^-[afptP]+$/.test(arg) && arg !== '--');
  let status = 0;
  let out = '';
  for (const name of names) {
    const wasHashed = shell.hashed.has(name);
    const found = flags.includes('P')
      ? files(shell, name, flags.includes('a')).map((path): Meaning => ({ type: 'file', detail: path }))
      : meanings(shell, name, flags.includes('a'));
    if (!wasHashed) shell.hashed.delete(name);
    if (found.length === 0) {
      status = 1;
      if (out !== '') yield* shell.write(1, out);
      out = '';
      if (!/[tpP]/.test(flags)) {
        if (shell.personality === 'bash') yield* shell.complain(`type: ${name}: not found`);
        else {
          yield* shell.write(1, `${name}: not found\n`);
          status = 127;
        }
      }
      continue;
    }
    for (const meaning of found) {
      if (flags.includes('t')) out += `${meaning.type}\n`;
      else if (/[pP]/.test(flags)) out += meaning.type === 'file' ? `${meaning.detail}\n` : '';
      else out += `${describe(shell, name, meaning)}\n`;
    }
  }
  const printed = yield* print(shell, 'type', out);
  return printed === 0 ? status : printed;
}

function* command(shell: Shell, args: readonly string[], planned: PlannedCommand): number | Op<number> {
  const verbose = args[0] === '-v' || args[0] === '-V';
  if (!verbose) {
    const result = commandBuiltin(shell, args, planned);
    return yield* result;
  }
  let status = 1;
  let out = '';
  for (const name of args.slice(1)) {
    const [meaning] = meanings(shell, name, false);
    if (meaning === undefined) {
      if (args[0] === '-V') yield* shell.complain(`command: ${name}: not found`);
      continue;
    }
    status = 0;
    if (args[0] === '-V') out += `${describe(shell, name, meaning)}\n`;
    else
      out += `${meaning.type === 'alias' ? `alias ${name}=${quoteForReuse(meaning.detail)}` : meaning.type === 'file' ? meaning.detail : name}\n`;
  }
  yield* print(shell, 'command', out);
  return shell.personality !== 'bash' && status === 1 ? 127 : status;
}

function* hash(shell: Shell, args: readonly string[]): Op<number> {
  if (args[0] === '-r') {
    shell.hashed.clear();
    return 0;
  }
  if (args.length === 0) {
    if (shell.hashed.size === 0) return yield* print(shell, 'hash', 'hash: hash table empty\n');
    return yield* print(
      shell,
      'hash',
      `hits\tcommand\n${[...shell.hashed.values()].map(({ path, hits }) => `${String(hits).padStart(4)}\t${path}\n`).join('')}`,
    );
  }
  const show = args[0] === '-t';
  for (const name of show ? args.slice(1) : args) {
    const known = shell.hashed.get(name);
    if (show && known === undefined) return yield* fault(shell, `hash: ${name}: not found`);
    if (show && known !== undefined)
      yield* print(shell, 'hash', `${args.length > 2 ? `${name}\t` : ''}${known.path}\n`);
    if (show) continue;
    const found = findCommand(shell, name);
    if (found.type !== 'found') return yield* fault(shell, `hash: ${name}: not found`);
  }
  return 0;
}

function* alias(shell: Shell, args: readonly string[]): Op<number> {
  const line = (name: string, value: string): string =>
    `${shell.personality === 'bash' ? 'alias ' : ''}${name}=${quoteForReuse(value)}\n`;
  const rest = args[0] === '-p' || args[0] === '--' ? args.slice(1) : args;
  if (rest.length === 0)
    return yield* print(
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
    else if (at > 0) shell.aliases.set(arg.slice(0, at), arg.slice(at + 1));
    else {
      const value = shell.aliases.get(arg);
      if (value === undefined) status = yield* noAlias(shell, arg);
      else yield* print(shell, 'alias', line(arg, value));
    }
  }
  return status;
}

function* unalias(shell: Shell, args: readonly string[]): Op<number> {
  if (args[0] === '-a') {
    shell.aliases.clear();
    return 0;
  }
  if (args.length === 0) {
    yield* shell.write(2, 'unalias: usage: unalias [-a] name [name ...]\n');
    return 2;
  }
  let status = 0;
  for (const name of args) if (!shell.aliases.delete(name)) status = yield* fault(shell, `unalias: ${name}: not found`);
  return status;
}

export const lookupBuiltins: Readonly<Record<string, Builtin>> = { type, command, hash, alias, unalias };

function* noAlias(shell: Shell, name: string): Op<number> {
  if (shell.personality === 'bash') return yield* fault(shell, `alias: ${name}: not found`);
  yield* shell.write(2, `alias: ${name} not found\n`);
  return 1;
}
