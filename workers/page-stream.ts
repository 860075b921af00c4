/** News for the page: gathered, at most one batch per frame, and no more under way than the page takes. */
import type { PageBatch } from '../src/protocol/page.ts';
import type { Output } from '../src/protocol/simulation.ts';
import { outside } from './guard-globals.ts';
import { mergeOutputs } from './merge-outputs.ts';

const FRAME_MS = 16;
const MAX_UNDER_WAY = 4;
type News = Omit<PageBatch, 'number' | 'outputs'>;

export class PageStream {
  #number = 0;
  #acknowledged = 0;
  #outputs: Output[] = [];
  #news: News | undefined;
  #sentMs = 0;
  #scheduled = false;

  constructor(private readonly port: MessagePort) {
    port.onmessage = ({ data }: MessageEvent<{ acknowledged: number }>) => {
      this.#acknowledged = data.acknowledged;
      this.#schedule();
    };
  }

  output(output: Output): void {
    this.#outputs.push(output);
    if (this.#outputs.length % 256 === 0) this.#outputs = mergeOutputs(this.#outputs);
    this.#schedule();
  }

  tell(news: News): void {
    this.#news = { ...this.#news, ...news };
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#number - this.#acknowledged >= MAX_UNDER_WAY) return;
    if (this.#outputs.length === 0 && this.#news === undefined) return;
    this.#scheduled = true;
    const waitMs = Math.max(0, FRAME_MS - (outside.wallMs() - this.#sentMs));
    if (waitMs === 0) void outside.macrotask().then(() => this.#send());
    else outside.after(waitMs, () => this.#send());
  }

  #send(): void {
    this.#scheduled = false;
    this.#sentMs = outside.wallMs();
    this.#number += 1;
    const batch: PageBatch = { ...this.#news, number: this.#number, outputs: mergeOutputs(this.#outputs) };
    this.#outputs = [];
    this.#news = undefined;
    this.port.postMessage(batch);
  }
}
