/**
 * The state of one shell process and what all its parts ask of it.
 * Models: bash 5.2, and dash and busybox ash by their messages and their smaller set of features.
 */
import type { CommandExpansionPart, ProcessSubstitutionPart, SyntaxNode } from 'unbash';
import { failed } from '../../protocol/errno.ts';
import type { Fd, Process, Signal } from '../../protocol/program.ts';
import { fileText } from '../io.ts';
import { ReadlineSettings } from '../readline/settings.ts';
import { textToBytes } from '../text.ts';
import type { AliasPlace } from './syntax/alias.ts';
import { Abort } from './machine/abort.ts';
import { arrayKey, evaluate } from './expand/arithmetic.ts';
import { localeAssigned } from './variables/locale.ts';
import type { Builtin } from './builtins/builtin.ts';
import type { Call } from './machine/call-stack.ts';
import { innermostCall } from './machine/call-stack.ts';
import type { CompletionSpec } from './completion/interface.ts';
import type { Expander } from './expand/word.ts';
import { expander } from './expand/word.ts';
import type { Frame } from './machine/frames.ts';
import type { PromptState } from './prompt/interactive.ts';
import { trimHistory, trimHistoryFile } from './prompt/history.ts';
import { promptText } from './prompt/prompt.ts';
import { Jobs } from './jobs/jobs.ts';
import type { NodeAddress, Source } from './syntax/source.ts';
import { lineOf, makeSource } from './syntax/source.ts';
import { withoutTimeKeyword } from './syntax/time-keyword.ts';
import type { Op } from './machine/op.ts';
import { optionLetters } from './options/option-letters.ts';
import type { InputState } from './input/standard-input.ts';
import { followPosixlyCorrect, isPosix } from './options/posix-mode.ts';
import { assignSpecial, specialArray, specialParameter } from './variables/special-parameters.ts';
import { wait } from './machine/op.ts';
import { TEXT_BOUND, tooLong } from './machine/text-bound.ts';
import { commandSubstitution, processSubstitution } from './commands/substitution.ts';
import type { Variable } from './variables/variables.ts';
import { Variables } from './variables/variables.ts';

export type Personality = 'bash' | 'dash' | 'ash';

export interface ShellFunction {
  readonly source: Source;
  readonly node: NodeAddress;
  /** Where its definition begins. */
  readonly pos: number;
  /** Its text, as `type` and `declare -f` show it. */
  readonly text: string;
  exported: boolean;
  /** It inherits DEBUG and RETURN traps (`declare -ft`). */
  traced: boolean;
}

/** What the innermost command asked for beyond its status. */
export type Unwind =
  | { readonly type: 'break' | 'continue'; readonly count: number }
  | { readonly type: 'return'; /** `$?` before it. */ readonly before: number }
  | { readonly type: 'exit' }
  | { readonly type: 'line' };

