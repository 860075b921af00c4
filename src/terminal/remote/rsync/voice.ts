/** How an end of rsync is heard: the client on its own streams, the server through the client. */
import { textToBytes } from '../../text.ts';
import type { Channel } from './channel.ts';

export interface Voice {
  /** A line for standard output. */
  say(line: string): Promise<void>;
  /** A line for standard error. */
  complain(line: string): Promise<void>;
}

export class ServerVoice implements Voice {
  constructor(private readonly channel: Channel) {}

  async say(line: string): Promise<void> {
    await this.channel.send('say', textToBytes(line));
  }
  async complain(line: string): Promise<void> {
    await this.channel.send('complain', textToBytes(line));
  }
}
