import { beforeAll, expect, test } from 'vitest';
import { dockerHost } from './docker.spec-support.ts';

let docker: Awaited<ReturnType<typeof dockerHost>>;
beforeAll(async () => {
  docker = await dockerHost({ '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\n' });
  await docker.ask('POST', '/images/create?fromImage=redis&tag=7');
  await docker.ask('POST', '/containers/create?name=cache', { Image: 'redis:7' });
  await docker.ask('POST', '/containers/cache/start');
});

test.for([
  { psArgs: '-ef', titles: 'UID PID PPID C STIME TTY TIME CMD' },
  { psArgs: 'aux', titles: 'USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND' },
  { psArgs: '-o pid,comm', titles: 'PID COMMAND' },
])('top with $psArgs has the columns $titles', async ({ psArgs, titles }) => {
  const { json } = await docker.ask('GET', `/containers/cache/top?ps_args=${encodeURIComponent(psArgs)}`);
  const table = json as { readonly Titles: readonly string[]; readonly Processes: readonly (readonly string[])[] };
  expect(table.Titles).toEqual(titles.split(' '));
  expect(table.Processes.map((row) => row.length)).toEqual([table.Titles.length]);
});

test.for([
  { psArgs: '-o comm', message: "Couldn't find PID field in ps output" },
  { psArgs: '-o pid,flavour', message: "drydock: 'docker top' with '-o pid,flavour' is not simulated" },
])('top with $psArgs answers $message', async ({ psArgs, message }) => {
  const { json } = await docker.ask('GET', `/containers/cache/top?ps_args=${encodeURIComponent(psArgs)}`);
  expect(json).toEqual({ message });
});
