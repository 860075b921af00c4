/** dpkg's database: /var/lib/dpkg/status, and a list of paths for each package in info. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';
import { parseStanzas, stanzaText, type Stanza } from './deb-control.ts';

const STATUS = '/var/lib/dpkg/status';

export type Want = 'install' | 'hold' | 'deinstall' | 'purge';
export type State = 'installed' | 'config-files' | 'unpacked' | 'not-installed';

export interface PackageRecord {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly want: Want;
  readonly state: State;
  readonly fields: Stanza;
}

const WANTS: readonly Want[] = ['install', 'hold', 'deinstall', 'purge'];
const STATES: readonly State[] = ['installed', 'config-files', 'unpacked', 'not-installed'];

/** A record from the fields of a status stanza. */
export function recordOf(fields: Stanza): PackageRecord {
  const [want, , state] = (fields['Status'] ?? '').split(' ');
  return {
    name: fields['Package'] ?? '',
    version: fields['Version'] ?? '',
    architecture: fields['Architecture'] ?? '',
    want: WANTS.find((each) => each === want) ?? 'install',
    state: STATES.find((each) => each === state) ?? 'not-installed',
    fields,
  };
}

/** The same with another status. */
export const withStatus = ({ fields }: PackageRecord, want: Want, state: State): PackageRecord =>
  recordOf({ ...fields, Status: `${want} ok ${state}` });

export class DpkgDatabase {
  readonly packages: Map<string, PackageRecord>;

  constructor(private readonly process: Process) {
    const records = parseStanzas(fileText(process, STATUS) ?? '').map(recordOf);
    this.packages = new Map(records.map((record) => [record.name, record]));
  }

  get(name: string): PackageRecord | undefined {
    return this.packages.get(name.replace(/:(amd64|all|any)$/, ''));
  }

  /** Unpacked or configured. */
  isInstalled(name: string): boolean {
    return this.get(name)?.state === 'installed';
  }

  /** Those that are there, by name. */
  installed(): readonly PackageRecord[] {
    return [...this.packages.values()]
      .filter(({ state }) => state === 'installed' || state === 'unpacked')
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  put(record: PackageRecord): void {
    if (record.state === 'not-installed' && record.want !== 'hold') this.packages.delete(record.name);
    else this.packages.set(record.name, record);
  }

  save(): void {
    const records = [...this.packages.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    this.process.writeFile(STATUS, encodeUtf8(records.map(({ fields }) => stanzaText(fields)).join('\n')));
  }

  /** Paths of a package, `/.` first. */
  paths(name: string): readonly string[] {
    return this.#info(name, 'list');
  }
  conffiles(name: string): readonly string[] {
    return this.#info(name, 'conffiles');
  }

  setInfo(name: string, kind: 'list' | 'conffiles', lines: readonly string[]): void {
    const path = `/var/lib/dpkg/info/${name}.${kind}`;
    if (lines.length === 0) this.process.unlink(path);
    else this.process.writeFile(path, encodeUtf8(`${lines.join('\n')}\n`));
  }

  #info(name: string, kind: 'list' | 'conffiles'): readonly string[] {
    return (fileText(this.process, `/var/lib/dpkg/info/${name}.${kind}`) ?? '')
      .split('\n')
      .filter((line) => line !== '');
  }

  /** Files and directories of all packages: what dpkg says that it reads. */
  countPaths(): number {
    return new Set(this.installed().flatMap(({ name }) => this.paths(name))).size;
  }
}

/** `libc6:amd64`: libraries may be there for several architectures, so dpkg names theirs. */
export const displayName = ({ name, architecture, fields }: PackageRecord): string =>
  name.startsWith('lib') && (fields['Section'] ?? '').endsWith('libs') ? `${name}:${architecture}` : name;
