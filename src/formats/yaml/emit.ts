/**
 * Prints YAML as `kubectl -o yaml` does: go-yaml v2's emitter with width 80 and sequences not indented.
 * Leaves out: complex keys (over 128 characters or with line breaks), which no Kubernetes object has.
 */
import { formatGoFloat } from '../go-number.ts';
import { compareYamlKeys } from './key-order.ts';
import { isPlainString } from './resolve.ts';
import { writeScalar } from './emit-scalar.ts';

/** Text of one document, final newline included, without `---`. `undefined` members are left out. */
export function stringifyYaml(value: unknown, options: { readonly sortKeys?: boolean } = {}): string {
  const emitter = new Emitter(options.sortKeys ?? true);
  emitter.node(value, 0, 'root');
  return `${emitter.text()}\n`;
}

type Context = 'root' | 'sequence-item' | 'mapping-value';

class Emitter {
  private readonly parts: string[] = [];
  private readonly sortKeys: boolean;
  private column = 0;

  constructor(sortKeys: boolean) {
    this.sortKeys = sortKeys;
  }

  text(): string {
    return this.parts.join('');
  }

  /** `indent` is the column of the block that holds the value. */
  node(value: unknown, indent: number, context: Context): void {
    if (Array.isArray(value)) this.sequence(value, indent, context);
    else if (typeof value === 'object' && value !== null) this.mapping(value, indent, context);
    else this.scalar(value, indent, context);
  }

  private scalar(value: unknown, indent: number, context: Context): void {
    const lead = context === 'mapping-value' ? ' ' : '';
    const further = context === 'sequence-item' ? indent : indent + 2;
    const text = typeof value === 'string' ? writeText(value, further, this.column + lead.length) : writeOther(value);
    this.put(lead + text);
  }

  private sequence(items: readonly unknown[], indent: number, context: Context): void {
    if (items.length === 0) {
      this.put(context === 'mapping-value' ? ' []' : '[]');
      return;
    }
    // A sequence in a mapping stands at the column of its key; elsewhere its dash goes on in the same line.
    let first = context !== 'mapping-value';
    for (const item of items) {
      if (first) first = false;
      else this.newline(indent);
      this.put('- ');
      this.node(item, indent + 2, 'sequence-item');
    }
  }

  private mapping(value: object, indent: number, context: Context): void {
    const entries = Object.entries(value).filter((entry) => entry[1] !== undefined);
    if (entries.length === 0) {
      this.put(context === 'mapping-value' ? ' {}' : '{}');
      return;
    }
    if (this.sortKeys) entries.sort(([a], [b]) => compareYamlKeys(a, b));
    const column = context === 'mapping-value' ? indent + 2 : indent;
    let first = context !== 'mapping-value';
    for (const [key, item] of entries) {
      if (first) first = false;
      else this.newline(column);
      this.put(`${writeKey(key)}:`);
      this.node(item, column, 'mapping-value');
    }
  }

  private newline(indent: number): void {
    this.parts.push('\n', ' '.repeat(indent));
    this.column = indent;
  }

  private put(text: string): void {
    this.parts.push(text);
    this.column += text.length;
  }
}

const SIMPLE = /^[A-Za-z_/][A-Za-z0-9_./-]*$/;

function writeKey(key: string): string {
  if (key.length > 3 && key.length < 40 && SIMPLE.test(key) && isPlainString(key)) return key;
  return writeScalar(key, { isKey: true, plain: isPlainString(key), indent: 0, column: 0 });
}

function writeText(text: string, indent: number, column: number): string {
  const plain = isPlainString(text);
  if (plain && text.length < 64 && SIMPLE.test(text)) return text;
  return writeScalar(text, { isKey: false, plain, indent, column });
}

function writeOther(value: unknown): string {
  if (typeof value === 'number') {
    if (Number.isInteger(value) && Math.abs(value) < 2 ** 64) return BigInt(value).toString();
    return formatGoFloat(value);
  }
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return 'null';
}
