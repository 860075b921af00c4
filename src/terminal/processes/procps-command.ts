/** Programs of procps: a mistake in the options is answered with the usage, on the error channel. */
import { command, type Applet, type CommandSpec, type Invocation } from '../coreutils/command.ts';
import type { Io } from '../io.ts';

export interface ProcpsSpec extends Omit<CommandSpec, 'hint' | 'usage'> {
  /** What follows the name. */
  readonly usage: string;
  /** The section of the manual. */
  readonly section?: 1 | 8;
}

const usageText = ({ usage, section = 1, name }: ProcpsSpec, called = name): string =>
  `\nUsage:\n ${called} ${usage}\n\nFor more details see ${name}(${String(section)}).\n`;

/** What the real one prints before its list of options, and after it; the list is the manual's. */
export async function procpsUsage(io: Io, spec: ProcpsSpec): Promise<number> {
  await io.raw(usageText(spec, io.name));
  return spec.usageStatus ?? 1;
}

export function procpsCommand(spec: ProcpsSpec, run: (call: Invocation) => Promise<number>): Applet {
  return command({ ...spec, calls: 'short', hint: (name) => usageText(spec, name).trimEnd() }, run);
}

/** A whole number as strtol_or_err of procps reads it; undefined where it is none. */
export const wholeArgument = (text: string): number | undefined =>
  /^\s*[-+]?\d+$/.test(text) ? Number(text) : undefined;
