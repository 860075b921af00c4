import type { Invocation } from '../../../coreutils/command.ts';

/** As -p, -P and --value ask for them: all, or those that are named. */
export function printProperties({ io, options }: Invocation, known: Readonly<Record<string, string>>): void {
  const wanted = [...options.values('p'), ...options.values('P')].flatMap((text) => text.split(','));
  const bare = options.has('value') || options.has('P');
  for (const [name, value] of Object.entries(known))
    if (wanted.length === 0 || wanted.includes(name)) io.line(bare ? value : `${name}=${value}`);
}
