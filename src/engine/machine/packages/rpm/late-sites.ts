/** Sites that load when somebody first asks them: package repositories that no host of a world is set up with. */
import type { SiteAnswer } from '../release-files.ts';
import { epelFile, epelMetalink, rockyFile, rockyMirrors, vaultFile } from './rpm-archive.ts';

/** Each site: what it has at a path without its leading slash, with the query. */
export const LATE_SITES: Readonly<Record<string, (path: string, query: string) => SiteAnswer | undefined>> = {
  'mirrors.rockylinux.org': (path, query) => (path === 'mirrorlist' ? rockyMirrors(query) : undefined),
  'dl.rockylinux.org': rockyFile,
  'mirrors.fedoraproject.org': (path, query) => (path === 'metalink' ? epelMetalink(query) : undefined),
  'dl.fedoraproject.org': epelFile,
  'vault.centos.org': vaultFile,
};
