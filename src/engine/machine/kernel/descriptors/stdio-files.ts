/** What a new process finds at its descriptors, as the component that starts it says. */
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { OpenFlags } from '../../../../protocol/program.ts';
import type { DescriptorTable } from './descriptor-table.ts';
import type { StdioSpec } from '../interface.ts';
import { pipePath, type OpenFile } from './open-files.ts';
import type { ProcessRecord } from '../processes/process-record.ts';

/** The open file for a descriptor; none where there is nothing to inherit. */
export function stdioFile(
  table: DescriptorTable,
  record: ProcessRecord,
  fd: number,
  spec: StdioSpec,
  parent: ProcessRecord | undefined,
): Result<OpenFile | undefined> {
  const { streams, ttys } = table.kernel;
  const oneWay: OpenFlags = fd === 0 ? { read: true } : { write: true };
  const bothWays: OpenFlags = { read: true, write: true };
  switch (spec.type) {
    case 'null':
      return table.make({ type: 'device', device: 'null' }, bothWays, '/dev/null', undefined);
    case 'stream': {
      if (streams.get(spec.stream) === undefined) return fail('EBADF');
      const end = fd === 0 ? 'read' : 'write';
      return table.make({ type: 'pipe', pipe: spec.stream, end }, oneWay, pipePath(spec.stream), undefined);
    }
    case 'tty':
      if (!ttys.exists(spec.tty)) return fail('EIO');
      return table.make({ type: 'tty', tty: spec.tty }, bothWays, ttys.name(spec.tty), undefined);
    case 'inherit':
      return (spec.of === undefined ? parent : table.kernel.records.get(spec.of))?.descriptors.get(spec.fd ?? fd)?.file;
    case 'file': {
      const appending: OpenFlags = { write: true, create: true, append: true };
      const opened = table.calls(record).open(spec.path, fd === 0 ? oneWay : appending, 0o644);
      if (failed(opened)) return opened;
      const flags = fd === 0 ? oneWay : { write: true, append: true };
      return table.make({ type: 'node', place: opened.place }, flags, spec.path, opened.place);
    }
    default:
      return spec;
  }
}
