/** Questions on the controlling terminal, whatever the standard streams are (readpassphrase(3)). */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { LineReader } from '../../io.ts';
import { bytesToText, textToBytes } from '../../text.ts';

/** The line that was typed; undefined at end of file or without a terminal. ^C ends the process, with echo as it was. */
export async function askOnTerminal(
  process: Process,
  prompt: string,
  { echo }: { readonly echo: boolean },
): Promise<string | undefined> {
  const fd = process.open('/dev/tty', { read: true, write: true });
  if (failed(fd)) return undefined;
  await process.write(fd, textToBytes(prompt));
  const before = process.sigaction('SIGINT', 'catch');
  if (!echo) process.setTermios(fd, { echo: false });
  const line = await readLine(process, fd);
  if (!echo) {
    process.setTermios(fd, { echo: true });
    await process.write(fd, textToBytes('\n'));
  }
  process.sigaction('SIGINT', failed(before) ? 'default' : before);
  process.close(fd);
  if (line === 'interrupted') {
    process.kill(process.pid, 'SIGINT');
    return undefined;
  }
  return line?.text;
}

/** A line; `interrupted` where a signal came first. */
async function readLine(process: Process, fd: number): Promise<{ readonly text: string } | 'interrupted' | undefined> {
  const reader = new LineReader(process, fd);
  for (;;) {
    const line = reader.ready();
    if (line !== undefined) return { text: bytesToText(line) };
    const more = await reader.fill();
    if (process.takeSignals().includes('SIGINT')) return 'interrupted';
    if (!more) return undefined;
  }
}
