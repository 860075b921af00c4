/** What find does with the files it found, by name. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { ChildResult } from '../../run-child.ts';
import { runAndWait } from '../../run-child.ts';
import { baseName, LineReader } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import type { ExpressionReader } from './reader.ts';
import { Usage } from './reader.ts';
import { formatFile, listFile } from './format.ts';
import type { TestMaker } from './tests.ts';

const print: TestMaker = ({ io, walk }, name) => {
  walk.acted = true;
  const end = name === '-print' ? '\n' : '\0';
  return ({ path }) => {
    io.out(path + end);
    return true;
  };
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

const notSimulated: TestMaker = (_, name) => {
  throw new Usage(`drydock: 'find ${name}' is not simulated`);
};

export const ACTIONS: Readonly<Record<string, TestMaker>> = {
  '-print': print,
  '-print0': print,
  '-printf': (reader, name) => {
    reader.walk.acted = true;
    const format = reader.value(name);
    return (here) => {
      reader.io.out(formatFile(reader.process, format, here));
      return true;
    };
  },
  '-ls': ({ io, walk, process }) => {
    walk.acted = true;
    return (here) => {
      io.line(listFile(process, here));
      return true;
    };
  },
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
  '-fprint': notSimulated,
  '-fprintf': notSimulated,
  '-fls': notSimulated,
};
