/** Alpine's database: what is installed, the indexes of the repositories, and the world that was asked for. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';

export interface ApkPackage {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  readonly sizeBytes: number;
  readonly installedBytes: number;
  readonly depends: readonly string[];
  /** Record as the index has it. */
  readonly text: string;
  /** Paths without a leading slash, of those that are installed. */
  readonly files: readonly string[];
  /** URL of the repository; empty for what is installed. */
  readonly repository: string;
}

const INSTALLED = '/lib/apk/db/installed';
const WORLD = '/etc/apk/world';
const CACHE = '/var/cache/apk';

/** Records of an index or of the database. */
export function parseIndex(text: string, repository: string): readonly ApkPackage[] {
  return text
    .split(/\n\n+/)
    .filter((record) => record.startsWith('P:'))
    .map((record) => {
      const lines = record.split('\n');
      const field = (letter: string): string => lines.find((line) => line.startsWith(`${letter}:`))?.slice(2) ?? '';
      let directory = '';
      const files: string[] = [];
      for (const line of lines) {
        if (line.startsWith('F:')) directory = line.slice(2);
        else if (line.startsWith('R:')) files.push(directory === '' ? line.slice(2) : `${directory}/${line.slice(2)}`);
      }
      return {
        name: field('P'),
        version: field('V'),
        summary: field('T'),
        sizeBytes: Number(field('S')),
        installedBytes: Number(field('I')),
        depends: field('D')
          .split(' ')
          .filter((each) => each !== ''),
        text: lines.filter((line) => line !== '' && !/^[FRaZ]:/.test(line)).join('\n'),
        files,
        repository,
      };
    });
}

export class ApkDatabase {
  readonly installed: Map<string, ApkPackage>;
  readonly world: Set<string>;

  constructor(private readonly process: Process) {
    this.installed = new Map(parseIndex(fileText(process, INSTALLED) ?? '', '').map((each) => [each.name, each]));
    this.world = new Set((fileText(process, WORLD) ?? '').split(/\s+/).filter((name) => name !== ''));
  }

  repositories(): readonly string[] {
    return (fileText(this.process, '/etc/apk/repositories') ?? '')
      .split('\n')
      .map((line) => line.replace(/#.*$/, '').trim())
      .filter((line) => line !== '');
  }

  /** The file that keeps a repository's index. */
  cachePath(repository: string): string {
    let sum = 0;
    for (const char of repository) sum = (sum * 31 + char.charCodeAt(0)) >>> 0;
    return `${CACHE}/APKINDEX.${sum.toString(16).padStart(8, '0')}.tar.gz`;
  }
  hasIndexes(): boolean {
    return this.repositories().every((each) => !failed(this.process.stat(this.cachePath(each))));
  }

  save(): void {
    const records = [...this.installed.values()].map(({ text, files }) => `${text}\n${fileLines(files)}`);
    this.process.writeFile(INSTALLED, encodeUtf8(`${records.join('\n')}\n`), { mode: 0o644 });
    this.process.writeFile(
      WORLD,
      encodeUtf8(
        [...this.world]
          .toSorted()
          .map((name) => `${name}\n`)
          .join(''),
      ),
      {
        mode: 0o644,
      },
    );
  }

  /** `OK: 8 MiB in 16 packages` */
  summary(): string {
    const bytes = [...this.installed.values()].reduce((sum, each) => sum + each.installedBytes, 0);
    return `OK: ${String(Math.round(bytes / 1_048_576))} MiB in ${String(this.installed.size)} packages`;
  }
}

function fileLines(files: readonly string[]): string {
  return files
    .map((path) => {
      const cut = path.lastIndexOf('/');
      return `F:${path.slice(0, Math.max(0, cut))}\nR:${path.slice(cut + 1)}\n`;
    })
    .join('');
}

/** Packages to install before and with those that are named; a text names what cannot be had. */
export function closure(
  installed: ReadonlyMap<string, ApkPackage>,
  available: ReadonlyMap<string, ApkPackage>,
  names: readonly string[],
): { readonly add: readonly ApkPackage[]; readonly missing: readonly (readonly [name: string, by: string])[] } {
  const add = new Map<string, ApkPackage>();
  const missing: (readonly [string, string])[] = [];
  const visit = (name: string, by: string): void => {
    if (installed.has(name) || add.has(name)) return;
    const found = available.get(name);
    if (found === undefined) {
      missing.push([name, by]);
      return;
    }
    for (const each of found.depends.toSorted()) visit(each, `${found.name}-${found.version}[${each}]`);
    add.set(name, found);
  };
  for (const name of names) visit(name, `world[${name}]`);
  return { add: [...add.values()], missing };
}

/** Installed packages that neither the world nor its dependencies name. */
export function unneeded(database: ApkDatabase): readonly ApkPackage[] {
  const needed = new Set<string>();
  const visit = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const each of database.installed.get(name)?.depends ?? []) visit(each);
  };
  for (const name of database.world) {
    const provider = [...database.installed.values()].find(({ text }) => text.split('\n').includes(`p:${name}`));
    visit(provider?.name ?? name);
  }
  return [...database.installed.values()].filter(({ name }) => !needed.has(name));
}
