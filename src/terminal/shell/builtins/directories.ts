import { failed, strerror } from '../../../protocol/errno.ts';
import type { Op } from '../op.ts';
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

function* cd(shell: Shell, args: readonly string[]): Op<number> {
  let physical = shell.options.has('physical');
  let rest = args;
  for (; /^-[LPe@]+$/.test(rest[0] ?? ''); rest = rest.slice(1)) physical = rest[0]?.includes('P') === true;
  if (rest[0] === '--') rest = rest.slice(1);
  if (rest[0]?.startsWith('-') === true && rest[0] !== '-')
    return yield* invalidOption(shell, 'cd', rest[0].slice(0, 2), 'cd [-L|[-P [-e]] [-@]] [dir]');
  if (rest.length > 1 && shell.personality === 'bash') return yield* fault(shell, 'cd: too many arguments');
  let [path] = rest;
  let show = false;
  if (path === undefined) {
    path = shell.vars.get('HOME');
    if (path === undefined) return yield* fault(shell, 'cd: HOME not set');
    if (path === '') return 0;
  } else if (path === '-') {
    path = shell.vars.get('OLDPWD');
    if (path === undefined) return yield* fault(shell, 'cd: OLDPWD not set');
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
          : `cd: ${shown}: ${problem}`,
      shell.personality === 'bash' ? 1 : 2,
    );
  return show ? yield* print(shell, 'cd', `${shell.vars.get('PWD') ?? ''}\n`) : 0;
}

function* pwd(shell: Shell, args: readonly string[]): Op<number> {
  const [option] = args;
  if (option !== undefined && !/^-[LP]+$/.test(option) && option.startsWith('-'))
    return yield* invalidOption(shell, 'pwd', option, 'pwd [-LP]');
  const real = shell.process.realpath('.');
  const physical = option?.includes('P') === true;
  return yield* print(
    shell,
    'pwd',
    `${physical && !failed(real) ? real : (shell.vars.get('PWD') ?? shell.process.cwd())}\n`,
  );
}

const shortened = (shell: Shell, path: string): string => {
  const home = shell.vars.get('HOME') ?? '';
  return home.length > 1 && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
};
const stackText = (shell: Shell): string =>
  [shell.vars.get('PWD') ?? '', ...shell.directories].map((path) => shortened(shell, path)).join(' ');

function* dirs(shell: Shell, args: readonly string[]): Op<number> {
  if (args.includes('-c')) {
    shell.directories = [];
    return 0;
  }
  const all = [shell.vars.get('PWD') ?? '', ...shell.directories].map((path) =>
    args.includes('-l') ? path : shortened(shell, path),
  );
  if (args.includes('-v'))
    return yield* print(shell, 'dirs', all.map((path, at) => `${String(at).padStart(2)}  ${path}\n`).join(''));
  if (args.includes('-p')) return yield* print(shell, 'dirs', all.map((path) => `${path}\n`).join(''));
  return yield* print(shell, 'dirs', `${all.join(' ')}\n`);
}

function* pushd(shell: Shell, args: readonly string[]): Op<number> {
  const [path] = args.filter((arg) => arg !== '-n' && arg !== '--');
  const here = shell.vars.get('PWD') ?? '';
  const rotation = /^([-+])(\d+)$/.exec(path ?? '');
  if (path === undefined || rotation !== null) {
    if (shell.directories.length === 0) return yield* fault(shell, 'pushd: no other directory');
    const all = [here, ...shell.directories];
    const at = rotation === null ? 1 : rotation[1] === '+' ? Number(rotation[2]) : all.length - 1 - Number(rotation[2]);
    if (at < 0 || at >= all.length)
      return yield* fault(shell, `pushd: ${path ?? ''}: directory stack index out of range`);
    const turned = rotation === null ? [all[1] ?? '', here, ...all.slice(2)] : [...all.slice(at), ...all.slice(0, at)];
    const problem = changeTo(shell, turned[0] ?? '', false);
    if (problem !== undefined) return yield* fault(shell, `pushd: ${turned[0] ?? ''}: ${problem}`);
    shell.directories = turned.slice(1);
    return yield* print(shell, 'pushd', `${stackText(shell)}\n`);
  }
  const problem = changeTo(shell, path === '-' ? (shell.vars.get('OLDPWD') ?? '') : path, false);
  if (problem !== undefined) return yield* fault(shell, `pushd: ${path}: ${problem}`);
  shell.directories = [here, ...shell.directories];
  return yield* print(shell, 'pushd', `${stackText(shell)}\n`);
}

function* popd(shell: Shell, args: readonly string[]): Op<number> {
  const match = /^([-+])(\d+)$/.exec(args[0] ?? '');
  if (shell.directories.length === 0) return yield* fault(shell, 'popd: directory stack empty');
  const at = match === null ? 0 : match[1] === '+' ? Number(match[2]) : shell.directories.length - Number(match[2]);
  if (at > shell.directories.length || at < 0)
    return yield* fault(shell, `popd: ${args[0] ?? ''}: directory stack index out of range`);
  if (at > 0) shell.directories = shell.directories.filter((_, index) => index !== at - 1);
  else {
    const [next = '/', ...rest] = shell.directories;
    const problem = changeTo(shell, next, false);
    if (problem !== undefined) return yield* fault(shell, `popd: ${next}: ${problem}`);
    shell.directories = rest;
  }
  return yield* print(shell, 'popd', `${stackText(shell)}\n`);
}

export const directoryBuiltins: Readonly<Record<string, Builtin>> = { cd, chdir: cd, pwd, dirs, pushd, popd };
