/** What nobody may try with the machine's own rm: in a lab. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

test('rm -r keeps / and the directories . and ..', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  const dangerous = [
    "rm: it is dangerous to operate recursively on '/'",
    'rm: use --no-preserve-root to override this failsafe',
    '1',
  ];
  expect(await lab.run('rm -rf /; echo $?; rm -r --preserve-root ///; echo $?')).toEqual([
    ...dangerous,
    ...dangerous.map((line) => line.replace("'/'", "'///' (same as '/')")),
  ]);
  expect(await lab.run('cd /etc; rm -rf /etc/.. . ..; echo $?; ls hostname')).toEqual([
    "rm: refusing to remove '.' or '..' directory: skipping '/etc/..'",
    "rm: refusing to remove '.' or '..' directory: skipping '.'",
    "rm: refusing to remove '.' or '..' directory: skipping '..'",
    '1',
    'hostname',
  ]);
});
