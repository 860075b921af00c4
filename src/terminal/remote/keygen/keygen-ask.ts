/** Questions of ssh-keygen: lines on standard input, passphrases on the terminal or else standard input. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { LineReader } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { askOnTerminal } from '../openssh/ask.ts';

/** A line of standard input after a prompt on standard output; undefined at its end. */
export async function askLine({ io, process }: Invocation, prompt: string): Promise<string | undefined> {
  io.out(prompt);
  await io.flush();
  const line = await readByteLine(process);
  return line;
}

/** Reads no further than the line: what follows belongs to the next question. */
async function readByteLine(process: Process): Promise<string | undefined> {
  if (process.isatty(0)) {
    const line = await new LineReader(process, 0).next();
    return line === undefined ? undefined : bytesToText(line);
  }
  const bytes: number[] = [];
  for (;;) {
    const read = await process.read(0, 1);
    const byte = failed(read) ? undefined : read[0];
    if (byte === undefined) return bytes.length === 0 ? undefined : bytesToText(Uint8Array.from(bytes));
    if (byte === 10) return bytesToText(Uint8Array.from(bytes));
    bytes.push(byte);
  }
}

/** A passphrase; empty at end of file. */
export async function askPassphrase(call: Invocation, prompt: string): Promise<string> {
  const { io, process } = call;
  await io.flush();
  const tty = process.open('/dev/tty', { read: true, write: true });
  if (failed(tty)) return (await askLine(call, prompt)) ?? '';
  process.close(tty);
  return (await askOnTerminal(process, prompt, { echo: false })) ?? '';
}
