import { failed, strerror } from '../../../protocol/errno.ts';
import { printable } from '../quote.ts';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { ashBuiltin, fault, invalidOption, print } from './message.ts';

/** Joins and removes `.` and `..` without looking at the file system. */
export function logicalPath(base: string, path: string): string {
  const out: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${base}/${path}`).split('/')) {
    if (part === '..') out.pop();
    else if (part !== '' && part !== '.') out.push(part);
  }
  return `/${out.join('/')}`;
}

function changeTo(shell: Shell, path: string, physical: boolean): string | undefined {
  const { process } = shell;
  const before = shell.vars.get('PWD') ?? process.cwd();
  const target = physical ? path : logicalPath(before, path);
  let moved = process.chdir(target);
  if (failed(moved) && !physical) moved = process.chdir(path);
  if (failed(moved)) return strerror(moved);
  const real = process.realpath('.');
  const now = physical ? (failed(real) ? process.cwd() : real) : target;
  setExported(shell, 'OLDPWD', before);
  setExported(shell, 'PWD', now);
  return undefined;
}

function setExported(shell: Shell, name: string, value: string): void {
  shell.vars.put(name, value);
  shell.vars.ensure(name).exported = true;
}

/** cd, and what pushd and popd do with the directory that they go to. */
export function* changeDirectory(shell: Shell, name: string, args: readonly string[]): Op<number> {
  let physical = shell.options.has('physical');
  let rest = args;
  for (; /^-[LPe@]+$/.test(rest[0] ?? ''); rest = rest.slice(1)) physical = rest[0]?.includes('P') === true;
  if (rest[0] === '--') rest = rest.slice(1);
  if (rest[0]?.startsWith('-') === true && rest[0] !== '-')
    return yield* invalidOption(shell, name, rest[0].slice(0, 2));
  if (rest.length > 1 && shell.personality === 'bash') return yield* fault(shell, `${name}: too many arguments`);
  let [path] = rest;
  let show = false;
  if (path === undefined) {
    path = shell.vars.get('HOME');
    if (path === undefined) return yield* fault(shell, `${name}: HOME not set`);
    if (path === '') return 0;
  } else if (path === '-') {
    path = shell.vars.get('OLDPWD');
    if (path === undefined) return yield* fault(shell, `${name}: OLDPWD not set`);
    show = true;
  }
  const shown = path;
  const search = !path.startsWith('/') && !/^\.\.?(\/|$)/.test(path) ? shell.vars.get('CDPATH') : undefined;
  for (const base of search?.split(':') ?? []) {
    const candidate = `${base === '' ? '.' : base}/${path}`;
    const stat = shell.process.stat(candidate);
    if (!failed(stat) && stat.type === 'directory') {
      path = candidate;
      show ||= base !== '';
      break;
    }
  }
  const problem = changeTo(shell, path, physical);
  if (problem !== undefined)
    return yield* fault(
      shell,
      shell.personality === 'dash'
        ? `cd: can't cd to ${shown}`
        : shell.personality === 'ash'
          ? `${ashBuiltin(shell, 'cd')}can't cd to ${shown}: ${problem}`
          : `${name}: ${printable(shown)}: ${problem}`,
      shell.personality === 'bash' ? 1 : 2,
    );
  return show ? yield* print(shell, 'cd', `${shell.vars.get('PWD') ?? ''}\n`) : 0;
}

function* pwd(shell: Shell, args: readonly string[]): Op<number> {
  const [option] = args;
  if (option !== undefined && !/^-[LP]+$/.test(option) && option.startsWith('-'))
    return yield* invalidOption(shell, 'pwd', option);
  const real = shell.process.realpath('.');
  const physical = option?.includes('P') === true;
  return yield* print(
    shell,
    'pwd',
    `${physical && !failed(real) ? real : (shell.vars.get('PWD') ?? shell.process.cwd())}\n`,
  );
}

const cd: Builtin = (shell, args) => changeDirectory(shell, 'cd', args);

export const directoryBuiltins: Readonly<Record<string, Builtin>> = { cd, chdir: cd, pwd };
