/** -Z and --context on a kernel without SELinux and SMACK: -Z changes nothing, a context that is named is warned of. */
import type { Invocation } from '../command.ts';

export async function warnOfContext({ io, options }: Invocation): Promise<void> {
  if ((options.value('context') ?? '') !== '')
    await io.warn('warning: ignoring --context; it requires an SELinux/SMACK-enabled kernel');
}
