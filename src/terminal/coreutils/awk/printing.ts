/** print and printf of awk: what they write, and where to. */
import type { Op } from '../../shell/machine/op.ts';
import { wait } from '../../shell/machine/op.ts';
import { formatText, MissingArgument } from './format.ts';
import type { AwkInterpreter } from './interpreter.ts';
import type { Statement } from './syntax.ts';
import type { Value } from './values.ts';
import { toText } from './values.ts';

type Print = Extract<Statement, { type: 'print' | 'printf' }>;

export function* runPrint(awk: AwkInterpreter, { type, args, target }: Print): Op<void> {
  const values: Value[] = [];
  for (const arg of args) values.push(yield* awk.evaluate(arg));
  const text = type === 'printf' ? formatValues(awk, values, 'printf') : lineOf(awk, values);
  if (target !== undefined) {
    const name = awk.toText(yield* awk.evaluate(target.name));
    const problem = yield* wait(awk.streams.write(target.how, name, text));
    if (problem !== undefined) awk.fail(problem);
    return;
  }
  awk.io.out(text);
  if (awk.io.full) yield* wait(awk.io.flush());
}

function lineOf(awk: AwkInterpreter, values: readonly Value[]): string {
  if (values.length === 0) return awk.recordText() + awk.text('ORS');
  const shown = values.map((value) => toText(value, awk.numberFormat('OFMT')));
  return shown.join(awk.text('OFS')) + awk.text('ORS');
}

/** The text of printf and sprintf. */
export function formatValues(awk: AwkInterpreter, values: readonly Value[], name: string): string {
  const [first, ...rest] = values;
  const format = awk.toText(first);
  try {
    return formatText(format, rest, awk.numberFormat('CONVFMT'));
  } catch (error) {
    if (!(error instanceof MissingArgument)) throw error;
    const [file, fnr, nr] = ['FILENAME', 'FNR', 'NR'].map((variable) => awk.text(variable));
    return awk.fail(
      `run time error: not enough arguments passed to ${name}("${format}")\n\tFILENAME="${file ?? ''}" FNR=${fnr ?? ''} NR=${nr ?? ''}`,
    );
  }
}
