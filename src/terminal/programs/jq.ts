/**
 * jq over the filter boundary: options, files and time are ours, the language is just-bash's.
 * Leaves out: what streams (--stream, --seq, input by pieces), modules, local time; errors inside `.a[]` on scalars pass in silence there.
 */
import { failed, strerror } from '../../protocol/errno.ts';
import type { Process, Program } from '../../protocol/program.ts';
import { Io, readOperand } from '../io.ts';
import { bytesToText } from '../text.ts';
import { filter } from '../filter/just-bash.ts';

interface Call {
  readonly options: string[];
  readonly files: Record<string, string>;
  readonly inputs: string[];
  program: string | undefined;
  nullInput: boolean;
}
/** Options that only say how to print or read; both spellings are handed on. */
const FLAGS = new Set(['-c', '--compact-output', '-r', '--raw-output', '-j', '--join-output', '-a', '--ascii-output', '-s', '--slurp', '-e', '--exit-status', '-S', '--sort-keys', '-n', '--null-input', '--tab', '-M', '--monochrome-output', '-C', '--color-output', '-R', '--raw-input', '--unbuffered']);
const ABSENT = new Set(['--stream', '--stream-errors', '--seq', '-L', '--jsonargs', '--args', '--unbuffered-input']);

type Refusal = { readonly message: string; readonly status: number };
const absent = (option: string): Refusal => ({ message: `drydock: 'jq ${option}' is not simulated\n`, status: 2 });
const unknown = (option: string): Refusal => ({ message: `jq: Unknown option: ${option}\nUse jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://jqlang.github.io/jq\n`, status: 2 });

async function parse(process: Process): Promise<Call | Refusal> {
  const call: Call = { options: [], files: {}, inputs: [], program: undefined, nullInput: false };
  const args = process.argv.slice(1);
  const readFile = async (path: string): Promise<string | Refusal> => {
    const bytes = await readOperand(process, path);
    return failed(bytes) ? { message: `jq: Bad JSON in --slurpfile: Could not open ${path}: ${strerror(bytes)}\n`, status: 2 } : bytesToText(bytes);
  };
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--arg' || arg === '--argjson') {
      if (args[at + 2] === undefined) return { message: `jq: ${arg} takes two parameters (e.g. ${arg} varname ${arg === '--arg' ? 'value' : 'text'})\n`, status: 2 };
      call.options.push(arg, args[at + 1] ?? '', args[at + 2] ?? '');
      at += 2;
    } else if (arg === '--slurpfile' || arg === '--rawfile') {
      const text = await readFile(args[at + 2] ?? '');
      if (typeof text !== 'string') return text;
      if (arg === '--rawfile') call.options.push('--arg', args[at + 1] ?? '', text);
      else {
        const listed = await process.hold(filter('jq', ['-s', '-c', '.'], text, { env: {} }));
        if (listed.status !== 0) return { message: listed.stderr, status: 2 };
        call.options.push('--argjson', args[at + 1] ?? '', listed.stdout.trim());
      }
      at += 2;
    } else if (arg === '--indent') {
      call.options.push(arg, args[at + 1] ?? '');
      at += 1;
    } else if (arg === '-f' || arg === '--from-file') {
      const text = await readFile(args[at + 1] ?? '');
      if (typeof text !== 'string') return text;
      call.program = text;
      at += 1;
    } else if (ABSENT.has(arg)) return absent(arg);
    else if (arg === '-h' || arg === '--help') return { message: 'Usage:\tjq [OPTIONS] FILTER [FILES...]\n', status: 0 };
    else if (arg === '-V' || arg === '--version') return { message: 'jq-1.7.1\n', status: 0 };
    else if (FLAGS.has(arg) || /^-[crjaseSnRCM]{2,}$/.test(arg)) {
      call.nullInput ||= arg === '--null-input' || /^-\w*n/.test(arg);
      call.options.push(...(arg.startsWith('--') ? [arg] : [...arg.slice(1)].map((letter) => `-${letter}`)));
    } else if (arg.startsWith('-') && arg !== '-') return unknown(arg);
    else if (call.program === undefined) call.program = arg;
    else call.inputs.push(arg);
  }
  return call;
}

async function run(process: Process): Promise<number> {
  const io = new Io(process, 'jq');
  const call = await parse(process);
  if ('message' in call) {
    if (call.status === 0) io.out(call.message);
    else await io.raw(call.message);
    return await io.end(call.status);
  }
  if (call.program === undefined) {
    await io.raw('Usage:\tjq [OPTIONS] FILTER [FILES...]\n\tjq [OPTIONS] --args FILTER [ARGUMENTS...]\n\tjq [OPTIONS] --jsonargs FILTER [JSON_VALUES...]\n');
    return 2;
  }
  let input = '';
  let status = 0;
  for (const name of call.nullInput ? call.inputs : call.inputs.length === 0 ? ['-'] : call.inputs) {
    const bytes = await readOperand(process, name);
    if (failed(bytes)) {
      await io.raw(`jq: error: Could not open ${name}: ${strerror(bytes)}\n`);
      status = 2;
    } else input += bytesToText(bytes);
  }
  process.account(2_000 + input.length / 20);
  const now = String(process.time().realtimeUs / 1e6);
  const done = await process.hold(filter('jq', [...call.options, `def now: ${now}; ${call.program}`], input, { env: process.env }));
  io.out(done.stdout);
  if (done.stderr !== '') await io.raw(done.stderr);
  return await io.end(done.status === 0 ? status : done.status);
}

export const jq: Program = { name: 'jq', memoryBytes: 4_000_000, run };
