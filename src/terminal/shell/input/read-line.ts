import { failed } from '../../../protocol/errno.ts';
import { concatBytes, EMPTY_BYTES } from '../../../protocol/bytes.ts';
import type { Fd } from '../../../protocol/program.ts';
import { bytesToText } from '../../text.ts';
import type { Op } from '../machine/op.ts';
import { wait } from '../machine/op.ts';
import { isPosix } from '../options/posix-mode.ts';
import { runTrapsInside } from '../machine/run-nested.ts';
import type { Shell } from '../shell.ts';
import { isInterrupted } from '../traps.ts';

export interface LineRequest {
  readonly delimiter: number;
  readonly raw: boolean;
  /** Stops after so many characters. */
  readonly count?: number;
  /** Unix-style patience, µs. */
  readonly timeoutUs?: number;
}

export type LineResult =
  | { readonly type: 'line'; readonly text: string }
  | { readonly type: 'end'; readonly text: string }
  | { readonly type: 'timeout'; readonly text: string }
  | { readonly type: 'error'; readonly text: string; readonly message: string };

/**
 * Reads up to a delimiter and takes nothing more from the descriptor: other programs read on from there. A file is read in
 * pieces and sought back, a pipe byte by byte, as bash does it.
 */
export function* readLine(shell: Shell, fd: Fd, request: LineRequest): Op<LineResult> {
  const { process } = shell;
  const seekable = !failed(process.seek(fd, 0, 'current'));
  const tty = process.isatty(fd);
  const parts: Uint8Array[] = [];
  const until = request.timeoutUs === undefined ? undefined : process.time().monotonicUs + request.timeoutUs;
  for (;;) {
    if (until !== undefined) {
      const ready = yield* wait(process.poll([{ fd, read: true }], Math.max(0, until - process.time().monotonicUs)));
      if (!failed(ready) && ready.length === 0) return { type: 'timeout', text: bytesToText(concatBytes(parts)) };
      if (failed(ready) && ready.errno === 'EINTR') {
        if (yield* goesOn(shell)) continue;
        return { type: 'end', text: bytesToText(concatBytes(parts)) };
      }
    }
    const bytes = yield* wait(
      process.read(
        fd,
        seekable && request.count === undefined ? 4_096 : tty && request.count === undefined ? 4_096 : 1,
      ),
    );
    if (failed(bytes)) {
      if (bytes.errno === 'EINTR' && (yield* goesOn(shell))) continue;
      return {
        type: bytes.errno === 'EINTR' ? 'end' : 'error',
        text: bytesToText(concatBytes(parts)),
        message: bytes.errno,
      };
    }
    if (bytes.length === 0) return { type: 'end', text: bytesToText(concatBytes(parts)) };
    const at = bytes.indexOf(request.delimiter);
    if (at < 0) {
      parts.push(bytes);
      if (request.count !== undefined && [...bytesToText(concatBytes(parts))].length >= request.count) break;
      continue;
    }
    parts.push(bytes.subarray(0, at));
    if (seekable && at + 1 < bytes.length) process.seek(fd, at + 1 - bytes.length, 'current');
    break;
  }
  const whole = parts.length === 0 ? EMPTY_BYTES : concatBytes(parts);
  if (!request.raw && request.count === undefined && endsInBackslash(whole)) {
    const more = yield* readLine(shell, fd, request);
    return { ...more, text: bytesToText(whole).slice(0, -1) + more.text };
  }
  return { type: 'line', text: bytesToText(whole) };
}

/** After a caught signal: bash runs its trap at once and reads on, unless the trap ends the shell; POSIX ends the reading. */
function* goesOn(shell: Shell): Op<boolean> {
  if (shell.pendingSignals.length === 0) return true;
  if (isPosix(shell) || isInterrupted(shell)) return false;
  yield* runTrapsInside(shell);
  return shell.unwind === undefined;
}

function endsInBackslash(bytes: Uint8Array): boolean {
  let count = 0;
  while (bytes[bytes.length - 1 - count] === 92) count += 1;
  return count % 2 === 1;
}
