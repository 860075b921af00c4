import { quoted } from '../quoting.ts';
import type { Invocation } from '../command.ts';

/** What a command says of a program that it cannot run: busybox's all say the same, GNU's and util-linux's have `words`. */
export const sayCannotExecute = async (
  { io, flavour }: Pick<Invocation, 'io' | 'flavour'>,
  name: string,
  message: string,
  words: (shown: string) => string = (shown) => `failed to run command ${shown}`,
): Promise<void> =>
  await io.warn(`${flavour === 'busybox' ? `can't execute '${name}'` : words(quoted(name, 'locale'))}: ${message}`);
