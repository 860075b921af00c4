import type { Case, Command, CompoundList, For, Redirected, Script, Select, Statement, SyntaxNode } from 'unbash';
import { commandInstead } from '../syntax/bashisms.ts';
import { arithmeticCommand } from '../commands/arithmetic-command.ts';
import { characters } from '../expand/characters.ts';
import { patternRegExp } from '../expand/pattern.ts';
import { expandPattern, expandString, expandWords } from '../expand/word.ts';
import type { TreeFrame } from './frames.ts';
import type { Op } from './op.ts';
import { runBackground, runPipeline, runSubshell, stepWait } from '../jobs/pipeline.ts';
import { popFrame } from './pop-frame.ts';
import { headText } from '../print/command.ts';
import { redirectGroup } from '../commands/redirect.ts';
import type { Shell } from '../shell.ts';
import { stepSelect } from '../commands/select.ts';
import { runEdited } from '../prompt/edit-command.ts';
import { runCoproc } from '../jobs/coproc.ts';
import { runSimple } from '../commands/simple-command.ts';
import { pushSource } from './push-source.ts';
import type { Source } from '../syntax/source.ts';
import { reportSyntax } from '../syntax/report-syntax.ts';
import { warnOfOpenDocuments } from '../syntax/open-here-document.ts';
import { findProblem } from '../syntax/syntax-error.ts';
import { withSubstitutions } from '../commands/substitution.ts';
import { runTest } from '../commands/test-expression.ts';
import { readsToEnd, rememberLines, showLines } from '../options/verbose.ts';
import { timeReport } from '../commands/time-report.ts';
import { defineFunction } from '../commands/define-function.ts';
import { debugHead, debugTrap, endCall, endTrap, failureCheck } from '../traps.ts';

function* stepFault(shell: Shell, { source }: FrameOf<'fault'>): Op<void> {
  shell.stack.pop();
  const problem = findProblem(source, shell.personality);
  if (problem !== undefined) yield* reportSyntax(shell, source, problem);
  shell.status = 2;
}

/** One step of the topmost frame. */
export function stepFrame(shell: Shell): Op<void> | undefined {
  const frame = shell.stack.at(-1);
  if (frame === undefined) return undefined;
  switch (frame.type) {
    case 'list':
      return stepList(shell, frame);
    case 'run':
      shell.stack.pop();
      return runNode(shell, frame.source, frame.node, frame.quiet);
    case 'and-or':
      return stepAndOr(shell, frame);
    case 'if':
      return stepIf(shell, frame);
    case 'while':
      stepWhile(shell, frame);
      return undefined;
    case 'for':
      return stepFor(shell, frame);
    case 'c-for':
      return stepCFor(shell, frame);
    case 'select':
      return stepSelect(shell, frame);
    case 'case':
      return stepCase(shell, frame);
    case 'wait':
      return stepWait(shell, frame);
    case 'time':
      return timeReport(shell, frame);
    case 'negate':
      shell.stack.pop();
      shell.status = shell.status === 0 ? 1 : 0;
      return undefined;
    case 'fault':
      return stepFault(shell, frame);
    case 'edited':
      return runEdited(shell, frame);
    case 'check':
      shell.stack.pop();
      shell.pipeStatus = [shell.status];
      shell.lastArgument = frame.lastArgument ?? shell.lastArgument;
      return failureCheck(shell, frame.quiet, frame.line);
    case 'trap':
      endTrap(shell, frame);
      return undefined;
    case 'function':
    case 'source':
      endCall(shell);
      return undefined;
    default:
      popFrame(shell);
      return undefined;
  }
}

function pushList(shell: Shell, source: Source, node: CompoundList | Script, quiet: boolean): void {
  shell.stack.push({ type: 'list', source, node, at: 0, until: node.commands.length, quiet });
}

type FrameOf<T extends TreeFrame['type']> = Extract<TreeFrame, { type: T }>;

