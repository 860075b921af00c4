import type { Process } from '../../../protocol/program.ts';
import type { Io } from '../../io.ts';
import { posixRegExp } from '../../posix-regex.ts';
import type { Op } from '../../shell/machine/op.ts';
import { wait } from '../../shell/machine/op.ts';
import { BUILTINS } from './builtins.ts';
import { unescapeText } from './escapes.ts';
import { Fatal } from './fatal.ts';
import { getline } from './getline.ts';
import { MainInput } from './main-input.ts';
import { arithmetic, COMPARISONS } from './operators.ts';
import { formatValues, runPrint } from './printing.ts';
import { AwkRecord } from './record.ts';
import { AwkStreams } from './streams.ts';
import type { AwkFunction, AwkProgram, Expression, Place, Rule, Statement } from './syntax.ts';
import type { AwkArray, Value } from './values.ts';
import { compareValues, isTrue, toNumber, toText } from './values.ts';
import { ValueMemory } from './value-memory.ts';
import { AwkVariables } from './variables.ts';

/** What makes control leave a statement. */
type Jump = undefined | 'next' | 'nextfile' | 'break' | 'continue' | 'exit' | 'return';

const INITIAL: Readonly<Record<string, Value>> = {
  FS: ' ',
  OFS: ' ',
  ORS: '\n',
  RS: '\n',
  NR: 0,
  FNR: 0,
  SUBSEP: '\x1c',
  CONVFMT: '%.6g',
  OFMT: '%.6g',
  RSTART: 0,
  RLENGTH: -1,
  FILENAME: '',
};
/** Turns of a loop after which the program has used some processor time. */
const TURNS_PER_MILLISECOND = 5_000;
const DEEPEST_CALL = 1_000;

/** Runs an awk program: statements, expressions, and the record at hand. */
export class AwkInterpreter {
  readonly process: Process;
  readonly io: Io;
  readonly variables = new AwkVariables();
  readonly streams: AwkStreams;
  readonly #program: AwkProgram;
  readonly input: MainInput;
  readonly #record = new AwkRecord();
  readonly #openRanges = new Set<Rule>();
  #status = 0;
  #result: Value;
  #turns = 0;
  readonly #memory: ValueMemory;
  /** The state of rand(). */
  seed = 0;

  constructor(process: Process, io: Io, program: AwkProgram, operands: readonly string[]) {
    this.process = process;
    this.io = io;
    this.#program = program;
    this.#memory = new ValueMemory(process);
    this.streams = new AwkStreams(process, io);
    this.input = new MainInput(this);
    for (const [name, value] of Object.entries(INITIAL)) this.variables.set(name, value);
    const environment = this.variables.array('ENVIRON');
    for (const [name, text] of Object.entries(process.env)) environment.set(name, { text });
    this.variables.set('ARGC', operands.length + 1);
    const args = this.variables.array('ARGV');
    args.set('0', 'awk');
    for (const [at, text] of operands.entries()) args.set(String(at + 1), { text });
  }

  /** Answers the exit status. */
  *run(): Op<number> {
    try {
      const { rules } = this.#program;
      let jump = yield* this.#runAll(rules.filter(({ when }) => when === 'BEGIN'));
      const hasMore = rules.some(({ when }) => when !== 'BEGIN');
      if (hasMore) {
        if (jump !== 'exit') jump = yield* this.#runRecords(rules);
        yield* this.#runAll(rules.filter(({ when }) => when === 'END'));
      }
    } catch (error) {
      if (!(error instanceof Fatal)) throw error;
      yield* wait(this.io.raw(`${this.io.name}: ${error.message}\n`));
      this.#status = 2;
    }
    yield* wait(this.streams.closeAll());
    return this.#status;
  }

