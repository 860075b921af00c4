import type { Redirection } from 'unbash';
import type { Result } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd, OpenFlags } from '../../../protocol/program.ts';
import { textToBytes } from '../../text.ts';
import { arrayKey } from '../expand/arithmetic.ts';
import { expandParts, expandText, expandWords, expandString } from '../expand/word.ts';
import type { Undo } from '../machine/frames.ts';
import type { Op } from '../machine/op.ts';
import { wait } from '../machine/op.ts';
import { isRestricted } from '../options/restricted.ts';
import type { Shell } from '../shell.ts';
import { withSubstitutions } from './substitution.ts';
import { failureCheck } from '../traps.ts';

/** A redirection with its words expanded. */
type Step =
  | { readonly type: 'open'; readonly fd: Fd; readonly path: string; readonly flags: OpenFlags }
  | { readonly type: 'both'; readonly path: string; readonly flags: OpenFlags }
  | {
      readonly type: 'copy';
      readonly fd: Fd;
      readonly from: Fd;
      readonly move: boolean;
      /** As it is written. */ readonly named: string;
    }
  | { readonly type: 'close'; readonly fd: Fd }
  | { readonly type: 'text'; readonly fd: Fd; readonly text: string };

/** Why a redirection could not be made; the message has no prefix. */
interface RedirectFailure {
  readonly message: string;
}
const isFailure = (value: unknown): value is RedirectFailure =>
  typeof value === 'object' && value !== null && 'message' in value;

/** Makes redirections on the shell's own descriptors; answers how to undo them, or nothing where one failed and it has said so. */
export function* redirectShell(
  shell: Shell,
  redirects: readonly Redirection[],
  keep: boolean,
): Op<readonly Undo[] | undefined> {
  const undo: Undo[] = [];
  let whole = false;
  try {
    for (const redirect of redirects) {
      const step = yield* planStep(shell, redirect);
      const stays = redirect.descriptor?.type === 'FileDescriptorVariable' && !shell.shopts.has('varredir_close');
      const done = isFailure(step) ? step : yield* executeStep(shell, step, undo, keep || stays);
      if (done === undefined) continue;
      // The complaint goes where the redirections before have led it.
      yield* shell.complain(done.message);
      return undefined;
    }
    whole = true;
    return undo;
  } finally {
    // A failure, or a word that could not be expanded: the ones before it are undone.
    if (!whole) undoRedirects(shell, undo);
  }
}

/** Makes a compound command's redirections until it ends; false, and `$?` says so, where one could not be made. */
export function* redirectGroup(shell: Shell, redirects: readonly Redirection[], quiet: boolean): Op<boolean> {
  const undo = yield* withSubstitutions(shell, redirectShell(shell, redirects, false));
  if (undo === undefined) {
    shell.status = 1;
    yield* failureCheck(shell, quiet);
    return false;
  }
  shell.stack.push({ type: 'fds', undo });
  return true;
}

/** Puts the descriptors back. */
export function undoRedirects(shell: Shell, undo: readonly Undo[]): void {
  for (const { fd, saved } of undo.toReversed()) {
    if (saved === undefined) shell.process.close(fd);
    else {
      shell.process.dup2(saved, fd);
      shell.process.close(saved);
      shell.ownFds.delete(saved);
    }
  }
}

/** Makes a descriptor the standard input; answers how to undo it. */
export function replaceInput(shell: Shell, input: Fd): readonly Undo[] {
  const undo: Undo[] = [];
  install(shell, input, 0, undo, false);
  if (input !== 0) shell.process.close(input);
  return undo;
}

const WRITE: OpenFlags = { write: true, create: true, truncate: true };
const APPEND: OpenFlags = { write: true, create: true, append: true };