function stepList(shell: Shell, frame: FrameOf<'list'>): Op<void> | undefined {
  const { source, node, quiet } = frame;
  const statement = frame.at < frame.until ? node.commands[frame.at] : undefined;
  const shown = frame.input === true ? readInput(shell, frame, statement) : undefined;
  if (statement === undefined) {
    shell.stack.pop();
    return shown;
  }
  frame.at += 1;
  const op = runStatement(shell, source, statement, quiet);
  return shown === undefined ? op : inTurn(shown, op);
}

/** What reading a statement of the input brings about before it runs. */
function readInput(shell: Shell, frame: FrameOf<'list'>, statement: Statement | undefined): Op<void> | undefined {
  const { source, node, at } = frame;
  const isScript = shell.personality === 'bash' && !shell.interactive;
  const remembers = isScript && shell.options.has('history');
  const ends = isScript && source.text.includes('<<') && readsToEnd(source, node, at);
  const shows = shell.options.has('verbose');
  if (!remembers && !ends && !shows) return undefined;
  return (function* (): Op<void> {
    if (shows) yield* showLines(shell, source, node, at, statement);
    if (remembers && statement !== undefined) rememberLines(shell, source, node, at, statement);
    if (ends) yield* warnOfOpenDocuments(shell, source, node.commands.slice(at));
  })();
}

function* inTurn(first: Op<void>, second: Op<void> | undefined): Op<void> {
  yield* first;
  if (second !== undefined) yield* second;
}

/** `%1 &` lets a job go on in the background. */
const jobOf = (source: Source, { command }: Statement): string | undefined =>
  /^%\S*$/.exec(source.text.slice(command.pos, command.end))?.[0];

function runStatement(shell: Shell, source: Source, statement: Statement, quiet: boolean): Op<void> | undefined {
  if (shell.options.has('noexec') && !shell.interactive) return undefined;
  const job = statement.background === true ? jobOf(source, statement) : undefined;
  if (job !== undefined && shell.personality === 'bash') {
    pushSource(shell, shell.addSource(`bg ${job}`, shell.line, source.file), quiet);
    return undefined;
  }
  if (statement.background === true) return runBackground(shell, source, statement.command, quiet);
  return runNode(shell, source, statement.command, quiet);
}

/** Starts any command node. */
export function runNode(shell: Shell, source: Source, node: SyntaxNode, quiet: boolean): Op<void> | undefined {
  const { stack } = shell;
  if (shell.traps.size > 0 && debugTrap(shell, source, node, quiet)) return undefined;
  if (node.type !== 'AndOr' && node.type !== 'CompoundList' && node.type !== 'BraceGroup')
    shell.at = { source, pos: node.type === 'Command' ? commandPlace(source, node) : node.pos };
  const instead = commandInstead(node, shell.personality);
  if (instead !== undefined) return missingCommand(shell, instead, quiet);
  switch (node.type) {
    case 'Command':
      return runSimple(shell, source, node, quiet);
    case 'AndOr':
      stack.push({ type: 'and-or', source, node, at: 0, quiet });
      return undefined;
    case 'Pipeline':
      return runPipeline(shell, source, node, quiet);
    case 'CompoundList':
    case 'Script':
      pushList(shell, source, node, quiet);
      return undefined;
    case 'BraceGroup':
      pushList(shell, source, node.body, quiet);
      return undefined;
    case 'Subshell':
      return runSubshell(shell, source, node, quiet);
    case 'Redirected':
      if (node.command.type === 'Subshell') return runSubshell(shell, source, node, quiet);
      return runRedirected(shell, source, node, quiet);
    case 'If':
      stack.push({ type: 'if', source, node, at: -1, stage: 'clause', quiet });
      return undefined;
    case 'While':
      stack.push({ type: 'while', source, node, stage: 'start', last: 0, quiet });
      return undefined;
    case 'For':
    case 'Select':
      return withSubstitutions(shell, startWords(shell, source, node, quiet));
    case 'ArithmeticFor':
      stack.push({ type: 'c-for', source, node, next: 'initialize', announced: false, quiet });
      return undefined;
    case 'Case':
      return withSubstitutions(shell, startCase(shell, source, node, quiet));
    case 'TestCommand':
      return withSubstitutions(shell, runTest(shell, node, quiet));
    case 'ArithmeticCommand':
      return runArithmetic(shell, node.body, quiet);
    case 'Function':
      return defineFunction(shell, source, node);
    case 'Coproc':
      return runCoproc(shell, source, node);
    default:
      return undefined;
  }
}

