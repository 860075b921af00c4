/** What patch does with one file. */
import { EMPTY_BYTES } from '../../../protocol/bytes.ts';
import type { Result } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Io } from '../../io.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import type { Invocation } from '../command.ts';
import { parentOf } from '../paths/paths.ts';
import { type Applied, applyHunks, type ApplySettings } from './apply-hunks.ts';
import { type Hunk, reversed } from './hunk.ts';
import type { FilePatch } from './parse-patch.ts';
import { rejectText } from './rejects.ts';
import { makes, removes, saysAbsent, stripped, targetOf } from './target.ts';

export interface PatchSettings {
  /** The file that the command line names. */
  readonly original: string | undefined;
  readonly strip: number | undefined;
  readonly reverse: boolean;
  readonly dryRun: boolean;
  readonly silent: boolean;
  readonly maxFuzz: number;
  readonly looseBlanks: boolean;
  /** What becomes of a patch that seems to be in already. */
  readonly about: 'ask' | 'forward' | 'force' | 'batch';
  readonly removeEmpty: boolean;
  readonly backup: 'always' | 'mismatch' | 'never';
  readonly backupName: (name: string) => string;
  readonly output: string | undefined;
  readonly rejects: string | undefined;
}

/** 0 where all hunks fit, 1 where some do not. */
export async function patchFile(call: Invocation, settings: PatchSettings, patch: FilePatch): Promise<number> {
  const { process, io } = call;
  const target = settings.original ?? targetOf(process, patch, settings.strip);
  if (target === undefined) return await skipUnknown(call, settings, patch);
  const renamed = patch.renamedTo === undefined ? undefined : stripped(patch.renamedTo, settings.strip);
  const output = settings.output ?? renamed ?? target;
  const bytes = process.readFile(target);
  if (failed(bytes) && bytes.errno !== 'ENOENT') {
    io.line(`File ${target} is not a regular file -- refusing to patch`);
    return 1;
  }
  const contrary = contradiction(patch, settings.reverse, target, bytes);
  const answer = contrary === undefined ? 'apply' : askAboutReversed(io, settings, contrary);
  if (answer === 'skip') {
    io.line(`${ratio(patch.hunks.length, patch.hunks.length)} ignored`);
    return 1;
  }
  const reverse = settings.reverse !== (answer === 'reverse');
  if (!settings.silent) {
    const from =
      output === target ? '' : settings.output === undefined ? ` (renamed from ${target})` : ` (read from ${target})`;
    io.line(`${settings.dryRun ? 'checking' : 'patching'} file ${output}${from}`);
  }
  const input = linesOf(bytesToText(failed(bytes) ? EMPTY_BYTES : bytes));
  const hunks = reverse ? patch.hunks.map(reversed) : patch.hunks;
  process.account(input.length + hunks.length * 10);
  const applied = await applyHunks(input, hunks, applySettings(call, settings));
  const isReverse = reverse !== applied.isReversed;
  if (applied.failed.length < hunks.length || hunks.length === 0)
    if (!settings.dryRun && !(await write(call, settings, { patch, target, output, applied, isReverse }))) return 2;
  return await reportFailed(call, settings, { patch, output, hunks, applied, isReverse });
}

async function skipUnknown(call: Invocation, settings: PatchSettings, patch: FilePatch): Promise<number> {
  const { io } = call;
  io.line(`can't find file to patch at input line ${String(patch.line)}`);
  io.line(
    settings.strip === undefined
      ? 'Perhaps you should have used the -p or --strip option?'
      : 'Perhaps you used the wrong -p or --strip option?',
  );
  if (patch.leading.length > 0) {
    const rule = '-'.repeat(26);
    io.out(`The text leading up to this was:\n${rule}\n${patch.leading.map((line) => `|${line}\n`).join('')}${rule}\n`);
  }
  if (settings.about === 'ask') {
    // Without a terminal every question is answered by its default.
    io.line('File to patch: ');
    io.line('Skip this patch? [y] ');
    io.line('Skipping patch.');
  } else io.line('No file to patch.  Skipping patch.');
  io.line(`${ratio(patch.hunks.length, patch.hunks.length)} ignored`);
  return await Promise.resolve(1);
}

function applySettings({ io }: Invocation, settings: PatchSettings): ApplySettings {
  const { about, silent, reverse } = settings;
  const bare = (line: string): string => line.replace(/[ \t]+/g, ' ').replace(/ (?=\n?$)/, '');
  return {
    maxFuzz: settings.maxFuzz,
    mayBeReversed: about !== 'force',
    same: settings.looseBlanks ? (a, b) => bare(a) === bare(b) : (a, b) => a === b,
    tell: (text) => {
      if (!silent) io.line(text);
    },
    onReversed: async () => {
      const detected = `${reverse ? 'Unreversed' : 'Reversed (or previously applied)'} patch detected!`;
      return await Promise.resolve(askAboutReversed(io, settings, detected));
    },
  };
}