function* planStep(shell: Shell, redirect: Redirection): Op<Step | RedirectFailure> {
  const explicit = redirect.descriptor?.type === 'FileDescriptor' ? redirect.descriptor.value : undefined;
  if (redirect.type === 'HereDoc') {
    const quoted = redirect.delimiter?.quoted === true;
    // One that ends with the input ends in a newline too.
    const body = shell.personality === 'bash' ? redirect.body.text.replace(/[^\n]$/, '$&\n') : redirect.body.text;
    const raw = redirect.operator === '<<-' ? body.replace(/^\t+/gm, '') : body;
    const text = quoted
      ? raw
      : raw === redirect.body.text
        ? yield* expandParts(shell, redirect.body.parts, raw)
        : yield* expandText(shell, raw);
    return { type: 'text', fd: yield* descriptor(shell, redirect, explicit ?? 0), text };
  }
  if (redirect.target === undefined) return { message: 'syntax error near redirection' };
  if (redirect.type === 'HereString')
    return {
      type: 'text',
      fd: yield* descriptor(shell, redirect, explicit ?? 0),
      text: `${yield* expandString(shell, redirect.target)}\n`,
    };
  const words = yield* expandWords(shell, [redirect.target]);
  const [path] = words;
  if (path === undefined || words.length > 1) return { message: `${redirect.target.text}: ambiguous redirect` };
  const input = redirect.operator.startsWith('<');
  const fd = yield* descriptor(shell, redirect, explicit ?? (input ? 0 : 1));
  switch (redirect.operator) {
    case '<':
      return { type: 'open', fd, path, flags: { read: true } };
    case '<>':
      return { type: 'open', fd, path, flags: { read: true, write: true, create: true } };
    case '>>':
      return { type: 'open', fd, path, flags: APPEND };
    case '>|':
      return { type: 'open', fd, path, flags: WRITE };
    case '>': {
      if (shell.options.has('noclobber')) {
        const stat = shell.process.stat(path);
        if (!failed(stat) && stat.type === 'file') return { message: existing(shell, path) };
      }
      return { type: 'open', fd, path, flags: WRITE };
    }
    case '&>':
      return { type: 'both', path, flags: WRITE };
    case '&>>':
      return { type: 'both', path, flags: APPEND };
    case '<&':
    case '>&': {
      if (path === '-') return { type: 'close', fd };
      const match = /^(\d+)(-?)$/.exec(path);
      if (match !== null)
        return { type: 'copy', fd, from: Number(match[1]), move: match[2] === '-', named: redirect.target.text };
      if (path === '') return { message: `${redirect.target.text}: Bad file descriptor` };
      if (redirect.operator === '>&' && explicit === undefined) return { type: 'both', path, flags: WRITE };
      return { message: `${path}: ambiguous redirect` };
    }
    default:
      return { message: 'unknown redirection' };
  }
}

/** `{name}>…` picks a descriptor from 10 on and stores its number; with `&-` it closes the one stored. */
function* descriptor(shell: Shell, redirect: Redirection, fallback: Fd): Op<Fd> {
  if (redirect.descriptor?.type !== 'FileDescriptorVariable') return fallback;
  const { name } = redirect.descriptor;
  if (redirect.type === 'Redirect' && redirect.target?.text === '-')
    return Number(storedDescriptor(shell, name) ?? '-1');
  const open = new Set(shell.process.descriptors());
  let fd = 10;
  while (open.has(fd)) fd += 1;
  shell.assign(name, String(fd));
  return fd;
}

function storedDescriptor(shell: Shell, name: string): string | undefined {
  const [, array, index = ''] = /^(\w+)\[(.*)\]$/s.exec(name) ?? [];
  return array === undefined ? shell.parameter(name) : shell.element(array, arrayKey(shell, array, index));
}

