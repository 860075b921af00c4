/** vmstat on a live host: what the machine counts, and a word about what it does not. */
import { expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';

const NOTE = "drydock: 'vmstat' bi, bo, in and cs are not simulated\n";

test('what is not counted has a dash, and what is not modelled is refused', async () => {
  const lab = await LabScripts.open('docker-1');
  const { stdout, stderr, code } = await lab.run('vmstat 1 2 | tail -n +3');
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((row) => row.trim().split(/\s+/));
  expect({ rows: rows.map((cells) => [cells.length, ...cells.slice(6, 12)]), stderr, code }).toEqual({
    rows: [
      [18, '0', '0', '-', '-', '-', '-'],
      [18, '0', '0', '-', '-', '-', '-'],
    ],
    stderr: NOTE,
    code: 0,
  });
  expect(await lab.run('vmstat -d')).toEqual({
    stdout: '',
    stderr: "drydock: 'vmstat -d' is not simulated\n",
    code: 1,
  });
});
