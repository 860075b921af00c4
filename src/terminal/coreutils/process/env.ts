import { failed, strerror } from '../../../protocol/errno.ts';
import type { Result } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { SHELL, lookupPath, scriptArguments } from '../../run-child.ts';
import { sayCannotExecute } from './cannot-execute.ts';
import type { Invocation } from '../command.ts';
import { command, parseOptions, usageError } from '../command.ts';
import { quoteName } from '../quoting.ts';

const SPEC = {
  name: 'env',
  short: 'iu:0C:S:v',
  long: {
    'ignore-environment': 'i',
    unset: 'u',
    null: '0',
    chdir: 'C',
    'split-string': 'S',
    debug: 'v',
    'block-signal': 'block-signal::',
    'default-signal': 'default-signal::',
    'ignore-signal': 'ignore-signal::',
    'list-signal-handling': 'list-signal-handling',
  },
  absent: ['block-signal', 'default-signal', 'ignore-signal', 'list-signal-handling'],
  stopEarly: true,
  usageStatus: 125,
} as const;

export const env = command(SPEC, async (call) => {
  const split = call.options.value('S');
  if (split === undefined) return await runEnv(call);
  const words = split.trim() === '' ? [] : split.trim().split(/\s+/);
  if (call.options.has('v')) {
    const into = words.map((word, at) => `${at === 0 ? ' into:' : '     &'}    \u2018${word}\u2019\n`);
    await call.io.raw(`split -S:  \u2018${split}\u2019\n${into.join('')}`);
  }
  const given = call.options.has('v') ? ['-v'] : [];
  const options = parseOptions([...given, ...words, ...call.operands], SPEC);
  if ('problem' in options) return await usageError(call, options.problem, 125);
  return await runEnv({ ...call, options, operands: options.operands });
});

async function runEnv(call: Invocation): Promise<number> {
  const { process, io, options } = call;
  const words = call.operands[0] === '-' ? call.operands.slice(1) : call.operands;
  const ignore = options.has('i') || call.operands[0] === '-';
  const variables: Record<string, string> = ignore ? {} : { ...process.env };
  const says = async (text: string): Promise<void> => {
    if (options.has('v')) await io.raw(`${text}\n`);
  };
  if (ignore) await says('cleaning environ');
  for (const name of options.values('u')) {
    if (!ignore) await says(`unset:    ${name}`);
    delete variables[name];
  }
  const at = words.findIndex((word) => !word.includes('='));
  const argv = at < 0 ? [] : words.slice(at);
  for (const word of at < 0 ? words : words.slice(0, at)) {
    const [name = '', ...value] = word.split('=');
    if (name === '') {
      await io.warn(`cannot set \u2018\u2019: Invalid argument`);
      return 125;
    }
    variables[name] = value.join('=');
    await says(`setenv:   ${word}`);
  }
  const directory = options.value('C');
  if (directory !== undefined) {
    await says(`chdir:    ${quoteName(directory)}`);
    const moved = process.chdir(directory);
    if (failed(moved)) {
      await io.warn(`cannot change directory to ${quoteName(directory)}: ${strerror(moved)}`);
      return 125;
    }
  }
  if (argv.length > 0) await says(`executing: ${argv[0] ?? ''}${argv.map(argumentText).join('')}`);
  if (argv.length > 0) return await execProgram(call, argv, variables);
  for (const [name, value] of Object.entries(variables)) io.out(`${name}=${value}${options.has('0') ? '\0' : '\n'}`);
  return await io.end(0);
}

const argumentText = (arg: string, at: number): string => `\n   arg[${String(at)}]= \u2018${arg}\u2019`;

async function execProgram(
  call: Invocation,
  argv: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<number> {
  const [name = ''] = argv;
  const failure = await replaceBy(call.process, argv, variables);
  await sayCannotExecute(call, name, strerror(failure), (shown) => shown);
  if (failure.errno === 'ENOENT' && /\s/.test(name)) await call.io.warn('use -[v]S to pass options in shebang lines');
  return failure.errno === 'ENOENT' ? 127 : 126;
}

/** execvpe(3): comes back only where it failed. */
export async function replaceBy(
  process: Process,
  argv: readonly string[],
  variables: Readonly<Record<string, string>> = process.env,
): Promise<Extract<Result<never>, object>> {
  const path = lookupPath(process, argv[0] ?? '', variables['PATH']);
  if (path === undefined) return { errno: 'ENOENT' };
  const allowed = process.access(path, { execute: true });
  if (failed(allowed)) return { errno: allowed.errno };
  const found = process.stat(path);
  if (!failed(found) && found.type === 'directory') return { errno: 'EACCES' };
  const failure = await process.exec(path, argv, variables);
  if (failed(failure) && failure.errno === 'ENOEXEC')
    return await process.exec(SHELL, scriptArguments(path, argv), variables);
  return failure;
}

export const printenv = command({ name: 'printenv', short: '0', long: { null: '0' }, usageStatus: 2 }, async (call) => {
  const { process, io, operands, options } = call;
  const end = options.has('0') ? '\0' : '\n';
  let status = 0;
  if (operands.length === 0) for (const [name, value] of Object.entries(process.env)) io.out(`${name}=${value}${end}`);
  for (const name of operands) {
    const value = process.env[name];
    if (value === undefined) status = 1;
    else io.out(value + end);
  }
  return await io.end(status);
});