function* executeStep(shell: Shell, step: Step, undo: Undo[], keep: boolean): Op<RedirectFailure | undefined> {
  const { process } = shell;
  switch (step.type) {
    case 'open':
    case 'both': {
      if (step.flags.write === true && isRestricted(shell))
        return { message: `${step.path}: restricted: cannot redirect output` };
      const opened = process.open(step.path, step.flags, 0o666);
      if (failed(opened))
        return {
          message: `${shell.personality === 'dash' ? (step.flags.create === true ? 'cannot create ' : 'cannot open ') : shell.personality === 'ash' ? (step.flags.create === true ? "can't create " : "can't open ") : ''}${step.path}: ${shell.personality === 'dash' && opened.errno === 'ENOENT' ? (step.flags.create === true ? 'Directory nonexistent' : 'No such file') : shell.personality === 'ash' && opened.errno === 'ENOENT' ? (step.flags.create === true ? 'nonexistent directory' : 'no such file') : strerror(opened)}`,
        };
      const fds = step.type === 'both' ? [1, 2] : [step.fd];
      for (const fd of fds) install(shell, opened, fd, undo, keep);
      if (!fds.includes(opened)) process.close(opened);
      return undefined;
    }
    case 'copy': {
      if (!process.descriptors().includes(step.from) || shell.ownFds.has(step.from))
        return { message: `${step.named}: Bad file descriptor` };
      if (step.from !== step.fd) install(shell, step.from, step.fd, undo, keep);
      if (step.move && step.from !== step.fd) {
        save(shell, step.from, undo, keep);
        process.close(step.from);
      }
      return undefined;
    }
    case 'close':
      if (process.descriptors().includes(step.fd)) {
        save(shell, step.fd, undo, keep);
        process.close(step.fd);
      }
      return undefined;
    case 'text':
      return yield* hereText(shell, step, undo, keep);
    default:
      return undefined;
  }
}

const PIPE_CAPACITY = 65_536;
let temporary = 0;

/** Short texts go through a pipe, long ones through an unlinked file, as bash does. */
function* hereText(
  shell: Shell,
  step: Extract<Step, { type: 'text' }>,
  undo: Undo[],
  keep: boolean,
): Op<RedirectFailure | undefined> {
  const { process } = shell;
  const bytes = textToBytes(step.text);
  let source: Result<Fd>;
  if (bytes.length < PIPE_CAPACITY) {
    const pipe = process.pipe();
    if (failed(pipe)) return { message: `cannot create pipe for here-document: ${strerror(pipe)}` };
    if (bytes.length > 0) yield* wait(process.write(pipe[1], bytes));
    process.close(pipe[1]);
    [source] = pipe;
  } else {
    temporary += 1;
    const path = `/tmp/sh-thd.${String(process.pid)}.${String(temporary)}`;
    const written = process.writeFile(path, bytes, { mode: 0o600 });
    source = failed(written) ? written : process.open(path, { read: true });
    process.unlink(path);
  }
  if (failed(source)) return { message: `cannot create temp file for here-document: ${strerror(source)}` };
  install(shell, source, step.fd, undo, keep);
  if (source !== step.fd) process.close(source);
  return undefined;
}

function install(shell: Shell, from: Fd, to: Fd, undo: Undo[], keep: boolean): void {
  if (from === to) {
    if (!keep) undo.push({ fd: to, saved: undefined });
    return;
  }
  save(shell, to, undo, keep);
  shell.process.dup2(from, to);
}

/** Keeps a copy of a descriptor that is about to change. */
function save(shell: Shell, fd: Fd, undo: Undo[], keep: boolean): void {
  if (keep) return;
  const copy = shell.process.descriptors().includes(fd) ? shell.process.dup(fd, 10) : undefined;
  if (copy === undefined || failed(copy)) {
    undo.push({ fd, saved: undefined });
    return;
  }
  shell.process.setCloseOnExec(copy, true);
  shell.ownFds.add(copy);
  undo.push({ fd, saved: copy });
}

/** What `set -C` says of a file that is there. */
const existing = (shell: Shell, path: string): string =>
  shell.personality === 'bash'
    ? `${path}: cannot overwrite existing file`
    : `${shell.personality === 'dash' ? 'cannot create' : "can't create"} ${path}: File exists`;
