/** Options as OpenSSH's own getopt reads them and complains. */
import { parseOptions, type CommandSpec, type Invocation, type Options } from '../../coreutils/command.ts';

/** A call of scp or sftp, which read their options by it. */
export type CopyCall = Pick<Invocation, 'process' | 'io' | 'options' | 'operands'>;

export function readOpensshOptions(
  args: readonly string[],
  spec: Pick<CommandSpec, 'name' | 'short' | 'stopEarly'>,
): Options | { readonly problem: string } {
  const read = parseOptions(args, { ...spec, onlyLetters: true });
  if (!('problem' in read)) return read;
  return {
    problem: read.problem.replace(/^invalid option -- '(.)'/, 'unknown option -- $1').replace(/ -- '(.)'/, ' -- $1'),
  };
}
