/** Files and commands that an awk program reads from and prints to. */
import type { SysFailure } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import type { Io } from '../../io.ts';
import { openInput } from '../../io.ts';
import { startChild, waitFor } from '../../run-child.ts';
import { textToBytes } from '../../text.ts';
import { RecordReader } from './record-reader.ts';
import type { Redirection } from './syntax.ts';

interface Stream {
  readonly fd: Fd;
  readonly pid: number | undefined;
}

export class AwkStreams {
  readonly #process: Process;
  readonly #io: Io;
  readonly #outputs = new Map<string, Stream>();
  readonly #inputs = new Map<string, { readonly reader: RecordReader; readonly pid: number | undefined }>();

  constructor(process: Process, io: Io) {
    this.#process = process;
    this.#io = io;
  }

  /** Prints to a file or a command; answers a complaint where it cannot be opened. */
  async write(how: Redirection, name: string, text: string): Promise<string | undefined> {
    if (name === '/dev/stderr') await this.#io.raw(text);
    else if (name === '/dev/stdout' || name === '-') this.#io.out(text);
    else {
      const stream = this.#outputs.get(name) ?? (await this.#openOutput(how, name));
      if (!('fd' in stream)) return `cannot open "${name}" for output (${strerror(stream)})`;
      await this.#process.write(stream.fd, textToBytes(text));
    }
    return undefined;
  }

  async #openOutput(how: Redirection, name: string): Promise<Stream | SysFailure> {
    const stream = how === '|' ? await this.#startReader(name) : this.#openFile(how, name);
    if ('fd' in stream) this.#outputs.set(name, stream);
    return stream;
  }

  #openFile(how: '>' | '>>', name: string): Stream | SysFailure {
    const mode = how === '>>' ? { append: true } : { truncate: true };
    const fd = this.#process.open(name, { write: true, create: true, ...mode }, 0o666);
    return failed(fd) ? fd : { fd, pid: undefined };
  }

  /** A shell that reads what is printed. */
  async #startReader(command: string): Promise<Stream | SysFailure> {
    await this.#io.flush();
    const pipe = this.#process.pipe();
    if (failed(pipe)) return pipe;
    const [reader, writer] = pipe;
    const pid = startChild(this.#process, ['sh', '-c', command], {
      fds: [
        [0, reader],
        [1, 1],
        [2, 2],
      ],
    });
    this.#process.close(reader);
    return { fd: writer, pid: typeof pid === 'number' ? pid : undefined };
  }

  /** What getline reads a file or a command's output through; undefined where it cannot be opened. */
  async input(from: 'file' | 'command', name: string): Promise<RecordReader | undefined> {
    const key = `${from} ${name}`;
    const known = this.#inputs.get(key);
    if (known !== undefined) return known.reader;
    const stream = from === 'file' ? this.#openToRead(name) : await this.#startWriter(name);
    if (!('fd' in stream)) return undefined;
    const reader = new RecordReader(this.#process, stream.fd);
    this.#inputs.set(key, { reader, pid: stream.pid });
    return reader;
  }

  #openToRead(name: string): Stream | SysFailure {
    const fd = openInput(this.#process, name);
    return failed(fd) ? fd : { fd, pid: undefined };
  }

  async #startWriter(command: string): Promise<Stream | SysFailure> {
    await this.#io.flush();
    const pipe = this.#process.pipe();
    if (failed(pipe)) return pipe;
    const [reader, writer] = pipe;
    const pid = startChild(this.#process, ['sh', '-c', command], {
      fds: [
        [0, 0],
        [1, writer],
        [2, 2],
      ],
    });
    this.#process.close(writer);
    return { fd: reader, pid: typeof pid === 'number' ? pid : undefined };
  }

  /** close(): the status of a command, 0 of a file, -1 where nothing of that name is open. */
  async close(name: string): Promise<number> {
    let status = -1;
    const output = this.#outputs.get(name);
    if (output !== undefined) {
      this.#process.close(output.fd);
      this.#outputs.delete(name);
      status = await this.#statusOf(output.pid);
    }
    for (const from of ['file', 'command'] as const) {
      const input = this.#inputs.get(`${from} ${name}`);
      if (input === undefined) continue;
      input.reader.close();
      this.#inputs.delete(`${from} ${name}`);
      status = await this.#statusOf(input.pid);
    }
    return status;
  }
  async #statusOf(pid: number | undefined): Promise<number> {
    if (pid === undefined) return 0;
    const ended = await waitFor(this.#process, pid);
    return ended.type === 'done' ? ended.code : 1;
  }

  async closeAll(): Promise<void> {
    await this.#io.flush();
    for (const name of [...this.#outputs.keys()]) await this.close(name);
  }
}
