/** Sends the view when it has changed, not more often than a picture can show. */
import type { WorldView } from '../src/protocol/simulation.ts';
import { outside } from './guard-globals.ts';
import type { PageStream } from './page-stream.ts';

const CHANGED_EVERY_MS = 32;
/** The clock alone moves on. */
const CLOCK_EVERY_MS = 200;

export class ViewFeed {
  #last: WorldView | undefined;
  #sentMs = 0;

  constructor(
    private readonly view: () => WorldView,
    private readonly stream: PageStream,
  ) {}

  start(): void {
    const look = (): void => {
      this.#look();
      outside.after(CHANGED_EVERY_MS, look);
    };
    look();
  }

  #look(): void {
    const view = this.view();
    const last = this.#last;
    const now = outside.wallMs();
    const changed =
      last === undefined || last.pods !== view.pods || last.nodes !== view.nodes || last.services !== view.services;
    const clockDue = view.nowMs !== last?.nowMs && now - this.#sentMs >= CLOCK_EVERY_MS;
    if (!changed && !clockDue) return;
    this.#last = view;
    this.#sentMs = now;
    this.stream.tell({ view });
  }
}
