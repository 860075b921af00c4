/** Commands about files: :w :q :x :e :r :f :n :b :cd and their like. */
import { fileMessage, isChanged } from '../buffer.ts';
import type { ViState } from '../state.ts';
import { leave } from '../leave.ts';
import { fail } from '../state.ts';
import { remember } from '../undo.ts';
import type { ExCall, ExCommand } from './command.ts';
import { readCommand } from './shell.ts';

const UNSAVED = 'E37: No write since last change (add ! to override)';

const fileName = (state: ViState, args: string): string =>
  args.replace(
    /\\(.)|[%#]/g,
    (whole, escaped?: string) => escaped ?? (whole === '%' ? (state.path ?? '') : (state.alternate ?? '')),
  );

interface Writing {
  /** Only where something was changed. */
  readonly ifChanged?: boolean;
  readonly exits?: boolean;
}

const write =
  ({ ifChanged = false, exits = false }: Writing) =>
  (state: ViState, { range, bang, args, raw }: ExCall): ViState => {
    const command = /^!\s*(.+)$/.exec(args)?.[1];
    if (command !== undefined || /^\s+!/.test(raw))
      return {
        ...state,
        work: {
          type: 'feed',
          command: command ?? '',
          lines: state.lines.slice(range.given ? range.from : 0, range.given ? range.to + 1 : undefined),
        },
      };
    if (ifChanged && !isChanged(state)) return exits ? leave(state, false) : state;
    const append = args.startsWith('>>');
    const given = fileName(state, append ? args.slice(2).trim() : args);
    const path = given === '' ? state.path : given;
    if (path === undefined) return fail(state, 'E32: No file name');
    const part = range.given && range.to - range.from + 1 < state.lines.length;
    if (part && path === state.path && !bang && !append) return fail(state, 'E140: Use ! to write partial buffer');
    const lines = range.given ? state.lines.slice(range.from, range.to + 1) : state.lines;
    return { ...state, work: { type: 'write', path, lines, force: bang, append, exits } };
  };

const quit = (state: ViState, { bang }: ExCall): ViState =>
  bang || !isChanged(state) ? leave(state, bang) : fail(state, UNSAVED);
const quitAll = (state: ViState, { bang }: ExCall): ViState =>
  bang || !isChanged(state) ? { ...state, exit: 0 } : fail(state, UNSAVED);

/** :e: another file, or this one anew. */
function edit(state: ViState, { bang, args }: ExCall): ViState {
  const [, position, name = ''] = /^(?:\+(\S*)\s*)?(.*)$/.exec(args) ?? [];
  const path = name === '' ? state.path : fileName(state, name);
  if (name === '#' && state.alternate === undefined)
    return fail(state, "E194: No alternate file name to substitute for '#'");
  if (!bang && isChanged(state)) return fail(state, UNSAVED);
  if (path === undefined || path === '') return fail(state, 'E32: No file name');
  return {
    ...state,
    work: { type: 'edit', path, force: bang },
    queue: position === undefined ? state.queue : state.queue,
  };
}

/** :r: a file, or a command's output, below the last row of a range; `:0r` puts it above the first. */
function read(state: ViState, { range, args, raw, bang }: ExCall): ViState {
  const below = range.given ? range.asked : state.row;
  const command = bang ? raw.slice(1) : /^\s*!(.*)$/s.exec(raw)?.[1];
  if (command !== undefined) return readCommand(state, command.trim(), below);
  const path = args === '' ? state.path : fileName(state, args);
  if (path === undefined) return fail(state, 'E32: No file name');
  return { ...remember(state), work: { type: 'read', path, below } };
}

/** Another file of the argument list. */
function goToFile(state: ViState, file: number, bang: boolean): ViState {
  if (state.files.length < 2) return fail(state, 'E163: There is only one file to edit');
  if (file >= state.files.length) return fail(state, 'E165: Cannot go beyond last file');
  if (file < 0) return fail(state, 'E164: Cannot go before first file');
  if (!bang && isChanged(state)) return fail(state, UNSAVED);
  return { ...state, file, work: { type: 'edit', path: state.files[file] ?? '', force: bang } };
}
const along =
  (step: 1 | -1) =>
  (state: ViState, { bang, args }: ExCall): ViState =>
    goToFile(state, state.file + step * Number(args === '' ? 1 : args), bang);

/** :wn: written, and the next file. */
function writeNext(state: ViState, { bang }: ExCall): ViState {
  if (state.path === undefined) return fail(state, 'E32: No file name');
  if (state.file + 1 >= state.files.length)
    return fail(
      state,
      state.files.length < 2 ? 'E163: There is only one file to edit' : 'E165: Cannot go beyond last file',
    );
  return {
    ...state,
    work: {
      type: 'write',
      path: state.path,
      lines: state.lines,
      force: bang,
      append: false,
      exits: false,
      then: state.file + 1,
    },
  };
}

function rename(state: ViState, { args }: ExCall): ViState {
  if (args === '') return { ...state, message: fileMessage(state) };
  const renamed: ViState = { ...state, path: fileName(state, args), alternate: state.path };
  return { ...renamed, message: fileMessage(renamed).replace(/^("[^"]*") /, '$1 [Not edited] ') };
}

/** :ls: the files that were opened. */
function listFiles(state: ViState): ViState {
  const paths = known(state);
  const lines = paths.map((path, at) => {
    const here = path === state.path;
    const sign = here ? '%a' : path === state.alternate ? '# ' : '  ';
    const line = here ? state.row + 1 : (state.opened.find((file) => file.path === path)?.row ?? -1) + 1;
    return `${String(at + 1).padStart(3)} ${sign} ${here && isChanged(state) ? '+' : ' '} ${`"${path}"`.padEnd(30)} line ${String(line)}`;
  });
  return { ...state, output: lines };
}
function known({ files, opened, path }: ViState): readonly string[] {
  return [...new Set([...files, ...opened.map((file) => file.path), ...(path === undefined ? [] : [path])])];
}

const buffer =
  (choose: (paths: readonly string[], here: number, args: string) => number) =>
  (state: ViState, { bang, args }: ExCall): ViState => {
    const paths = known(state);
    const path = paths[choose(paths, paths.indexOf(state.path ?? ''), args)];
    if (path === undefined)
      return fail(
        state,
        /^\d+$/.test(args) ? `E86: Buffer ${args} does not exist` : `E94: No matching buffer for ${args}`,
      );
    if (!bang && isChanged(state)) return fail(state, UNSAVED);
    return path === state.path ? state : { ...state, work: { type: 'edit', path, force: bang } };
  };
const named = (paths: readonly string[], here: number, args: string): number => {
  if (args === '') return here;
  return /^\d+$/.test(args) ? Number(args) - 1 : paths.findIndex((path) => path.includes(args));
};
const around =
  (step: 1 | -1) =>
  (paths: readonly string[], here: number): number =>
    (here + step + paths.length) % paths.length;

const listArguments = (state: ViState): ViState => ({
  ...state,
  message: state.files.map((path, at) => (at === state.file ? `[${path}]` : path)).join(' '),
});

export const FILE_COMMANDS: readonly ExCommand[] = [
  { name: 'write', shortest: 'w', takesBars: false, run: write({}) },
  { name: 'wq', run: write({ exits: true }) },
  { name: 'xit', shortest: 'x', run: write({ ifChanged: true, exits: true }) },
  { name: 'exit', shortest: 'exi', run: write({ ifChanged: true, exits: true }) },
  { name: 'update', shortest: 'up', run: write({ ifChanged: true }) },
  { name: 'wall', shortest: 'wa', run: write({ ifChanged: true }) },
  { name: 'wqall', shortest: 'wqa', run: write({ ifChanged: true, exits: true }) },
  { name: 'xall', shortest: 'xa', run: write({ ifChanged: true, exits: true }) },
  { name: 'quit', shortest: 'q', run: quit },
  { name: 'qall', shortest: 'qa', run: quitAll },
  { name: 'quitall', shortest: 'quita', run: quitAll },
  { name: 'cquit', shortest: 'cq', run: (state, { args }) => ({ ...state, exit: args === '' ? 1 : Number(args) }) },
  {
    name: 'saveas',
    shortest: 'sav',
    run: (state, call) => ({ ...write({})(state, call), alternate: state.path, path: call.args }),
  },
  { name: 'wnext', shortest: 'wn', run: writeNext },
  { name: 'edit', shortest: 'e', run: edit },
  { name: 'visual', shortest: 'vi', run: edit },
  { name: 'view', shortest: 'vie', run: (state, call) => ({ ...edit(state, call), readonly: true }) },
  {
    name: 'enew',
    shortest: 'ene',
    run: (state, { bang }) =>
      bang || !isChanged(state) ? { ...state, work: { type: 'edit', path: '', force: bang } } : fail(state, UNSAVED),
  },
  { name: 'read', shortest: 'r', takesBars: true, run: read },
  { name: 'file', shortest: 'f', run: rename },
  { name: 'next', shortest: 'n', run: along(1) },
  { name: 'previous', shortest: 'prev', run: along(-1) },
  { name: 'Next', shortest: 'N', run: along(-1) },
  { name: 'rewind', shortest: 'rew', run: (state, { bang }) => goToFile(state, 0, bang) },
  { name: 'first', shortest: 'fir', run: (state, { bang }) => goToFile(state, 0, bang) },
  { name: 'last', shortest: 'la', run: (state, { bang }) => goToFile(state, state.files.length - 1, bang) },
  { name: 'args', shortest: 'ar', run: listArguments },
  { name: 'ls', run: listFiles },
  { name: 'files', run: listFiles },
  { name: 'buffers', run: listFiles },
  { name: 'buffer', shortest: 'b', run: buffer(named) },
  { name: 'bnext', shortest: 'bn', run: buffer(around(1)) },
  { name: 'bprevious', shortest: 'bp', run: buffer(around(-1)) },
  {
    name: 'source',
    shortest: 'so',
    run: (state, { args }) =>
      args === '' ? fail(state, 'E471: Argument required') : { ...state, work: { type: 'source', path: args } },
  },
  {
    name: 'swapname',
    shortest: 'sw',
    run: (state) => ({ ...state, message: state.swap ?? 'No swap file' }),
  },
  { name: 'pwd', shortest: 'pw', run: (state) => ({ ...state, work: { type: 'cd', path: '.' } }) },
  { name: 'cd', run: (state, { args }) => ({ ...state, work: { type: 'cd', path: args === '' ? '~' : args } }) },
];
