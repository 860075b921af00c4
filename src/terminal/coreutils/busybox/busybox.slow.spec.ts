/**
 * A real busybox and Drydock's, side by side: each line of busybox.sh runs in both, in directories with the same files.
 * The help that follows `Usage:` is left out on both sides: its sentences are busybox' own.
 */
import { accessSync, constants, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { busyboxApplets } from '../../busybox/applets.ts';
import { optionalApplets } from '../../optional-applets.ts';
import { both } from '../../testing/real-bash.spec-support.ts';
import type { Finished } from '../../testing/run-program.spec-support.ts';
import { FILES } from '../differential/files.spec-support.ts';

/** The directory of $BUSYBOX, or the first of $PATH that has a busybox. */
function findBusybox(): string | undefined {
  const { BUSYBOX, PATH = '' } = process.env;
  const places = BUSYBOX === undefined ? PATH.split(':') : [path.dirname(BUSYBOX)];
  return places.find((place) => {
    try {
      accessSync(path.join(place, 'busybox'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
const directory = findBusybox();
if (directory === undefined) console.log('skipped: neither $BUSYBOX nor $PATH has a busybox to compare with');

const lines = readFileSync(new URL('busybox.sh', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

// The test world takes a program that waits for its code as hung.
beforeAll(async () => {
  await Promise.all([...optionalApplets.values(), ...busyboxApplets.values()].map(async (load) => await load()));
});

test('at least 100 command lines are compared', () => {
  expect(lines.length).toBeGreaterThanOrEqual(100);
});

const HELP = /BusyBox v[^\n]* multi-call binary\.\n\nUsage: (\S+)[\s\S]*/;
/** The images' busybox has musl's getopt, which other builds have not. */
const inMusl = (text: string): string =>
  text
    .replace(/invalid option -- '(.)'/g, 'unrecognized option: $1')
    .replace(/unrecognized option '--(.*)'/g, 'unrecognized option: $1')
    .replace(/option requires an argument -- '(.)'/g, 'option requires an argument: $1');
const comparable = ({ stdout, stderr, status }: Finished): Finished => ({
  stdout,
  stderr: inMusl(stderr.replace(HELP, 'Usage: $1\n')),
  status,
});

test.runIf(directory !== undefined).for(lines)('like the real busybox: %s', async (line) => {
  const { wanted, got } = await both(line, FILES, 'bash', directory);
  expect(comparable(got)).toEqual(comparable(wanted));
});
