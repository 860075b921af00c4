import { failed, strerror } from '../../../protocol/errno.ts';
import type { Invocation } from '../command.ts';

/** Goes where -C says; false where it could not and has said so. */
export async function enterDirectory(call: Invocation): Promise<boolean> {
  for (const directory of call.options.values('C')) {
    const moved = call.process.chdir(directory);
    if (!failed(moved)) continue;
    await call.io.raw(
      `tar: ${directory}: Cannot open: ${strerror(moved)}\ntar: Error is not recoverable: exiting now\n`,
    );
    return false;
  }
  return true;
}
