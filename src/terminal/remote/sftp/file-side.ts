/** Files of one end of a copy: this host's, or another's through sftp. */
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { attributesOf, type SftpAttributes } from './sftp-packets.ts';

export interface SideEntry {
  readonly name: string;
  readonly attributes: SftpAttributes;
  /** The line that a server writes of it. */
  readonly line?: string;
}

export interface FileSide {
  readonly remote: boolean;
  stat(path: string): Promise<Result<SftpAttributes>>;
  lstat(path: string): Promise<Result<SftpAttributes>>;
  list(path: string): Promise<Result<readonly SideEntry[]>>;
  read(path: string): Promise<Result<Uint8Array>>;
  /** Creates or replaces; `mode` is of a new file. */
  write(path: string, bytes: Uint8Array, mode: number): Promise<Result<void>>;
  mkdir(path: string, mode: number): Promise<Result<void>>;
  set(path: string, attributes: SftpAttributes): Promise<Result<void>>;
  remove(path: string): Promise<Result<void>>;
  rename(from: string, to: string): Promise<Result<void>>;
  rmdir(path: string): Promise<Result<void>>;
  readlink(path: string): Promise<Result<string>>;
  symlink(target: string, path: string): Promise<Result<void>>;
  realpath(path: string): Promise<Result<string>>;
}

/** This host's files. */
export class LocalFiles implements FileSide {
  readonly remote = false;
  constructor(private readonly process: Process) {}

  async stat(path: string): Promise<Result<SftpAttributes>> {
    const stat = this.process.stat(path);
    return await Promise.resolve(failed(stat) ? stat : attributesOf(stat));
  }
  async lstat(path: string): Promise<Result<SftpAttributes>> {
    const stat = this.process.lstat(path);
    return await Promise.resolve(failed(stat) ? stat : attributesOf(stat));
  }
  async list(path: string): Promise<Result<readonly SideEntry[]>> {
    const entries = this.process.readdir(path);
    if (failed(entries)) return entries;
    const named: SideEntry[] = [];
    for (const { name } of entries) {
      const stat = await this.lstat(`${path}/${name}`);
      named.push({ name, attributes: failed(stat) ? {} : stat });
    }
    return named;
  }
  async read(path: string): Promise<Result<Uint8Array>> {
    return await Promise.resolve(this.process.readFile(path));
  }
  async write(path: string, bytes: Uint8Array, mode: number): Promise<Result<void>> {
    return await Promise.resolve(this.process.writeFile(path, bytes, { mode }));
  }
  async mkdir(path: string, mode: number): Promise<Result<void>> {
    return await Promise.resolve(this.process.mkdir(path, mode));
  }
  async set(path: string, { mode, times, owner }: SftpAttributes): Promise<Result<void>> {
    const { process } = this;
    const done: readonly Result<void>[] = [
      owner === undefined ? undefined : process.chown(path, owner[0], owner[1]),
      mode === undefined ? undefined : process.chmod(path, mode),
      times === undefined ? undefined : process.utimes(path, times[0] * 1_000, times[1] * 1_000),
    ];
    return await Promise.resolve(done.find((each) => failed(each)));
  }
  async remove(path: string): Promise<Result<void>> {
    return await Promise.resolve(this.process.unlink(path));
  }
  async rename(from: string, to: string): Promise<Result<void>> {
    return await Promise.resolve(this.process.rename(from, to));
  }
  async rmdir(path: string): Promise<Result<void>> {
    return await Promise.resolve(this.process.rmdir(path));
  }
  async readlink(path: string): Promise<Result<string>> {
    return await Promise.resolve(this.process.readlink(path));
  }
  async symlink(target: string, path: string): Promise<Result<void>> {
    return await Promise.resolve(this.process.symlink(target, path));
  }
  async realpath(path: string): Promise<Result<string>> {
    return await Promise.resolve(this.process.realpath(path));
  }
}
