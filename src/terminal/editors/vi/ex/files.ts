/** Commands about files: :w :q :x :e :r :f :n :b :cd and their like. */
import { fileMessage, isChanged } from '../state/buffer.ts';
import type { ViFile, ViState } from '../state/state.ts';
import { leave } from '../work/leave.ts';
import { fail, failLines } from '../state/state.ts';
import { remember } from '../state/undo.ts';
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

/** :wa and :wqa: hidden files that were changed are written too. */
const writeAll =
  (exits: boolean) =>
  (state: ViState, call: ExCall): ViState => {
    if (unwritten(state) === undefined) return write({ ifChanged: true, exits })(state, call);
    return { ...state, work: { type: 'write-all', force: call.bang, exits } };
  };

/** Leaving is refused while this text, or a hidden one, is not written; of a hidden one that is shown then. */
function quit(state: ViState, { bang }: ExCall): ViState {
  if (!bang && isChanged(state)) return fail(state, UNSAVED);
  return bang ? leave(state, true) : afterHidden(state, () => leave(state, false));
}
function quitAll(state: ViState, { bang }: ExCall): ViState {
  if (bang) return { ...state, exit: 0 };
  if (!isChanged(state)) return afterHidden(state, () => ({ ...state, exit: 0 }));
  return failLines(state, ['E37: No write since last change', notWritten(state.path ?? '[No Name]')]);
}
const notWritten = (name: string): string => `E162: No write since last change for buffer "${name}"`;
function afterHidden(state: ViState, act: () => ViState): ViState {
  const hidden = unwritten(state);
  if (hidden === undefined) return act();
  const said = ['E37: No write since last change', notWritten(hidden.path)];
  return { ...state, work: { type: 'edit', path: hidden.path, force: false, said } };
}

/** :e: another file, or this one anew. */
function edit(state: ViState, { bang, args }: ExCall): ViState {
  const [, first, name = ''] = /^(?:\+(\S*)\s*)?(.*)$/.exec(args) ?? [];
  const path = name === '' ? state.path : fileName(state, name);
  if (name === '#' && state.alternate === undefined)
    return fail(state, "E194: No alternate file name to substitute for '#'");
  if (!bang && isChanged(state) && (!state.options.hidden || path === state.path)) return fail(state, UNSAVED);
  if (path === undefined || path === '') return fail(state, 'E32: No file name');
  const work = { type: 'edit', path, force: bang } as const;
  return { ...state, work: first === undefined ? work : { ...work, command: first === '' ? '$' : first } };
}

/** :find: a file that has to be there. */
function find(state: ViState, { bang, args }: ExCall): ViState {
  if (args === '') return fail(state, 'E471: Argument required');
  if (!bang && !state.options.hidden && isChanged(state)) return fail(state, UNSAVED);
  return { ...state, work: { type: 'edit', path: fileName(state, args), force: bang, exists: true } };
}

/** :r: a file, or a command's output, below the last row of a range; `:0r` puts it above the first. */
function read(state: ViState, { range, args, raw, bang }: ExCall): ViState {
  const below = range.given ? range.asked : state.row;
  const command = bang ? raw.slice(1) : /^\s*!(.*)$/s.exec(raw)?.[1];
  if (command !== undefined) return readCommand(state, command.trim(), below);
  const [file = '', ...rest] = args.split('|');
  const path = file.trim() === '' ? state.path : fileName(state, file.trim());
  if (path === undefined) return fail(state, 'E32: No file name');
  const work = { type: 'read', path, below } as const;
  return { ...remember(state), work, ...(rest.length === 0 ? {} : { following: rest.join('|') }) };
}

export function noSuchArgument({ files }: ViState, file: number): string | undefined {
  if (files.length < 2) return 'E163: There is only one file to edit';
  if (file >= files.length) return 'E165: Cannot go beyond last file';
  return file < 0 ? 'E164: Cannot go before first file' : undefined;
}

/** Another file of the argument list. */
function goToFile(state: ViState, file: number, bang: boolean): ViState {
  const fault = noSuchArgument(state, file);
  if (fault !== undefined) return fail(state, fault);
  if (!bang && !state.options.hidden && isChanged(state)) return fail(state, UNSAVED);
  return { ...state, file, work: { type: 'edit', path: state.files[file] ?? '', force: bang } };
}
const along =
  (step: 1 | -1) =>
  (state: ViState, { bang, args }: ExCall): ViState =>
    goToFile(state, state.file + step * Number(args === '' ? 1 : args), bang);

/** :n: the next file, or the first of others that are named. */
function next(state: ViState, call: ExCall): ViState {
  if (!call.bang && !state.options.hidden && isChanged(state)) return fail(state, UNSAVED);
  if (call.args === '' || /^\d+$/.test(call.args)) return along(1)(state, call);
  const files = call.args.split(/\s+/).map((each) => fileName(state, each));
  return { ...state, files, file: 0, work: { type: 'edit', path: files[0] ?? '', force: call.bang } };
}

