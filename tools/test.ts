import { ensureChromium } from './ensure-chromium.ts';
import { BUILD, END_TO_END, LAYERS, LESSONS, SIZE, eslint, style, tests, types } from './step-list.ts';
import { runSteps, summarise } from './steps.ts';

/** Everything, for two cores: what only reads the sources runs side by side, what is timed runs alone. */
const chromium = ensureChromium();
if ('advice' in chromium) process.stderr.write(`drydock: ${chromium.advice}\n`);
const steps = [
  ...types('fresh'),
  eslint('fresh'),
  ...style('fresh'),
  ...LAYERS,
  BUILD,
  SIZE,
  tests('fast', true),
  tests('slow', true),
  tests('replay', true),
  LESSONS,
  END_TO_END,
];
process.exitCode = summarise(await runSteps(steps, 2));
