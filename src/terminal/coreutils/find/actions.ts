/** What find does with the files it found, by name. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { ChildResult } from '../../run-child.ts';
import { runAndWait } from '../../run-child.ts';
import { baseName, LineReader } from '../../io.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import type { ExpressionReader } from './reader.ts';
import { Usage } from './reader.ts';
import { formatFile, listFile } from './format.ts';
import type { TestMaker } from './tests.ts';

/** Where an action writes: standard output, or with `-f…` a file, which is there even if nothing is written. */
function output(
  { process, io, walk }: ExpressionReader,
  target: string | undefined,
): (text: string) => Promise<boolean> {
  walk.acted = true;
  if (target === undefined)
    return async (text) => {
      io.out(text);
      return await Promise.resolve(true);
    };
  const fd = process.open(target, { write: true, create: true, truncate: true }, 0o666);
  if (failed(fd)) throw new Usage(`\u2018${target}\u2019: ${strerror(fd)}`);
  return async (text) => !failed(await process.write(fd, textToBytes(text)));
}

/** The file of an action's name that begins with `-f`. */
const targetOf = (reader: ExpressionReader, name: string): string | undefined =>
  name.startsWith('-f') ? reader.value(name) : undefined;

const print: TestMaker = (reader, name) => {
  const write = output(reader, targetOf(reader, name));
  const end = name.endsWith('0') ? '\0' : '\n';
  return async ({ path }) => await write(path + end);
};
const printFormatted: TestMaker = (reader, name) => {
  const write = output(reader, targetOf(reader, name));
  const format = reader.value(name);
  return async (here) => await write(formatFile(reader.process, format, here));
};
const list: TestMaker = (reader, name) => {
  const write = output(reader, targetOf(reader, name));
  return async (here) => await write(`${listFile(reader.process, here)}\n`);
};

const remove: TestMaker = ({ process, io, walk }) => {
  walk.acted = true;
  walk.depthFirst = true;
  return async ({ path, stat }) => {
    if (path === '.') return true;
    const done = stat.type === 'directory' ? process.rmdir(path) : process.unlink(path);
    if (!failed(done)) return true;
    await io.warn(`cannot delete \u2018${path}\u2019: ${strerror(done)}`);
    walk.status = 1;
    return false;
  };
};

const exec: TestMaker = (reader, name) => {
  const { walk, process, io } = reader;
  walk.acted = true;
  const argv: string[] = [];
  for (;;) {
    const arg = reader.value(name);
    if (arg === ';') break;
    if (arg === '+' && argv.at(-1) === '{}') {
      const batch = { argv: argv.slice(0, -1), paths: [] as string[] };
      walk.batches.push(batch);
      return ({ path }) => {
        batch.paths.push(path);
        return true;
      };
    }
    argv.push(arg);
  }
  return async ({ path }) => {
    const shown = name.endsWith('dir') ? `./${baseName(path)}` : path;
    if (name.startsWith('-ok') && !(await agreed(reader, argv, path))) return false;
    await io.flush();
    const cwd = name.endsWith('dir') ? path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.' : process.cwd();
    const result = await runAndWait(
      process,
      argv.map((arg) => arg.replaceAll('{}', shown)),
      { cwd },
    );
    await explain(reader, argv, result);
    return result.type === 'done' && result.code === 0;
  };
};

async function agreed({ io, process }: ExpressionReader, argv: readonly string[], path: string): Promise<boolean> {
  await io.raw(`< ${argv[0] ?? ''} ... ${path} > ? `);
  const answer = await new LineReader(process, 0).next();
  return answer !== undefined && /^[yY]/.test(bytesToText(answer));
}

async function explain({ io }: ExpressionReader, argv: readonly string[], result: ChildResult): Promise<void> {
  if (result.type === 'missing') await io.warn(`\u2018${argv[0] ?? ''}\u2019: ${result.message}`);
}

/** Runs what -exec … + has gathered. */
export async function runBatches(reader: ExpressionReader): Promise<void> {
  const { walk, process, io } = reader;
  for (const { argv, paths } of walk.batches) {
    if (paths.length === 0) continue;
    await io.flush();
    const result = await runAndWait(process, [...argv, ...paths]);
    await explain(reader, argv, result);
    if (result.type !== 'done' || result.code !== 0) walk.status = 1;
  }
}

export const ACTIONS: Readonly<Record<string, TestMaker>> = {
  '-print': print,
  '-print0': print,
  '-printf': printFormatted,
  '-ls': list,
  '-fprint': print,
  '-fprint0': print,
  '-fprintf': printFormatted,
  '-fls': list,
  '-prune': () => (here) => {
    here.prune = true;
    return true;
  },
  '-quit': ({ walk }) => {
    walk.acted = true;
    return () => {
      walk.quit = true;
      return true;
    };
  },
  '-delete': remove,
  '-exec': exec,
  '-execdir': exec,
  '-ok': exec,
  '-okdir': exec,
};
