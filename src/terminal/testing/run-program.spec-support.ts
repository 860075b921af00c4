import * as path from 'node:path';
import { signalNumber } from '../../protocol/program.ts';
import type { Fd, ProgramTable } from '../../protocol/program.ts';
import { Pipe } from './open-file.spec-support.ts';
import { TestProcess } from './test-process.spec-support.ts';
import { TestWorld } from './test-world.spec-support.ts';

export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Writes outside `cwd` are refused and told. */
  readonly confined?: boolean;
}

/** CPU time after which a run counts as hung, ms; wall time is not counted, other work may be on the machine. */
const PATIENCE_MS = 10_000;
/** Turns of Node's loop without a call from anybody after which only time can bring the next event. */
const IDLE_TURNS = 3;

/** Runs one program to its end and gathers what it wrote. */
export async function runProgram(
  programs: ProgramTable,
  argv: readonly string[],
  options: RunOptions,
): Promise<Finished & { readonly trouble?: readonly string[] }> {
  const world = new TestWorld(programs, options.cwd, options.confined === true ? options.cwd : undefined);
  const env = options.env ?? { PATH: '/usr/bin:/bin', HOME: '/root' };
  const main = new TestProcess(world, undefined, argv, env, options.cwd);
  const input = new Pipe();
  input.writers = 0;
  if (options.stdin !== undefined && options.stdin !== '') {
    input.chunks.push(Buffer.from(options.stdin));
    input.size = options.stdin.length;
  }
  main.install(input.end('pipe-read'), 0);
  const out = collect(main, 1);
  const err = collect(main, 2);
  const entry = programs.get(path.basename(argv[0] ?? ''));
  if (entry === undefined) throw new Error(`no program ${argv[0] ?? ''}`);
  main.launch(
    () => (typeof entry === 'function' ? entry() : entry),
    (program, context) => program.run(context),
  );
  const ended = await runToEnd(world, () => main.status !== undefined && out.closed() && err.closed());
  const trouble = [
    ...(ended ? [] : ['hung']),
    ...world.crashes,
    ...world.escapes.map((place) => `tried to write ${place}`),
  ];
  const status = main.status?.type === 'exited' ? main.status.code : 128 + signalOf(main);
  return { stdout: out.text(), stderr: err.text(), status, ...(trouble.length === 0 ? {} : { trouble }) };
}

const signalOf = ({ status }: TestProcess): number => (status?.type === 'killed' ? signalNumber(status.signal) : 0);

/** Gives the process a descriptor whose bytes are kept. */
function collect(main: TestProcess, fd: Fd): { readonly text: () => string; readonly closed: () => boolean } {
  const pipe = new Pipe();
  const chunks: Uint8Array[] = [];
  const take = (): void => {
    chunks.push(...pipe.chunks);
    pipe.chunks = [];
    pipe.size = 0;
    pipe.watch(take);
  };
  pipe.watch(take);
  main.install(pipe.end('pipe-write'), fd);
  return { text: () => Buffer.concat(chunks).toString(), closed: () => pipe.writers === 0 };
}

/** Until everything is done that is awaited, time included; false where it hung. */
async function runToEnd(world: TestWorld, done: () => boolean): Promise<boolean> {
  const { user } = process.cpuUsage();
  let seen = -1;
  let idle = 0;
  while (!done()) {
    await new Promise((turn) => setImmediate(turn));
    if (world.activity !== seen || world.loading > 0) {
      seen = world.activity;
      idle = 0;
    } else idle += 1;
    const stuck = idle > IDLE_TURNS && !done() && !world.skip();
    if (!stuck && (process.cpuUsage().user - user) / 1000 < PATIENCE_MS) continue;
    for (const process of world.processes.values()) process.signal('SIGKILL');
    return false;
  }
  for (const process of world.processes.values()) process.signal('SIGKILL');
  return true;
}