export class Shell {
  readonly process: Process;
  readonly vars = new Variables();
  readonly jobs = new Jobs();
  readonly functions = new Map<string, ShellFunction>();
  readonly aliases = new Map<string, string>();
  /** Since where each is there, in the text that defined it. */
  readonly aliasPlaces = new Map<string, AliasPlace>();
  readonly traps = new Map<string, string>();
  /** What `trap` shows in a subshell until it sets traps of its own. */
  parentTraps: readonly (readonly [string, string])[] | undefined;
  readonly completions = new Map<string, CompletionSpec>();
  readonly readline = new ReadlineSettings();
  /** Options of the completion that is being made; compopt changes them. */
  completing: Set<string> | undefined;
  /** The node whose DEBUG trap has run. */
  debugged: SyntaxNode | undefined;
  /** Builtins that `enable -n` has put away. */
  readonly disabled = new Set<string>();
  /** Text of the simple command that runs, for DEBUG traps. */
  command = '';
  /** Where commands were found, and how often each was run from there. */
  readonly hashed = new Map<string, string>();
  readonly missingLocales = new Set<string>();
  /** What assignments leave to be said when their command is done. */
  readonly warnings: string[] = [];
  readonly hashHits = new Map<string, number>();
  readonly sources = new Map<number, Source>();
  /** The commands it carries out itself, by its personality. */
  builtins: ReadonlyMap<string, Builtin> = new Map();
  /** How words expand: what parts of an expansion ask of the whole. */
  readonly expand: Expander = expander;
  options = new Set<string>(['braceexpand', 'hashall', 'interactive-comments']);
  shopts = new Set<string>([
    'cmdhist',
    'complete_fullquote',
    'extquote',
    'force_fignore',
    'globasciiranges',
    'globskipdots',
    'hostcomplete',
    'interactive_comments',
    'patsub_replacement',
    'progcomp',
    'promptvars',
    'sourcepath',
    'checkwinsize',
  ]);
  stack: Frame[] = [];
  positional: readonly string[] = [];
  arg0 = 'bash';
  shellName = 'bash';
  personality: Personality = 'bash';
  interactive = false;
  loginShell = false;
  /** Script from `-c`: syntax errors say so. */
  commandString = false;
  /** Script from a file. */
  isScript = false;
  /** Function calls around the subshell that this shell is, from the innermost outwards. */
  outerCalls: readonly Call[] = [];
  /** Positional parameters of the shell's own when BASH_ARGV was begun. */
  outermostArguments: readonly string[] | undefined;
  status = 0;
  pipeStatus: readonly number[] = [0];
  lastBackground: number | undefined;
  /** `$_`; undefined before the first command. */
  lastArgument: string | undefined;
  unwind: Unwind | undefined;
  pendingSignals: Signal[] = [];
  readonly history: string[] = [];
  /** When each line of it was entered, s since 1970. */
  readonly historyTimes: number[] = [];
  /** Lines that HISTSIZE has pushed out: the first kept one has the next number. */
  historyDropped = 0;
  /** Whether the line that runs is the last of the history. */
  remembered = false;
  /** Number up to which lines are in the history file. */
  historySaved = 0;
  directories: string[] = [];
  subshellDepth = 0;
  /** Command substitutions around this shell: `set -x` shows as many marks. */
  traceDepth = 0;
  /** A forked child that has this one command left may become it. */
  execLast = false;
  inTest = false;
  /** Command substitutions so far: each leaves its own status to a command without a name. */
  substitutions = 0;
  /** Steps since CPU time was last spent, and blocking calls since the last checkpoint. */
  steps = 0;
  exitAfterTrap = false;
  /** A subshell of an interactive shell: its messages have no line numbers either. */
  ofPrompt = false;
  prompt: PromptState | undefined;
  /** Set where commands come from standard input. */
  input: InputState | undefined;
  /** `exit` has been met. */
  exited = false;
  /** Status of background children that `wait` has asked for before. */
  readonly reaped = new Map<number, number>();
  warnedJobs = false;
  readonly expandingAliases = new Set<string>();
  /** Descriptor of the terminal for job control. */
  terminal: Fd = 255;
  readonly readonlyFunctions = new Set<string>();
  waits = 0;
  /** Descriptors of the shell's own, which children do not get. */
  readonly ownFds = new Set<Fd>();
  /** Ends of process substitutions, closed when their command is done. */
  substitutionFds: Fd[] = [];
  /** Where the shell stands, for messages and LINENO. */
  at: { source: Source; pos: number } | undefined;
  /** The shell's pid; a subshell keeps its parent's. */
  mainPid: number;
  /** Monotonic time at which $SECONDS was 0. */
  startUs = 0;
  getoptsAt = 1;
  randomState = 0;
  /** Parameters of the shell's own that `unset` has made ordinary names. */
  unsetSpecials: readonly string[] = [];
  /** Texts that run in the midst of a builtin: a saved shell could not go on from there. */
  nested = 0;
  #nextSource = 1;

  constructor(process: Process) {
    this.process = process;
    this.mainPid = process.pid;
  }

  // ---- parameters
  get ifs(): string {
    return this.vars.get('IFS') ?? (this.vars.find('IFS') === undefined ? ' \t\n' : ' \t\n');
  }

