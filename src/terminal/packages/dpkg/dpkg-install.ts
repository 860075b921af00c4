/** Unpacks, configures and removes packages. */
import { readDeb, type DebPackage } from '../../../formats/deb.ts';
import type { TarEntry } from '../../../formats/tar.ts';
import { EMPTY_BYTES } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { baseName, type Io } from '../../io.ts';
import { parseStanzas } from './deb-control.ts';
import { displayName, recordOf, withStatus, type DpkgDatabase, type PackageRecord } from './dpkg-database.ts';
import { startUnits, stopUnits, unitsOf } from '../package-units.ts';

/** CPU time of unpacking a file, µs. */
const FILE_US = 400;

export class DpkgInstaller {
  /** It is said once a run. */
  #saidReading = false;
  readonly failures: string[] = [];

  constructor(
    private readonly process: Process,
    private readonly io: Io,
    private readonly database: DpkgDatabase,
  ) {}

  sayReading(): void {
    if (this.#saidReading) return;
    this.#saidReading = true;
    this.io.line(
      `(Reading database ... ${String(this.database.countPaths())} files and directories currently installed.)`,
    );
  }

  /** Unpacks an archive; answers the package's name, or undefined after a complaint. */
  async unpack(path: string, action: string): Promise<string | undefined> {
    const { process, io, database } = this;
    const bytes = process.readFile(path);
    if (failed(bytes)) {
      await this.#complain(path, action, `cannot access archive '${path}': ${strerror(bytes)}`);
      return undefined;
    }
    const deb = readDeb(bytes);
    if (deb === undefined) {
      await io.raw(`dpkg-deb: error: '${path}' is not a Debian format archive\n`);
      await this.#complain(path, action, 'dpkg-deb --control subprocess returned error exit status 2');
      return undefined;
    }
    const record = recordOf({ ...(parseStanzas(deb.control)[0] ?? {}), Status: 'install ok unpacked' });
    const before = database.get(record.name);
    const unknown = before === undefined || before.state === 'not-installed';
    if (unknown) io.line(`Selecting previously unselected package ${displayName(record)}.`);
    this.sayReading();
    const shown = path.startsWith('/var/cache/apt/archives/') ? `.../${baseName(path)}` : path;
    io.line(`Preparing to unpack ${shown} ...`);
    const over = !unknown && before.state !== 'config-files' ? ` over (${before.version})` : '';
    io.line(`Unpacking ${displayName(record)} (${record.version})${over} ...`);
    await io.flush();
    await this.#writeFiles(record, deb, before);
    return record.name;
  }

  async #complain(path: string, action: string, why: string): Promise<void> {
    this.failures.push(path);
    await this.io.raw(
      why.startsWith('cannot access')
        ? `dpkg: error: ${why}\n`
        : `dpkg: error processing archive ${path} (--${action}):\n ${why}\n`,
    );
  }

  async #writeFiles(record: PackageRecord, deb: DebPackage, before: PackageRecord | undefined): Promise<void> {
    const { process, database } = this;
    const kept = new Set(before === undefined ? [] : deb.conffiles.filter((path) => !failed(process.lstat(path))));
    for (const entry of deb.data) if (!kept.has(`/${entry.name}`)) place(process, entry);
    await process.cpu(deb.data.length * FILE_US);
    database.setInfo(record.name, 'list', ['/.', ...deb.data.map(({ name }) => `/${name}`)]);
    database.setInfo(record.name, 'conffiles', deb.conffiles);
    database.put(record);
    database.save();
  }

  async configure(name: string): Promise<void> {
    const { process, io, database } = this;
    const record = database.get(name);
    if (record?.state !== 'unpacked') return;
    io.line(`Setting up ${displayName(record)} (${record.version}) ...`);
    await io.flush();
    await startUnits(process, io, unitsOf(process, database.paths(record.name)));
    database.put(withStatus(record, 'install', 'installed'));
    database.save();
  }

  /** Removes a package's files but its configuration; with `purge` that too. */
  async remove(name: string, purge: boolean): Promise<void> {
    const { process, io, database } = this;
    const record = database.get(name);
    if (record === undefined || (record.state === 'config-files' && !purge)) {
      await io.raw(`dpkg: warning: ignoring request to remove ${name} which isn't installed\n`);
      return;
    }
    this.sayReading();
    const paths = database.paths(record.name);
    const conffiles = new Set(database.conffiles(record.name));
    if (record.state !== 'config-files') {
      io.line(`Removing ${displayName(record)} (${record.version}) ...`);
      await io.flush();
      await stopUnits(process, unitsOf(process, paths));
      this.#removePaths(record.name, paths, conffiles);
    }
    const left = [...conffiles].some((path) => !failed(process.lstat(path)));
    if (purge && conffiles.size > 0) {
      io.line(`Purging configuration files for ${displayName(record)} (${record.version}) ...`);
      this.#removePaths(record.name, [...paths, ...conffiles], new Set());
    }
    if (purge || !left) {
      database.put(withStatus(record, 'purge', 'not-installed'));
      database.setInfo(record.name, 'list', []);
      database.setInfo(record.name, 'conffiles', []);
    } else {
      database.put(withStatus(record, 'deinstall', 'config-files'));
      database.setInfo(record.name, 'list', ['/.', ...conffiles]);
    }
    database.save();
  }

  /** Files, and directories that nobody else has and that are empty. */
  #removePaths(name: string, paths: readonly string[], kept: ReadonlySet<string>): void {
    const { process, database } = this;
    const others = new Set(
      database.installed().flatMap((each) => (each.name === name ? [] : database.paths(each.name))),
    );
    for (const path of [...paths].toSorted().toReversed()) {
      if (path === '/.' || kept.has(path) || others.has(path)) continue;
      const stat = process.lstat(path);
      if (failed(stat)) continue;
      if (stat.type === 'directory') process.rmdir(path);
      else process.unlink(path);
    }
  }
}

function place(process: Process, entry: TarEntry): void {
  const path = `/${entry.name}`;
  const there = process.lstat(path);
  if (entry.type === 'directory') {
    if (failed(there)) process.mkdir(path, entry.mode);
    return;
  }
  if (!failed(there) && there.type !== 'directory') process.unlink(path);
  if (entry.type === 'symlink') process.symlink(entry.target ?? '', path);
  else if (!failed(process.writeFile(path, entry.bytes ?? EMPTY_BYTES, { mode: entry.mode })))
    process.chmod(path, entry.mode);
}
