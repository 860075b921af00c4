/** One source of scp copied to its place, with the complaints of each end. */
import { failed, strerror, type Result } from '../../../protocol/errno.ts';
import { baseName } from '../../io.ts';
import { matchesPattern } from '../openssh/config-include.ts';
import type { FileSide } from '../sftp/file-side.ts';
import type { CopyCall } from '../openssh/openssh-options.ts';
import type { SftpAttributes } from '../sftp/sftp-packets.ts';
import { showTransfer } from '../sftp/transfer-meter.ts';

/** An end's failure in its words: sftp knows no more than that something failed. */
const reason = (side: FileSide, failure: Result<never>): string =>
  !failed(failure) ? '' : side.remote && failure.errno === 'EIO' ? 'Failure' : strerror(failure);

export class Copier {
  constructor(
    private readonly call: CopyCall,
    private readonly from: FileSide,
    private readonly to: FileSide,
  ) {}

  async #complain(text: string): Promise<1> {
    await this.call.io.raw(`scp: ${text}\r\n`);
    return 1;
  }

  /** Copies what a source names; `fatal` ends the program. */
  async copy(source: string, target: string, several: boolean): Promise<number | 'fatal'> {
    const sources = this.from.remote ? await this.#expand(source) : [source];
    if (sources.length === 0) return await this.#complain(`${source}: No such file or directory`);
    const place = target === '' ? '.' : target;
    if (several || sources.length > 1) {
      const there = await this.to.stat(place);
      const made = failed(there) || there.type !== 'directory' ? await this.to.mkdir(place, 0o777) : undefined;
      if (failed(made)) {
        await this.#complain(`${this.to.remote ? 'remote mkdir' : 'mkdir'} "${place}": ${reason(this.to, made)}`);
        return 'fatal';
      }
    }
    let code = 0;
    for (const path of sources) {
      const one = await this.#one(path, place);
      if (one === 'fatal') return one;
      code = Math.max(code, one);
    }
    return code;
  }

  /** The remote paths of a pattern in the last component. */
  async #expand(source: string): Promise<readonly string[]> {
    const path = source === '' ? '.' : source.replace(/^~\//, '');
    const pattern = baseName(path);
    if (!/[*?]/.test(pattern)) return failed(await this.from.stat(path)) ? [] : [path];
    const directory = path.slice(0, path.length - pattern.length);
    const entries = await this.from.list(directory === '' ? '.' : directory);
    if (failed(entries)) return [];
    return entries
      .map(({ name }) => name)
      .filter((name) => matchesPattern(name, pattern) && (pattern.startsWith('.') || !name.startsWith('.')))
      .sort()
      .map((name) => `${directory}${name}`);
  }

  async #one(source: string, target: string): Promise<number | 'fatal'> {
    const found = await this.from.stat(source);
    if (failed(found)) {
      await this.#complain(
        this.from.remote
          ? `${source}: ${reason(this.from, found)}`
          : `stat local "${source}": ${reason(this.from, found)}`,
      );
      return this.from.remote ? 1 : 'fatal';
    }
    const there = await this.to.stat(target);
    const inside = !failed(there) && there.type === 'directory';
    const name = baseName(source.replace(/\/+$/, ''));
    const place = inside && name !== '.' && name !== '' ? `${target.replace(/\/+$/, '')}/${name}` : target;
    const shown = place.replace(/^\.\//, '');
    if (found.type !== 'directory')
      return (await this.#file(source, shown, found)) ? 0 : await this.#failedUpload('file', source, target);
    if (!this.call.options.has('r'))
      return this.from.remote
        ? await this.#complain(`download ${source}/: not a regular file`)
        : (await this.#complain(`local "${source}" is not a regular file`),
          await this.#failedUpload('file', source, target));
    return (await this.#directory(source, shown, found)) ? 0 : await this.#failedUpload('directory', source, target);
  }

  /** What is said beside the reason where this host's files go elsewhere. */
  async #failedUpload(kind: 'file' | 'directory', source: string, target: string): Promise<1> {
    return this.from.remote ? 1 : await this.#complain(`failed to upload ${kind} ${source} to ${target}`);
  }

  async #file(source: string, target: string, attributes: SftpAttributes): Promise<boolean> {
    const { process, options } = this.call;
    const began = process.time().monotonicUs;
    const bytes = await this.from.read(source);
    if (failed(bytes)) {
      await this.#complain(
        `${this.from.remote ? 'remote open' : 'open local'} "${source}": ${reason(this.from, bytes)}`,
      );
      return false;
    }
    const mode = attributes.mode ?? 0o644;
    const written = await this.to.write(target, bytes, mode & 0o777);
    if (failed(written)) {
      await this.#complain(`${this.to.remote ? 'dest open' : 'open local'} "${target}": ${reason(this.to, written)}`);
      return false;
    }
    if (options.has('p')) await this.#preserve(target, attributes);
    if (!options.has('q'))
      await showTransfer(process, baseName(source), bytes.length, process.time().monotonicUs - began);
    return true;
  }

  async #preserve(target: string, { mode, times }: SftpAttributes): Promise<void> {
    await this.to.set(target, { ...(mode === undefined ? {} : { mode }), ...(times === undefined ? {} : { times }) });
  }

  async #directory(source: string, target: string, attributes: SftpAttributes): Promise<boolean> {
    const there = await this.to.stat(target);
    if (!failed(there) && there.type !== 'directory') {
      const full = await this.to.realpath(target);
      await this.#complain(
        this.to.remote
          ? `"${failed(full) ? target : full}" exists but is not a directory`
          : `mkdir ${target}: File exists`,
      );
      return false;
    }
    // Its owner has to be able to write into it while it is filled.
    const made = failed(there) ? await this.to.mkdir(target, ((attributes.mode ?? 0o755) & 0o777) | 0o300) : undefined;
    const entries = failed(made) ? made : await this.from.list(source);
    if (failed(entries)) {
      await this.#complain(
        failed(made)
          ? `${this.to.remote ? `remote mkdir "${target}"` : `mkdir ${target}`}: ${reason(this.to, entries)}`
          : `${this.from.remote ? `remote readdir "${source}"` : `local opendir "${source}"`}: ${reason(this.from, entries)}`,
      );
      return false;
    }
    let good = true;
    for (const { name } of entries) good = (await this.#child(`${source}/${name}`, `${target}/${name}`)) && good;
    if (this.call.options.has('p')) await this.#preserve(target, attributes);
    return good;
  }

  async #child(source: string, target: string): Promise<boolean> {
    const found = await this.from.stat(source);
    if (failed(found)) {
      await this.#complain(`stat ${source}: ${reason(this.from, found)}`);
      return false;
    }
    if (found.type === 'directory') return await this.#directory(source, target, found);
    if (found.type === 'file') return await this.#file(source, target, found);
    await this.#complain(`"${source}": not a regular file`);
    return true;
  }
}
