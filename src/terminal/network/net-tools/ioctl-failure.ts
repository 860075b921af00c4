import { strerror, type SysFailure } from '../../../protocol/errno.ts';
import type { PlainCall } from '../../system/plain-program.ts';

/** The kernel refuses a request: the exit status. The applets of busybox say their names and end with 1. */
export async function sayIoctlFailure(
  { io, flavour }: Pick<PlainCall, 'io' | 'flavour'>,
  request: string,
  failure: SysFailure,
  status: number,
): Promise<number> {
  if (flavour !== 'busybox') {
    await io.raw(`${request}: ${strerror(failure)}\n`);
    return status;
  }
  await io.warn(`${request}: ${strerror(failure)}`);
  return 1;
}