/** The line that a simple command counts as: bash has read its second word by then, which may be of several lines. */
function commandPlace({ text }: Source, { pos, end, prefix, name, args }: Command): number {
  const newline = text.indexOf('\n', pos);
  if (newline < 0 || newline > end) return pos;
  const assignments = prefix.filter((part) => part.type === 'Assignment');
  const [first, second] = [...assignments, ...(name === undefined ? [] : [name]), ...args.slice(0, 1)];
  if (second?.text.includes('\n') === true) return second.end;
  return first?.text.includes('\n') === true ? (second ?? first).end : pos;
}

/** What a POSIX shell finds where bash has `[[ … ]]` and `((…))`: no such command. */
function* missingCommand(shell: Shell, name: string, quiet: boolean): Op<void> {
  yield* shell.complain(`${name}: not found`);
  shell.status = 127;
  yield* failureCheck(shell, quiet);
}

function* runRedirected(shell: Shell, source: Source, node: Redirected, quiet: boolean): Op<void> {
  if (!(yield* redirectGroup(shell, node.redirects, quiet))) return;
  const op = runNode(shell, source, node.command, quiet);
  if (op !== undefined) yield* op;
}

function stepAndOr(shell: Shell, frame: FrameOf<'and-or'>): Op<void> | undefined {
  const { commands, operators } = frame.node;
  while (frame.at > 0 && frame.at < commands.length && (operators[frame.at - 1] === '&&') !== (shell.status === 0))
    frame.at += 1;
  const command = commands[frame.at];
  if (command === undefined) {
    shell.stack.pop();
    return undefined;
  }
  frame.at += 1;
  const last = frame.at === commands.length;
  if (last) shell.stack.pop();
  return runNode(shell, frame.source, command, frame.quiet || !last);
}

function stepIf(shell: Shell, frame: FrameOf<'if'>): Op<void> | undefined {
  const { node, source } = frame;
  if (frame.stage === 'clause' && frame.at >= 0 && shell.status === 0) {
    const branch = frame.at === 0 ? node.then : node.elif[frame.at - 1]?.then;
    shell.stack.pop();
    if (branch !== undefined) pushList(shell, source, branch, frame.quiet);
    return undefined;
  }
  frame.at += 1;
  const clause = frame.at === 0 ? node.clause : node.elif[frame.at - 1]?.clause;
  if (clause !== undefined) {
    pushList(shell, source, clause, true);
    return undefined;
  }
  shell.stack.pop();
  shell.status = 0;
  if (node.else !== undefined) pushList(shell, source, node.else, frame.quiet);
  return undefined;
}

function stepWhile(shell: Shell, frame: FrameOf<'while'>): void {
  const { node, source } = frame;
  if (frame.stage !== 'clause') {
    if (frame.stage === 'body') frame.last = shell.status;
    frame.stage = 'clause';
    pushList(shell, source, node.clause, true);
    return;
  }
  if ((shell.status === 0) === (node.kind === 'while')) {
    frame.stage = 'body';
    pushList(shell, source, node.body, frame.quiet);
    return;
  }
  shell.stack.pop();
  shell.status = frame.last;
}

function* startWords(shell: Shell, source: Source, node: For | Select, quiet: boolean): Op<void> {
  if (!/^[A-Za-z_]\w*$/.test(node.name.value)) {
    yield* shell.complain(`\`${node.name.value}': not a valid identifier`);
    shell.status = 1;
    return;
  }
  const words = node.wordlist === undefined ? shell.positional : yield* expandWords(shell, node.wordlist);
  if (words.length === 0) shell.status = 0;
  if (node.type === 'For') shell.stack.push({ type: 'for', source, node, words, at: 0, quiet });
  else if (words.length > 0) shell.stack.push({ type: 'select', source, node, words, stage: 'menu', last: 0, quiet });
}

