import type { Io } from '../../io.ts';

/** OpenSSH's error(): each message ends as on a raw terminal. */
export const complain = async (io: Io, text: string): Promise<void> => {
  await io.raw(`${text}\n`.replace(/\n/g, '\r\n'));
};
