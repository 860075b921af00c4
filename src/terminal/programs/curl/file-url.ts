/** file:// URLs. */
import { failed } from '../../../protocol/errno.ts';
import { strftime } from '../../strftime.ts';
import { percentDecode } from '../../url.ts';
import { newFacts, type TransferFacts } from './facts.ts';
import { progressOf } from './meter.ts';
import type { Session, TransferFailure } from './session.ts';
import type { Settings } from './settings.ts';
import { fileName, Sink } from './sink.ts';
import type { TransferPlace } from './transfer.ts';

export function fileTransfer(
  { process, io }: Session,
  settings: Settings,
  place: TransferPlace,
): { readonly facts: TransferFacts; run(): Promise<TransferFailure | undefined> } {
  const facts = newFacts(place.url.text, place.urlIndex, place.transferIndex, process.time().monotonicUs);
  const path = percentDecode(place.url.text.replace(/^file:\/\/(localhost)?/i, ''));
  const run = async (): Promise<TransferFailure | undefined> => {
    const bytes = process.readFile(path);
    if (failed(bytes)) return { code: 37, message: `Couldn't open file ${path}` };
    const name = fileName(settings, place.url, path, place.urlIndex);
    const meter = progressOf(process, io, settings, name === undefined && process.isatty(1));
    const stat = process.stat(path);
    if (settings.on('head') && !failed(stat)) {
      const modified = strftime('%a, %d %b %Y %H:%M:%S GMT', stat.modifiedMs * 1_000);
      io.out(`Content-Length: ${String(stat.size)}\r\nAccept-ranges: bytes\r\nLast-Modified: ${modified}\r\n`);
      return undefined;
    }
    facts.received = bytes.length;
    await meter?.begin(0);
    meter?.expect(bytes.length);
    await meter?.receive(bytes.length);
    await meter?.end();
    const sink = new Sink(process, io, settings, name);
    const written = (await sink.write(bytes)) && sink.finish(false);
    return written ? undefined : { code: 23, message: 'Failure writing output to destination' };
  };
  return { facts, run };
}
