/** What services print: pipes whose lines become journal records. */
import { decodeUtf8 } from '../../../../protocol/bytes.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { FileView } from '../../files/interface.ts';
import type { HostSystemd } from '../host-systemd.ts';
import { lastValue, type UnitFile } from '../units/unit-file.ts';

/** Where lines of a process go: a file of StandardOutput= or StandardError=, the socket it was started for, otherwise the journal. */
export type Sink = 'null' | 'journal' | 'socket' | { readonly path: string };

/** What a process reads: nothing, the socket it was started for, or a file. */
export type Source = Exclude<Sink, 'journal'>;

/** StandardInput=, StandardOutput= and StandardError= (systemd.exec(5)); all that is not a file or nothing is the journal. */
export function sinksOf(file: UnitFile, files: FileView): readonly [input: Source, output: Sink, error: Sink] {
  const written = (key: string): string | undefined => lastValue(file, 'Service', key);
  const sink = (text: string | undefined, otherwise: Sink): Sink => {
    if (text === undefined || text === 'inherit') return otherwise;
    if (text === 'null' || text === 'socket') return text;
    const [, how, path] = /^(file|append|truncate):(.*)$/.exec(text) ?? [];
    if (path === undefined) return 'journal';
    if (how === 'truncate' || failed(files.stat(path))) files.write(path, '');
    return { path };
  };
  const source = written('StandardInput') ?? 'null';
  const path = /^file:(.*)$/.exec(source)?.[1];
  const input = source === 'socket' ? 'socket' : path === undefined ? 'null' : { path };
  const output = sink(written('StandardOutput'), input === 'socket' ? 'socket' : 'journal');
  return [input, output, sink(written('StandardError'), output)];
}

interface Output {
  readonly unit: string;
  readonly identifier: string;
  pid: number;
  /** Not yet a whole line. */
  rest: string;
  /** The file that the bytes go to instead; process 1 writes it, whoever the service runs as. */
  readonly path?: string;
}

export class ServiceOutput {
  #streams = new Map<number, Output>();

  constructor(private readonly systemd: HostSystemd) {}

  open(unit: string, identifier: string, path?: string): number {
    const { kernel, target } = this.systemd;
    const stream = kernel.streams.create({ readable: { target, type: 'service.output' } });
    this.#streams.set(stream, { unit, identifier, pid: 0, rest: '', ...(path === undefined ? {} : { path }) });
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
    if (known.path !== undefined) {
      if (bytes !== undefined) {
        this.systemd.files.root.write(known.path, bytes, { append: true });
        return;
      }
      kernel.streams.closeReader(stream);
      this.#streams.delete(stream);
      return;
    }
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
