/** /entrypoint.sh of curlimages/curl: arguments that begin with a dash, or no program's name, are curl's. */
import { failed } from '../../../../protocol/errno.ts';
import type { ReactiveContext, ReactiveProgram } from '../../kernel/reactive/reactive.ts';

export const curlEntrypoint: ReactiveProgram = {
  name: 'entrypoint.sh',
  start(context) {
    const [, first = '', ...rest] = context.argv;
    const isCommand =
      !first.startsWith('-') &&
      ['/usr/local/bin', '/usr/bin', '/usr/sbin', '/bin', '/sbin'].some(
        (directory) => !failed(context.stat(first.startsWith('/') ? first : `${directory}/${first}`)),
      );
    const argv = isCommand ? [first, ...rest] : ['curl', ...(first === '' ? [] : [first]), ...rest];
    handOver(context, argv);
  },
};

function handOver(context: ReactiveContext, argv: readonly string[]): void {
  const [command = 'curl'] = argv;
  if (!failed(context.exec(command, argv))) return;
  context.print(`/entrypoint.sh: exec: line 18: ${command}: not found\n`, 2);
  context.exit(127);
}
