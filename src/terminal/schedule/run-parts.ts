/** run-parts of debianutils: --report, --test, --list, -v, -a. */
import { failed } from '../../protocol/errno.ts';
import { command, type Applet } from '../coreutils/command.ts';
import { runAndWait } from '../run-child.ts';

/** Names with a dot are left alone: backups of editors and packages. */
const NAME = /^[a-zA-Z0-9_-]+$/;

export const runParts: Applet = command(
  {
    name: 'run-parts',
    hint: "Try `run-parts --help' for more information.",
    calls: 'short',
    short: 'va:',
    long: { report: 'report', test: 'test', list: 'list', verbose: 'v', arg: 'a' },
  },
  async ({ process, io, options, operands }) => {
    const [directory] = operands;
    if (directory === undefined) {
      await io.raw("run-parts: missing operand\nTry `run-parts --help' for more information.\n");
      return 1;
    }
    const entries = process.readdir(directory);
    if (failed(entries)) {
      await io.raw(`run-parts: failed to open directory ${directory}: No such file or directory\n`);
      return 1;
    }
    let status = 0;
    for (const name of entries.map((entry) => entry.name).toSorted()) {
      const path = `${directory}/${name}`;
      const runs = !failed(process.access(path, { execute: true }));
      const stat = process.stat(path);
      if (!NAME.test(name) || failed(stat) || stat.type === 'directory') continue;
      if (options.has('list') || (options.has('test') && runs)) io.line(path);
      if (options.has('list') || options.has('test') || !runs) continue;
      if (options.has('v')) await io.raw(`run-parts: executing ${path}\n`);
      await io.flush();
      const ended = await runAndWait(process, [path, ...options.values('a')]);
      if (ended.code === 0) continue;
      await io.raw(`run-parts: ${path} exited with return code ${String(ended.code)}\n`);
      status = 1;
    }
    return await io.end(status);
  },
);
