/** The database of installed packages: one file below /var/lib/rpm, with a header a line. */
import { evr, headersText, nevra, parseHeaders, type InstalledRpm } from '../../../formats/rpm.ts';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';

/** SQLite's since rpm 4.16, Berkeley DB's before. */
const FILES = ['/var/lib/rpm/rpmdb.sqlite', '/var/lib/rpm/Packages'];

export class RpmDatabase {
  #packages: readonly InstalledRpm[];
  readonly #path: string;

  constructor(private readonly process: Process) {
    this.#path = FILES.find((path) => !failed(process.stat(path))) ?? '/var/lib/rpm/rpmdb.sqlite';
    this.#packages = parseHeaders(fileText(process, this.#path) ?? '');
  }

  /** In the order they were installed. */
  get packages(): readonly InstalledRpm[] {
    return this.#packages;
  }
  /** The release's generation: the database of el7 has another form than later ones. */
  get isOld(): boolean {
    return this.#path.endsWith('/Packages');
  }

  /** Packages by `name`, `name.arch`, `name-version`, `name-version-release`, with or without the architecture. */
  find(label: string): readonly InstalledRpm[] {
    return this.#packages.filter((each) => labelsOf(each).includes(label));
  }
  get(name: string): InstalledRpm | undefined {
    return this.#packages.find((each) => each.name === name);
  }
  /** Those that have a path, by the way that rpm goes: /bin is /usr/bin where it is a link. */
  owners(path: string): readonly InstalledRpm[] {
    const merged = path.replace(/^\/(bin|sbin|lib|lib64)\//, '/usr/$1/');
    return this.#packages.filter(({ files }) => files.some((file) => file.path === path || file.path === merged));
  }
  /** Installed packages that need one of these names and nobody else provides it. */
  dependents(name: string): readonly InstalledRpm[] {
    return this.#packages.filter((each) => each.name !== name && each.requires.includes(name));
  }

  put(header: InstalledRpm): void {
    this.#packages = [...this.#packages.filter(({ name }) => name !== header.name || name === 'gpg-pubkey'), header];
  }
  remove(header: InstalledRpm): void {
    this.#packages = this.#packages.filter((each) => each !== header);
  }
  save(): Result<void> {
    return this.process.writeFile(this.#path, encodeUtf8(headersText(this.#packages)), { mode: 0o644 });
  }

  /** Whether a key was imported. */
  hasKey(key: string): boolean {
    return this.#packages.some(({ name, version }) => name === 'gpg-pubkey' && version === key);
  }
  addKey(key: string, release: string, who: string, installTime: number): void {
    this.put({
      name: 'gpg-pubkey',
      version: key,
      release,
      arch: '(none)',
      summary: `${who} public key`,
      license: 'pubkey',
      sourceRpm: '(none)',
      sizeBytes: 0,
      installedBytes: 0,
      requires: [],
      recommends: [],
      files: [],
      key: '',
      installTime,
      fromRepo: 'System',
      user: true,
    });
  }
}

/** Every way in which a package may be called. */
export const labelsOf = (each: InstalledRpm): readonly string[] => {
  const { name, version, release, arch } = each;
  return [
    name,
    `${name}.${arch}`,
    `${name}-${version}`,
    `${name}-${version}-${release}`,
    nevra(each),
    `${name}-${evr(each)}`,
    `${name}-${evr(each)}.${arch}`,
  ];
};

/** As -q prints it; a key has no architecture. */
export const shownName = (each: InstalledRpm): string =>
  each.arch === '(none)' ? `${each.name}-${each.version}-${each.release}` : nevra(each);
