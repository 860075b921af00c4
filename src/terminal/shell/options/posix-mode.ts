/** What `set -o posix` changes; dash and ash are so always. */
import type { Shell } from '../shell.ts';

export const isPosix = (shell: Shell): boolean => shell.personality !== 'bash' || shell.options.has('posix');

/** Setting POSIXLY_CORRECT turns it on, unsetting it off. */
export function followPosixlyCorrect(shell: Shell, isSet: boolean): void {
  if (shell.personality !== 'bash') return;
  if (isSet) shell.options.add('posix');
  else shell.options.delete('posix');
}
