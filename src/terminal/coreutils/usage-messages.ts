/** What is said of a call that is wrong; few are, and the words are not there before one is. */
import { helpHint } from './help-hint.ts';
import type { Io } from '../io.ts';
import { type CommandSpec, type Invocation } from './command.ts';
import { escaped } from './quoting.ts';

/** getopt's complaint and what the program adds to it; answers the status. */
export async function optionComplaint(
  io: Io,
  spec: CommandSpec,
  argv: readonly string[],
  problem: string,
  usage: string,
): Promise<number> {
  const isBusybox = io.flavour === 'busybox';
  await io.raw(`${argv[0] ?? spec.name}: ${isBusybox ? muslProblem(problem) : problem}\n`);
  if (isBusybox) return await busyboxUsage(io, usage);
  const meant = spec.meant?.(io.process, argv.slice(1));
  if (meant !== undefined) await io.raw(`${meant}\n`);
  const hint = typeof spec.hint === 'function' ? spec.hint(io.name) : (spec.hint ?? helpHint(io));
  if (hint !== '') await io.raw(`${hint}\n`);
  return spec.usageStatus ?? 1;
}

/** getopt's complaint as musl words it, which busybox' images are built with. */
const muslProblem = (text: string): string =>
  text
    .replace(/^invalid option -- '(.)'$/, 'unrecognized option: $1')
    .replace(/^unrecognized option '--(.*)'$/s, 'unrecognized option: $1')
    .replace(/^option requires an argument -- '(.)'$/, 'option requires an argument: $1')
    .replace(/^option '--(.*)' requires an argument$/s, 'option requires an argument: $1');

/** What busybox prints where a call is wrong; without the sentences of its help. */
export async function busyboxUsage(io: Io, usage: string): Promise<number> {
  await io.raw(`BusyBox v1.37.0 multi-call binary.\n\nUsage: ${usage}\n`);
  return ['grep', 'egrep', 'fgrep', 'sort'].includes(io.program) ? 2 : 1;
}

/** A complaint with GNU's second line, or with busybox' usage. */
export async function usageComplaint(call: Invocation, text: string, status: number, hint?: string): Promise<number> {
  if (call.flavour === 'busybox') return await busyboxUsage(call.io, call.usage);
  if (hint !== undefined) await call.io.warn(text);
  else
    await call.io.warn(
      /^missing (destination|operand after)/.test(text) && !/^missing operand after/.test(text)
        ? text
        : text.replace(/'([^']*)'/g, (_, name: string) => `\u2018${name.replace(/[\x00-\x1f\x7f]/g, escaped)}\u2019`),
    );
  await call.io.raw(`${hint ?? helpHint(call.io)}\n`);
  return status;
}