/** What becomes of a patch that looks reversed; without a terminal every question is answered by its default. */
function askAboutReversed(
  io: Io,
  { about, silent, reverse }: PatchSettings,
  found: string,
): 'reverse' | 'apply' | 'skip' {
  if (about === 'force') {
    if (!silent) io.line(`${found}  Applying it anyway.`);
    return 'apply';
  }
  if (about === 'batch') {
    io.line(`${found}  ${reverse ? 'Ignoring' : 'Assuming'} -R.`);
    return 'reverse';
  }
  if (about === 'forward') io.line(`${found}  Skipping patch.`);
  else {
    io.line(`${found}  ${reverse ? 'Ignore' : 'Assume'} -R? [n] `);
    io.line('Apply anyway? [n] ');
    if (!silent) io.line('Skipping patch.');
  }
  return 'skip';
}

/** What the patch makes or removes against what is there, as a question; undefined where they agree. */
function contradiction(
  patch: FilePatch,
  reverse: boolean,
  target: string,
  bytes: Result<Uint8Array>,
): string | undefined {
  const isMissing = failed(bytes);
  const isEmpty = isMissing || bytes.length === 0;
  const said = saysAbsent(patch, reverse !== isEmpty ? 'made' : 'old');
  if (isEmpty ? said === 'no' : said !== 'absent') return undefined;
  const would = isMissing ? 'delete' : isEmpty ? 'empty out' : 'create';
  const is = isMissing ? 'does not exist' : isEmpty ? 'is already empty' : 'already exists';
  return `The next patch${reverse ? ', when reversed,' : ''} would ${would} the file ${target},\nwhich ${is}!`;
}

interface Outcome {
  readonly patch: FilePatch;
  readonly target: string;
  readonly output: string;
  readonly applied: Applied;
  readonly isReverse: boolean;
}

async function write(call: Invocation, settings: PatchSettings, outcome: Outcome): Promise<boolean> {
  const { process, io } = call;
  const { patch, target, output, applied, isReverse } = outcome;
  const before = process.stat(target);
  if (
    settings.backup === 'always' ||
    (settings.backup === 'mismatch' && applied.mismatch && settings.output === undefined)
  )
    backUp(process, settings, failed(process.stat(output)) ? target : output);
  const text = applied.lines.join('');
  const isRemoval = removes(patch, isReverse);
  if (text === '' && (isRemoval || settings.removeEmpty)) {
    process.unlink(output);
    return true;
  }
  if (isRemoval && !settings.silent) io.line(`Not deleting file ${output} as content differs from patch`);
  if (failed(before) && makes(patch, isReverse)) makeDirectories(process, parentOf(output));
  const mode = patch.newMode ?? (failed(before) ? undefined : before.mode & 0o777);
  const done = process.writeFile(output, textToBytes(text), mode === undefined ? {} : { mode });
  if (failed(done)) {
    await io.flush();
    await io.raw(`${io.name}: **** Can't create file ${output} : ${strerror(done)}\n`);
    return false;
  }
  if (mode !== undefined) process.chmod(output, mode);
  if (patch.renamedTo !== undefined && output !== target && settings.output === undefined) process.unlink(target);
  return true;
}

function backUp(process: Process, settings: PatchSettings, name: string): void {
  const bytes = process.readFile(name);
  const stat = process.stat(name);
  const mode = failed(stat) ? {} : { mode: stat.mode & 0o777 };
  process.writeFile(settings.backupName(name), failed(bytes) ? EMPTY_BYTES : bytes, mode);
  if (!failed(stat)) process.utimes(settings.backupName(name), stat.accessedMs, stat.modifiedMs);
}

function makeDirectories(process: Process, path: string): void {
  if (path === '.' || path === '/' || !failed(process.stat(path))) return;
  makeDirectories(process, parentOf(path));
  process.mkdir(path, 0o777);
}

async function reportFailed(
  { io, process }: Invocation,
  settings: PatchSettings,
  outcome: Omit<Outcome, 'target'> & { readonly hunks: readonly Hunk[] },
): Promise<number> {
  const { patch, output, hunks, applied, isReverse } = outcome;
  const count = applied.failed.length;
  if (count === 0) return 0;
  const verdict = `${ratio(count, hunks.length)} ${applied.skipped ? 'ignored' : 'FAILED'}`;
  if (settings.dryRun || settings.rejects === '-') {
    io.line(verdict);
    return 1;
  }
  const rejects = settings.rejects ?? `${output}.rej`;
  io.line(`${verdict} -- saving rejects to file ${rejects}`);
  const saved = process.writeFile(rejects, textToBytes(rejectText(patch, applied.failed, isReverse)));
  if (!failed(saved)) return 1;
  await io.flush();
  await io.raw(`${io.name}: **** Can't create file ${rejects} : ${strerror(saved)}\n`);
  return 2;
}

const ratio = (count: number, all: number): string =>
  `${String(count)} out of ${String(all)} hunk${all === 1 ? '' : 's'}`;

/** Lines with their ends. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
