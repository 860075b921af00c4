/** What tabs of one sandbox tell each other: the owner's news, a newcomer's hello, a wish to take over. */
import type { PageBatch } from '../../protocol/page.ts';
import type { WorldView } from '../../protocol/simulation.ts';

/** What a tab that only follows has to know at first. */
export interface FollowedState {
  readonly hosts: readonly string[];
  readonly view: WorldView | undefined;
  readonly terminals: readonly { readonly terminal: string; readonly host: string; readonly scrollback: Uint8Array }[];
}

export type TabMessage =
  | { readonly type: 'hello' }
  | { readonly type: 'state'; readonly state: FollowedState }
  | { readonly type: 'batch'; readonly batch: PageBatch }
  | { readonly type: 'give-way' };

export class TabChannel {
  readonly #channel: BroadcastChannel;

  constructor(id: string, listener: (message: TabMessage) => void) {
    this.#channel = new BroadcastChannel(`drydock:${id}`);
    this.#channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
      listener(data);
    };
  }

  tell(message: TabMessage): void {
    this.#channel.postMessage(message);
  }

  close(): void {
    this.#channel.close();
  }
}
