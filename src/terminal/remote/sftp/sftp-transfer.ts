/** get and put of sftp: files and trees between two ends, in sftp's words. */
import { failed, strerror, type Result } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { baseName } from '../../io.ts';
import type { FileSide } from './file-side.ts';
import type { SftpAttributes } from './sftp-packets.ts';
import { showTransfer } from './transfer-meter.ts';

export interface TransferOptions {
  readonly recursive: boolean;
  readonly preserve: boolean;
  readonly meter: boolean;
}

/** An end's failure in its words: sftp knows no more than that something failed. */
export const sftpReason = (failure: Result<never>): string =>
  !failed(failure) ? '' : failure.errno === 'EIO' ? 'Failure' : strerror(failure);

export class Transfer {
  constructor(
    private readonly process: Process,
    private readonly from: FileSide,
    private readonly to: FileSide,
    private readonly options: TransferOptions,
    private readonly say: { readonly line: (text: string) => void; readonly error: (text: string) => Promise<void> },
  ) {}

  /** Copies one source; false where something went wrong and was said. */
  async copy(source: string, target: string, attributes: SftpAttributes): Promise<boolean> {
    return attributes.type === 'directory'
      ? await this.#tree(source, target)
      : await this.#file(source, target, attributes);
  }

  async #file(source: string, target: string, { mode = 0o644, times }: SftpAttributes): Promise<boolean> {
    const began = this.process.time().monotonicUs;
    const bytes = await this.from.read(source);
    if (failed(bytes)) {
      await this.say.error(`${this.from.remote ? 'remote open' : 'open local'} "${source}": ${sftpReason(bytes)}`);
      return false;
    }
    const written = await this.to.write(target, bytes, mode & 0o777);
    if (failed(written)) {
      await this.say.error(`${this.to.remote ? 'dest open' : 'open local'} "${target}": ${sftpReason(written)}`);
      return false;
    }
    if (this.options.preserve) await this.to.set(target, { mode, ...(times === undefined ? {} : { times }) });
    if (this.options.meter)
      await showTransfer(this.process, baseName(source), bytes.length, this.process.time().monotonicUs - began);
    return true;
  }

  async #tree(source: string, target: string): Promise<boolean> {
    const path = source.replace(/\/+$/, '');
    this.say.line(this.from.remote ? `Retrieving ${path}` : `Entering ${source}`);
    const there = await this.to.stat(target);
    const made = failed(there) ? await this.to.mkdir(target, 0o755) : undefined;
    if (failed(made)) {
      await this.say.error(`${this.to.remote ? 'remote mkdir' : 'mkdir'} "${target}": ${sftpReason(made)}`);
      return false;
    }
    const entries = await this.from.list(path);
    if (failed(entries)) {
      await this.say.error(
        `${this.from.remote ? 'remote readdir' : 'local opendir'} "${path}": ${sftpReason(entries)}`,
      );
      return false;
    }
    let good = true;
    for (const { name } of entries) {
      if (name === '.' || name === '..') continue;
      const found = await this.from.stat(`${path}/${name}`);
      good = !failed(found) && (await this.copy(`${path}/${name}`, `${target}/${name}`, found)) && good;
    }
    return good;
  }
}
