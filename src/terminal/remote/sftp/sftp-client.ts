/** The client of sftp-server: another host's files through an ssh of one's own. */
import { concatBytes } from '../../../protocol/bytes.ts';
import { fail, failed, type Result } from '../../../protocol/errno.ts';
import type { Fd, Pid, Process } from '../../../protocol/program.ts';
import { type SshReader, SshWriter } from '../../../formats/keys/ssh-wire.ts';
import { startChild, waitFor } from '../../run-child.ts';
import type { FileSide, SideEntry } from './file-side.ts';
import {
  errnoOfStatus,
  FX,
  FXP,
  OPEN,
  packet,
  PacketReader,
  readAttributes,
  SFTP_CHUNK,
  SFTP_VERSION,
  writeAttributes,
  type SftpAttributes,
} from './sftp-packets.ts';

interface Answer {
  readonly type: number;
  readonly body: SshReader;
}

export class SftpFiles implements FileSide {
  readonly remote = true;
  readonly #packets: PacketReader;
  #id = 0;

  private constructor(
    private readonly process: Process,
    private readonly toServer: Fd,
    fromServer: Fd,
    private readonly pid: Pid,
  ) {
    this.#packets = new PacketReader(process, fromServer);
  }

  /** Starts a program whose streams lead to an sftp-server; undefined where it ends before it speaks. */
  static async open(process: Process, argv: readonly string[]): Promise<SftpFiles | undefined> {
    const [input, output] = [process.pipe(), process.pipe()];
    if (failed(input) || failed(output)) return undefined;
    for (const end of [input[1], output[0]]) process.setCloseOnExec(end, true);
    const pid = startChild(process, argv, {
      env: process.env,
      fds: [
        [0, input[0]],
        [1, output[1]],
        [2, 2],
      ],
    });
    process.close(input[0]);
    process.close(output[1]);
    if (typeof pid !== 'number') return undefined;
    const files = new SftpFiles(process, input[1], output[0], pid);
    process.sigaction('SIGPIPE', 'ignore');
    await process.write(input[1], packet(FXP.init, new SshWriter().uint32(SFTP_VERSION)));
    const version = await files.#packets.next();
    if (version?.byte() === FXP.version) return files;
    await waitFor(process, pid);
    return undefined;
  }

  async close(): Promise<void> {
    this.process.close(this.toServer);
    await waitFor(this.process, this.pid);
  }

