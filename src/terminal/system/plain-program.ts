/** Programs that sort their arguments themselves (ip, iptables, sudo). */
import type { Process } from '../../protocol/program.ts';
import type { Applet, Flavour } from '../coreutils/command.ts';
import { Io, baseName } from '../io.ts';

export interface PlainCall {
  readonly process: Process;
  readonly io: Io;
  readonly args: readonly string[];
  readonly flavour: Flavour;
}

/** A program from what it does with its bare arguments. */
export function plainProgram(name: string, run: (call: PlainCall) => Promise<number>): Applet {
  const applet = async (process: Process, flavour: Flavour, argv: readonly string[]): Promise<number> =>
    await run({ process, io: new Io(process, baseName(argv[0] ?? name)), args: argv.slice(1), flavour });
  return { name, memoryBytes: 1_500_000, run: (process) => applet(process, 'gnu', process.argv), applet };
}

/** Says that something real is not modelled. */
export async function notSimulated(io: Io, what: string): Promise<number> {
  await io.raw(`drydock: '${what}' is not simulated\n`);
  return 1;
}
