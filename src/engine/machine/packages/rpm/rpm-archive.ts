/**
 * The repositories of Rocky Linux, EPEL and CentOS, and the database that an image starts with.
 * Models: mirror lists, repomd.xml, headers with dependencies and files, packages; vault.centos.org, which alone still has CentOS 7.
 * Leaves out: the metadata's real form and compression, groups, modules, advisories, signatures of metadata, other architectures.
 */
import { headersText, writeRpm, type InstalledRpm } from '../../../../formats/rpm.ts';
import type { TarEntry } from '../../../../formats/tar.ts';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { FileTreeEntry } from '../../files/trees/file-tree.ts';
import type { ArchiveFile } from '../deb-archive.ts';
import { rpmEntries, rpmHeader } from './rpm-content.ts';
import { rpmPackages, rpmPath, type RpmDescription, type RpmDistribution } from './rpm-package.ts';

/** Letters of the tables by the directory below a release. */
const ROCKY_REPOSITORIES: Readonly<Record<string, string>> = {
  BaseOS: 'b',
  AppStream: 'a',
  extras: 'e',
  CRB: '',
  devel: '',
};
const CENTOS_REPOSITORIES: Readonly<Record<string, string>> = { os: 'b', updates: 'u', extras: 'e', centosplus: '' };
const asFile = (text: string): ArchiveFile => {
  const bytes = encodeUtf8(text);
  return { bytes, sizeBytes: bytes.length };
};

/** A file of dl.rockylinux.org or dl.fedoraproject.org. */
export function rockyFile(path: string): ArchiveFile | undefined {
  const [, name = '', rest = ''] = /^pub\/rocky\/9(?:\.3)?\/(\w+)\/x86_64\/os\/(.*)$/.exec(path) ?? [];
  const letter = ROCKY_REPOSITORIES[name];
  return letter === undefined ? undefined : repositoryFile('rocky', letter, rest);
}
export function epelFile(path: string): ArchiveFile | undefined {
  const rest = /^pub\/epel\/9\/Everything\/x86_64\/(.*)$/.exec(path)?.[1];
  return rest === undefined ? undefined : repositoryFile('rocky', 'p', rest);
}
/** A file of vault.centos.org. */
export function vaultFile(path: string): ArchiveFile | undefined {
  const [, name = '', rest = ''] = /^(?:centos\/)?7(?:\.9\.2009)?\/(\w+)\/x86_64\/(.*)$/.exec(path) ?? [];
  const letter = CENTOS_REPOSITORIES[name];
  return letter === undefined ? undefined : repositoryFile('centos', letter, rest);
}

function repositoryFile(distribution: RpmDistribution, letter: string, path: string): ArchiveFile | undefined {
  const packages = rpmPackages(distribution).filter(({ repository }) => repository === letter);
  if (path === 'repodata/repomd.xml')
    return asFile(
      `<?xml version="1.0" encoding="UTF-8"?>\n<repomd xmlns="http://linux.duke.edu/metadata/repo">\n  <revision>${distribution === 'rocky' ? '9.3' : '1604001756'}</revision>\n  <data type="primary">\n    <location href="repodata/primary.xml.gz"/>\n  </data>\n</repomd>\n`,
    );
  if (path === 'repodata/primary.xml.gz')
    return asFile(headersText(packages.map((each) => rpmHeader(distribution, each))));
  const found = packages.find((each) => rpmPath(each) === path);
  return found === undefined ? undefined : packageFile(distribution, found);
}

function packageFile(distribution: RpmDistribution, each: RpmDescription): ArchiveFile {
  const bytes = writeRpm(rpmHeader(distribution, each), rpmEntries(distribution, each).map(tarEntry));
  // As long as the headers say it is: what follows the files is empty.
  const whole = new Uint8Array(Math.max(bytes.length, each.sizeBytes));
  whole.set(bytes);
  return { bytes: whole, sizeBytes: whole.length };
}

function tarEntry(entry: FileTreeEntry): TarEntry {
  const type = entry.type === 'directory' || entry.type === 'symlink' ? entry.type : 'file';
  return {
    name: entry.path.slice(1),
    type,
    mode: entry.mode ?? (type === 'directory' ? 0o755 : 0o644),
    uid: 0,
    gid: 0,
    modifiedMs: 1_700_352_000_000,
    ...(entry.type === 'file' ? { bytes: encodeUtf8(entry.text ?? '') } : {}),
    ...(entry.type === 'symlink' ? { target: entry.target } : {}),
  };
}

/** What mirrors.rockylinux.org answers to `?arch=x86_64&repo=BaseOS-9`. */
export function rockyMirrors(query: string): ArchiveFile | undefined {
  const [, name = '', release = ''] = /(?:^|&)repo=(\w+)-(9(?:\.3)?)(?:&|$)/.exec(query) ?? [];
  if (ROCKY_REPOSITORIES[name] === undefined || !/(?:^|&)arch=x86_64(?:&|$)/.test(query)) return undefined;
  return asFile(
    `# repo = ${name}-${release} arch = x86_64 country = XX\nhttps://dl.rockylinux.org/pub/rocky/${release}/${name}/x86_64/os/\n`,
  );
}

/** What mirrors.fedoraproject.org answers to `?repo=epel-9&arch=x86_64`. */
export function epelMetalink(query: string): ArchiveFile | undefined {
  if (!/(?:^|&)repo=epel-9(?:&|$)/.test(query)) return undefined;
  return asFile(
    '<?xml version="1.0" encoding="utf-8"?>\n<metalink version="3.0" xmlns="http://www.metalinker.org/">\n <files>\n  <file name="repomd.xml">\n   <resources>\n    <url protocol="https" type="https">https://dl.fedoraproject.org/pub/epel/9/Everything/x86_64/repodata/repomd.xml</url>\n   </resources>\n  </file>\n </files>\n</metalink>\n',
  );
}

/** Headers of what an image has, as its database keeps them. */
function installedHeaders(distribution: RpmDistribution, installTime: number): readonly InstalledRpm[] {
  return rpmPackages(distribution)
    .filter(({ inImage }) => inImage)
    .map((each) => ({
      ...rpmHeader(distribution, each),
      installTime,
      fromRepo: distribution === 'rocky' ? 'System' : 'CentOS',
      user: true,
    }));
}

/** Every file of an image: those of its packages, and the database that knows them. */
export function rpmImageFiles(distribution: RpmDistribution, installTime: number): readonly FileTreeEntry[] {
  const packages = rpmPackages(distribution).filter(({ inImage }) => inImage);
  const byPath = new Map<string, FileTreeEntry>();
  for (const each of packages) for (const entry of rpmEntries(distribution, each)) byPath.set(entry.path, entry);
  return [
    ...byPath.values(),
    {
      path: distribution === 'rocky' ? '/var/lib/rpm/rpmdb.sqlite' : '/var/lib/rpm/Packages',
      type: 'file',
      text: headersText(installedHeaders(distribution, installTime)),
      mode: 0o644,
    },
  ];
}
