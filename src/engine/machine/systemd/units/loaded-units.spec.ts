import { expect, test } from 'vitest';
import { decodePlain, encodePlain } from '../../../sim/plain-codec.ts';
import { worldOf } from '../../kernel/kernel.spec-support.ts';
import { HostSystemd } from '../host-systemd.ts';
import { LoadedUnits } from './loaded-units.ts';

const PATH = '/usr/lib/systemd/system/job.service';
const text = (word: string): string => `[Service]\nNonsense=1\nExecStart=/bin/job ${word}\n`;

test('what was read is what was read, also after a restore, until it is read anew', () => {
  const world = worldOf([], { entries: [{ path: PATH.slice(1), type: 'file', text: text('one') }] });
  const { simulation, kernel, files } = world;
  const systemd = new HostSystemd({ simulation, host: 'alpha', kernel, files });
  const remarks = (): number => systemd.journal({ unit: 'job.service' }).length;
  const before = new LoadedUnits(systemd);
  const read = before.get('job.service');
  expect(remarks()).toBe(1);

  files.root.write(PATH, text('two'));
  const after = new LoadedUnits(systemd);
  after.restore(decodePlain(encodePlain(before.snapshot())));
  expect(after.get('job.service')).toEqual(read);
  expect(remarks()).toBe(1);

  after.clear();
  expect(after.get('job.service').text).toBe(text('two'));
  expect(remarks()).toBe(2);
});
