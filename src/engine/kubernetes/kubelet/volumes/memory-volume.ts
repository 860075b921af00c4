/** Volumes that lie in memory: Secret, projected and downward API volumes, and emptyDir where it asks for that (pkg/volume/emptydir). */
import { failed, strerror } from '../../../../protocol/errno.ts';
import type { Files } from '../../../machine/files/interface.ts';
import { wholeOf } from '../../apimachinery/resource-amounts.ts';
import type { Pod, Volume } from '../../apimachinery/types.ts';

export const isInMemory = ({ secret, projected, downwardAPI, emptyDir }: Volume): boolean =>
  secret !== undefined || projected !== undefined || downwardAPI !== undefined || emptyDir?.medium === 'Memory';

/** Mounts the volume's tmpfs where it is not; answers whether it was made, or why it could not. */
export function mountMemory(
  files: Files,
  directory: string,
  sizeBytes: number,
): { readonly made: boolean } | { readonly error: string } {
  if (files.isMountPoint(directory)) return { made: false };
  files.root.mkdirp(directory, { mode: 0o777 });
  const size = `size=${String(Math.floor(sizeBytes / 1_024))}k`;
  const options = ['rw', 'relatime', size, 'inode64', 'noswap'];
  const mounted = files.mount({ type: 'tmpfs', source: 'tmpfs', target: directory, options });
  return failed(mounted) ? { error: strerror(mounted).toLowerCase() } : { made: true };
}

/** What it may hold at most: what the node has, the pod may use and the volume asks for, whichever is least. */
export function memorySize(volume: Volume, { spec }: Pod, allocatable: Readonly<Record<string, string>>): number {
  const limits = spec.containers.map(({ resources }) => wholeOf(resources?.limits?.['memory']));
  const pod = limits.every((limit) => limit > 0) ? limits.reduce((sum, limit) => sum + limit, 0) : 0;
  const asked = wholeOf(volume.emptyDir?.sizeLimit);
  return Math.min(wholeOf(allocatable['memory']), ...[pod, asked].filter((bytes) => bytes > 0));
}
