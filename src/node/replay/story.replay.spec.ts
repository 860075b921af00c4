/** One seed, one story, six runs: two fresh processes, three paces, a worker of a browser. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { Session } from '../../engine/session.ts';
import { CHROMIUM_FLAGS, findChromium } from '../../../tools/chromium.ts';
import { macrotask } from '../macrotask.ts';
import { storyWorld, tellStory, withPlantedClock, type StoryRun } from './scenario.spec-support.ts';
import { stumbling } from './stumbling.spec-support.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FOLDER = `${ROOT}dist/test/replay`;

const NODE_RUN = `
import { guardGlobals } from './src/node/guard-globals.ts';
import { macrotask } from './src/node/macrotask.ts';
import { tellStory, withPlantedClock } from './src/node/replay/scenario.spec-support.ts';
guardGlobals();
const story = await tellStory({ macrotask }, process.argv[2] === 'planted' ? withPlantedClock() : undefined);
process.stdout.write(JSON.stringify(story), () => process.exit(0));
`;
const WORKER_RUN = `
import { outside } from './workers/guard-globals.ts';
import { tellStory } from './src/node/replay/scenario.spec-support.ts';
tellStory(outside).then((story) => postMessage(JSON.stringify(story)), (error) => postMessage('failed: ' + error.stack));
`;

async function bundle(contents: string, outfile: string, platform: 'node' | 'browser'): Promise<void> {
  await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    outfile,
    bundle: true,
    platform,
    format: platform === 'node' ? 'esm' : 'iife',
    target: 'es2023',
    loader: { '.md': 'text', '.yaml': 'text', '.txt': 'text', '.node': 'empty' },
    logLevel: 'error',
    ...(platform === 'node'
      ? {
          banner: {
            js: "import { createRequire as storyRequire } from 'node:module'; const require = storyRequire(import.meta.url);",
          },
        }
      : {}),
  });
}

const inProcess = (...args: readonly string[]): StoryRun & { readonly main: string } =>
  JSON.parse(execFileSync(process.execPath, [`${FOLDER}/node.mjs`, ...args], { encoding: 'utf8' })) as StoryRun & {
    readonly main: string;
  };

const outcome = ({ trace, events, state, screens }: StoryRun): StoryRun => ({ trace, events, state, screens });

let expected: StoryRun;

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  await bundle(NODE_RUN, `${FOLDER}/node.mjs`, 'node');
  const { main, ...first } = inProcess();
  // The story went as it was meant to.
  for (const line of [
    'deployment.apps/web created',
    'Welcome to nginx!',
    'pod "web-',
    'deployment.apps/web scaled',
    'deployment.apps/web edited',
    'pod/p created',
  ])
    expect(main).toContain(line);
  expected = first;
});

test('a second fresh process tells the same', () => {
  expect(outcome(inProcess())).toEqual(expected);
});

describe('paced by a wall clock that stumbles', () => {
  test.for([1, 10, 100])('at %s times', async (speed) => {
    const world = storyWorld();
    const environment = stumbling(speed);
    const { session } = await Session.open(
      'story',
      { topology: 'kubeadm-3', seed: 7, engine: 'test' },
      world.sandbox,
      environment,
    );
    const problems: string[] = [];
    session.on((event) => {
      if (event.type === 'stopped' || event.type === 'save-failed') problems.push(event.message);
    });
    world.begin();
    session.setPace({ paused: false, speed });
    const running = session.run();
    while (world.result() === undefined && problems.length === 0) await macrotask();
    await session.stop();
    await running;
    expect(problems).toEqual([]);
    expect(world.result()).toEqual(expected);
  });
});

test('in a worker of Chromium', async () => {
  await bundle(WORKER_RUN, `${FOLDER}/worker.js`, 'browser');
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: [...CHROMIUM_FLAGS],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const page = await browser.newPage();
    await page.route('http://drydock.test/**', (route) =>
      route.request().url().endsWith('worker.js')
        ? route.fulfill({ path: `${FOLDER}/worker.js`, contentType: 'text/javascript' })
        : route.fulfill({ body: '<!doctype html>', contentType: 'text/html' }),
    );
    await page.goto('http://drydock.test/');
    const told = await page.evaluate(
      `new Promise((resolve, reject) => { const worker = new Worker('/worker.js'); worker.onmessage = ({ data }) => resolve(data); worker.onerror = ({ message }) => reject(new Error(message)); })`,
    );
    expect(outcome(JSON.parse(String(told)) as StoryRun)).toEqual(expected);
  } finally {
    await browser.close();
  }
});

describe('a planted Date.now()', () => {
  test('is caught where the outside is guarded', () => {
    const planted = inProcess('planted');
    expect(planted.main).toContain('drydock: the simulation asked the outside for Date.now');
    expect(outcome(planted)).not.toEqual(expected);
  });

  test('gives another outcome in every run where it is not', async () => {
    const now = Date.now;
    const runs: StoryRun[] = [];
    for (const time of [1_000, 2_000]) {
      Date.now = () => time;
      runs.push(outcome(await tellStory({ macrotask }, withPlantedClock())));
    }
    Date.now = now;
    expect(runs[0]?.screens).not.toBe(runs[1]?.screens);
  });
});
