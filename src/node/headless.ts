/**
 * npm run -s headless: runs a bash script as root on a host of a fresh sandbox, at full speed in virtual time.
 * Exits with the script's status; 124 where a bound was hit.
 */
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { createSandbox } from '../engine/sandbox.ts';
import type { DrydockSandbox } from '../engine/sandbox.ts';
import { drive } from '../engine/sim/drive.ts';
import { TOPOLOGY_NAMES, topologyOf } from '../engine/assembly/topologies.ts';
import { programs } from '../terminal/program-table.ts';
import type { OutsideWorld } from './guard-globals.ts';
import { guardGlobals } from './guard-globals.ts';
import type { HeadlessOptions } from './headless-options.ts';
import { USAGE, parseOptions } from './headless-options.ts';
import { macrotask } from './macrotask.ts';

/** Where a script file of the machine is put, out of the learner's way. */
const SCRIPT_DIRECTORY = '/run/drydock';
const BOUND_STATUS = 124;
/** Of those that are left when a bound is hit, so many are named. */
const NAMED_PROCESSES = 10;
/** Events between two looks at whether the script's standard input has room. */
const FEED_EVENTS = 256;

interface Progress {
  exitCode: number | undefined;
  interrupted: number;
}

export async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (typeof options === 'string') return complain(`${options}\n${USAGE}`, 2);
  const topology = topologyOf(options.topology);
  if (topology === undefined) return complain(`no topology ${options.topology}; there are ${TOPOLOGY_NAMES}`, 2);
  const stdin = process.stdin.isTTY ? Buffer.alloc(0) : readStdin();
  let argv: readonly string[];
  let text: string | undefined;
  if ('commands' in options.script) argv = ['bash', '-c', options.script.commands, ...options.script.args];
  else {
    try {
      text = readFileSync(resolve(process.env['INIT_CWD'] ?? '.', options.script.file), 'utf8');
    } catch {
      return complain(`${options.script.file}: No such file or directory`, 127);
    }
    argv = ['bash', `${SCRIPT_DIRECTORY}/${basename(options.script.file)}`, ...options.script.args];
  }
  const outside = guardGlobals();
  const sandbox = createSandbox({ topology, seed: options.seed, programs });
  const host = options.host ?? sandbox.defaultHost;
  const begin = outside.now();
  sandbox.simulation.trace.subscribe(({ type, subject, data }) => {
    if (type === 'process.stuck')
      complain(`${subject ?? ''} waits for neither a system call nor lazily loaded code: ${JSON.stringify(data)}`, 0);
  });
  await sandbox.boot({ macrotask });
  if (text !== undefined) sandbox.writeFile(host, argv[1] ?? '', text);
  const status = await runScript(sandbox, host, argv, stdin, options, outside, begin);
  if (options.traceHash) process.stderr.write(`${JSON.stringify(sandbox.fingerprint())}\n`);
  return status;
}

async function runScript(
  sandbox: DrydockSandbox,
  host: string,
  argv: readonly string[],
  stdin: Uint8Array,
  options: HeadlessOptions,
  outside: OutsideWorld,
  begin: number,
): Promise<number> {
  const progress: Progress = { exitCode: undefined, interrupted: 0 };
  const script = sandbox.scripts.start(
    'headless',
    host,
    argv,
    {
      output: (channel, bytes) => {
        (channel === 'stdout' ? process.stdout : process.stderr).write(bytes);
      },
      ended: (code) => {
        progress.exitCode = code;
      },
    },
    { login: true },
  );
  if ('error' in script) return complain(script.error, 127);
  let fed = script.input(stdin);
  if (fed >= stdin.length) script.closeInput();
  process.on('SIGINT', () => {
    progress.interrupted += 1;
    if (progress.interrupted > 1) process.exit(130);
  });
  const { simulation } = sandbox;
  const untilUs = simulation.clock.nowUs + options.maxVirtualUs;
  let handled = 0;
  const stop = (): boolean =>
    progress.exitCode !== undefined || progress.interrupted > handled || outside.now() - begin > options.maxWallMs;
  for (;;) {
    const feeding = fed < stdin.length;
    const end = await drive(
      simulation,
      { macrotask },
      { untilUs, stop, ...(feeding ? { untilRan: simulation.loop.ran + FEED_EVENTS } : {}) },
    );
    if (feeding) {
      fed += script.input(stdin.subarray(fed));
      if (fed >= stdin.length) script.closeInput();
    }
    if (progress.exitCode !== undefined) return progress.exitCode;
    if (progress.interrupted > handled) {
      handled = progress.interrupted;
      sandbox.interrupt(host, script.pid);
      continue;
    }
    if (outside.now() - begin > options.maxWallMs)
      return hitBound(sandbox, host, `--max-wall ${String(options.maxWallMs)} ms`);
    if (end === 'limit' && !feeding)
      return hitBound(sandbox, host, `--max-virtual ${String(options.maxVirtualUs / 1_000_000)} s`);
    if (end === 'idle') return hitBound(sandbox, host, 'nothing left to happen');
  }
}

function hitBound(sandbox: DrydockSandbox, host: string, bound: string): number {
  const left = sandbox
    .blockedProcesses(host)
    .map(({ pid, name, on }) => `${name} (pid ${String(pid)}) ${on === 'cpu' ? 'is running' : `waits on ${on}`}`);
  const named = left.slice(0, NAMED_PROCESSES);
  const more = left.length - named.length;
  const what = [...named, ...(more > 0 ? [`${String(more)} more`] : [])].join('; ');
  return complain(`stopped at ${bound}: ${what || 'no process is left'}`, BOUND_STATUS);
}

function complain(message: string, status: number): number {
  process.stderr.write(`drydock: ${message}\n`);
  return status;
}

function readStdin(): Uint8Array {
  try {
    return readFileSync(0);
  } catch {
    return Buffer.alloc(0);
  }
}

void main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
  // Output may still be on its way to a slow pipe; the process ends when it has gone.
  process.stdout.write('', () => process.exit());
});
