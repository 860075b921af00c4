/** watch with nobody at a terminal: what it writes, and when it ends. */
import { expect, test } from 'vitest';
import { LabScripts } from '../testing/lab-script.spec-support.ts';

const TITLE = 'docker-1: Mon Mar  2 00:00:';

test('watch shows what has changed and ends when it is asked to', async () => {
  const lab = await LabScripts.open('docker-1');
  const shown = async (command: string): Promise<readonly string[]> => {
    const { stdout, stderr, code } = await lab.run(command);
    const plain = stdout.replaceAll('\x1b[K', '').replaceAll(/docker-1: .*?(?=\r)/g, TITLE);
    return [...plain.split('\r\n').filter((line) => !line.includes(TITLE) && line !== ''), stderr, String(code)];
  };
  const end = '\x1b[J\x1b[24;80H';
  expect(await shown('echo 1 > /tmp/n; watch -n 1 -g -d "cat /tmp/n; echo 2 > /tmp/n"')).toEqual([
    '1',
    '\x1b[7m2\x1b[m',
    `${end}\x1b[?1049l`,
    '',
    '0',
  ]);
  expect(await shown('watch -t -q 1 echo same')).toEqual([
    '\x1b[?1049h\x1b[Hsame',
    `${end}\x1b[Hsame`,
    `${end}\x1b[?1049l`,
    '',
    '0',
  ]);
  expect((await lab.run('watch -e false < /dev/null > /dev/null')).code).toBe(8);
  expect(await lab.run('watch -n x ls')).toEqual({
    stdout: '',
    stderr: "watch: failed to parse argument: 'x': Invalid argument\n",
    code: 1,
  });
});
