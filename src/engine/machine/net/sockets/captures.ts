/** Packet sockets: the tap of the lab is set while there is one, and a frame goes to those that its link's namespace has. */
import { describeFrame, type SeenFrame } from '../capture.ts';
import type { NetnsId } from '../interface.ts';
import type { Socket } from './socket.ts';
import type { SocketTable } from './table.ts';

export class Captures {
  readonly #sockets = new Map<NetnsId, Set<Socket>>();

  constructor(private readonly table: SocketTable) {}

  add(socket: Socket): void {
    const known = this.#sockets.get(socket.netns);
    if (known === undefined) this.#sockets.set(socket.netns, new Set([socket]));
    else known.add(socket);
    this.table.lab.tap = (seen) => {
      this.#show(seen);
    };
  }

  delete(socket: Socket): void {
    const known = this.#sockets.get(socket.netns);
    known?.delete(socket);
    if (known?.size === 0) this.#sockets.delete(socket.netns);
    if (this.#sockets.size === 0) this.table.lab.tap = undefined;
  }

  clear(): void {
    this.#sockets.clear();
    this.table.lab.tap = undefined;
  }

  #show(seen: SeenFrame): void {
    for (const socket of this.#sockets.get(seen.link.netns) ?? []) {
      if (socket.device !== undefined && socket.device !== seen.link.name) continue;
      // What is described now arrives when the frame does: translations further on change the packet.
      this.table.schedule(seen.afterUs, 'capture.frame', { to: socket.id, value: describeFrame(seen) });
    }
  }
}
