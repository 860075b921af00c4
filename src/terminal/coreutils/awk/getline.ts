import type { Op } from '../../shell/machine/op.ts';
import { wait } from '../../shell/machine/op.ts';
import type { AwkInterpreter } from './interpreter.ts';
import type { Expression } from './syntax.ts';
import type { Value } from './values.ts';
import { toNumber } from './values.ts';

/** `getline` in its forms: 1 with a record, 0 at the end, -1 where there is no such input. */
export function* getline(
  awk: AwkInterpreter,
  { from, source, place }: Extract<Expression, { type: 'getline' }>,
): Op<Value> {
  let record: string | undefined;
  if (from === 'input' || source === undefined) record = yield* awk.input.next();
  else {
    const name = awk.toText(yield* awk.evaluate(source));
    const reader = yield* wait(awk.streams.input(from, name));
    if (reader === undefined) return -1;
    record = reader.ready(awk.text('RS')) ?? (yield* wait(reader.next(awk.text('RS'))));
    if (record !== undefined && from === 'command') awk.variables.set('NR', toNumber(awk.variables.get('NR')) + 1);
  }
  if (record === undefined) return 0;
  if (place === undefined) awk.setRecord(record);
  else yield* awk.store(place, { text: record });
  return 1;
}
