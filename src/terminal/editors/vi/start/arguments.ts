/** vim's command line. */
export interface ViArguments {
  readonly paths: readonly string[];
  /** What + and -c ask to do first. */
  readonly commands: readonly string[];
  readonly readonly: boolean;
  /** No swap file. */
  readonly noSwap: boolean;
  /** The start-up file; NONE and --clean are none. */
  readonly startUp: string | undefined;
  readonly binary: boolean;
  /** What is asked for in place of editing. */
  readonly shows: 'version' | 'help' | undefined;
  /** An option that vim has and this does not, or none has. */
  readonly absent: string | undefined;
  readonly unknown: string | undefined;
}

/** Options that change nothing here: compatibility, terminal names. */
const QUIET = /^-(?:[NCEeZmDfFHALlX]|Nu|V\d*)$/;
const QUIET_WITH_VALUE = /^-(?:[UiTPwW]|-cmd)$/;
const ABSENT = /^-(?:[oOpdrbsqtx]\d*|[sqtr].*|y)$/;

export function readArguments(args: readonly string[]): ViArguments {
  const found = { paths: [] as string[], commands: [] as string[], readonly: false, binary: false, noSwap: false };
  let startUp: string | undefined;
  let absent: string | undefined;
  let unknown: string | undefined;
  let shows: ViArguments['shows'];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg.startsWith('+')) found.commands.push(arg.slice(1) || '$');
    else if (arg === '-c') found.commands.push(args[(at += 1)] ?? '');
    else if (arg === '-R' || arg === '-M') found.readonly = true;
    else if (arg === '-n') found.noSwap = true;
    else if (arg === '-u') startUp = args[(at += 1)] ?? '';
    else if (arg === '--clean') startUp = 'DEFAULTS';
    else if (arg === '-S') found.commands.push(`source ${args[(at += 1)] ?? 'Session.vim'}`);
    else if (arg === '-v') continue;
    else if (arg === '--version') shows ??= 'version';
    else if (arg === '-h' || arg === '--help') shows ??= 'help';
    else if (arg === '--') {
      found.paths.push(...args.slice(at + 1));
      break;
    } else if (QUIET_WITH_VALUE.test(arg)) at += 1;
    else if (!arg.startsWith('-') || arg === '-') found.paths.push(arg);
    else if (ABSENT.test(arg)) absent ??= arg;
    else if (!QUIET.test(arg) && !arg.startsWith('--not-a-term') && arg !== '--noplugin') unknown ??= arg;
  }
  return { ...found, startUp, shows, absent, unknown };
}
