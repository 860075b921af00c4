/** Files of commands: how the shell reads them, and which it does not take for one. */
import type { Result } from '../../../protocol/errno.ts';
import { failed } from '../../../protocol/errno.ts';
import { readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import type { Op } from '../machine/op.ts';
import { wait } from '../machine/op.ts';
import type { Shell } from '../shell.ts';

/** A file's bytes. What is no regular file (a pipe, a terminal, `/dev/stdin`) is read until its end. */
export function* readScript(shell: Shell, path: string): Op<Result<Uint8Array>> {
  const whole = shell.process.readFile(path);
  return failed(whole) && whole.errno === 'EINVAL' ? yield* wait(readOperand(shell.process, path)) : whole;
}

/** The commands in a file's bytes: bash passes over NUL. */
export const scriptText = (bytes: Uint8Array): string => bytesToText(bytes).replaceAll('\0', '');

/** As much of a file as bash looks at. */
const SAMPLE = 80;
const ELF = [0x7f, 0x45, 0x4c, 0x46];

/** Whether bytes are no text: an ELF program, or NUL in the first line. */
export function isBinary(bytes: Uint8Array): boolean {
  if (ELF.every((byte, at) => bytes[at] === byte)) return true;
  const sample = bytes.subarray(0, SAMPLE);
  const line = sample.indexOf(0x0a);
  return sample.subarray(0, line < 0 ? SAMPLE : line).includes(0);
}