  /** A parameter's scalar value; undefined where it is unset. */
  parameter(name: string): string | undefined {
    const code = name.charCodeAt(0);
    if (code >= 48 && code <= 57) return Number(name) === 0 ? this.arg0 : this.positional[Number(name) - 1];
    switch (name) {
      case '?':
        return String(this.status);
      case '$':
        return String(this.mainPid);
      case '#':
        return String(this.positional.length);
      case '!':
        return this.lastBackground === undefined ? undefined : String(this.lastBackground);
      case '-':
        return optionLetters(this);
      case '@':
        return this.positional.length === 0 ? undefined : this.positional.join(' ');
      case '*':
        return this.positional.length === 0 ? undefined : this.positional.join(this.ifs.charAt(0));
      default:
    }
    const found = this.vars.get(name);
    return (
      found ??
      (this.personality === 'bash' || (name === 'LINENO' && this.personality === 'ash')
        ? specialParameter(this, name)
        : undefined)
    );
  }

  /** Arrays that the shell keeps itself. */
  specialArray(name: string): readonly string[] | undefined {
    return specialArray(this, name);
  }

  element(name: string, key: string): string | undefined {
    const variable = this.vars.find(name);
    if (variable === undefined) return this.specialArray(name)?.[Number(key)];
    if (variable.associative !== undefined) return variable.associative.get(key);
    if (variable.indexed !== undefined) return variable.indexed.get(Number(key));
    return key === '0' ? variable.value : undefined;
  }

  /** Assigns a scalar with its attributes; aborts on a readonly one. */
  assign(name: string, value: string, append = false): void {
    const target = this.vars.resolve(name);
    const subscript = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(target);
    if (subscript !== null) {
      this.assignElement(subscript[1] ?? '', arrayKey(this, subscript[1] ?? '', subscript[2] ?? ''), value, append);
      return;
    }
    if (this.personality === 'bash' && assignSpecial(this, target, value)) return;
    const variable = this.vars.ensure(target);
    this.refuseReadonly(target, variable);
    const old = variable.indexed?.get(0) ?? variable.associative?.get('0') ?? variable.value;
    const next = this.attributed(variable, value, append ? (old ?? '') : undefined);
    if (variable.indexed !== undefined) variable.indexed.set(0, next);
    else if (variable.associative !== undefined) variable.associative.set('0', next);
    else variable.value = next;
    if (this.options.has('allexport')) variable.exported = true;
    this.#assigned(target);
  }

