import { LAYERS, eslint, style, tests, types } from './step-list.ts';
import { runSteps, summarise } from './steps.ts';

/** What every commit passes: the longest steps start first, so that two cores end together. */
const steps = [eslint('cached'), tests('fast', false), ...types('cached'), ...style('cached'), ...LAYERS];
process.exitCode = summarise(await runSteps(steps, 2));
