/** Programs that sort their arguments themselves (ip, iptables, sudo). */
import type { Process } from '../../protocol/program.ts';
import { namedIo, type Applet, type Flavour } from '../coreutils/command.ts';
import type { Io } from '../io.ts';

export interface PlainCall {
  readonly process: Process;
  readonly io: Io;
  readonly args: readonly string[];
  readonly flavour: Flavour;
}

interface InvokedCall extends PlainCall {
  /** All of argv[0], which getopt's complaints begin with. */
  readonly invoked: string;
}

/** A program from what it does with its bare arguments; its messages begin with the last part of its name. */
export function plainProgram(
  name: string,
  run: (call: InvokedCall) => Promise<number>,
  calls: 'short' | 'whole' = 'short',
): Applet {
  const applet = async (process: Process, flavour: Flavour, argv: readonly string[]): Promise<number> =>
    await run({
      process,
      io: namedIo(process, flavour, argv, calls === 'whole' ? { name } : { name, calls }),
      invoked: argv[0] ?? name,
      args: argv.slice(1),
      flavour,
    });
  return { name, memoryBytes: 1_500_000, run: (process) => applet(process, 'gnu', process.argv), applet };
}

/** Says that something real is not modelled. */
export async function notSimulated(io: Io, what: string): Promise<number> {
  await io.raw(`drydock: '${what}' is not simulated\n`);
  return 1;
}
