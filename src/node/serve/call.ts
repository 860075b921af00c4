/** An exchange with the simulation, opened and fed between events. */
import type { BodyChunk, ChannelFrame, Exchange, ExchangeEvent, HttpRequest } from '../../protocol/http.ts';

export type Listener = (event: ExchangeEvent) => void;

/** One server of the simulation as the adaptor sees it. */
export interface Backend {
  open(request: HttpRequest, options: { readonly streamingBody: boolean }, listener: Listener): Call;
}

/** A protocol that began when the simulation agreed to switch. */
export interface Switched {
  frame(frame: ChannelFrame): void;
  ended(): void;
}

export class Call {
  #exchange: Exchange | undefined;
  #over = false;
  #answered = false;
  /** Frames and the end wait for the head: before it the server would take them for the request. */
  #early: (() => void)[] = [];

  constructor(
    private readonly act: (work: () => void) => void,
    open: () => Exchange,
    listener: Listener,
  ) {
    act(() => {
      if (this.#over) return;
      this.#exchange = open();
      this.#exchange.listen((event) => {
        if (event.type === 'end') this.#over = true;
        if (event.type === 'head') {
          this.#answered = true;
          // Sent after the head's own listener has run.
          act(() => {
            for (const work of this.#early.splice(0)) work();
          });
        }
        listener(event);
      });
    });
  }

  send(chunk: BodyChunk): void {
    this.act(() => this.#exchange?.send(chunk));
  }

  /** The request's body is complete. */
  endBody(): void {
    this.act(() => this.#exchange?.finish());
  }

  sendFrame(frame: ChannelFrame): void {
    this.#afterHead(() => this.#exchange?.sendFrame(frame));
  }

  /** The client's side of an upgraded connection is at its end. */
  halfClose(): void {
    this.#afterHead(() => this.#exchange?.finish());
  }

  abort(): void {
    this.act(() => {
      if (this.#over) return;
      this.#over = true;
      this.#exchange?.abort();
    });
  }

  #afterHead(work: () => void): void {
    this.act(() => {
      if (this.#answered && this.#early.length === 0) work();
      else this.#early.push(work);
    });
  }
}
