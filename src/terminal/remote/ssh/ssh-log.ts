import type { Fd, Process } from '../../../protocol/program.ts';
import { textToBytes } from '../../text.ts';

export type LogLevel = 'silent' | 'errors' | 'info' | 'verbose';

/** The levels of LogLevel as far as ssh's messages here differ by them. */
export function logLevelOf(setting: string): LogLevel {
  const name = setting.toLowerCase();
  if (name === 'quiet' || name === 'fatal') return 'silent';
  if (name === 'error') return 'errors';
  return name.startsWith('debug') ? 'verbose' : 'info';
}

/** ssh's messages on standard error or in the file of -E; each line on standard error ends as on a raw terminal. */
export class SshLog {
  constructor(
    private readonly process: Process,
    private readonly options: { readonly level: LogLevel; readonly file?: Fd },
  ) {}

  async error(text: string): Promise<void> {
    if (this.options.level === 'silent') return;
    const { file } = this.options;
    if (file === undefined) await this.process.write(2, textToBytes(`${text}\n`.replace(/\n/g, '\r\n')));
    else await this.process.write(file, textToBytes(`${text}\r\n`));
  }
  /** One message of several lines, of which only the last ends so. */
  async block(text: string): Promise<void> {
    if (this.options.level === 'silent' || this.options.level === 'errors') return;
    await this.process.write(this.options.file ?? 2, textToBytes(`${text}\r\n`));
  }
  get isVerbose(): boolean {
    return this.options.level === 'verbose';
  }
  /** What -q leaves out. */
  async info(text: string): Promise<void> {
    if (this.options.level !== 'errors') await this.error(text);
  }
  /** What -v adds. */
  async debug(text: string): Promise<void> {
    if (this.isVerbose) await this.error(`debug1: ${text}`);
  }
}
