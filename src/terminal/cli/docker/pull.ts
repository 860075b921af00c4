/** docker pull and its plain progress. */
import { failed } from '../../../protocol/errno.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import { bodyJson, readBody } from '../../http-client.ts';
import { daemonError, jsonLines } from './client.ts';
import { text, type Context, type Verb } from './context.ts';
import { Fatal } from './fatal.ts';

/** Layer states that are shown where the output is no terminal. */
const PLAIN = new Set([
  'Pulling fs layer',
  'Verifying Checksum',
  'Download complete',
  'Pull complete',
  'Already exists',
  'Waiting',
]);

/** Pulls; `toStderr` for `docker run`, whose own output is the container's. */
export async function pullImage(context: Context, reference: string, quiet: boolean, toStderr = false): Promise<void> {
  const { client, io, process } = context;
  const { name, tag } = split(reference);
  const { connection, response } = await client.open(
    'POST',
    `/images/create?fromImage=${encodeURIComponent(name)}&tag=${encodeURIComponent(tag)}`,
    undefined,
    { 'x-registry-auth': 'e30=' },
  );
  const refuse = (message: string): never => {
    throw new Fatal(
      toStderr ? `docker: ${message}\n\nRun 'docker run --help' for more information` : message,
      toStderr ? 125 : 1,
    );
  };
  if (response.head.status >= 400) {
    const body = await readBody(response);
    refuse(daemonError(failed(body) ? undefined : bodyJson(body)));
  }
  const terminal = process.isatty(toStderr ? 2 : 1);
  const screen: string[] = [];
  const lines = new Map<string, string>();
  const print = async (line: string): Promise<void> => {
    if (quiet) return;
    if (toStderr) await io.raw(line);
    else {
      io.out(line);
      await io.flush();
    }
  };
  for await (const event of jsonLines(response)) {
    if (text(event, 'error') !== '') refuse(text(event, 'error'));
    const shown = lineOf(event, columnsOf(process, toStderr ? 2 : 1));
    const id = text(event, 'id');
    const layer = event['progressDetail'] !== undefined;
    if (!layer || !terminal) {
      if (layer && !PLAIN.has(text(event, 'status'))) continue;
      await print(`${shown}\n`);
      continue;
    }
    // On a terminal every layer keeps its line.
    const row = screen.indexOf(id);
    lines.set(id, shown);
    if (row < 0) {
      screen.push(id);
      await print(`${shown}\r\n`);
    } else await print(`\x1b[${String(screen.length - row)}A\x1b[2K\r${shown}\r\x1b[${String(screen.length - row)}B`);
  }
  connection.close();
}

function lineOf(event: JsonObject, columns: number): string {
  const id = text(event, 'id');
  const progress = text(event, 'progress');
  const shown = progress === '' ? '' : ` ${progressIn(columns, progress)}`;
  return `${id === '' ? '' : `${id}: `}${text(event, 'status')}${shown}`;
}

/** Docker's client draws the bar only where a line has room for it. */
const BAR_NEEDS_COLUMNS = 110;

/** `[==> ]    1.4MB/28MB`, or its numbers alone. */
const progressIn = (columns: number, progress: string): string =>
  columns > BAR_NEEDS_COLUMNS ? progress : progress.slice(progress.lastIndexOf(']') + 1).replace(/^ /, '');

function columnsOf(process: Context['process'], fd: number): number {
  const size = process.windowSize(fd);
  return failed(size) ? 200 : size.columns;
}

function split(reference: string): { readonly name: string; readonly tag: string } {
  const digest = reference.indexOf('@');
  if (digest >= 0) return { name: reference.slice(0, digest), tag: reference.slice(digest + 1) };
  const colon = reference.lastIndexOf(':');
  return colon > reference.lastIndexOf('/')
    ? { name: reference.slice(0, colon), tag: reference.slice(colon + 1) }
    : { name: reference, tag: 'latest' };
}

export const pull: Verb = {
  use: '[OPTIONS] NAME[:TAG|@DIGEST]',
  short: 'Download an image from a registry',
  args: [1, 1],
  flags: ['quiet', 'platform'],
  run: async (context) => {
    const [reference = ''] = context.flags.args;
    const { name, tag } = split(reference);
    const familiar = name.replace(/^docker\.io\/(library\/)?/, '');
    if (!/[:@]/.test(reference.split('/').at(-1) ?? '') && !context.flags.bool('quiet'))
      context.io.line('Using default tag: latest');
    await pullImage(context, reference, context.flags.bool('quiet'));
    const first = name.split('/')[0] ?? '';
    const registry = /[.:]/.test(first)
      ? name
      : `docker.io/${familiar.includes('/') ? familiar : `library/${familiar}`}`;
    context.io.line(`${registry}${tag.includes(':') ? '@' : ':'}${tag}`);
    return 0;
  },
};
