/** -A and --delete: an archive made of members of archives. */
import { failed, strerror } from '../../../../protocol/errno.ts';
import type { Invocation } from '../../command.ts';
import { blocksOf, existingArchive } from './archive.ts';
import { fatalText, givenNames } from './names.ts';
import { ArchiveWriter } from './writer.ts';

export async function concatenate(call: Invocation): Promise<number> {
  const path = call.options.value('f') ?? '';
  const parts: Uint8Array[] = [];
  for (const each of [path, ...call.operands]) {
    const archive = await existingArchive(call, each);
    if (archive === undefined) return 2;
    parts.push(blocksOf(archive, archive.members));
  }
  return await rewrite(call, path, parts);
}

export async function deleteMembers(call: Invocation): Promise<number> {
  const path = call.options.value('f') ?? '';
  const archive = await existingArchive(call, path);
  if (archive === undefined) return 2;
  const names = (await givenNames(call)).map((name) => name.replace(/(?<=.)\/+$/, ''));
  const isNamed = (member: string, name: string): boolean =>
    member.replace(/\/$/, '') === name || member.startsWith(`${name}/`);
  const missing = names.filter((name) => !archive.members.some(({ entry }) => isNamed(entry.name, name)));
  const kept = archive.members.filter(({ entry }) => !names.some((name) => isNamed(entry.name, name)));
  const status = await rewrite(call, path, [blocksOf(archive, kept)]);
  for (const name of missing) await call.io.warn(`${name}: Not found in archive`);
  if (missing.length === 0) return status;
  await call.io.warn('Exiting with failure status due to previous errors');
  return 2;
}

async function rewrite(call: Invocation, path: string, parts: readonly Uint8Array[]): Promise<number> {
  const fd = call.process.open(path, { write: true, create: true, truncate: true });
  if (failed(fd)) {
    await call.io.raw(fatalText(call.io.name, `${path}: Cannot open: ${strerror(fd)}`));
    return 2;
  }
  const writer = new ArchiveWriter(call.process, fd, { compressed: false });
  for (const part of parts) await writer.write(part);
  await writer.end();
  return 0;
}
