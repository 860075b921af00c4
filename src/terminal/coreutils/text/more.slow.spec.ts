import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

test('more pages, searches, refuses what it lacks, and ends behind the last page', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.type('seq 60 > n; more n\r');
  const ends = async (): Promise<readonly (string | undefined)[]> => {
    const screen = await lab.screen();
    return [screen[0], screen.at(-1)];
  };
  expect(await ends()).toEqual(['1', '--More--(38%)']);
  await lab.keys(' ');
  expect(await ends()).toEqual(['24', '--More--(76%)']);
  await lab.keys('/50', '\r');
  expect(await ends()).toEqual(['50', '--More--(100%)']);
  await lab.keys('v');
  expect((await ends())[1]).toBe("drydock: 'v' in more is not simulated");
  await lab.keys(' ');
  expect((await ends())[1]).toMatch(/# $|#$/);
}, 60_000);