  #assigned(name: string): void {
    if (name === 'PATH') this.hashed.clear();
    else if (name === 'HISTSIZE') trimHistory(this);
    else if (name === 'HISTFILESIZE') trimHistoryFile(this);
    else if (name === 'PIPESTATUS') this.vars.unset(name);
    else if (name === 'OPTIND') this.getoptsAt = 1;
    else if (/^LC_(?:ALL|COLLATE|CTYPE|MESSAGES|NUMERIC|TIME)$/.test(name)) localeAssigned(this, name);
    else if (name === 'POSIXLY_CORRECT') followPosixlyCorrect(this, true);
  }

  assignElement(name: string, key: string, value: string, append = false): void {
    const variable = this.vars.ensure(name);
    this.refuseReadonly(name, variable);
    if (variable.associative !== undefined) {
      variable.associative.set(
        key,
        this.attributed(variable, value, append ? (variable.associative.get(key) ?? '') : undefined),
      );
      return;
    }
    const indexed = this.toIndexed(variable);
    indexed.set(Number(key), this.attributed(variable, value, append ? (indexed.get(Number(key)) ?? '') : undefined));
  }

  toIndexed(variable: Variable): Map<number, string> {
    if (variable.indexed === undefined) {
      variable.indexed = new Map(variable.value === undefined ? [] : [[0, variable.value]]);
      variable.value = undefined;
    }
    return variable.indexed;
  }

  /** A value as the variable's attributes make it. */
  attributed(variable: Variable, value: string, old?: string): string {
    if (variable.integer) {
      const sum = this.number(value) + (old === undefined || old === '' ? 0n : this.number(old));
      return String(BigInt.asIntN(64, sum));
    }
    const whole = (old ?? '') + value;
    if (whole.length > TEXT_BOUND) throw tooLong(this, whole.length);
    if (variable.fold === 'capital') return whole.charAt(0).toUpperCase() + whole.slice(1).toLowerCase();
    return variable.fold === 'lower' ? whole.toLowerCase() : variable.fold === 'upper' ? whole.toUpperCase() : whole;
  }

  /** An integer variable's expression; a wrong one ends a shell that nobody types at. */
  number(text: string): bigint {
    try {
      return evaluate(this, text);
    } catch (error) {
      if (!(error instanceof Abort) || this.interactive) throw error;
      throw new Abort(error.message, 'exit', error.status);
    }
  }

  refuseReadonly(name: string, variable: Variable | undefined): void {
    if (variable?.readonly === true)
      throw new Abort(
        this.personality === 'bash' ? `${name}: readonly variable` : `${name}: is read only`,
        isPosix(this) ? 'exit' : 'line',
        this.personality === 'bash' ? (isPosix(this) ? 127 : 1) : 2,
      );
  }

  /** A line of `set -x`: PS4, its first character repeated by nesting, then the text. */
  *trace(text: string): Op<void> {
    if (!this.options.has('xtrace')) return;
    const raw = this.vars.get('PS4') ?? '';
    this.options.delete('xtrace');
    const prompt = /[$`\\]/.test(raw) ? yield* this.expand.text(this, promptText(this, raw)) : raw;
    this.options.add('xtrace');
    const fd = this.vars.get('BASH_XTRACEFD') ?? '';
    yield* this.write(
      /^\d+$/.test(fd) ? Number(fd) : 2,
      `${prompt.charAt(0).repeat(this.traceDepth)}${prompt}${text}\n`,
    );
  }

  /** Signals that programs start with ignored (`trap '' INT`). */
  ignoredSignals(): Signal[] {
    return [...this.traps]
      .filter(([name, action]) => action === '' && name.startsWith('SIG'))
      .map(([name]) => name as Signal);
  }

  // ---- texts and messages
  get line(): number {
    return this.at === undefined ? 0 : lineOf(this.at.source, this.at.pos);
  }

  /** What stands before a message of the shell. */
  prefix(): string {
    const own = this.interactive || this.ofPrompt ? this.errorName : this.arg0 === '' ? this.shellName : this.arg0;
    if (this.personality === 'ash') return `${this.at?.source.file ?? own}: `;
    if (this.personality === 'dash') return `${this.at?.source.file ?? own}: ${String(this.line)}: `;
    if (this.interactive || this.ofPrompt) return `${this.errorName}: `;
    return `${innermostCall(this)?.definedIn ?? own}: line ${String(this.line)}: `;
  }

  /** Name in messages at a prompt: a login shell shows its dash. */
  get errorName(): string {
    return this.arg0.slice(this.arg0.lastIndexOf('/') + 1);
  }

  abort(message: string): never {
    throw new Abort(message);
  }
  /** A message on standard error. */
  *complain(message: string): Op<void> {
    yield* this.write(2, `${this.prefix()}${message}\n`);
  }
  /** Writes; false where nobody reads. */
  *write(fd: Fd, text: string): Op<boolean> {
    if (text === '') return true;
    return !failed(yield* wait(this.process.write(fd, textToBytes(text))));
  }

  addSource(text: string, firstLine = 1, file?: string): Source {
    const read = this.personality === 'bash' ? text : withoutTimeKeyword(text);
    const source = makeSource({ id: this.#nextSource, text: read, firstLine, file });
    this.#nextSource += 1;
    this.sources.set(source.id, source);
    return source;
  }
  set nextSource(id: number) {
    this.#nextSource = id;
  }
  get nextSource(): number {
    return this.#nextSource;
  }

  commandSubstitution(part: CommandExpansionPart, quoted: boolean): Op<string> {
    return commandSubstitution(this, part, quoted);
  }
  processSubstitution(part: ProcessSubstitutionPart): Op<string> {
    return processSubstitution(this, part);
  }

  /** Lines of /etc/passwd. */
  passwd(): readonly (readonly string[])[] {
    return (fileText(this.process, '/etc/passwd') ?? '').split('\n').map((entry) => entry.split(':'));
  }
}
