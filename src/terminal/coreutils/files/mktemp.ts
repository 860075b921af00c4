import { failed, strerror } from '../../../protocol/errno.ts';
import type { Invocation } from '../command.ts';
import { command } from '../command.ts';
import { joinPath } from '../paths/paths.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const mktemp = command(
  {
    name: 'mktemp',
    short: 'dup:qt',
    long: { directory: 'd', 'dry-run': 'u', quiet: 'q', tmpdir: 'tmpdir::', suffix: 'suffix:' },
  },
  async (call) => {
    const { process, io, options } = call;
    const template = wantedTemplate(call);
    const holes = /X{3,}(?=[^X]*$)/.exec(template);
    if (holes === null) {
      await io.warn(`too few X's in template \u2018${template}\u2019`);
      return 1;
    }
    const random = [...process.random(holes[0].length)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
    const suffix = options.value('suffix') ?? '';
    const path = template.slice(0, holes.index) + random + template.slice(holes.index + random.length) + suffix;
    const kind = options.has('d') ? 'directory' : 'file';
    if (!options.has('u')) {
      const made =
        kind === 'directory'
          ? process.mkdir(path, 0o700)
          : process.open(path, { write: true, create: true, exclusive: true }, 0o600);
      if (failed(made)) {
        await io.warn(`failed to create ${kind} via template \u2018${template}${suffix}\u2019: ${strerror(made)}`);
        return 1;
      }
      if (typeof made === 'number') process.close(made);
    }
    io.line(path);
    return await io.end(0);
  },
);

/** The template with the directory that the options or the environment put before it. */
function wantedTemplate({ process, options, operands }: Invocation): string {
  const [given] = operands;
  const named = options.value('p') ?? options.value('tmpdir');
  if (given !== undefined && named === undefined && !options.has('t')) return given;
  const directory = [named, process.env['TMPDIR']].find((each) => each !== undefined && each !== '') ?? '/tmp';
  return joinPath(directory, given ?? 'tmp.XXXXXXXXXX');
}
