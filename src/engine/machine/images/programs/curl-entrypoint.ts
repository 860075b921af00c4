/** /entrypoint.sh of curlimages/curl: arguments that begin with a dash, or no program's name, are curl's. */
import { failed } from '../../../../protocol/errno.ts';
import type { ReactiveContext, ReactiveProgram } from '../../kernel/reactive.ts';

export const curlEntrypoint: ReactiveProgram = {
  name: 'entrypoint.sh',
  start(context) {
    const [, first = '', ...rest] = context.argv;
    const isCommand = !first.startsWith('-') && ['/usr/local/bin', '/usr/bin', '/usr/sbin', '/bin', '/sbin'].some((directory) => !failed(context.stat(first.startsWith('/') ? first : `${directory}/${first}`)));
    const argv = isCommand ? [first, ...rest] : ['curl', ...(first === '' ? [] : [first]), ...rest];
    handOver(context, argv);
  },
  onChildExit(context, _pid, code) {
    context.exit(code);
  },
};

function handOver(context: ReactiveContext, argv: readonly string[]): void {
  const [command = 'curl'] = argv;
  const replaced = context.exec?.(command, argv);
  if (replaced !== undefined && !failed(replaced)) return;
  const child = replaced === undefined ? context.spawn(command, argv) : replaced;
  if (!failed(child)) return;
  context.print(`/entrypoint.sh: exec: line 18: ${command}: not found\n`, 2);
  context.exit(127);
}
