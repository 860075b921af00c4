/** awk: reads and prints line by line. Leaves out two-way pipes and gawk's networking. */
import { failed, strerror } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { fileText, type Io, LineReader, openInput } from '../io.ts';
import { posixRegExp } from '../posix-regex.ts';
import { formatPrintf, float } from '../printf-format.ts';
import { startChild, waitFor } from '../run-child.ts';
import { drive, wait, type Op } from '../shell/op.ts';
import { strftime } from '../strftime.ts';
import { bytesToText, textToBytes } from '../text.ts';
import { AwkSyntax, parseAwk, type AwkProgram, type Expr, type Stmt } from './awk-parse.ts';
import { command } from './command.ts';

type Value = number | string | { readonly s: string };
type Cell = Value | Map<string, Value> | undefined;
type Jump = undefined | 'next' | 'break' | 'continue' | 'exit' | 'return' | 'nextfile';

export const awk = command(
  {
    name: 'awk',
    short: 'F:v:f:',
    long: { 'field-separator': 'F', assign: 'v', file: 'f' },
    stopEarly: true,
    usageStatus: 2,
  },
  async (call) => {
    const { io, options, process } = call;
    const parts = options.values('f').map((path) => fileText(process, path));
    const missing = parts.indexOf(undefined);
    if (missing >= 0) {
      await io.raw(`awk: cannot open ${options.values('f')[missing] ?? ''} (No such file or directory)\n`);
      return 2;
    }
    const [first, ...rest] = call.operands;
    if (parts.length === 0 && first === undefined) {
      await io.raw('usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]\n');
      return 2;
    }
    const text = parts.length === 0 ? (first ?? '') : parts.join('\n');
    let program: AwkProgram;
    try {
      program = parseAwk(text);
    } catch (error) {
      if (!(error instanceof AwkSyntax)) throw error;
      await io.raw(`awk: line 1: ${error.message}\n`);
      return 2;
    }
    const machine = new Awk(process, io, program, parts.length === 0 ? rest : call.operands);
    if (options.has('F'))
      machine.set('FS', unescape(options.value('F') ?? ' ') === 't' ? '\t' : unescape(options.value('F') ?? ' '));
    for (const assignment of options.values('v')) machine.assignText(assignment);
    const code = await drive(machine.run());
    return await io.end(code);
  },
);
const unescape = (text: string): string =>
  text.replace(/\\(.)/g, (_, c: string) => ({ n: '\n', t: '\t', '\\': '\\', '"': '"', '/': '/' })[c] ?? `\\${c}`);

