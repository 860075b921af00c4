/** dirs, pushd, popd: the directories that the shell remembers, the newest first; the working directory stands before them. */
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { changeDirectory } from './directories.ts';
import { fault, invalidOption, print, usage } from './message.ts';

interface Place {
  readonly text: string;
  readonly sign: '+' | '-';
  readonly count: number;
}

interface Asked {
  /** Single letters: these builtins take no letters together. */
  readonly letters: ReadonlySet<string>;
  readonly place: Place | undefined;
  readonly operands: readonly string[];
}

/** Options, `+N` and `-N`; a number is the status after a complaint. */
function* parse(shell: Shell, name: string, args: readonly string[], known: string): Op<Asked | number> {
  const letters = new Set<string>();
  let place: Place | undefined;
  let at = 0;
  for (; /^(?:\+|-.)/.test(args[at] ?? ''); at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      at += 1;
      break;
    }
    if (arg.length === 2 && known.includes(arg.charAt(1))) {
      letters.add(arg.charAt(1));
      continue;
    }
    if (!/^[-+]\d+$/.test(arg)) {
      yield* shell.complain(`${name}: ${arg}: invalid number`);
      return yield* usage(shell, name);
    }
    place = { text: arg, sign: arg.startsWith('+') ? '+' : '-', count: Number(arg.slice(1)) };
  }
  return { letters, place, operands: args.slice(at) };
}

/** Counted from the working directory, which is 0. */
const indexOf = (shell: Shell, { sign, count }: Place): number =>
  sign === '+' ? count : shell.directories.length - count;

const outOfRange = (shell: Shell, name: string, text: string): Op<number> =>
  fault(
    shell,
    shell.directories.length === 0
      ? `${name}: directory stack empty`
      : `${name}: ${text}: directory stack index out of range`,
  );

const here = (shell: Shell): string => shell.vars.get('PWD') ?? shell.process.cwd();

const shortened = (shell: Shell, path: string): string => {
  const home = shell.vars.get('HOME') ?? '';
  return home.length > 1 && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
};

const printStack = (shell: Shell, name: string): Op<number> =>
  print(shell, name, `${[here(shell), ...shell.directories].map((path) => shortened(shell, path)).join(' ')}\n`);

export const dirs: Builtin = function* (shell, args) {
  const asked = yield* parse(shell, 'dirs', args, 'lcvp');
  if (typeof asked === 'number') return asked;
  const { letters, place, operands } = asked;
  if (operands[0] !== undefined && !args.includes('--')) return yield* invalidOption(shell, 'dirs', operands[0]);
  if (letters.has('c')) {
    shell.directories = [];
    return 0;
  }
  const all = [here(shell), ...shell.directories].map((path) => (letters.has('l') ? path : shortened(shell, path)));
  const index = place === undefined ? undefined : indexOf(shell, place);
  if (index !== undefined && all[index] === undefined)
    return yield* outOfRange(shell, 'dirs', place?.text.slice(1) ?? '');
  const rows = all
    .map((path, at) => (letters.has('v') ? `${String(at).padStart(2)}  ${path}` : path))
    .filter((_, at) => index === undefined || at === index);
  return yield* print(shell, 'dirs', `${rows.join(letters.has('v') || letters.has('p') ? '\n' : ' ')}\n`);
};

export const pushd: Builtin = function* (shell, args) {
  const asked = yield* parse(shell, 'pushd', args, 'n');
  if (typeof asked === 'number') return asked;
  const { letters, place, operands } = asked;
  if (place !== undefined) return yield* rotate(shell, place, letters.has('n'));
  if (args.length === 0) {
    const [next, ...rest] = shell.directories;
    if (next === undefined) return yield* fault(shell, 'pushd: no other directory');
    return yield* moveTo(shell, next, [here(shell), ...rest]);
  }
  const [path] = operands;
  if (path === undefined) return 0;
  const before = here(shell);
  const moved = letters.has('n') ? 0 : yield* changeDirectory(shell, 'pushd', operands);
  if (moved !== 0) return moved;
  shell.directories = [letters.has('n') ? path : before, ...shell.directories];
  return yield* printStack(shell, 'pushd');
};

/** Changes to a directory and remembers those given. */
function* moveTo(shell: Shell, path: string, remembered: readonly string[]): Op<number> {
  const moved = yield* changeDirectory(shell, 'pushd', ['--', path]);
  if (moved !== 0) return moved;
  shell.directories = [...remembered];
  return yield* printStack(shell, 'pushd');
}

/** `pushd +N`: that one comes to the front, those before it go behind. With `-n` the shell stays where it is. */
function* rotate(shell: Shell, place: Place, stay: boolean): Op<number> {
  const index = indexOf(shell, place);
  if (index < 0 || index > shell.directories.length) return yield* outOfRange(shell, 'pushd', place.text);
  const all = [here(shell), ...shell.directories];
  const [first = '', ...rest] = [...all.slice(index), ...all.slice(0, index)];
  if (!stay) return yield* moveTo(shell, first, rest);
  if (index > 0) shell.directories = rest;
  return 0;
}

export const popd: Builtin = function* (shell, args) {
  const asked = yield* parse(shell, 'popd', args, 'n');
  if (typeof asked === 'number') return asked;
  const { letters, place, operands } = asked;
  if (operands[0] !== undefined && operands[0] !== '' && !args.includes('--')) {
    yield* shell.complain(`popd: ${operands[0]}: invalid argument`);
    return yield* usage(shell, 'popd');
  }
  const { directories } = shell;
  const index = place === undefined ? 0 : indexOf(shell, place);
  if (directories.length === 0 || index < 0 || index > directories.length)
    return yield* outOfRange(shell, 'popd', place?.text ?? '');
  if (index > 0) shell.directories = directories.filter((_, at) => at !== index - 1);
  else {
    const [next = '/', ...rest] = directories;
    const moved = letters.has('n') ? 0 : yield* changeDirectory(shell, 'popd', ['--', next]);
    if (moved !== 0) return moved;
    shell.directories = rest;
  }
  return yield* printStack(shell, 'popd');
};
