import { failed, strerror } from '../../../protocol/errno.ts';
import { openInput } from '../../io.ts';
import type { Op } from '../../shell/machine/op.ts';
import { wait } from '../../shell/machine/op.ts';
import type { AwkInterpreter } from './interpreter.ts';
import { RecordReader } from './record-reader.ts';
import { toNumber } from './values.ts';

/** The records of the files that ARGV names at that moment, or of standard input. */
export class MainInput {
  readonly #awk: AwkInterpreter;
  #reader: RecordReader | undefined;
  /** The next index of ARGV to look at. */
  #next = 1;
  #opened = false;

  constructor(awk: AwkInterpreter) {
    this.#awk = awk;
  }

  /** The next record, counted in NR and FNR. */
  *next(): Op<string | undefined> {
    const { variables, io } = this.#awk;
    for (;;) {
      if (this.#reader === undefined && !this.#open()) return undefined;
      const separator = this.#awk.text('RS');
      let record = this.#reader?.ready(separator);
      if (record === undefined) {
        yield* wait(io.flush());
        record = yield* wait(this.#reader?.next(separator) ?? Promise.resolve(undefined));
      }
      if (record === undefined) {
        const failure = this.#reader?.failure;
        if (failure !== undefined) return this.#awk.fail(`read error (${strerror(failure)})`);
        this.skipFile();
        continue;
      }
      variables.set('NR', toNumber(variables.get('NR')) + 1);
      variables.set('FNR', toNumber(variables.get('FNR')) + 1);
      return record;
    }
  }

  skipFile(): void {
    this.#reader?.close();
    this.#reader = undefined;
  }

  #open(): boolean {
    const { variables, process } = this.#awk;
    const name = this.#nextOperand();
    if (name === undefined) return false;
    this.#opened = true;
    const fd = openInput(process, name);
    if (failed(fd)) return this.#awk.fail(`cannot open ${name} (${strerror(fd)})`);
    variables.set('FILENAME', name === '-' ? '' : name);
    variables.set('FNR', 0);
    this.#reader = new RecordReader(process, fd);
    return true;
  }

  /** The next file; assignments among the operands are done on the way. */
  #nextOperand(): string | undefined {
    const { variables } = this.#awk;
    while (this.#next < toNumber(variables.get('ARGC'))) {
      const text = this.#awk.toText(variables.array('ARGV').get(String(this.#next)));
      this.#next += 1;
      if (/^[A-Za-z_]\w*=/.test(text)) this.#awk.assign(text);
      else if (text !== '') return text;
    }
    return this.#opened ? undefined : '-';
  }
}
