import type { Process } from '../../../protocol/program.ts';
import { textToBytes } from '../../text.ts';

/** ssh's messages on standard error; each line ends as on a raw terminal. */
export class SshLog {
  constructor(
    private readonly process: Process,
    private readonly options: { readonly quiet: boolean; readonly verbose: boolean },
  ) {}

  async error(text: string): Promise<void> {
    await this.process.write(2, textToBytes(`${text}\n`.replace(/\n/g, '\r\n')));
  }
  get isVerbose(): boolean {
    return this.options.verbose;
  }
  /** What -q leaves out. */
  async info(text: string): Promise<void> {
    if (!this.options.quiet) await this.error(text);
  }
  /** What -v adds. */
  async debug(text: string): Promise<void> {
    if (this.options.verbose) await this.error(`debug1: ${text}`);
  }
}
