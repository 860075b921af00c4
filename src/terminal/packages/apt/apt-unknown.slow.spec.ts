import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

const WARNING = ['', 'WARNING: apt does not have a stable CLI interface. Use with caution in scripts.', ''];
const NOTICE = 'N: Unable to locate package nosuch';
const NOTHING = 'E: No packages found';

/** What apt says of a package that there is not, through a pipe and on a terminal: remarks are for terminals. */
const ROWS: readonly (readonly [command: string, piped: readonly string[], shown: readonly string[]])[] = [
  ['apt-cache show nosuch', [NOTHING], [NOTICE, NOTHING]],
  ['apt-cache policy nosuch', [], [NOTICE]],
  ['apt-cache madison nosuch', [], [NOTICE]],
  ['apt-cache depends nosuch', [NOTHING], [NOTHING]],
  ['apt show nosuch', [...WARNING, NOTHING], [NOTICE, NOTICE, NOTHING]],
  ['apt policy nosuch', WARNING, [NOTICE]],
  ['apt depends nosuch', [...WARNING, NOTHING], [NOTHING]],
  ['apt depends', [...WARNING, NOTHING], [NOTHING]],
];

test('a package that nobody has', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  for (const [command, piped, shown] of ROWS) {
    expect([command, await lab.runPiped(command, 3)]).toEqual([command, piped]);
    lab.printed();
    await lab.type(`${command}\r`, 3);
    const lines = lab
      .printed()
      .replaceAll(/\x1b\[\?2004[lh]|\r/g, '')
      .split('\n')
      .slice(1, -1);
    expect([command, lines]).toEqual([command, shown]);
  }
});
