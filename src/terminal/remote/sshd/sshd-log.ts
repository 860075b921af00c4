/** What sshd writes to its log, by LogLevel. */
import type { Process } from '../../../protocol/program.ts';
import { textToBytes } from '../../text.ts';
import type { SshdConfig } from './sshd-config.ts';

/** Writes to the log. */
export const log = async (process: Process, text: string): Promise<void> => {
  await process.write(2, textToBytes(`${text}\n`));
};

const ORDER: readonly SshdConfig['logLevel'][] = ['quiet', 'error', 'info', 'verbose'];

/** Writes what a level lets through. */
export async function logAt(
  process: Process,
  { logLevel }: Pick<SshdConfig, 'logLevel'>,
  level: 'error' | 'info' | 'verbose',
  text: string,
): Promise<void> {
  if (ORDER.indexOf(level) <= ORDER.indexOf(logLevel)) await log(process, text);
}
