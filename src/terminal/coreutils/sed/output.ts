import { failed } from '../../../protocol/errno.ts';
import { textToBytes } from '../../text.ts';
import type { Invocation } from '../command.ts';

/** Where text goes. A line that had no end of line gets one as soon as more text follows it. */
class Sink {
  readonly #write: (text: string) => void;
  #unfinished = false;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }
  put(text: string, end: string, newline = true): void {
    this.#write((this.#unfinished ? end : '') + text + (newline ? end : ''));
    this.#unfinished = !newline;
  }
  raw(text: string, end: string): void {
    this.#write((this.#unfinished ? end : '') + text);
    this.#unfinished = false;
  }
}

/** Standard output or the file edited in place, and the files of `w`. */
export class SedOutput {
  readonly #call: Invocation;
  readonly #end: string;
  readonly #standard: Sink;
  #main: Sink;
  #edited = '';
  readonly #files = new Map<string, { readonly sink: Sink; text: string }>();

  constructor(call: Invocation) {
    this.#call = call;
    this.#end = call.options.has('z') ? '\0' : '\n';
    this.#standard = new Sink((text) => {
      call.io.out(text);
    });
    this.#main = this.#standard;
  }

  line(text: string, newline = true): void {
    this.#main.put(text, this.#end, newline);
  }
  /** Text with its own ends of lines. */
  raw(text: string): void {
    this.#main.raw(text, this.#end);
  }

  /** Makes sure that a file of `w` is there, empty. */
  open(path: string): void {
    if (path === '/dev/stdout' || path === '/dev/stderr' || this.#files.has(path)) return;
    const file = {
      text: '',
      sink: new Sink((text) => {
        file.text += text;
      }),
    };
    this.#files.set(path, file);
    this.#call.process.writeFile(path, textToBytes(''));
  }
  lineTo(path: string, text: string, newline = true): void {
    if (path === '/dev/stdout') this.#standard.put(text, this.#end, newline);
    else this.#files.get(path)?.sink.put(text, this.#end, newline);
  }

  /** With -i, what is printed from now on is the new text of this file. */
  beginEdit(): void {
    this.#edited = '';
    this.#main = new Sink((text) => {
      this.#edited += text;
    });
  }
  endEdit(name: string): void {
    const { process, options } = this.#call;
    const suffix = options.value('i') ?? '';
    const stat = process.stat(name);
    if (suffix !== '') process.rename(name, suffix.includes('*') ? suffix.replace('*', name) : name + suffix);
    process.writeFile(name, textToBytes(this.#edited), failed(stat) ? {} : { mode: stat.mode });
  }

  close(): void {
    for (const [path, { text }] of this.#files) this.#call.process.writeFile(path, textToBytes(text));
  }
}
