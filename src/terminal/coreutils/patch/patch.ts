/**
 * patch (GNU patch 2.7.6) of unified, context and normal diffs: fuzz, offsets, rejects, backups, files that come and go.
 * Leaves out: ed scripts, merges, #ifdef, git's copies and binary diffs, time stamps.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import { readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { command, type Invocation, usageError } from '../command.ts';
import { parsePatch } from './parse-patch.ts';
import { patchFile, type PatchSettings } from './patch-file.ts';

const hint = (name: string): string => `${name}: Try '${name} --help' for more information.`;

export const patch = command(
  {
    name: 'patch',
    short: 'p:Ri:d:bz:B:V:o:r:stfNEF:lucneD:TZY:g:',
    usage: '[OPTION]... [ORIGFILE [PATCHFILE]]',
    usageStatus: 2,
    hint,
    long: {
      strip: 'p',
      fuzz: 'F',
      'ignore-whitespace': 'l',
      reverse: 'R',
      forward: 'N',
      input: 'i',
      output: 'o',
      'reject-file': 'r',
      'remove-empty-files': 'E',
      'dry-run': 'dry-run',
      backup: 'b',
      'no-backup-if-mismatch': 'no-mismatch',
      'backup-if-mismatch': 'mismatch',
      suffix: 'z',
      prefix: 'B',
      'version-control': 'V',
      batch: 't',
      force: 'f',
      quiet: 's',
      silent: 's',
      directory: 'd',
      unified: 'u',
      context: 'c',
      normal: 'n',
      ed: 'e',
      ifdef: 'D',
      'set-time': 'T',
      'set-utc': 'Z',
      binary: 'binary',
      posix: 'posix',
    },
    absent: ['e', 'D', 'T', 'Z', 'Y', 'g', 'V'],
    absentLong: 'verbose merge reject-format= read-only= follow-symlinks basename-prefix= get= quoting-style= debug=',
  },
  async (call) => {
    const { options, operands, process } = call;
    const [original, patchOperand, extra] = operands;
    if (extra !== undefined) return await usageError(call, `${extra}: extra operand`, 2, hint(call.io.name));
    const wrong = wrongNumber(call);
    if (wrong !== undefined) return await fatal(call, wrong);
    const source = patchOperand ?? options.value('i') ?? '-';
    const directory = options.value('d');
    const entered = directory === undefined ? undefined : process.chdir(directory);
    if (entered !== undefined && failed(entered))
      return await fatal(call, `Can't change to directory ${directory ?? ''} : ${strerror(entered)}`);
    const bytes = await readOperand(process, source);
    if (failed(bytes)) {
      const isRead = bytes.errno === 'EISDIR' || source === '-';
      return await fatal(call, `${isRead ? 'read error' : `Can't open patch file ${source}`} : ${strerror(bytes)}`);
    }
    return await patchAll(call, bytesToText(bytes), original);
  },
);

async function patchAll(call: Invocation, text: string, original: string | undefined): Promise<number> {
  const { io } = call;
  const parsed = parsePatch(text);
  const settings = settingsOf(call, original);
  if (parsed.type === 'files' && parsed.files.length === 0) {
    if (text.trim() !== '') return await fatal(call, 'Only garbage was found in the patch input.');
    return await io.end(0);
  }
  if (parsed.type === 'files' && parsed.strippedCr && !call.options.has('s'))
    io.line('(Stripping trailing CRs from patch; use --binary to disable.)');
  let status = 0;
  const whole = parsed.type === 'files' ? parsed.files : parsed.files.slice(0, -1);
  for (const file of whole) status = Math.max(status, await patchFile(call, settings, file));
  if (parsed.type === 'files') return await io.end(status);
  const name = original ?? parsed.files.at(-1)?.made?.name;
  if (name !== undefined && !call.options.has('s'))
    io.line(`${settings.dryRun ? 'checking' : 'patching'} file ${name}`);
  return await fatal(call, parsed.problem);
}

function wrongNumber({ options }: Invocation): string | undefined {
  for (const [letter, what] of [
    ['p', 'strip count'],
    ['F', 'fuzz factor'],
  ] as const) {
    const value = options.value(letter);
    if (value !== undefined && !/^\d+$/.test(value)) return `${what} ${value} is not a number`;
  }
  return undefined;
}

async function fatal({ io }: Invocation, text: string): Promise<number> {
  await io.flush();
  await io.raw(`${io.name}: **** ${text}\n`);
  return 2;
}

function settingsOf({ options, process }: Invocation, original: string | undefined): PatchSettings {
  const strip = options.value('p');
  const suffix = options.value('z');
  const prefix = options.value('B');
  return {
    original,
    strip: strip === undefined ? undefined : Number(strip),
    reverse: options.has('R'),
    dryRun: options.has('dry-run'),
    silent: options.has('s'),
    maxFuzz: Number(options.value('F') ?? '2'),
    looseBlanks: options.has('l'),
    about: options.has('N') ? 'forward' : options.has('f') ? 'force' : options.has('t') ? 'batch' : 'ask',
    removeEmpty: options.has('E'),
    backup: options.has('b') ? 'always' : mismatchBackup(options.order),
    backupName: (name) =>
      `${prefix ?? ''}${name}${suffix ?? (prefix === undefined ? (process.env['SIMPLE_BACKUP_SUFFIX'] ?? '.orig') : '')}`,
    output: options.value('o'),
    rejects: options.value('r'),
  };
}

const mismatchBackup = (order: readonly (readonly [string, string])[]): 'mismatch' | 'never' =>
  order.findLast(([letter]) => letter === 'no-mismatch' || letter === 'mismatch')?.[0] === 'no-mismatch'
    ? 'never'
    : 'mismatch';
