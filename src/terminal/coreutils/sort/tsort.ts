/** tsort: an order in which every first item of a pair comes before its second. */
import { failed } from '../../../protocol/errno.ts';
import { readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { command, usageError, warnOfInput } from '../command.ts';

interface Item {
  readonly name: string;
  readonly after: string[];
  before: number;
}

export const tsort = command({ name: 'tsort', short: '' }, async (call) => {
  const { process, io, operands } = call;
  const [file = '-', extra] = operands;
  if (extra !== undefined) return await usageError(call, `extra operand '${extra}'`);
  const bytes = await readOperand(process, file);
  if (failed(bytes)) {
    await warnOfInput(call, file, bytes);
    return 1;
  }
  const words = bytesToText(bytes)
    .split(/[ \t\n]+/)
    .filter((each) => each !== '');
  if (words.length % 2 !== 0) {
    await io.warn(`${file}: input contains an odd number of tokens`);
    return 1;
  }
  const items = relate(words);
  let status = 0;
  while (items.size > 0) {
    takeFree(items, (name) => {
      io.line(name);
    });
    if (items.size === 0) break;
    status = 1;
    await io.flush();
    await io.warn(`${file}: input contains a loop:`);
    for (const name of breakLoop(items)) await io.warn(name);
  }
  return await io.end(status);
});

function relate(words: readonly string[]): Map<string, Item> {
  const items = new Map<string, Item>();
  const itemOf = (name: string): Item => {
    const known = items.get(name);
    if (known !== undefined) return known;
    const made: Item = { name, after: [], before: 0 };
    items.set(name, made);
    return made;
  };
  for (let at = 0; at < words.length; at += 2) {
    const [first, second] = [itemOf(words[at] ?? ''), itemOf(words[at + 1] ?? '')];
    if (first === second) continue;
    first.after.push(second.name);
    second.before += 1;
  }
  return new Map([...items].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Those that nothing stands before, and what they set free. */
function takeFree(items: Map<string, Item>, take: (name: string) => void): void {
  const queue = [...items.values()].filter(({ before }) => before === 0);
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
    take(item.name);
    items.delete(item.name);
    for (const name of item.after.toReversed()) {
      const next = items.get(name);
      if (next === undefined) continue;
      next.before -= 1;
      if (next.before === 0) queue.push(next);
    }
  }
}

/**
 * The members of one loop; the relation that closes it is taken away, so that the rest has an order. Which ones these are
 * follows from how the real one looks: through the items by name, again and again, and each that stands right before the
 * head of a chain becomes its head, until one would for the second time.
 */
function breakLoop(items: ReadonlyMap<string, Item>): readonly string[] {
  const byName = [...items.values()];
  let [head, ...rest] = byName;
  const behind = new Map<Item, Item>();
  for (; ; rest = byName)
    for (const item of rest) {
      const at = head === undefined ? -1 : item.after.lastIndexOf(head.name);
      if (at < 0 || head === undefined) continue;
      if (!behind.has(item)) {
        behind.set(item, head);
        head = item;
        continue;
      }
      item.after.splice(at, 1);
      head.before -= 1;
      const names = [head.name];
      for (let next = head; next !== item; names.push(next.name)) next = behind.get(next) ?? item;
      return names;
    }
}
