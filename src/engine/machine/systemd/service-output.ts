/** What services print: pipes whose lines become journal records. */
import { decodeUtf8 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { FileView } from '../files/interface.ts';
import type { StdioSpec } from '../kernel/interface.ts';
import type { HostSystemd } from './host-systemd.ts';
import { lastValue, type UnitFile } from './unit-file.ts';

/** StandardInput=, StandardOutput= and StandardError=: files and nothing; all else is the journal, `stream`. */
export function stdioOf(file: UnitFile, files: FileView, stream: number): readonly [StdioSpec, StdioSpec, StdioSpec] {
  const written = (key: string): string | undefined => lastValue(file, 'Service', key);
  const input = /^file:(.*)$/.exec(written('StandardInput') ?? '')?.[1];
  const open = (text: string | undefined, otherwise: StdioSpec): StdioSpec => {
    if (text === undefined || text === 'inherit') return otherwise;
    if (text === 'null') return { type: 'null' };
    const [, how, path] = /^(file|append|truncate):(.*)$/.exec(text) ?? [];
    if (path === undefined) return { type: 'stream', stream };
    if (how === 'truncate' || failed(files.stat(path))) files.write(path, '');
    return { type: 'file', path };
  };
  const output = open(written('StandardOutput'), { type: 'stream', stream });
  return [
    input === undefined ? { type: 'null' } : { type: 'file', path: input },
    output,
    open(written('StandardError'), output),
  ];
}

interface Output {
  readonly unit: string;
  readonly identifier: string;
  pid: number;
  /** Not yet a whole line. */
  rest: string;
}

export class ServiceOutput {
  #streams = new Map<number, Output>();

  constructor(private readonly systemd: HostSystemd) {}

  open(unit: string, identifier: string): number {
    const { kernel, target } = this.systemd;
    const stream = kernel.streams.create({ readable: { target, type: 'service.output' } });
    this.#streams.set(stream, { unit, identifier, pid: 0, rest: '' });
    return stream;
  }

  /** Whose lines they are. */
  name(stream: number, pid: number): void {
    const known = this.#streams.get(stream);
    if (known !== undefined) known.pid = pid;
  }

  read(stream: number): void {
    const known = this.#streams.get(stream);
    if (known === undefined) return;
    const { kernel } = this.systemd;
    const bytes = kernel.streams.read(stream);
    const lines = `${known.rest}${bytes === undefined ? '' : decodeUtf8(bytes)}`.split('\n');
    known.rest = lines.pop() ?? '';
    if (bytes === undefined) {
      if (known.rest !== '') lines.push(known.rest);
      kernel.streams.closeReader(stream);
      this.#streams.delete(stream);
    }
    const { unit, identifier, pid } = known;
    for (const message of lines)
      this.systemd.record({ unit, identifier, pid, priority: 6, transport: 'stdout', message });
  }

  forgetAll(): void {
    this.#streams.clear();
  }

  snapshot(): Plain {
    return [...this.#streams].map(([id, each]) => [id, { ...each }]);
  }

  restore(state: Plain): void {
    this.#streams = new Map((state as unknown as [number, Output][]).map(([id, each]) => [id, { ...each }]));
  }
}
