import { posixRegExp } from '../../posix-regex.ts';

/** A record ($0) and its fields: split when a field is asked for, joined again when one was changed. */
export class AwkRecord {
  #text = '';
  #fields: string[] = [];
  #separator = ' ';
  #paragraph = false;
  #isSplit = true;
  #isStale = false;

  /** A new record, to be split by `separator`; where records are paragraphs a newline separates fields as well. */
  set(text: string, separator: string, paragraph: boolean): void {
    this.#text = text;
    this.#separator = separator;
    this.#paragraph = paragraph;
    this.#isSplit = false;
    this.#isStale = false;
  }

  text(outputSeparator: string): string {
    if (this.#isStale) this.#text = this.#all().join(outputSeparator);
    this.#isStale = false;
    return this.#text;
  }

  get count(): number {
    return this.#all().length;
  }
  /** A number of fields other than there are cuts or fills them. */
  set count(count: number) {
    const fields = this.#all();
    fields.length = Math.min(fields.length, Math.max(0, count));
    while (fields.length < count) fields.push('');
    this.#isStale = true;
  }

  field(index: number): string | undefined {
    return this.#all()[index - 1];
  }
  setField(index: number, text: string): void {
    const fields = this.#all();
    while (fields.length < index) fields.push('');
    fields[index - 1] = text;
    this.#isStale = true;
  }

  #all(): string[] {
    if (!this.#isSplit) this.#fields = splitFields(this.#text, this.#separator, this.#paragraph);
    this.#isSplit = true;
    return this.#fields;
  }
}

/** The fields of a text by FS or split()'s third argument. */
export function splitFields(text: string, separator: string, paragraph = false): string[] {
  if (text === '') return [];
  if (separator === ' ') {
    const trimmed = text.replace(/^[ \t\n]+|[ \t\n]+$/g, '');
    return trimmed === '' ? [] : trimmed.split(/[ \t\n]+/);
  }
  if (separator === '') return [...text];
  if (separator.length === 1 && !paragraph) return text.split(separator);
  const source = separator.length === 1 ? `[${separator}]` : separator;
  return splitByRegex(text, paragraph ? `${source}|\n` : source);
}

export function splitByRegex(text: string, source: string): string[] {
  const regex = posixRegExp(source, { extended: true, dialect: 'awk', global: true });
  if (text === '') return [];
  if (regex === undefined) return [text];
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(regex)) {
    if (match[0] === '') continue;
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}
