import type { Reply } from '../client.ts';

/** What was linked and removed, as notices on standard error tell it. */
export function changeLines(reply: Reply, isQuiet: boolean): readonly string[] {
  if (reply.type !== 'done' || isQuiet) return [];
  return (reply.changes ?? []).map(({ kind, path, target = '' }) => {
    if (kind === 'symlink') return `Created symlink ${path} → ${target}.\n`;
    return kind === 'unlink'
      ? `Removed "${path}".\n`
      : `Unit ${path} is added as a dependency to a non-existent unit ${target}.\n`;
  });
}
