import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

// As of Docker's own client: the bar is drawn where a line has more than 110 columns.
test.for([
  [80, /: Downloading {5}628B\/628B\r/],
  [120, /: Downloading \[={50}>\] {5}628B\/628B\r/],
] as const)('in %d columns a pull shows what fits into a line', async ([columns, line]) => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.resize({ columns, rows: 24 });
  lab.printed();
  await lab.type('docker pull nginx\r', 60);
  const text = lab.printed();
  expect(text).toMatch(line);
  const rows = text.replace(/\u001b\[\??\d*[A-Za-z]/g, '').split(/[\r\n]+/);
  expect(Math.max(...rows.map(({ length }) => length))).toBeLessThan(columns);
});
