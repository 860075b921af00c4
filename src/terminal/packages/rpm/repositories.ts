/** Repositories as *.repo files describe them, and what is known of their packages. */
import { compareEvr, parseHeaders, type InstalledRpm, type RpmHeader } from '../../../formats/rpm.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';
import { fetchFile, type Fetched } from '../fetch-file.ts';
import { writeWithParents } from '../package-units.ts';
import { RpmDatabase } from './rpm-database.ts';

export interface Repository {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly baseurl: string | undefined;
  /** `mirrorlist` or `metalink`. */
  readonly mirrors: string | undefined;
  readonly gpgcheck: boolean;
  readonly gpgkey: string | undefined;
}

/** A package that a repository has. */
export interface Offer {
  readonly header: RpmHeader;
  readonly repository: Repository;
  readonly url: string;
}

const DIRECTORY = '/etc/yum.repos.d';

/** Every repository that is configured, in the order of the files. */
export function readRepositories(process: Process): readonly Repository[] {
  const entries = process.readdir(DIRECTORY);
  const names = failed(entries) ? [] : entries.map(({ name }) => name).filter((name) => name.endsWith('.repo'));
  const values = variables(process);
  const expand = (text: string): string =>
    text.replaceAll(/\$\{?(\w+)\}?/g, (whole, name: string) => values.get(name) ?? whole);
  return names
    .map((name) => name.slice(0, -5))
    .toSorted()
    .flatMap((name) => sections(fileText(process, `${DIRECTORY}/${name}.repo`) ?? ''))
    .map(([id, fields]) => {
      const field = (name: string): string | undefined => {
        const value = fields.get(name);
        return value === undefined ? undefined : expand(value);
      };
      return {
        id,
        name: field('name') ?? id,
        enabled: !/^(0|no|false)$/i.test(field('enabled') ?? '1'),
        baseurl: field('baseurl')?.split(/\s+/)[0]?.replace(/\/?$/, '/'),
        mirrors: field('metalink') ?? field('mirrorlist'),
        gpgcheck: !/^(0|no|false)$/i.test(field('gpgcheck') ?? '1'),
        gpgkey: field('gpgkey')?.split(/\s+/)[0],
      };
    });
}

function sections(text: string): readonly (readonly [id: string, fields: ReadonlyMap<string, string>])[] {
  const found: [string, Map<string, string>][] = [];
  for (const line of text.split('\n')) {
    const id = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (id !== undefined) found.push([id, new Map<string, string>()]);
    const [, name, value] = /^(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) found.at(-1)?.[1].set(name, value);
  }
  return found;
}

