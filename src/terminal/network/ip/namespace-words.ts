import type { Process } from '../../../protocol/program.ts';
import { namespaceId, namespaceOfLink } from '../rtnetlink/named-namespaces.ts';

/** A namespace by the name under /run/netns or by a process in it. */
export function namespaceBy(process: Process, text: string): number | undefined {
  const named = namespaceId(process, text);
  if (named !== undefined || !/^\d+$/.test(text)) return named;
  return namespaceOfLink(process.readlink(`/proc/${text}/ns/net`));
}
