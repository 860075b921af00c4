import type { Reply } from './client.ts';

/** What was linked and removed, as notices on standard error tell it. */
export function changeLines(reply: Reply, isQuiet: boolean): readonly string[] {
  if (reply.type !== 'done' || isQuiet) return [];
  return (reply.changes ?? []).map(({ kind, path, target = '' }) =>
    kind === 'symlink' ? `Created symlink ${path} → ${target}.\n` : `Removed "${path}".\n`,
  );
}