function variables(process: Process): ReadonlyMap<string, string> {
  const release = (fileText(process, '/etc/os-release') ?? '').match(/^VERSION_ID="?(\d+)/m)?.[1] ?? '';
  const values = new Map([
    ['releasever', release],
    ['basearch', 'x86_64'],
    ['arch', 'x86_64'],
  ]);
  for (const directory of ['/etc/yum/vars', '/etc/dnf/vars']) {
    const entries = process.readdir(directory);
    for (const { name } of failed(entries) ? [] : entries)
      values.set(name, (fileText(process, `${directory}/${name}`) ?? '').trim());
  }
  return values;
}

/** Where a repository's headers are kept, below the tool's cache. */
const headersPath = (cache: string, { id }: Repository): string => `${cache}/${id}/primary`;

/** When a repository was last asked, Unix ms; undefined where it never was. */
export function askedAt(process: Process, cache: string, repository: Repository): number | undefined {
  const stat = process.stat(headersPath(cache, repository));
  return failed(stat) ? undefined : stat.modifiedMs;
}

export type Loaded =
  | { readonly type: 'loaded'; readonly bytes: number }
  | { readonly type: 'no-mirrors'; readonly url: string; readonly fetched: Exclude<Fetched, { type: 'file' }> }
  | { readonly type: 'no-metadata'; readonly url: string; readonly fetched: Exclude<Fetched, { type: 'file' }> }
  | { readonly type: 'no-url' };

/** Asks a repository what it has, and keeps that. */
export async function loadRepository(process: Process, cache: string, repository: Repository): Promise<Loaded> {
  let base = repository.baseurl;
  if (base === undefined) {
    if (repository.mirrors === undefined) return { type: 'no-url' };
    const fetched = await fetchFile(process, repository.mirrors);
    if (fetched.type !== 'file') return { type: 'no-mirrors', url: repository.mirrors, fetched };
    base = /https?:\/\/[^\s<]+/g
      .exec(fetched.text.replaceAll(/^#.*$/gm, '').replaceAll(/xmlns="[^"]*"/g, ''))?.[0]
      .replace(/repodata\/repomd\.xml$/, '');
    if (base === undefined) return { type: 'no-url' };
  }
  const url = `${base}repodata/repomd.xml`;
  const fetched = await fetchFile(process, url);
  if (fetched.type !== 'file') return { type: 'no-metadata', url, fetched };
  const primary = await fetchFile(process, `${base}repodata/primary.xml.gz`);
  if (primary.type !== 'file') return { type: 'no-metadata', url: `${base}repodata/primary.xml.gz`, fetched: primary };
  writeWithParents(process, headersPath(cache, repository), `${base}\n${primary.text}`, 0o644);
  return { type: 'loaded', bytes: fetched.bytes.length + primary.bytes.length };
}

/** What the repositories have, as far as they were asked. */
export function offersOf(process: Process, cache: string, repositories: readonly Repository[]): readonly Offer[] {
  return repositories.flatMap((repository) => {
    const text = fileText(process, headersPath(cache, repository));
    if (text === undefined) return [];
    const [base = ''] = text.split('\n', 1);
    return parseHeaders(text).map((header) => {
      const { name, version, release, arch } = header;
      const url = `${base}Packages/${name.charAt(0)}/${name}-${version}-${release}.${arch}.rpm`;
      return { header, repository, url };
    });
  });
}

/** The archive as a resolver sees it. */
export class RpmArchive {
  readonly database: RpmDatabase;
  readonly #byName = new Map<string, Offer[]>();

  constructor(
    process: Process,
    readonly offers: readonly Offer[],
  ) {
    this.database = new RpmDatabase(process);
    for (const offer of offers) {
      const list = this.#byName.get(offer.header.name) ?? [];
      this.#byName.set(offer.header.name, list);
      list.push(offer);
    }
    for (const list of this.#byName.values()) list.sort((a, b) => compareEvr(b.header, a.header));
  }

  /** Versions of a package, the highest first. */
  versions(name: string): readonly Offer[] {
    return this.#byName.get(name) ?? [];
  }
  /** The newest package that has a name as a capability, where no package has that name. */
  provider(name: string): Offer | undefined {
    const found = this.offers.find(
      ({ header }) => header.provides?.some((each) => each.split(' ')[0] === name) ?? false,
    );
    return found === undefined ? undefined : this.newest(found.header.name);
  }
  newest(name: string): Offer | undefined {
    return this.versions(name)[0];
  }
  /** A newer version than the one that is installed. */
  update(installed: InstalledRpm): Offer | undefined {
    const offer = this.newest(installed.name);
    return offer !== undefined && compareEvr(offer.header, installed) > 0 ? offer : undefined;
  }
}

export interface Plan {
  readonly install: readonly Offer[];
  readonly dependencies: readonly Offer[];
  readonly weak: readonly Offer[];
  readonly upgrade: readonly Offer[];
  readonly reinstall: readonly Offer[];
  readonly remove: readonly InstalledRpm[];
  readonly dependents: readonly InstalledRpm[];
  readonly unused: readonly InstalledRpm[];
}
export const EMPTY_PLAN: Plan = {
  install: [],
  dependencies: [],
  weak: [],
  upgrade: [],
  reinstall: [],
  remove: [],
  dependents: [],
  unused: [],
};

/** What has to come for these to be there; a text names what nobody has. */
export function planInstall(
  archive: RpmArchive,
  wanted: readonly Offer[],
  takesWeak: boolean,
): Plan | { readonly needs: string; readonly by: Offer } {
  const { database } = archive;
  const chosen = new Map<string, Offer>();
  const dependencies: Offer[] = [];
  const weak: Offer[] = [];
  const upgrade = wanted.filter(({ header }) => database.get(header.name) !== undefined);
  for (const each of wanted) chosen.set(each.header.name, each);
  let problem: { readonly needs: string; readonly by: Offer } | undefined;
  const visit = (offer: Offer): void => {
    for (const name of offer.header.requires) {
      if (chosen.has(name)) continue;
      const there = database.get(name);
      const next = archive.newest(name);
      // A sibling of the same source has to be of the same version.
      const isSibling = there !== undefined && next?.header.sourceRpm === offer.header.sourceRpm;
      if (there !== undefined && (!isSibling || compareEvr(next.header, there) <= 0)) continue;
      if (next === undefined) {
        problem ??= { needs: name, by: offer };
        continue;
      }
      chosen.set(name, next);
      (there === undefined ? dependencies : upgrade).push(next);
      visit(next);
    }
  };
  for (const each of wanted) visit(each);
  if (problem !== undefined) return problem;
  if (takesWeak)
    for (const name of [...chosen.values()].flatMap(({ header }) => header.recommends)) {
      const next = archive.newest(name);
      if (chosen.has(name) || database.get(name) !== undefined || next === undefined) continue;
      chosen.set(name, next);
      weak.push(next);
      visit(next);
    }
  const install = wanted.filter(({ header }) => database.get(header.name) === undefined);
  return { ...EMPTY_PLAN, install, dependencies, weak, upgrade };
}

/** What goes with these: what needs them, and what then nobody needs. */
export function planRemoval(archive: RpmArchive, gone: readonly InstalledRpm[], cleans: boolean): Plan {
  const { packages } = archive.database;
  const names = new Set(gone.map(({ name }) => name));
  const dependents: InstalledRpm[] = [];
  for (let grew = true; grew;) {
    const more = packages.filter((each) => !names.has(each.name) && each.requires.some((name) => names.has(name)));
    for (const each of more) names.add(each.name);
    dependents.push(...more);
    grew = more.length > 0;
  }
  return { ...EMPTY_PLAN, remove: gone, dependents, unused: cleans ? unneeded(archive, names) : [] };
}

/** Installed as a dependency, and needed by nobody that stays. */
export function unneeded(archive: RpmArchive, gone: ReadonlySet<string>): readonly InstalledRpm[] {
  const staying = archive.database.packages.filter(({ name }) => !gone.has(name));
  const byName = new Map(staying.map((each) => [each.name, each]));
  const needed = new Set<string>();
  const visit = (each: InstalledRpm): void => {
    if (needed.has(each.name)) return;
    needed.add(each.name);
    for (const name of [...each.requires, ...each.recommends]) {
      const next = byName.get(name);
      if (next !== undefined) visit(next);
    }
  };
  for (const each of staying) if (each.user) visit(each);
  return staying.filter(({ name }) => !needed.has(name));
}
