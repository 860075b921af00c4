import { LAYERS, LINT, TYPES, tests } from './step-list.ts';
import { runSteps, summarise } from './steps.ts';

/** What every commit passes: the longest steps start first, so that two cores end together. */
const eslint = LINT.filter((step) => step.name === 'eslint');
const others = LINT.filter((step) => step.name !== 'eslint');
process.exitCode = summarise(await runSteps([...eslint, tests('fast', false), ...TYPES, ...others, ...LAYERS], 2));
