import { failed, strerror } from '../../../../protocol/errno.ts';
import type { Invocation } from '../../command.ts';
import { fatalText } from './names.ts';

/** Goes where all the -C say, or with busybox the last; false where it could not and has said so. */
export async function enterDirectories(call: Invocation): Promise<boolean> {
  for (const directory of call.options.values('C').slice(call.flavour === 'busybox' ? -1 : 0))
    if (!(await enterDirectory(call, directory))) return false;
  return true;
}

export async function enterDirectory(call: Invocation, directory: string): Promise<boolean> {
  const moved = call.process.chdir(directory);
  if (!failed(moved)) return true;
  await call.io.raw(fatalText(call.io.name, `${directory}: Cannot open: ${strerror(moved)}`));
  return false;
}

/** What tar says of -C behind the last name. */
export async function tellIdle(call: Invocation, directories: readonly string[]): Promise<void> {
  await call.io.warn(
    'The following options were used after any non-optional arguments in archive create or update mode.  These options are positional and affect only arguments that follow them.  Please, rearrange them properly.',
  );
  for (const directory of directories) await call.io.warn(`-C \u2018${directory}\u2019 has no effect`);
}
