/** RuntimeDirectory=, StateDirectory= and their like (systemd.exec(5)): made before a service's commands, with their owner. */
import type { FileView } from '../../files/interface.ts';
import type { Identity } from './service-identity.ts';
import { lastValue, listValue, type UnitFile } from '../units/unit-file.ts';

const PLACES = [
  ['Runtime', '/run', 'RUNTIME_DIRECTORY'],
  ['State', '/var/lib', 'STATE_DIRECTORY'],
  ['Cache', '/var/cache', 'CACHE_DIRECTORY'],
  ['Logs', '/var/log', 'LOGS_DIRECTORY'],
  ['Configuration', '/etc', 'CONFIGURATION_DIRECTORY'],
] as const;

/** Makes those that are not there yet. */
export function makeDirectories(file: UnitFile, files: FileView, { account, credentials }: Identity): void {
  for (const [kind, place] of PLACES) {
    const mode = parseInt(lastValue(file, 'Service', `${kind}DirectoryMode`) ?? '755', 8);
    for (const name of namesOf(file, kind)) {
      const path = `${place}/${name}`;
      if (!files.exists(path)) files.mkdirp(path);
      files.chmod(path, mode);
      // Configuration belongs to root, whoever reads it.
      if (kind !== 'Configuration') files.chown(path, account?.uid ?? 0, credentials?.gid ?? 0);
    }
  }
}

/** Variables that name them. */
export const directoryVariables = (file: UnitFile): Readonly<Record<string, string>> =>
  Object.fromEntries(
    PLACES.flatMap(([kind, place, variable]) => {
      const names = namesOf(file, kind);
      return names.length === 0 ? [] : [[variable, names.map((name) => `${place}/${name}`).join(':')]];
    }),
  );

/** Those below /run end with the service. */
export function removeRuntimeDirectories(file: UnitFile, files: FileView): void {
  if ((lastValue(file, 'Service', 'RuntimeDirectoryPreserve') ?? 'no') !== 'no') return;
  for (const name of namesOf(file, 'Runtime')) files.remove(`/run/${name}`, { recursive: true });
}

/** `systemctl clean`: removes the directories of these kinds; false where there are none. */
export function cleanDirectories(file: UnitFile, files: FileView, kinds: readonly string[]): boolean {
  const paths = PLACES.flatMap(([kind, place]) =>
    kinds.includes(kind.toLowerCase()) ? namesOf(file, kind).map((name) => `${place}/${name}`) : [],
  );
  for (const path of paths) files.remove(path, { recursive: true });
  return paths.length > 0;
}

/** Names without the links that may stand behind a colon. */
const namesOf = (file: UnitFile, kind: string): readonly string[] =>
  listValue(file, 'Service', `${kind}Directory`).map((text) => text.split(':')[0] ?? text);