  *#runAll(rules: readonly Rule[]): Op<Jump> {
    for (const { body } of rules) if (body !== undefined && (yield* this.#execute(body)) === 'exit') return 'exit';
    return undefined;
  }

  *#runRecords(all: readonly Rule[]): Op<Jump> {
    const rules = all.filter(({ when }) => when !== 'BEGIN' && when !== 'END');
    for (;;) {
      const record = yield* this.input.next();
      if (record === undefined) return undefined;
      this.setRecord(record);
      for (const rule of rules) {
        if (!(yield* this.#selects(rule))) continue;
        let jump: Jump;
        if (rule.body === undefined) this.io.out(this.recordText() + this.text('ORS'));
        else jump = yield* this.#execute(rule.body);
        if (jump === 'exit') return jump;
        if (jump === 'nextfile') this.input.skipFile();
        if (jump !== undefined) break;
      }
      if (this.io.full) yield* wait(this.io.flush());
      if (this.io.broken) return 'exit';
    }
  }

  *#selects(rule: Rule): Op<boolean> {
    const { when, until } = rule;
    if (when === undefined || when === 'BEGIN' || when === 'END') return true;
    if (until === undefined) return isTrue(yield* this.evaluate(when));
    if (!this.#openRanges.has(rule)) {
      if (!isTrue(yield* this.evaluate(when))) return false;
      this.#openRanges.add(rule);
    }
    if (isTrue(yield* this.evaluate(until))) this.#openRanges.delete(rule);
    return true;
  }

  /** Ends the run with a message. */
  fail(message: string): never {
    throw new Fatal(message);
  }

  // Variables and the record.

  text(variable: string): string {
    return this.toText(this.variables.get(variable));
  }
  toText(value: Value): string {
    return typeof value === 'number' ? toText(value, this.numberFormat('CONVFMT')) : toText(value, '');
  }
  numberFormat(variable: 'CONVFMT' | 'OFMT'): string {
    const format = this.variables.get(variable);
    return typeof format === 'string' ? format : toText(format, '%.6g');
  }
  setRecord(text: string): void {
    this.#record.set(text, this.text('FS'), this.text('RS') === '');
  }
  recordText(): string {
    return this.#record.text(this.text('OFS'));
  }
  /** A variable of `-v` or of an operand. */
  assign(text: string): void {
    const at = text.indexOf('=');
    this.#setVariable(text.slice(0, at), { text: unescapeText(text.slice(at + 1)) });
  }
  #setVariable(name: string, value: Value): void {
    if (name === 'NF') this.#record.count = toNumber(value);
    else this.variables.set(name, value);
  }
  #field(index: number): Value {
    if (index < 0) throw new Fatal(`run time error: negative field index $${String(index)}`);
    const text = index === 0 ? this.recordText() : this.#record.field(index);
    return text === undefined ? undefined : { text };
  }

  *#read(place: Place): Op<Value> {
    switch (place.type) {
      case 'variable':
        return place.name === 'NF' ? this.#record.count : this.variables.get(place.name);
      case 'field':
        return this.#field(Math.trunc(toNumber(yield* this.evaluate(place.index))));
      default: {
        const key = yield* this.#key(place.key);
        const array = this.variables.array(place.array);
        if (!array.has(key)) array.set(key, undefined);
        return array.get(key);
      }
    }
  }
  *store(place: Place, value: Value): Op<void> {
    if (place.type === 'variable') this.#setVariable(place.name, value);
    else if (place.type === 'element') {
      const array = this.variables.array(place.array);
      const before = array.size;
      array.set(yield* this.#key(place.key), value);
      if (array.size > before) this.#memory.holdElement();
    } else {
      const index = Math.trunc(toNumber(yield* this.evaluate(place.index)));
      if (index === 0) this.setRecord(this.toText(value));
      else this.#record.setField(index, this.toText(value));
    }
  }
  *#key(parts: readonly Expression[]): Op<string> {
    const texts: string[] = [];
    for (const part of parts) texts.push(this.toText(yield* this.evaluate(part)));
    return texts.join(this.text('SUBSEP'));
  }

  // Statements.

  *#execute(statement: Statement): Op<Jump> {
    switch (statement.type) {
      case 'block':
        for (const each of statement.statements) {
          const jump = yield* this.#execute(each);
          if (jump !== undefined) return jump;
        }
        return undefined;
      case 'expression':
        yield* this.evaluate(statement.expression);
        return undefined;
      case 'print':
      case 'printf':
        yield* runPrint(this, statement);
        return undefined;
      case 'if':
        if (isTrue(yield* this.evaluate(statement.test))) return yield* this.#execute(statement.yes);
        return statement.no === undefined ? undefined : yield* this.#execute(statement.no);
      case 'while':
      case 'do':
      case 'for':
        return yield* this.#repeat(statement);
      case 'for-in':
        return yield* this.#eachKey(statement);
      case 'exit':
        if (statement.value !== undefined) this.#status = toNumber(yield* this.evaluate(statement.value)) & 255;
        return 'exit';
      case 'return':
        this.#result = statement.value === undefined ? undefined : yield* this.evaluate(statement.value);
        return 'return';
      case 'delete':
        if (statement.key === undefined) this.variables.array(statement.array).clear();
        else this.variables.array(statement.array).delete(yield* this.#key(statement.key));
        return undefined;
      default:
        return statement.type;
    }
  }

  *#repeat(loop: Extract<Statement, { type: 'while' | 'do' | 'for' }>): Op<Jump> {
    if (loop.type === 'for' && loop.first !== undefined) yield* this.#execute(loop.first);
    for (let turn = 0; ; turn += 1) {
      const tested = loop.test !== undefined && !(loop.type === 'do' && turn === 0);
      if (tested && loop.test !== undefined && !isTrue(yield* this.evaluate(loop.test))) return undefined;
      const jump = yield* this.#turn(loop.body);
      if (jump === 'break') return undefined;
      if (jump !== undefined) return jump;
      if (loop.type === 'for' && loop.step !== undefined) yield* this.#execute(loop.step);
    }
  }
  *#eachKey(loop: Extract<Statement, { type: 'for-in' }>): Op<Jump> {
    for (const key of [...this.variables.array(loop.array).keys()]) {
      this.#setVariable(loop.variable, { text: key });
      const jump = yield* this.#turn(loop.body);
      if (jump === 'break') return undefined;
      if (jump !== undefined) return jump;
    }
    return undefined;
  }
  *#turn(body: Statement): Op<Jump> {
    this.#turns += 1;
    if (this.#turns % TURNS_PER_MILLISECOND === 0) yield* wait(this.process.cpu(1_000));
    const jump = yield* this.#execute(body);
    return jump === 'continue' ? undefined : jump;
  }

  format(values: readonly Value[], name: string): string {
    return formatValues(this, values, name);
  }

  // Expressions.

  *evaluate(expression: Expression): Op<Value> {
    switch (expression.type) {
      case 'number':
      case 'string':
        return expression.value;
      case 'regex':
        return this.regex(expression.source).test(this.recordText()) ? 1 : 0;
      case 'variable':
      case 'element':
      case 'field':
        return yield* this.#read(expression);
      case 'parentheses':
        return yield* this.evaluate(expression.inner);
      case 'list':
        return yield* this.#key(expression.items);
      case 'in':
        return this.variables.array(expression.array).has(yield* this.#key(expression.key)) ? 1 : 0;
      case 'condition':
        return yield* this.evaluate(isTrue(yield* this.evaluate(expression.test)) ? expression.yes : expression.no);
      case 'unary': {
        const value = yield* this.evaluate(expression.operand);
        if (expression.operator === '!') return isTrue(value) ? 0 : 1;
        return expression.operator === '-' ? -toNumber(value) : toNumber(value);
      }
      case 'increment': {
        const old = toNumber(yield* this.#read(expression.place));
        yield* this.store(expression.place, old + expression.by);
        return expression.before ? old + expression.by : old;
      }
      case 'assign':
        return yield* this.#assignment(expression);
      case 'binary':
        return yield* this.#binary(expression);
      case 'call':
        return yield* this.#call(expression);
      case 'getline':
        return yield* getline(this, expression);
    }
  }

  *#assignment({ operator, place, value }: Extract<Expression, { type: 'assign' }>): Op<Value> {
    const right = yield* this.evaluate(value);
    const result = operator === '' ? right : arithmetic(operator, toNumber(yield* this.#read(place)), toNumber(right));
    yield* this.store(place, result);
    return result;
  }

  *#binary({ operator, left, right }: Extract<Expression, { type: 'binary' }>): Op<Value> {
    const a = yield* this.evaluate(left);
    if (operator === '&&') return isTrue(a) && isTrue(yield* this.evaluate(right)) ? 1 : 0;
    if (operator === '||') return isTrue(a) || isTrue(yield* this.evaluate(right)) ? 1 : 0;
    if (operator === '~' || operator === '!~') {
      const regex = yield* this.regexOf(right);
      return regex.test(this.toText(a)) === (operator === '~') ? 1 : 0;
    }
    const b = yield* this.evaluate(right);
    if (operator === ' ') return this.#memory.joined(this.toText(a), this.toText(b));
    const compare = COMPARISONS[operator];
    if (compare === undefined) return arithmetic(operator, toNumber(a), toNumber(b));
    return compare(compareValues(a, b, this.numberFormat('CONVFMT'))) ? 1 : 0;
  }

  /** The expression that a regex literal or a text stands for. */
  *regexOf(expression: Expression, global = false): Op<RegExp> {
    const source = expression.type === 'regex' ? expression.source : this.toText(yield* this.evaluate(expression));
    return this.regex(source, global);
  }
  regex(source: string, global = false): RegExp {
    const regex = posixRegExp(source, { extended: true, dialect: 'awk', global });
    if (regex === undefined) throw new Fatal(`line 1: regular expression compile failed (${source})`);
    return regex;
  }

  *#call({ name, args, line }: Extract<Expression, { type: 'call' }>): Op<Value> {
    const own = this.#program.functions.get(name);
    if (own !== undefined) return yield* this.#callFunction(own, args);
    const builtin = BUILTINS[name];
    if (builtin === undefined) throw new Fatal(`line ${String(line)}: function ${name} never defined`);
    return yield* builtin(this, args);
  }

  *#callFunction({ parameters, body }: AwkFunction, args: readonly Expression[]): Op<Value> {
    if (this.variables.callDepth >= DEEPEST_CALL)
      throw new Fatal(`function call nesting too deep (drydock's bound is ${String(DEEPEST_CALL)})`);
    const passed = [];
    for (const arg of args)
      passed.push(
        arg.type === 'variable' && arg.name !== 'NF'
          ? this.variables.reference(arg.name)
          : { value: yield* this.evaluate(arg) },
      );
    this.variables.enter(parameters, passed);
    this.#result = undefined;
    yield* this.#execute(body);
    this.variables.leave();
    const result = this.#result;
    this.#result = undefined;
    return result;
  }

  /** The array that an argument names. */
  arrayOf(expression: Expression | undefined): AwkArray | undefined {
    return expression?.type === 'variable' ? this.variables.array(expression.name) : undefined;
  }
}