function stepFor(shell: Shell, frame: FrameOf<'for'>): Op<void> | undefined {
  const word = frame.words[frame.at];
  if (word === undefined) {
    shell.stack.pop();
    return undefined;
  }
  frame.at += 1;
  if (!assignLoopName(shell, frame.node.name.value, word)) return refusedName(shell, frame.node.name.value);
  pushList(shell, frame.source, frame.node.body, frame.quiet);
  // A loop's turn is hot: only what is watched makes an operation of it.
  return shell.traps.size === 0 && !shell.options.has('xtrace')
    ? undefined
    : announceTurn(shell, frame.source, frame.node);
}

/** A reference that is a loop's name is pointed at the next variable instead of being followed. */
function assignLoopName(shell: Shell, name: string, word: string): boolean {
  const own = shell.vars.own(name);
  if (own?.readonly === true) return false;
  if (own?.nameref === true) own.value = word;
  else shell.assign(name, word);
  return true;
}

function* refusedName(shell: Shell, name: string): Op<void> {
  shell.stack.pop();
  yield* shell.complain(`${name}: readonly variable`);
  shell.status = 1;
}

function* announceTurn(shell: Shell, source: Source, node: For): Op<void> {
  const head = headText(node, source.text);
  if (shell.options.has('xtrace')) yield* shell.trace(head);
  debugHead(shell, head, true);
}

/** Goes on with the expressions of `for ((…))` up to the next turn of its body. */
function* stepCFor(shell: Shell, frame: FrameOf<'c-for'>): Op<void> {
  const { node, source } = frame;
  const { status } = shell;
  for (;;) {
    const part = node[frame.next];
    const text = part === undefined ? '1' : source.text.slice(part.pos, part.end);
    if (!frame.announced && debugHead(shell, `((${text}))`)) {
      frame.announced = true;
      return;
    }
    frame.announced = false;
    if (shell.options.has('xtrace')) yield* shell.trace(`(( ${text} ))`);
    const result = yield* arithmeticCommand(shell, text, '((: ');
    shell.status = result === undefined ? 1 : status;
    if (frame.next !== 'test' && result !== undefined) frame.next = 'test';
    else if (result === 0n || result === undefined) {
      shell.stack.pop();
      return;
    } else {
      frame.next = 'update';
      pushList(shell, source, node.body, frame.quiet);
      return;
    }
  }
}

function* startCase(shell: Shell, source: Source, node: Case, quiet: boolean): Op<void> {
  const word = yield* expandString(shell, node.word);
  if (shell.options.has('xtrace')) yield* shell.trace(`case ${node.word.text} in`);
  shell.stack.push({ type: 'case', source, node, at: 0, word, fall: '', quiet });
}

function* stepCase(shell: Shell, frame: FrameOf<'case'>): Op<void> {
  const { node, word } = frame;
  while (frame.at < node.items.length) {
    const item = node.items[frame.at];
    if (item === undefined) break;
    frame.at += 1;
    let hit = frame.fall === ';&';
    for (const pattern of hit ? [] : item.pattern) {
      const text = characters(shell, yield* expandPattern(shell, pattern));
      hit = patternRegExp(text, {
        extglob: shell.shopts.has('extglob'),
        ignoreCase: shell.shopts.has('nocasematch'),
      }).test(characters(shell, word));
      if (hit) break;
    }
    if (!hit) continue;
    if (item.terminator === ';&' || item.terminator === ';;&') frame.fall = item.terminator;
    else shell.stack.pop();
    if (item.body.commands.length === 0) shell.status = 0;
    pushList(shell, frame.source, item.body, frame.quiet);
    return;
  }
  if (frame.fall === '') shell.status = 0;
  shell.stack.pop();
}

function* runArithmetic(shell: Shell, body: string, quiet: boolean): Op<void> {
  if (shell.options.has('xtrace')) yield* shell.trace(`(( ${body} ))`);
  shell.status = ((yield* arithmeticCommand(shell, body, '((: ')) ?? 0n) === 0n ? 1 : 0;
  shell.pipeStatus = [shell.status];
  yield* failureCheck(shell, quiet);
}
