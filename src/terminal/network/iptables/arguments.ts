/** The arguments of iptables: one command with its chain, options about output, and the words of a rule. */
import { TABLES, type TableName } from '../../../formats/iptables/rule.ts';
import { isTargetName } from './rule-targets.ts';
import { bad, badArgument, type Problem } from './rule-vocabulary.ts';

const COMMANDS: Readonly<Record<string, string>> = {
  '-A': 'append',
  '--append': 'append',
  '-D': 'delete',
  '--delete': 'delete',
  '-I': 'insert',
  '--insert': 'insert',
  '-R': 'replace',
  '--replace': 'replace',
  '-L': 'list',
  '--list': 'list',
  '-S': 'rules',
  '--list-rules': 'rules',
  '-F': 'flush',
  '--flush': 'flush',
  '-Z': 'zero',
  '--zero': 'zero',
  '-N': 'new',
  '--new-chain': 'new',
  '-X': 'remove',
  '--delete-chain': 'remove',
  '-P': 'policy',
  '--policy': 'policy',
  '-C': 'check',
  '--check': 'check',
  '-E': 'rename',
  '--rename-chain': 'rename',
};

/** Commands that are about all chains where none is named. */
const WITHOUT_CHAIN: ReadonlySet<string> = new Set(['list', 'rules', 'flush', 'zero', 'remove']);

export interface Request {
  readonly table: TableName;
  readonly command: string;
  /** Words right after the command: chain, number, policy. */
  readonly operands: readonly string[];
  readonly rule: readonly string[];
  readonly numeric: boolean;
  readonly verbose: boolean;
  readonly exact: boolean;
  readonly lineNumbers: boolean;
}

/** Where a command is given: the words after it that belong to it. */
const OPERANDS: Readonly<Record<string, number>> = {
  append: 1,
  check: 1,
  flush: 1,
  new: 1,
  remove: 1,
};
const NUMBERED: ReadonlySet<string> = new Set(['insert', 'replace', 'delete', 'list', 'rules', 'zero']);

interface Command {
  readonly verb: string;
  readonly option: string;
  readonly operands: readonly string[];
}

/** The options, the command and the words of the rule. */
export function parseArguments(given: readonly string[]): Request | Problem {
  const args = given.flatMap(splitShort);
  const flags = { numeric: false, verbose: false, exact: false, lineNumbers: false };
  let table = 'filter';
  let command: Command | undefined;
  let waits = false;
  let interval = false;
  const rule: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const verb = COMMANDS[arg];
    if (verb !== undefined && command !== undefined) return bad(`Cannot use ${arg} with ${command.option}`);
    if (verb !== undefined) {
      command = readCommand(verb, arg, args.slice(at + 1));
      const problem = commandProblem(command);
      if (problem !== undefined) return problem;
      at += command.operands.length;
    } else if (arg === '-t' || arg === '--table') table = args[(at += 1)] ?? '';
    else if (arg === '-n' || arg === '--numeric') flags.numeric = true;
    else if (arg === '-v' || arg === '--verbose') flags.verbose = true;
    else if (arg === '-x' || arg === '--exact') flags.exact = true;
    else if (arg === '--line-numbers' || arg === '--line-number') flags.lineNumbers = true;
    else if (arg === '-w' || arg === '--wait') {
      waits = true;
      at += /^\d+$/.test(args[at + 1] ?? '') ? 1 : 0;
    } else if (arg === '-W' || arg === '--wait-interval') {
      interval = true;
      at += 1;
    } else if (arg === '-4' || arg === '--ipv4') continue;
    else if (arg === '--modprobe') at += 1;
    else if (arg === '-c' || arg === '--set-counters') return { notSimulated: 'iptables -c' };
    else rule.push(arg);
  }
  if (interval && !waits) return bad('--wait-interval only makes sense with --wait\n');
  const known = TABLES.find((each) => each === table);
  if (known === undefined) return tableProblem(table);
  if (command === undefined) return strayWord(rule[0]);
  return { table: known, command: command.verb, operands: command.operands, rule, ...flags };
}

function readCommand(verb: string, option: string, following: readonly string[]): Command {
  const limit = OPERANDS[verb] ?? 2;
  // A chain may not begin with a dash, which is told only where one is made.
  const end = following.findIndex((word, at) => at >= limit || (/^[-!]/.test(word) && !(verb === 'new' && at === 0)));
  return { verb, option, operands: following.slice(0, end < 0 ? limit : end) };
}

function commandProblem({ verb, option, operands: [chain, second] }: Command): Problem | undefined {
  if (chain === undefined) return WITHOUT_CHAIN.has(verb) ? undefined : bad(`option "${option}" requires an argument`);
  if (NUMBERED.has(verb) && second !== undefined && !/^[1-9]\d*$/.test(second))
    return bad(`Invalid rule number \`${second}'`);
  if (verb !== 'new') return undefined;
  if (chain.startsWith('-')) return bad(`chain name not allowed to start with \`-'`);
  if (isTargetName(chain)) return bad('chain name may not clash with target name');
  return chain.length > 28 ? bad(`chain name \`${chain}' too long (must be under 29 chars)`) : undefined;
}

const tableProblem = (table: string): Problem =>
  table === 'security'
    ? { notSimulated: 'iptables -t security' }
    : { problem: `table '${table}' does not exist\nPerhaps iptables or your kernel needs to be upgraded.`, status: 3 };

/** A call without a command: its first word is what is wrong with it. */
function strayWord(word: string | undefined): Problem {
  if (word === undefined) return bad('no command specified');
  return word.startsWith('-') ? bad(`unknown option "${word}"`) : badArgument(word);
}

/** `-nvL` as `-n -v -L`; an option with a value ends the bundle. */
function splitShort(arg: string): readonly string[] {
  const [name = '', ...value] = arg.split('=');
  if (value.length > 0 && (COMMANDS[name] !== undefined || GLOBAL_WITH_VALUE.has(name))) return [name, value.join('=')];
  if (!/^-[nvxLSFZ]{2,}[A-Za-z]?/.test(arg) || !/^-[nvx]*[LSFZX]?[nvx]*[A-Z]*$/.test(arg))
    return arg.startsWith('-L') && arg.length > 2
      ? ['-L', arg.slice(2)]
      : /^-[stpdijm]./.test(arg) && !arg.startsWith('--')
        ? [arg.slice(0, 2), arg.slice(2)]
        : [arg];
  const letters = [...arg.slice(1)];
  const commands = letters.filter((letter) => /[A-Z]/.test(letter));
  return [
    ...letters.filter((letter) => /[a-z]/.test(letter)).map((letter) => `-${letter}`),
    ...commands.map((letter) => `-${letter}`),
  ];
}

const GLOBAL_WITH_VALUE: ReadonlySet<string> = new Set(['--table', '--wait', '--wait-interval', '--modprobe']);