class Awk {
  readonly #vars = new Map<string, Cell>([
    ['FS', ' '],
    ['OFS', ' '],
    ['ORS', '\n'],
    ['RS', '\n'],
    ['NR', 0],
    ['FNR', 0],
    ['NF', 0],
    ['SUBSEP', '\x1c'],
    ['CONVFMT', '%.6g'],
    ['OFMT', '%.6g'],
    ['RSTART', 0],
    ['RLENGTH', -1],
    ['FILENAME', ''],
  ]);
  #locals: Map<string, Cell>[] = [];
  #record = '';
  #fields: string[] = [];
  #split = true;
  #stale = false;
  #status = 0;
  #result: Value = '';
  readonly #ranges = new Map<number, boolean>();
  readonly #outputs = new Map<string, { readonly fd: number; readonly pid: number | undefined }>();
  readonly #inputs = new Map<string, LineReader>();
  #files: string[];
  #reader: LineReader | undefined;
  #readAny = false;
  #seed = 0;
  constructor(
    readonly process: Process,
    readonly io: Io,
    readonly program: AwkProgram,
    operands: readonly string[],
  ) {
    this.#files = [...operands];
    this.#vars.set('ENVIRON', new Map(Object.entries(process.env).map(([k, v]) => [k, { s: v }])));
    this.#vars.set('ARGC', operands.length + 1);
    this.#vars.set(
      'ARGV',
      new Map<string, Value>([['0', 'awk'], ...operands.map((v, i): [string, Value] => [String(i + 1), v])]),
    );
  }

  set(name: string, value: Value): void {
    this.#setVar(name, value);
  }
  assignText(text: string): void {
    const at = text.indexOf('=');
    this.#setVar(text.slice(0, at), { s: unescape(text.slice(at + 1)) });
  }

  *run(): Op<number> {
    let jump: Jump;
    for (const rule of this.program.rules)
      if (rule.when === 'BEGIN' && rule.body !== undefined) {
        jump = yield* this.#exec(rule.body);
        if (jump === 'exit') break;
      }
    const main = this.program.rules.some(({ when }) => when !== 'BEGIN');
    while (jump !== 'exit' && main && (yield* this.#nextRecord())) {
      for (const [at, rule] of this.program.rules.entries()) {
        if (rule.when === 'BEGIN' || rule.when === 'END' || !(yield* this.#selected(rule, at))) continue;
        jump =
          rule.body === undefined
            ? (this.io.out(this.#record + this.#str(this.#get('ORS'))), undefined)
            : yield* this.#exec(rule.body);
        if (jump !== undefined) break;
      }
      if (jump === 'nextfile') this.#reader = undefined;
      if (this.io.full && !(yield* wait(this.io.flush()))) break;
      if (this.io.broken) break;
    }
    if (!(jump === 'exit' && !main))
      for (const rule of this.program.rules)
        if (rule.when === 'END' && rule.body !== undefined && (yield* this.#exec(rule.body)) === 'exit') break;
    yield* wait(this.io.flush());
    for (const { fd, pid } of this.#outputs.values()) {
      this.process.close(fd);
      if (pid !== undefined) yield* wait(waitFor(this.process, pid));
    }
    return this.#status;
  }
  *#selected(rule: AwkProgram['rules'][number], at: number): Op<boolean> {
    const { when, until } = rule;
    if (when === undefined || when === 'BEGIN' || when === 'END') return true;
    if (until === undefined) return this.#truth(yield* this.#eval(when));
    if (this.#ranges.get(at) !== true) {
      if (!this.#truth(yield* this.#eval(when))) return false;
      this.#ranges.set(at, true);
    }
    if (this.#truth(yield* this.#eval(until))) this.#ranges.set(at, false);
    return true;
  }

  *#nextRecord(): Op<boolean> {
    const line = yield* this.#readMain();
    if (line === undefined) return false;
    this.#setRecord(line);
    return true;
  }
  *#readMain(): Op<string | undefined> {
    for (;;) {
      if (this.#reader === undefined) {
        let name = this.#files.shift();
        while (name !== undefined && /^[A-Za-z_]\w*=/.test(name)) {
          this.assignText(name);
          name = this.#files.shift();
        }
        if (name === undefined) {
          if (this.#readAny) return undefined;
          name = '-';
        }
        this.#readAny = true;
        const fd = openInput(this.process, name);
        if (failed(fd)) {
          yield* wait(this.io.raw(`awk: cannot open "${name}" (${strerror(fd)})\n`));
          this.#status = 2;
          continue;
        }
        this.#vars.set('FILENAME', name === '-' ? '' : name);
        this.#vars.set('FNR', 0);
        this.#reader = new LineReader(this.process, fd, this.#delimiter());
      }
      const line = yield* this.#readFrom(this.#reader);
      if (line === undefined) {
        this.#reader = undefined;
        continue;
      }
      this.#vars.set('NR', this.#num(this.#get('NR')) + 1);
      this.#vars.set('FNR', this.#num(this.#get('FNR')) + 1);
      return line;
    }
  }
  #delimiter(): number {
    const rs = this.#str(this.#get('RS'));
    return rs === '' ? 10 : rs.charCodeAt(0);
  }
  *#readFrom(reader: LineReader): Op<string | undefined> {
    const one = function* (io: Io): Op<string | undefined> {
      const ready = reader.ready();
      if (ready !== undefined) return bytesToText(ready);
      yield* wait(io.flush());
      return yield* wait(reader.nextText());
    };
    let line = yield* one(this.io);
    if (this.#str(this.#get('RS')) !== '') return line;
    while (line === '') line = yield* one(this.io);
    if (line === undefined) return undefined;
    for (let more = yield* one(this.io); more !== undefined && more !== ''; more = yield* one(this.io))
      line += `\n${more}`;
    return line;
  }

  #setRecord(text: string): void {
    this.#record = text;
    this.#split = false;
    this.#stale = false;
  }
  #fieldsNow(): string[] {
    if (!this.#split) {
      this.#split = true;
      this.#fields = this.#splitText(this.#record, this.#str(this.#get('FS')));
      this.#vars.set('NF', this.#fields.length);
    }
    return this.#fields;
  }
  #splitText(text: string, fs: string): string[] {
    if (text === '') return [];
    const newline = this.#str(this.#get('RS')) === '';
    if (fs === ' ') {
      const trimmed = text.replace(/^[ \t\n]+|[ \t\n]+$/g, '');
      return trimmed === '' ? [] : trimmed.split(/[ \t\n]+/);
    }
    if (fs === '') return [...text];
    if (fs.length === 1 && fs !== ' ' && !newline) return text.split(fs === '\\' ? '\\' : fs);
    const re = posixRegExp(newline ? `${fs.length === 1 ? `[${fs}]` : fs}|\n` : fs, { extended: true });
    return re === undefined ? [text] : text.split(new RegExp(re.source.replace(/\((?!\?)/g, '(?:'), 'u'));
  }
  #field(n: number): Value {
    if (n === 0) {
      if (this.#stale) {
        this.#record = this.#fieldsNow().join(this.#str(this.#get('OFS')));
        this.#stale = false;
      }
      return { s: this.#record };
    }
    const v = this.#fieldsNow()[n - 1];
    return v === undefined ? '' : { s: v };
  }
  #setField(n: number, v: Value): void {
    if (n === 0) {
      this.#setRecord(this.#str(v));
      return;
    }
    const f = this.#fieldsNow();
    while (f.length < n) f.push('');
    f[n - 1] = this.#str(v);
    this.#vars.set('NF', f.length);
    this.#stale = true;
  }

  #scope(name: string): Map<string, Cell> {
    const l = this.#locals.at(-1);
    return l?.has(name) === true ? l : this.#vars;
  }
  #get(name: string): Value {
    if (name === 'NF') this.#fieldsNow();
    const v = this.#scope(name).get(name);
    return v === undefined || v instanceof Map ? '' : v;
  }
  #setVar(name: string, v: Value): void {
    if (name === 'NF') {
      const f = this.#fieldsNow();
      const n = this.#num(v);
      f.length = Math.min(f.length, n);
      while (f.length < n) f.push('');
      this.#stale = true;
    }
    this.#scope(name).set(name, v);
  }
  #array(name: string): Map<string, Value> {
    const s = this.#scope(name);
    const v = s.get(name);
    if (v instanceof Map) return v;
    const m = new Map<string, Value>();
    s.set(name, m);
    return m;
  }
  #num(v: Value): number {
    if (typeof v === 'number') return v;
    const m = /^\s*[-+]?(\d+\.?\d*([eE][-+]?\d+)?|\.\d+([eE][-+]?\d+)?)/.exec(typeof v === 'string' ? v : v.s);
    return m === null ? 0 : Number(m[0]);
  }
  #str(v: Value, fmt = 'CONVFMT'): string {
    if (typeof v === 'string') return v;
    if (typeof v === 'object') return v.s;
    if (Number.isInteger(v) && Math.abs(v) < 1e16) return String(v === 0 ? 0 : v);
    return Number.isFinite(v)
      ? float(v, 'g', Number(/\.(\d+)/.exec(this.#str(this.#get(fmt)))?.[1] ?? '6'))
      : float(v, 'f', 0);
  }
  #looksNumeric(v: Value): boolean {
    return (
      typeof v === 'number' ||
      (typeof v === 'object' && /^\s*[-+]?(\d+\.?\d*([eE][-+]?\d+)?|\.\d+([eE][-+]?\d+)?)\s*$/.test(v.s))
    );
  }
  #truth(v: Value): boolean {
    return typeof v === 'number'
      ? v !== 0
      : typeof v === 'string'
        ? v !== ''
        : this.#looksNumeric(v)
          ? this.#num(v) !== 0
          : v.s !== '';
  }
  *#key(k: readonly Expr[]): Op<string> {
    const out: string[] = [];
    for (const e of k) out.push(this.#str(yield* this.#eval(e)));
    return out.join(this.#str(this.#get('SUBSEP')));
  }
  #regex(e: Expr, v: Value | undefined, global = false): RegExp {
    return posixRegExp(e.t === 're' ? e.v : this.#str(v ?? ''), { extended: true, global }) ?? /(?!)/g;
  }

  *#exec(s: Stmt): Op<Jump> {
    switch (s.t) {
      case 'block':
        for (const each of s.s) {
          const j = yield* this.#exec(each);
          if (j !== undefined) return j;
        }
        return undefined;
      case 'expr':
        yield* this.#eval(s.e);
        return undefined;
      case 'print':
      case 'printf':
        yield* this.#print(s);
        return undefined;
      case 'if':
        return this.#truth(yield* this.#eval(s.c))
          ? yield* this.#exec(s.a)
          : s.b === undefined
            ? undefined
            : yield* this.#exec(s.b);
      case 'while':
        while (this.#truth(yield* this.#eval(s.c))) {
          const j = yield* this.#loop(s.b);
          if (j === 'break') break;
          if (j !== undefined) return j;
        }
        return undefined;
      case 'do':
        do {
          const j = yield* this.#loop(s.b);
          if (j === 'break') break;
          if (j !== undefined) return j;
        } while (this.#truth(yield* this.#eval(s.c)));
        return undefined;
      case 'for':
        if (s.i !== undefined) yield* this.#exec(s.i);
        while (s.c === undefined || this.#truth(yield* this.#eval(s.c))) {
          const j = yield* this.#loop(s.b);
          if (j === 'break') break;
          if (j !== undefined) return j;
          if (s.u !== undefined) yield* this.#exec(s.u);
        }
        return undefined;
      case 'forin':
        for (const k of [...this.#array(s.n).keys()]) {
          this.#setVar(s.v, { s: k });
          const j = yield* this.#loop(s.b);
          if (j === 'break') break;
          if (j !== undefined) return j;
        }
        return undefined;
      case 'exit':
        if (s.e !== undefined) this.#status = this.#num(yield* this.#eval(s.e)) & 255;
        return 'exit';
      case 'return':
        this.#result = s.e === undefined ? '' : yield* this.#eval(s.e);
        return 'return';
      case 'delete':
        if (s.k === undefined) this.#array(s.n).clear();
        else this.#array(s.n).delete(yield* this.#key(s.k));
        return undefined;
      default:
        return s.t;
    }
  }
  #turns = 0;
  *#loop(b: Stmt): Op<Jump> {
    this.#turns += 1;
    if (this.#turns % 5_000 === 0) yield* wait(this.process.cpu(1_000));
    const j = yield* this.#exec(b);
    return j === 'continue' ? undefined : j;
  }
  *#print(s: Extract<Stmt, { t: 'print' | 'printf' }>): Op<void> {
    const values: Value[] = [];
    for (const e of s.a) values.push(yield* this.#eval(e));
    const text =
      s.t === 'printf'
        ? this.#format(values)
        : (values.length === 0
            ? this.#str(this.#field(0))
            : values.map((v) => this.#str(v, 'OFMT')).join(this.#str(this.#get('OFS')))) + this.#str(this.#get('ORS'));
    if (s.to === undefined) {
      this.io.out(text);
      if (this.io.full) yield* wait(this.io.flush());
      return;
    }
    const target = this.#str(yield* this.#eval(s.to));
    if (target === '/dev/stderr') {
      yield* wait(this.io.raw(text));
      return;
    }
    if (target === '/dev/stdout' || target === '-') {
      this.io.out(text);
      return;
    }
    let out = this.#outputs.get(target);
    if (out === undefined) {
      if (s.how === '|') {
        yield* wait(this.io.flush());
        const pipe = this.process.pipe();
        if (failed(pipe)) return;
        const pid = startChild(this.process, ['sh', '-c', target], {
          fds: [
            [0, pipe[0]],
            [1, 1],
            [2, 2],
          ],
        });
        this.process.close(pipe[0]);
        out = { fd: pipe[1], pid: typeof pid === 'number' ? pid : undefined };
      } else {
        const fd = this.process.open(
          target,
          { write: true, create: true, ...(s.how === '>>' ? { append: true } : { truncate: true }) },
          0o666,
        );
        if (failed(fd)) {
          yield* wait(this.io.raw(`awk: cannot open "${target}" for output (${strerror(fd)})\n`));
          this.#status = 2;
          return;
        }
        out = { fd, pid: undefined };
      }
      this.#outputs.set(target, out);
    }
    yield* wait(this.process.write(out.fd, textToBytes(text)));
  }
  #format(values: readonly Value[]): string {
    const [format = '', ...rest] = values;
    let at = 0;
    const text = this.#str(format);
    const out: string[] = [];
    for (const [whole] of text.matchAll(/%(?:%|[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[a-zA-Z])|[^%]+|%/g)) {
      if (!whole.startsWith('%') || whole.length < 2) {
        out.push(whole);
        continue;
      }
      if (whole === '%%') {
        out.push('%');
        continue;
      }
      const stars = (whole.match(/\*/g) ?? []).length;
      const args = rest.slice(at, at + stars + 1);
      at += stars + 1;
      const type = whole.at(-1) ?? 's';
      const last = args.at(-1) ?? '';
      const shown = 'di'.includes(type)
        ? BigInt(Math.trunc(Number.isFinite(this.#num(last)) ? this.#num(last) : 0)).toString()
        : 'oxXu'.includes(type)
          ? BigInt(Math.trunc(this.#num(last))).toString()
          : 'eEfFgG'.includes(type)
            ? String(this.#num(last))
            : type === 'c' && typeof last === 'number'
              ? String.fromCodePoint(last & 0x1fffff)
              : this.#str(last);
      out.push(
        formatPrintf(whole.replace(/i$/, 'd'), [...args.slice(0, -1).map((v) => this.#str(v)), shown], {
          quote: (t) => t,
          nowUs: 0,
          startUs: 0,
        }).text,
      );
    }
    return out.join('');
  }

  *#eval(e: Expr): Op<Value> {
    switch (e.t) {
      case 'num':
        return e.v;
      case 'str':
        return e.v;
      case 're':
        return this.#regex(e, undefined).test(this.#str(this.#field(0))) ? 1 : 0;
      case 'var':
        return this.#get(e.n);
      case 'idx': {
        const k = yield* this.#key(e.k);
        const a = this.#array(e.n);
        const v = a.get(k);
        if (v === undefined) a.set(k, '');
        return v ?? '';
      }
      case 'field':
        return this.#field(Math.trunc(this.#num(yield* this.#eval(e.e))));
      case 'group':
        return yield* this.#key(e.a);
      case 'in':
        return this.#array(e.n).has(yield* this.#key(e.k)) ? 1 : 0;
      case 'cond':
        return yield* this.#eval(this.#truth(yield* this.#eval(e.c)) ? e.a : e.b);
      case 'un': {
        const v = yield* this.#eval(e.a);
        return e.op === '(' ? v : e.op === '!' ? (this.#truth(v) ? 0 : 1) : e.op === '-' ? -this.#num(v) : this.#num(v);
      }
      case 'inc': {
        const old = this.#num(yield* this.#eval(e.l));
        yield* this.#store(e.l, old + e.d);
        return e.pre ? old + e.d : old;
      }
      case 'assign': {
        const r = yield* this.#eval(e.r);
        const v = e.op === '' ? r : arithmetic(e.op, this.#num(yield* this.#eval(e.l)), this.#num(r));
        yield* this.#store(e.l, v);
        return v;
      }
      case 'bin':
        return yield* this.#binary(e);
      case 'call':
        return yield* this.#call(e.n, e.a);
      case 'getline':
        return yield* this.#getline(e);
      default:
        return '';
    }
  }
  *#store(l: Expr, v: Value): Op<void> {
    if (l.t === 'var') this.#setVar(l.n, v);
    else if (l.t === 'idx') this.#array(l.n).set(yield* this.#key(l.k), v);
    else if (l.t === 'field') this.#setField(Math.trunc(this.#num(yield* this.#eval(l.e))), v);
  }
  *#binary(e: Extract<Expr, { t: 'bin' }>): Op<Value> {
    const a = yield* this.#eval(e.a);
    if (e.op === '&&') return this.#truth(a) && this.#truth(yield* this.#eval(e.b)) ? 1 : 0;
    if (e.op === '||') return this.#truth(a) || this.#truth(yield* this.#eval(e.b)) ? 1 : 0;
    if (e.op === '~' || e.op === '!~') {
      const r = this.#regex(e.b, e.b.t === 're' ? undefined : yield* this.#eval(e.b));
      return r.test(this.#str(a)) === (e.op === '~') ? 1 : 0;
    }
    const b = yield* this.#eval(e.b);
    if (e.op === ' ') return this.#str(a) + this.#str(b);
    if (!['<', '<=', '==', '!=', '>', '>='].includes(e.op)) return arithmetic(e.op, this.#num(a), this.#num(b));
    const unset = (v: Value, x: Expr): boolean => v === '' && (x.t === 'var' || x.t === 'idx' || x.t === 'field');
    const numeric = (this.#looksNumeric(a) || unset(a, e.a)) && (this.#looksNumeric(b) || unset(b, e.b));
    const [x, y] = numeric ? [this.#num(a), this.#num(b)] : [this.#str(a), this.#str(b)];
    const r =
      e.op === '<'
        ? x < y
        : e.op === '<='
          ? x <= y
          : e.op === '=='
            ? x === y
            : e.op === '!='
              ? x !== y
              : e.op === '>'
                ? x > y
                : x >= y;
    return r ? 1 : 0;
  }
  *#getline(e: Extract<Expr, { t: 'getline' }>): Op<Value> {
    let line: string | undefined;
    if (e.src === undefined) line = yield* this.#readMain();
    else {
      const name = this.#str(yield* this.#eval(e.src));
      let reader = this.#inputs.get(`${e.how}${name}`);
      if (reader === undefined) {
        let fd: number;
        if (e.how === '<') {
          const opened = openInput(this.process, name);
          if (failed(opened)) return -1;
          fd = opened;
        } else {
          yield* wait(this.io.flush());
          const pipe = this.process.pipe();
          if (failed(pipe)) return -1;
          startChild(this.process, ['sh', '-c', name], {
            fds: [
              [0, 0],
              [1, pipe[1]],
              [2, 2],
            ],
          });
          this.process.close(pipe[1]);
          [fd] = pipe;
        }
        reader = new LineReader(this.process, fd);
        this.#inputs.set(`${e.how}${name}`, reader);
      }
      line = yield* wait(reader.nextText());
      if (line !== undefined && e.how === '|') this.#vars.set('NR', this.#num(this.#get('NR')) + 1);
    }
    if (line === undefined) return 0;
    if (e.l === undefined) this.#setRecord(line);
    else yield* this.#store(e.l, { s: line });
    return 1;
  }

  *#call(name: string, a: readonly Expr[]): Op<Value> {
    const user = this.program.functions.get(name);
    if (user !== undefined) return yield* this.#callUser(user, a);
    const [x, y, z] = a;
    if (name === 'split') {
      const text = this.#str(x === undefined ? '' : yield* this.#eval(x));
      const fs = z === undefined ? this.#str(this.#get('FS')) : z.t === 're' ? z.v : this.#str(yield* this.#eval(z));
      const parts =
        z?.t === 're' && text !== ''
          ? text.split(new RegExp(this.#regex(z, undefined).source.replace(/\((?!\?)/g, '(?:'), 'u'))
          : this.#splitText(text, fs);
      if (y?.t === 'var') {
        const m = this.#array(y.n);
        m.clear();
        parts.forEach((p, i) => m.set(String(i + 1), { s: p }));
      }
      return parts.length;
    }
    if (name === 'sub' || name === 'gsub')
      return yield* this.#sub(name === 'gsub', x, y, z ?? { t: 'field', e: { t: 'num', v: 0 } });
    if (name === 'length' && x?.t === 'var' && this.#scope(x.n).get(x.n) instanceof Map) return this.#array(x.n).size;
    if (name === 'match') {
      const text = this.#str(x === undefined ? '' : yield* this.#eval(x));
      const m = y === undefined ? null : this.#regex(y, y.t === 're' ? undefined : yield* this.#eval(y)).exec(text);
      this.#vars.set('RSTART', m === null ? 0 : m.index + 1);
      this.#vars.set('RLENGTH', m === null ? -1 : m[0].length);
      if (z?.t === 'var' && m !== null) {
        const arr = this.#array(z.n);
        arr.clear();
        m.forEach((g, i) => arr.set(String(i), { s: g ?? '' }));
      }
      return m === null ? 0 : m.index + 1;
    }
    const v: Value[] = [];
    for (const e of a) v.push(yield* this.#eval(e));
    const s = (i: number): string => this.#str(v[i] ?? '');
    const n = (i: number): number => this.#num(v[i] ?? '');
    switch (name) {
      case 'length':
        return [...(a.length === 0 ? this.#str(this.#field(0)) : s(0))].length;
      case 'substr': {
        const c = [...s(0)];
        const from = Math.round(n(1));
        const to = a.length > 2 ? from + Math.round(n(2)) : Infinity;
        return c.slice(Math.max(0, from - 1), Math.max(0, to - 1)).join('');
      }
      case 'index':
        return s(0).indexOf(s(1)) + 1;
      case 'toupper':
        return s(0).toUpperCase();
      case 'tolower':
        return s(0).toLowerCase();
      case 'sprintf':
        return this.#format(v);
      case 'int':
        return Math.trunc(n(0));
      case 'sqrt':
        return Math.sqrt(n(0));
      case 'rand': {
        this.#seed = (Math.imul(this.#seed, 1_103_515_245) + 12_345) >>> 0;
        return this.#seed / 4_294_967_296;
      }
      case 'srand': {
        const old = this.#seed;
        this.#seed = a.length === 0 ? Math.floor(this.process.time().realtimeUs / 1e6) : n(0) >>> 0;
        return old;
      }
      case 'systime':
        return Math.floor(this.process.time().realtimeUs / 1e6);
      case 'strftime':
        return strftime(
          a.length === 0 ? '%a %b %e %H:%M:%S %Z %Y' : s(0),
          a.length > 1 ? n(1) * 1e6 : this.process.time().realtimeUs,
        );
      case 'strtonum':
        return Number(s(0).trim()) || 0;
      case 'gensub': {
        const re = posixRegExp(a[0]?.t === 're' ? a[0].v : s(0), { extended: true, global: true }) ?? /(?!)/g;
        let seen = 0;
        const which = s(2);
        return (a.length > 3 ? s(3) : this.#str(this.#field(0))).replace(re, (...m: unknown[]) => {
          seen += 1;
          if (!/^[gG]/.test(which) && seen !== Number(which)) return String(m[0]);
          return s(1).replace(/\\(\d)|&/g, (w, d?: string) =>
            d === undefined ? (w === '&' ? String(m[0]) : w) : String(m[Number(d)] ?? ''),
          );
        });
      }
      case 'system': {
        yield* wait(this.io.flush());
        const pid = startChild(this.process, ['sh', '-c', s(0)]);
        if (typeof pid !== 'number') return 127;
        const r = yield* wait(waitFor(this.process, pid));
        return r.type === 'done' ? r.code : 127;
      }
      case 'close': {
        const o = this.#outputs.get(s(0));
        if (o !== undefined) {
          this.process.close(o.fd);
          this.#outputs.delete(s(0));
          if (o.pid !== undefined) yield* wait(waitFor(this.process, o.pid));
        }
        this.#inputs.delete(`<${s(0)}`);
        this.#inputs.delete(`|${s(0)}`);
        return 0;
      }
      case 'fflush':
        yield* wait(this.io.flush());
        return 0;
      case 'sin':
      case 'cos':
      case 'atan2':
      case 'exp':
      case 'log':
        yield* wait(this.io.raw(`drydock: 'awk ${name}()' is not simulated\n`));
        this.#status = 2;
        return 0;
      default:
        yield* wait(this.io.raw(`awk: line 1: function ${name} never defined\n`));
        this.#status = 2;
        return '';
    }
  }
  *#callUser(f: { readonly params: readonly string[]; readonly body: Stmt }, a: readonly Expr[]): Op<Value> {
    if (this.#locals.length > 1_000) {
      yield* wait(this.io.raw('awk: function call nesting too deep (drydock bound: 1000)\n'));
      return '';
    }
    const scope = new Map<string, Cell>();
    for (const [i, p] of f.params.entries()) {
      const arg = a[i];
      if (arg === undefined) scope.set(p, undefined);
      else if (
        arg.t === 'var' &&
        (this.#scope(arg.n).get(arg.n) instanceof Map || this.#scope(arg.n).get(arg.n) === undefined)
      ) {
        const existing = this.#scope(arg.n).get(arg.n);
        scope.set(p, existing ?? (this.#vars.has(arg.n) ? '' : this.#array(arg.n)));
      } else scope.set(p, yield* this.#eval(arg));
    }
    this.#locals.push(scope);
    this.#result = '';
    yield* this.#exec(f.body);
    this.#locals.pop();
    const result = this.#result;
    this.#result = '';
    return result;
  }
  *#sub(global: boolean, x: Expr | undefined, y: Expr | undefined, target: Expr): Op<Value> {
    if (x === undefined || y === undefined) return 0;
    const re = this.#regex(x, x.t === 're' ? undefined : yield* this.#eval(x), true);
    const rep = this.#str(yield* this.#eval(y));
    const text = this.#str(yield* this.#eval(target));
    let count = 0;
    re.lastIndex = 0;
    const next = text.replace(re, (m: string) => {
      if (!global && count > 0) return m;
      count += 1;
      return rep.replace(/\\\\&|\\&|&/g, (w) => (w === '&' ? m : w === '\\&' ? '&' : `\\${m}`));
    });
    if (count > 0) yield* this.#store(target, { s: next });
    return count;
  }
}

function arithmetic(op: string, a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    default: {
      let r = 1;
      if (Number.isInteger(b) && b >= 0 && b < 1_024) {
        for (let i = 0; i < b; i += 1) r *= a;
        return r;
      }
      return b === 0.5 ? Math.sqrt(a) : Number.NaN;
    }
  }
}