/** :wn: written, and the next file. */
function writeNext(state: ViState, { bang }: ExCall): ViState {
  if (state.path === undefined) return fail(state, 'E32: No file name');
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

/** :ls: the files that were opened: % this one, # the one before, h hidden, + changed. */
function listFiles(state: ViState): ViState {
  const lines = known(state).flatMap((path, at) => {
    if (state.unlisted.includes(path)) return [];
    const here = path === state.path;
    const other = state.opened.find((file) => file.path === path);
    const kept = other?.text;
    const sign = `${here ? '%' : path === state.alternate ? '#' : ' '}${here ? 'a' : kept === undefined ? ' ' : 'h'}`;
    const changed = here ? isChanged(state) : kept !== undefined && isChanged({ ...state, ...kept });
    const line = here ? state.row + 1 : (other?.row ?? -1) + 1;
    return [
      `${String(at + 1).padStart(3)} ${sign} ${changed ? '+' : ' '} ${`"${path}"`.padEnd(30)} line ${String(line)}`,
    ];
  });
  return { ...state, output: lines };
}
function known({ files, opened, path }: ViState): readonly string[] {
  return [...new Set([...files, ...opened.map((file) => file.path), ...(path === undefined ? [] : [path])])];
}

/** A hidden file that was changed and not written. */
const unwritten = (state: ViState): ViFile | undefined =>
  state.opened.find(({ path, text }) => path !== state.path && text !== undefined && isChanged({ ...state, ...text }));

/** :bd: a file leaves the list, and the one before takes its place. */
function deleteBuffer(state: ViState, { bang, args }: ExCall): ViState {
  const paths = known(state);
  const at = args === '' ? paths.indexOf(state.path ?? '') : named(paths, 0, args);
  const path = paths[at];
  if (path === undefined) return fail(state, args === '' ? 'E516: No buffers were deleted' : noBuffer(args));
  const here = path === state.path;
  if (here && !bang && isChanged(state))
    return fail(state, `E89: No write since last change for buffer ${String(at + 1)} (add ! to override)`);
  const without: ViState = {
    ...state,
    unlisted: [...state.unlisted, path],
    opened: state.opened.filter((file) => file.path !== path),
  };
  if (!here) return without;
  const rest = paths.filter((each) => each !== path && !state.unlisted.includes(each));
  const next = state.alternate !== undefined && rest.includes(state.alternate) ? state.alternate : (rest.at(-1) ?? '');
  return { ...without, work: { type: 'edit', path: next, force: true } };
}
const noBuffer = (args: string): string =>
  /^\d+$/.test(args) ? `E86: Buffer ${args} does not exist` : `E94: No matching buffer for ${args}`;

const buffer =
  (choose: (paths: readonly string[], here: number, args: string) => number) =>
  (state: ViState, { bang, args }: ExCall): ViState => {
    const paths = known(state);
    const path = paths[choose(paths, paths.indexOf(state.path ?? ''), args)];
    if (path === undefined) return fail(state, noBuffer(args));
    if (!bang && !state.options.hidden && isChanged(state)) return fail(state, UNSAVED);
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
  { name: 'wall', shortest: 'wa', run: writeAll(false) },
  { name: 'wqall', shortest: 'wqa', run: writeAll(true) },
  { name: 'xall', shortest: 'xa', run: writeAll(true) },
  { name: 'quit', shortest: 'q', takesArguments: false, run: quit },
  { name: 'qall', shortest: 'qa', takesArguments: false, run: quitAll },
  { name: 'quitall', shortest: 'quita', takesArguments: false, run: quitAll },
  { name: 'cquit', shortest: 'cq', run: (state, { args }) => ({ ...state, exit: args === '' ? 1 : Number(args) }) },
  {
    name: 'saveas',
    shortest: 'sav',
    run: (state, call) => ({ ...write({})(state, call), alternate: state.path, path: call.args }),
  },
  { name: 'wnext', shortest: 'wn', run: writeNext },
  { name: 'edit', shortest: 'e', run: edit },
  { name: 'find', shortest: 'fin', run: find },
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
  { name: 'next', shortest: 'n', run: next },
  { name: 'previous', shortest: 'prev', run: along(-1) },
  { name: 'Next', shortest: 'N', run: along(-1) },
  { name: 'rewind', shortest: 'rew', run: (state, { bang }) => goToFile(state, 0, bang) },
  { name: 'first', shortest: 'fir', run: (state, { bang }) => goToFile(state, 0, bang) },
  { name: 'last', shortest: 'la', run: (state, { bang }) => goToFile(state, state.files.length - 1, bang) },
  { name: 'args', shortest: 'ar', run: listArguments },
  { name: 'ls', run: listFiles },
  { name: 'files', run: listFiles },
  { name: 'buffers', run: listFiles },
  { name: 'bdelete', shortest: 'bd', run: deleteBuffer },
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
