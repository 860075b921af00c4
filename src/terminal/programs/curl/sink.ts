/** Where a body goes: standard output, or the file of -o, -O, -J, --output-dir (src/tool_cb_wrt.c). */
import { concatBytes } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Io } from '../../io.ts';
import { percentDecode } from '../../url.ts';
import type { Settings } from './settings.ts';
import type { GlobbedUrl } from './url-glob.ts';

/** The file that the options name for the transfer; undefined for standard output, empty where -O finds no name. */
export function fileName(settings: Settings, { parts }: GlobbedUrl, target: string, index: number): string | undefined {
  const named = settings.order.filter(([name]) => name === 'output' || name === 'remote-name');
  const [kind, value = ''] = named[index] ?? (settings.on('remote-name-all') ? ['remote-name'] : []);
  if (kind === undefined || (kind === 'output' && value === '-')) return undefined;
  const name =
    kind === 'output'
      ? value.replace(/#(\d)/g, (whole, at: string) => parts[Number(at) - 1] ?? whole)
      : percentDecode(target.replace(/\?.*$/, '').split('/').at(-1) ?? '');
  const folder = settings.value('output-dir');
  return folder === undefined || name === '' ? name : `${folder}/${name}`;
}

/** The name that a server gives by Content-Disposition, without folders. */
export const dispositionName = (header: string): string | undefined => {
  const [, quoted, plain] = /filename=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header) ?? [];
  return (quoted?.replace(/\\(.)/g, '$1') ?? plain)?.replace(/^.*[/\\]/, '');
};

export class Sink {
  readonly #pieces: Uint8Array[] = [];
  readonly #process: Process;
  readonly #io: Io;
  readonly #settings: Settings;
  name: string | undefined;

  constructor(process: Process, io: Io, settings: Settings, name: string | undefined) {
    this.#process = process;
    this.#io = io;
    this.#settings = settings;
    this.name = name;
  }

  /** Adds to the file alone (-i with -o). */
  hold(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
  }

  async write(bytes: Uint8Array): Promise<boolean> {
    if (this.name === undefined) return await this.#io.bytes(bytes);
    this.#pieces.push(bytes);
    return this.name !== '';
  }

  /** Puts the file down; false where that cannot be done. */
  finish(append: boolean): boolean {
    if (this.name === undefined) return true;
    if (this.name === '/dev/null') return true;
    if (this.#settings.on('create-dirs')) createFolders(this.#process, this.name);
    if (this.#settings.off('clobber')) this.name = freeName(this.#process, this.name);
    return !failed(this.#process.writeFile(this.name, concatBytes(this.#pieces), { append }));
  }

  discard(): void {
    if (this.name !== undefined && this.#settings.on('remove-on-error')) this.#process.unlink(this.name);
  }
}

function createFolders(process: Process, path: string): void {
  const parts = path.split('/').slice(0, -1);
  for (let count = 1; count <= parts.length; count += 1) {
    const folder = parts.slice(0, count).join('/');
    if (folder !== '' && failed(process.lstat(folder))) process.mkdir(folder, 0o750);
  }
}

/** The name, or with the first number behind it that is free. */
function freeName(process: Process, name: string): string {
  const isTaken = (path: string): boolean => !failed(process.lstat(path));
  if (!isTaken(name)) return name;
  let number = 1;
  while (isTaken(`${name}.${String(number)}`)) number += 1;
  return `${name}.${String(number)}`;
}
