/** News for the page: gathered, at most one batch per frame, and no more under way than the page takes. */
import type { PageBatch } from '../src/protocol/page.ts';
import type { Output } from '../src/protocol/simulation.ts';
import { outside } from './guard-globals.ts';
import { type News, mergeNews } from './merge-news.ts';
import { mergeOutputs } from './merge-outputs.ts';

const FRAME_MS = 16;
/** What a terminal prints waits only for what it printed before: a key's echo has to be in the next frame. */
const ECHO_MS = 4;
const MAX_UNDER_WAY = 4;

export class PageStream {
  #number = 0;
  #acknowledged = 0;
  #outputs: Output[] = [];
  #news: News | undefined;
  #sentMs = 0;
  #printedMs = 0;
  #next: { readonly dueMs: number; readonly cancel: () => void } | undefined;

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
    this.#news = mergeNews(this.#news ?? {}, news);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#number - this.#acknowledged >= MAX_UNDER_WAY) return;
    if (this.#outputs.length === 0 && this.#news === undefined) return;
    const dueMs = this.#outputs.length > 0 ? this.#printedMs + ECHO_MS : this.#sentMs + FRAME_MS;
    if (this.#next !== undefined && this.#next.dueMs <= dueMs) return;
    this.#next?.cancel();
    const waitMs = dueMs - outside.wallMs();
    if (waitMs > 0) this.#next = { dueMs, cancel: outside.after(waitMs, () => this.#send()) };
    else {
      this.#next = { dueMs, cancel: () => undefined };
      void outside.macrotask().then(() => this.#send());
    }
  }

  #send(): void {
    this.#next = undefined;
    if (this.#outputs.length === 0 && this.#news === undefined) return;
    this.#sentMs = outside.wallMs();
    if (this.#outputs.length > 0) this.#printedMs = this.#sentMs;
    this.#number += 1;
    const batch: PageBatch = { ...this.#news, number: this.#number, outputs: mergeOutputs(this.#outputs) };
    this.#outputs = [];
    this.#news = undefined;
    this.port.postMessage(batch);
  }
}
