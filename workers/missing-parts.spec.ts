import { expect, test } from 'vitest';
import { isLoadFailure } from './missing-parts.ts';

test.for([
  { reason: new TypeError('Failed to fetch dynamically imported module: http://localhost/assets/awk-1.js'), is: true },
  { reason: new TypeError('error loading dynamically imported module: http://localhost/assets/awk-1.js'), is: true },
  { reason: new TypeError('Importing a module script failed.'), is: true },
  { reason: new TypeError('x is not a function'), is: false },
  { reason: new Error('dynamically imported module'), is: false },
  { reason: undefined, is: false },
])('$reason is a failed load: $is', ({ reason, is }) => {
  expect(isLoadFailure(reason)).toBe(is);
});
