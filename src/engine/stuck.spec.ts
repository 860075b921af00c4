import { expect, test } from 'vitest';
import { macrotask } from '../node/macrotask.ts';
import type { Program } from '../protocol/program.ts';
import type { TraceRecord } from '../protocol/trace.ts';
import { topologyOf } from './assembly/topologies.ts';
import { createSandbox } from './sandbox.ts';
import { drive } from './sim/drive.ts';

const program = (name: string, run: Program['run']): readonly [string, Program] => [name, { name, run }];

test.for([
  { given: 'a promise that nobody settles', name: 'forever', stuck: true },
  { given: 'a system call', name: 'sleeper', stuck: false },
  { given: 'a hold that ends in a later macrotask', name: 'loader', stuck: false },
])('a program that awaits $given is reported: $stuck', async ({ name, stuck }) => {
  const topology = topologyOf('machines-3');
  if (topology === undefined) throw new Error('machines-3 is gone');
  const programs = new Map([
    program('forever', () => new Promise(() => undefined)),
    program('sleeper', async (process) => {
      await process.sleep(60_000_000);
      return 0;
    }),
    program('loader', async (process) => {
      await process.hold(macrotask());
      return 0;
    }),
  ]);
  const sandbox = createSandbox({ topology, seed: 1, programs });
  await sandbox.boot({ macrotask });
  const seen: TraceRecord[] = [];
  sandbox.simulation.trace.subscribe((record) => {
    if (record.type === 'process.stuck') seen.push(record);
  });
  const script = sandbox.scripts.start('one', sandbox.defaultHost, [name], {
    output: () => undefined,
    ended: () => undefined,
  });
  if ('error' in script) throw new Error(script.error);
  await drive(sandbox.simulation, { macrotask }, { untilUs: sandbox.simulation.clock.nowUs + 1_000_000 });
  expect(seen.map(({ subject, data }) => ({ subject, data }))).toEqual(
    stuck ? [{ subject: `process/machine-1/${String(script.pid)}`, data: { name } }] : [],
  );
  expect(sandbox.stuckPrograms()).toEqual(stuck ? [`machine-1: ${name} (pid ${String(script.pid)})`] : []);
});
