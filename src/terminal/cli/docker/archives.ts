/** docker save, load, import, export and commit: images and containers as archives, and as new images. */
import { failed } from '../../../protocol/errno.ts';
import { readAll } from '../../io.ts';
import { daemonError, jsonLines, type Reply } from './client.ts';
import { encode, text, type Context, type Verb } from './context.ts';
import { Fatal } from './fatal.ts';

/** Writes an archive of the daemon to the file of `--output`, or to standard output where that is no terminal. */
async function writeArchive(context: Context, target: string, fault: string): Promise<number> {
  const { client, flags, io, process } = context;
  const path = flags.string('output');
  const directory = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  if (directory !== '' && failed(process.stat(directory)))
    throw new Fatal(`${fault}: invalid output path: stat ${directory}: no such file or directory`);
  if (path === '' && process.isatty(1))
    throw new Fatal('cowardly refusing to save to a terminal. Use the -o flag or redirect');
  const reply = await client.ask('GET', target);
  if (reply.status >= 400) throw new Fatal(daemonError(reply.json));
  if (path === '') await io.bytes(reply.bytes);
  else if (failed(process.writeFile(path, reply.bytes, { mode: 0o600 })))
    throw new Fatal(`${fault}: open ${path}: permission denied`);
  return 0;
}

async function load(context: Context): Promise<number> {
  const { flags, io, process } = context;
  const path = flags.string('input');
  if (path === '' && process.isatty(0)) throw new Fatal('requested load from stdin, but stdin is empty');
  const archive = path === '' ? await readAll(process, 0) : process.readFile(path);
  if (failed(archive)) throw new Fatal(`open ${path}: no such file or directory`);
  const { response } = await context.client.open(
    'POST',
    `/images/load?quiet=${flags.bool('quiet') ? '1' : '0'}`,
    archive,
  );
  for await (const line of jsonLines(response)) {
    if (response.head.status >= 400) throw new Fatal(daemonError(line));
    io.out(text(line, 'stream'));
  }
  return 0;
}

async function importArchive(context: Context): Promise<number> {
  const { client, flags, io, process } = context;
  const [source = '', reference = ''] = flags.args;
  const fromUrl = /^https?:\/\//.test(source);
  const archive = fromUrl ? undefined : source === '-' ? await readAll(process, 0) : process.readFile(source);
  if (failed(archive)) throw new Fatal(`open ${source}: no such file or directory`);
  const query = [
    `fromSrc=${encodeURIComponent(fromUrl ? source : '-')}`,
    `repo=${encodeURIComponent(reference)}`,
    ...(flags.changed('message') ? [`message=${encodeURIComponent(flags.string('message'))}`] : []),
  ];
  const reply: Reply = await client.ask('POST', `/images/create?${query.join('&')}`, archive);
  if (reply.status >= 400) throw new Fatal(daemonError(reply.json));
  io.line(text(reply.json, 'status'));
  return 0;
}

async function commit({ client, flags, io }: Context): Promise<number> {
  const [container = '', reference = ''] = flags.args;
  const colon = reference.lastIndexOf(':');
  const hasTag = colon > reference.lastIndexOf('/');
  const query = new Map([
    ['container', container],
    ['repo', hasTag ? reference.slice(0, colon) : reference],
    ['tag', hasTag ? reference.slice(colon + 1) : ''],
    ['comment', flags.string('message')],
    ['author', flags.string('author')],
    ['changes', flags.list('change').join('\n')],
  ]);
  const words = [...query]
    .filter(([, word]) => word !== '')
    .map(([name, word]) => `${name}=${encodeURIComponent(word)}`);
  io.line(text(await client.must('POST', `/commit?${words.join('&')}`, {}), 'Id'));
  return 0;
}

export const archiveVerbs: Readonly<Record<string, Verb>> = {
  save: {
    use: '[OPTIONS] IMAGE [IMAGE...]',
    short: 'Save one or more images to a tar archive (streamed to STDOUT by default)',
    args: [1, Infinity],
    flags: ['output'],
    completes: 'images',
    run: (context) =>
      writeArchive(
        context,
        `/images/get?${context.flags.args.map((name) => `names=${encodeURIComponent(name)}`).join('&')}`,
        'failed to save image',
      ),
  },
  export: {
    use: '[OPTIONS] CONTAINER',
    short: "Export a container's filesystem as a tar archive",
    args: [1, 1],
    flags: ['output'],
    completes: 'containers',
    run: (context) =>
      writeArchive(context, `/containers/${encode(context.flags.args[0] ?? '')}/export`, 'failed to export container'),
  },
  load: {
    use: '[OPTIONS]',
    short: 'Load an image from a tar archive or STDIN',
    args: [0, 0],
    flags: ['input', 'quiet'],
    run: load,
  },
  import: {
    use: '[OPTIONS] file|URL|- [REPOSITORY[:TAG]]',
    short: 'Import the contents from a tarball to create a filesystem image',
    args: [1, Infinity],
    flags: ['message'],
    run: importArchive,
  },
  commit: {
    use: '[OPTIONS] CONTAINER [REPOSITORY[:TAG]]',
    short: "Create a new image from a container's changes",
    args: [1, 2],
    flags: ['author', 'change', 'message'],
    completes: 'containers',
    run: commit,
  },
};
