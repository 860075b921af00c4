import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd } from '../../../protocol/program.ts';
import { chooseArgument, type Choice } from '../argument-choice.ts';
import { command, warnOfInput, type Invocation } from '../command.ts';

export const tee = command(
  {
    name: 'tee',
    short: 'aip',
    long: { append: 'a', 'ignore-interrupts': 'i', 'output-error': 'output-error::' },
  },
  async (call) => {
    const { process, io, options } = call;
    const onError = await readOnError(call);
    if (onError === undefined) return 1;
    if (onError !== 'signal') process.sigaction('SIGPIPE', 'ignore');
    if (options.has('i')) process.sigaction('SIGINT', 'ignore');
    const targets: { readonly fd: Fd; readonly name: string }[] = [{ fd: 1, name: "'standard output'" }];
    let status = 0;
    for (const name of call.operands) {
      const fd = process.open(
        name,
        { write: true, create: true, ...(options.has('a') ? { append: true } : { truncate: true }) },
        0o666,
      );
      if (failed(fd)) {
        await warnOfInput(call, name, fd);
        if (exits(onError)) return 1;
        status = 1;
      } else targets.push({ fd, name });
    }
    for (;;) {
      const bytes = await process.read(0, 65_536);
      if (failed(bytes)) {
        if (bytes.errno === 'EINTR') continue;
        await io.warn(`read error: ${strerror(bytes)}`);
        status = 1;
        break;
      }
      if (bytes.length === 0) break;
      for (const target of [...targets]) {
        const written = await process.write(target.fd, bytes);
        if (!failed(written)) continue;
        targets.splice(targets.indexOf(target), 1);
        if (written.errno === 'EPIPE' && onError.endsWith('nopipe')) continue;
        await io.warn(`${target.name}: ${strerror(written)}`);
        if (exits(onError)) return 1;
        status = 1;
      }
      if (targets.length === 0) break;
    }
    return await io.end(status);
  },
);

/** What a failing output does: pipes end the program by a signal, unless errors are told (pipes aside) or end it. */
type OnError = 'signal' | 'warn' | 'warn-nopipe' | 'exit' | 'exit-nopipe';

const exits = (onError: OnError): boolean => onError === 'exit' || onError === 'exit-nopipe';

const MODES: readonly Choice<OnError>[] = [
  ['warn', 'warn'],
  ['warn-nopipe', 'warn-nopipe'],
  ['exit', 'exit'],
  ['exit-nopipe', 'exit-nopipe'],
];

/** What -p and --output-error say; undefined after a complaint. */
async function readOnError(call: Invocation): Promise<OnError | undefined> {
  let onError: OnError | undefined = 'signal';
  for (const [option, value] of call.options.order) {
    if (option !== 'p' && option !== 'output-error') continue;
    onError = value === '' ? 'warn-nopipe' : await chooseArgument(call, '--output-error', value, MODES);
    if (onError === undefined) return undefined;
  }
  return onError;
}