  async #ask(type: number, fill: (writer: SshWriter) => SshWriter): Promise<Result<Answer>> {
    this.#id += 1;
    const sent = await this.process.write(this.toServer, packet(type, fill(new SshWriter().uint32(this.#id))));
    const body = failed(sent) ? undefined : await this.#packets.next();
    if (body === undefined) return fail('ECONNRESET');
    const answer = body.byte();
    body.uint32();
    return { type: answer, body };
  }

  /** Asks for something whose answer is a status alone. */
  async #do(type: number, fill: (writer: SshWriter) => SshWriter): Promise<Result<void>> {
    const answer = await this.#ask(type, fill);
    if (failed(answer)) return answer;
    const status = answer.body.uint32();
    return status === FX.ok ? undefined : fail(errnoOfStatus(status));
  }

  /** Asks for an answer of a type; a status instead is a failure. */
  async #get(type: number, wanted: number, fill: (writer: SshWriter) => SshWriter): Promise<Result<SshReader>> {
    const answer = await this.#ask(type, fill);
    if (failed(answer)) return answer;
    return answer.type === wanted ? answer.body : fail(errnoOfStatus(answer.body.uint32()));
  }

  async stat(path: string): Promise<Result<SftpAttributes>> {
    const body = await this.#get(FXP.stat, FXP.attrs, (writer) => writer.string(path));
    return failed(body) ? body : readAttributes(body);
  }
  async lstat(path: string): Promise<Result<SftpAttributes>> {
    const body = await this.#get(FXP.lstat, FXP.attrs, (writer) => writer.string(path));
    return failed(body) ? body : readAttributes(body);
  }

  async list(path: string): Promise<Result<readonly SideEntry[]>> {
    const entries = await this.listWhole(path);
    return failed(entries) ? entries : entries.filter(({ name }) => name !== '.' && name !== '..');
  }

  /** With the directory itself and the one above it. */
  async listWhole(path: string): Promise<Result<readonly SideEntry[]>> {
    const opened = await this.#get(FXP.opendir, FXP.handle, (writer) => writer.string(path));
    if (failed(opened)) return opened;
    const handle = opened.string();
    const entries: SideEntry[] = [];
    for (;;) {
      const body = await this.#get(FXP.readdir, FXP.name, (writer) => writer.string(handle));
      if (failed(body)) break;
      for (let left = body.uint32(); left > 0; left -= 1) {
        const name = body.text();
        const line = body.text();
        entries.push({ name, line, attributes: readAttributes(body) });
      }
    }
    await this.#do(FXP.close, (writer) => writer.string(handle));
    return entries;
  }

  async #open(path: string, flags: number, mode?: number): Promise<Result<Uint8Array>> {
    const body = await this.#get(FXP.open, FXP.handle, (writer) =>
      writeAttributes(writer.string(path).uint32(flags), mode === undefined ? {} : { mode }),
    );
    return failed(body) ? body : body.string();
  }

  async read(path: string): Promise<Result<Uint8Array>> {
    const handle = await this.#open(path, OPEN.read);
    if (failed(handle)) return handle;
    const parts: Uint8Array[] = [];
    let offset = 0;
    for (;;) {
      const body = await this.#get(FXP.read, FXP.data, (writer) =>
        writer.string(handle).uint64(offset).uint32(SFTP_CHUNK),
      );
      if (failed(body)) break;
      const bytes = body.string();
      parts.push(bytes);
      offset += bytes.length;
    }
    await this.#do(FXP.close, (writer) => writer.string(handle));
    return concatBytes(parts);
  }

  async write(path: string, bytes: Uint8Array, mode: number): Promise<Result<void>> {
    const handle = await this.#open(path, OPEN.write | OPEN.create | OPEN.truncate, mode);
    if (failed(handle)) return handle;
    let outcome: Result<void> = undefined;
    for (let at = 0; at < bytes.length && outcome === undefined; at += SFTP_CHUNK)
      outcome = await this.#do(FXP.write, (writer) =>
        writer
          .string(handle)
          .uint64(at)
          .string(bytes.subarray(at, at + SFTP_CHUNK)),
      );
    await this.#do(FXP.close, (writer) => writer.string(handle));
    return outcome;
  }

  async mkdir(path: string, mode: number): Promise<Result<void>> {
    return await this.#do(FXP.mkdir, (writer) => writeAttributes(writer.string(path), { mode }));
  }
  async set(path: string, attributes: SftpAttributes): Promise<Result<void>> {
    const { owner, mode, times } = attributes;
    return await this.#do(FXP.setstat, (writer) =>
      writeAttributes(writer.string(path), {
        ...(owner === undefined ? {} : { owner }),
        ...(mode === undefined ? {} : { mode }),
        ...(times === undefined ? {} : { times }),
      }),
    );
  }
  async remove(path: string): Promise<Result<void>> {
    return await this.#do(FXP.remove, (writer) => writer.string(path));
  }
  async rename(from: string, to: string): Promise<Result<void>> {
    return await this.#extended('posix-rename@openssh.com', from, to);
  }
  /** A hard link. */
  async link(existing: string, created: string): Promise<Result<void>> {
    return await this.#extended('hardlink@openssh.com', existing, created);
  }
  async rmdir(path: string): Promise<Result<void>> {
    return await this.#do(FXP.rmdir, (writer) => writer.string(path));
  }
  async readlink(path: string): Promise<Result<string>> {
    return await this.#name(FXP.readlink, path);
  }
  async symlink(target: string, path: string): Promise<Result<void>> {
    return await this.#do(FXP.symlink, (writer) => writer.string(target).string(path));
  }
  async realpath(path: string): Promise<Result<string>> {
    return await this.#name(FXP.realpath, path);
  }

  /** OpenSSH's own requests, of two paths. */
  async #extended(name: string, from: string, to: string): Promise<Result<void>> {
    return await this.#do(FXP.extended, (writer) => writer.string(name).string(from).string(to));
  }

  /** A request that answers with one name. */
  async #name(type: number, path: string): Promise<Result<string>> {
    const body = await this.#get(type, FXP.name, (writer) => writer.string(path));
    if (failed(body)) return body;
    body.uint32();
    return body.text();
  }
}
