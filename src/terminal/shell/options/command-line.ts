import { baseName } from '../../io.ts';

/** What a shell is started with. */
export interface CommandLine {
  readonly command: string | undefined;
  readonly interactive: boolean;
  readonly login: boolean;
  readonly stdin: boolean;
  readonly restricted: boolean;
  readonly noProfile: boolean;
  readonly noRc: boolean;
  /** What is read in place of ~/.bashrc. */
  readonly rcFile: string | undefined;
  readonly options: readonly string[];
  readonly operands: readonly string[];
  readonly version: boolean;
  readonly help: boolean;
  readonly problem: string | undefined;
}

/** Long options that bash has and nothing here stands for. */
const UNSIMULATED = new Set(['--debug', '--debugger', '--dump-po-strings', '--dump-strings', '--pretty-print']);

export function parseCommandLine([argv0 = '', ...args]: readonly string[]): CommandLine {
  const found = {
    interactive: false,
    login: argv0.startsWith('-'),
    stdin: false,
    restricted: /^-?rbash$/.test(baseName(argv0)),
    noProfile: false,
    noRc: false,
    version: false,
    help: false,
  };
  const options: string[] = [];
  let takesCommand = false;
  let problem: string | undefined;
  let rcFile: string | undefined;
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--' || arg === '-') {
      at += 1;
      break;
    }
    if (arg.startsWith('--')) {
      if (arg === '--login') found.login = true;
      else if (arg === '--noprofile') found.noProfile = true;
      else if (arg === '--norc') found.noRc = true;
      else if (arg === '--version') found.version = true;
      else if (arg === '--posix') options.push('-o', 'posix');
      else if (arg === '--init-file' || arg === '--rcfile') {
        at += 1;
        rcFile = args[at];
        if (rcFile === undefined) problem ??= `${arg.slice(2)}: option requires an argument`;
      } else if (arg === '--verbose') options.push('-v');
      else if (arg === '--help') found.help = true;
      else if (arg === '--restricted') found.restricted = true;
      else if (arg === '--noediting') continue;
      else if (UNSIMULATED.has(arg)) problem ??= `drydock: 'bash ${arg}' is not simulated`;
      else problem ??= `${arg}: invalid option`;
      continue;
    }
    if (!/^[-+]./.test(arg)) break;
    let rest = arg.charAt(0);
    for (const letter of arg.slice(1)) {
      if (letter === 'c') takesCommand = true;
      else if (letter === 'i') found.interactive = true;
      else if (letter === 'l') found.login = true;
      else if (letter === 's') found.stdin = true;
      else if (letter === 'r' && arg.startsWith('-')) found.restricted = true;
      else if (letter === 'D') problem ??= "drydock: 'bash -D' is not simulated";
      else if (letter === 'o' || letter === 'O') {
        at += 1;
        const value = args[at];
        // Without a name all are shown, and the shell goes on to what it would do else.
        options.push(`${arg.charAt(0)}${letter}`, ...(value === undefined ? [] : [value]));
      } else rest += letter;
    }
    if (rest.length > 1) options.push(rest);
  }
  const operands = args.slice(at);
  return {
    ...found,
    rcFile,
    options,
    command: takesCommand ? (operands[0] ?? '') : undefined,
    operands: takesCommand ? operands.slice(1) : operands,
    problem: takesCommand && operands.length === 0 ? '-c: option requires an argument' : problem,
  };
}

export const VERSION_TEXT = `GNU bash, version 5.2.21(1)-release (x86_64-pc-linux-gnu)
Copyright (C) 2022 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>

This is free software; you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.
`;

/** What bash says of its options where one is wrong. */
export const USAGE = `Usage:\tbash [GNU long option] [option] ...
\tbash [GNU long option] [option] script-file ...
GNU long options:
\t--debug
\t--debugger
\t--dump-po-strings
\t--dump-strings
\t--help
\t--init-file
\t--login
\t--noediting
\t--noprofile
\t--norc
\t--posix
\t--pretty-print
\t--rcfile
\t--restricted
\t--verbose
\t--version
Shell options:
\t-ilrsD or -c command or -O shopt_option\t\t(invocation only)
\t-abefhkmnptuvxBCEHPT or -o option
`;

export const HELP_TEXT = `GNU bash, version 5.2.21(1)-release-(x86_64-pc-linux-gnu)
${USAGE}Type \`bash -c "help set"' for more information about shell options.
Type \`bash -c help' for more information about shell builtin commands.
Use the \`bashbug' command to report bugs.

bash home page: <http://www.gnu.org/software/bash>
General help using GNU software: <http://www.gnu.org/gethelp/>
`;
