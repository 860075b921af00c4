/** -d: in what the files differ from the members of an archive. */
import { failed, strerror } from '../../../../protocol/errno.ts';
import type { FileStat } from '../../../../protocol/program.ts';
import type { Invocation } from '../../command.ts';
import { archiveBytes } from './archive.ts';
import { enterDirectories } from './directory.ts';
import type { TarEntry } from './format.ts';
import { readMembers } from './format.ts';
import { listing } from './listing.ts';
import { givenNames } from './names.ts';

export async function compare(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  const bytes = await archiveBytes(call);
  const archive = bytes === undefined ? undefined : readMembers(bytes);
  if (bytes === undefined) return 2;
  if (archive === undefined || bytes.length === 0) {
    await io.raw(
      `${io.name}: This does not look like a tar archive\n${io.name}: Exiting with failure status due to previous errors\n`,
    );
    return 2;
  }
  if (!(await enterDirectories(call))) return 2;
  const names = (await givenNames(call)).map((name) => name.replace(/(?<=.)\/+$/, ''));
  let status = 0;
  for (const { entry, from } of archive.members) {
    const bare = entry.name.replace(/(?<=.)\/$/, '');
    if (names.length > 0 && !names.some((name) => bare === name || bare.startsWith(`${name}/`))) continue;
    if (options.has('v')) io.line(listing(entry, call));
    const stat = process.lstat(bare);
    if (failed(stat)) {
      await io.warn(`${bare}: Warning: Cannot stat: ${strerror(stat)}`);
      status = 1;
      continue;
    }
    for (const difference of differences(call, entry, stat, bytes.subarray(from, from + entry.size))) {
      io.line(`${entry.name}: ${difference}`);
      status = 1;
    }
  }
  return status;
}

function differences(call: Invocation, entry: TarEntry, stat: FileStat, body: Uint8Array): readonly string[] {
  const { process } = call;
  const path = entry.name.replace(/(?<=.)\/$/, '');
  if (entry.type === 'hardlink') {
    const target = process.lstat(entry.target);
    return failed(target) || target.inode !== stat.inode ? [`Not linked to ${entry.target}`] : [];
  }
  if (stat.type !== entry.type) return ['File type differs'];
  if (entry.type === 'symlink') return process.readlink(path) === entry.target ? [] : ['Symlink differs'];
  const found: string[] = [];
  if (stat.mode !== entry.mode) found.push('Mode differs');
  if (entry.type === 'directory') return found;
  if (stat.uid !== entry.uid) found.push('Uid differs');
  if (stat.gid !== entry.gid) found.push('Gid differs');
  if (Math.floor(stat.modifiedMs / 1_000) !== entry.modified) found.push('Mod time differs');
  if (stat.size !== entry.size) return [...found, 'Size differs'];
  const now = process.readFile(path);
  if (!failed(now) && now.some((byte, at) => byte !== body[at])) found.push('Contents differ');
  return found;
}
