/** What Ubuntu 24.04's cp says about -n: Debian's coreutils 9.4 brings the warning, others do not. */
import { fileText } from '../../io.ts';
import type { Invocation } from '../command.ts';

export async function warnOfNoClobber({ process, io, options, flavour }: Invocation): Promise<void> {
  if (flavour === 'busybox' || !options.has('n')) return;
  const status = fileText(process, '/var/lib/dpkg/status') ?? '';
  const entry = status.split('\n\n').find((each) => each.startsWith('Package: coreutils\n')) ?? '';
  if (!/^Version: 9\.4-/m.test(entry)) return;
  for (const _ of options.values('n'))
    await io.warn('warning: behavior of -n is non-portable and may change in future; use --update=none instead');
}
