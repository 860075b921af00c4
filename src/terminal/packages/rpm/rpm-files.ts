/** Puts a package's files on the disk and takes them away again. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { InstalledRpm, RpmFile, RpmHeader } from '../../../formats/rpm.ts';
import type { TarEntry } from '../../../formats/tar.ts';
import { EMPTY_BYTES } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { RpmDatabase } from './rpm-database.ts';

/** CPU time of unpacking a file, µs. */
const FILE_US = 400;

/** Installs or upgrades; the database is saved. */
export async function unpackRpm(
  process: Process,
  database: RpmDatabase,
  { header, data }: { readonly header: RpmHeader; readonly data: readonly TarEntry[] },
  origin: { readonly fromRepo: string; readonly user: boolean },
): Promise<void> {
  const before = database.get(header.name);
  for (const entry of data) place(process, entry, header, before);
  const kept = new Set(header.files.map(({ path }) => path));
  for (const file of (before?.files ?? []).toReversed())
    if (!kept.has(file.path)) dropFile(process, database, header.name, file);
  await process.cpu(Math.max(1, data.length) * FILE_US);
  database.put({ ...header, ...origin, installTime: Math.floor(process.time().realtimeUs / 1_000_000) });
  database.save();
}

/** Takes a package away; changed configuration stays as `.rpmsave`, which is said. */
export async function eraseRpm(
  process: Process,
  database: RpmDatabase,
  header: InstalledRpm,
): Promise<readonly string[]> {
  const said: string[] = [];
  database.remove(header);
  for (const file of header.files.toReversed()) {
    if (file.config === true && file.type === 'file' && isChanged(process, file)) {
      process.rename(file.path, `${file.path}.rpmsave`);
      said.push(`warning: ${file.path} saved as ${file.path}.rpmsave`);
    } else dropFile(process, database, header.name, file);
  }
  await process.cpu(Math.max(1, header.files.length) * FILE_US);
  database.save();
  return said;
}

function dropFile(process: Process, database: RpmDatabase, name: string, { path, type }: RpmFile): void {
  if (database.owners(path).some((each) => each.name !== name)) return;
  if (type === 'directory') process.rmdir(path);
  else process.unlink(path);
}

function place(process: Process, entry: TarEntry, header: RpmHeader, before: InstalledRpm | undefined): void {
  const path = `/${entry.name}`;
  for (let at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) process.mkdir(path.slice(0, at), 0o755);
  const there = process.lstat(path);
  if (entry.type === 'directory') {
    if (failed(there)) process.mkdir(path, entry.mode);
    return;
  }
  const old = before?.files.find((file) => file.path === path);
  const next = header.files.find((file) => file.path === path);
  // Configuration that somebody changed stays, where the package has the same as before.
  if (!failed(there) && next?.config === true && old?.digest === next.digest) return;
  if (!failed(there) && there.type !== 'directory') process.unlink(path);
  if (entry.type === 'symlink') process.symlink(entry.target ?? '', path);
  else if (!failed(process.writeFile(path, entry.bytes ?? EMPTY_BYTES, { mode: entry.mode })))
    process.chmod(path, entry.mode);
}

/** Whether a file's content is another than the package's. */
export function isChanged(process: Process, file: RpmFile): boolean {
  const bytes = process.readFile(file.path);
  return !failed(bytes) && hexadecimal(sha256(bytes)) !== file.digest;
}

const hexadecimal = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
