/**
 * tar: archives in GNU's format.
 * Models: c x t r u A d --delete, v f z C k p O h T X b N, --exclude, --transform, --strip-components and others.
 * Leaves out: other compressors than gzip, other formats, sparse files, labels, incremental dumps: it says so.
 */
import { textToBytes } from '../../../text.ts';
import type { Applet, Invocation } from '../../command.ts';
import { command, namedIo, usageError } from '../../command.ts';
import { concatenate, deleteMembers } from './change.ts';
import { compare } from './compare.ts';
import { create } from './create.ts';
import { extract } from './extract.ts';
import { Fatal } from './names.ts';
import { spec, tarHint } from './options.ts';

const MODES: Readonly<Record<string, (call: Invocation) => Promise<number>>> = {
  A: concatenate,
  c: create,
  d: compare,
  delete: deleteMembers,
  r: create,
  t: extract,
  u: create,
  x: extract,
};

const base = command(spec, async (call) => {
  const { io, options } = call;
  const modes = Object.keys(MODES).filter((letter) => options.has(letter));
  const [mode] = modes;
  const run = mode === undefined ? undefined : MODES[mode];
  if (run === undefined)
    return await usageError(
      call,
      "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options",
      2,
      tarHint(io.name),
    );
  if (modes.length > 1)
    return await usageError(
      call,
      "You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option",
      2,
      tarHint(io.name),
    );
  const format = options.value('format');
  if (format !== undefined && !['gnu', 'oldgnu'].includes(format)) {
    if (!['v7', 'ustar', 'posix', 'pax'].includes(format))
      return await usageError(call, `${format}: Invalid archive format`, 2, tarHint(io.name));
    await io.raw(`drydock: 'tar --format=${format}' is not simulated\n`);
    return 2;
  }
  try {
    return await io.end(await run(call));
  } catch (error) {
    if (!(error instanceof Fatal)) throw error;
    await io.raw(
      error.message.startsWith('drydock: ')
        ? `${error.message}\n`
        : `${io.name}: ${error.message}\n${error.isUsage ? tarHint(io.name) : `${io.name}: Error is not recoverable: exiting now`}\n`,
    );
    return await io.end(2);
  }
});

/** `tar xzf a.tgz`: the first word's letters are options whose values follow as words. */
function oldStyle(argv: readonly string[]): readonly string[] | string {
  const [name = 'tar', first = '', ...rest] = argv;
  if (first === '' || first.startsWith('-')) return argv;
  const options: string[] = [];
  const values = [...rest];
  for (const letter of first) {
    const takes = spec.short.charAt(spec.short.indexOf(letter) + 1) === ':' && spec.short.includes(letter);
    if (!takes) {
      options.push(`-${letter}`);
      continue;
    }
    const value = values.shift();
    if (value === undefined) return letter;
    options.push(`-${letter}`, value);
  }
  return [name, ...options, ...values];
}

const applet: Applet['applet'] = async (process, flavour, argv) => {
  const words = oldStyle(argv);
  if (typeof words !== 'string') return await base.applet(process, flavour, words);
  const { name } = namedIo(process, flavour, argv, spec);
  await process.write(2, textToBytes(`${name}: Old option '${words}' requires an argument.\n${tarHint(name)}\n`));
  return 2;
};
export const tar: Applet = { ...base, run: (process) => applet(process, 'gnu', process.argv), applet };
