import { expect, test } from 'vitest';
import { type News, mergeNews } from './merge-news.ts';

test.for<{ given: string; news: readonly News[]; expected: News }>([
  { given: 'two of a kind', news: [{ saved: 1 }, { saved: 2 }], expected: { saved: 2 } },
  { given: 'two kinds', news: [{ saved: 1 }, { lagging: true }], expected: { saved: 1, lagging: true } },
  { given: 'saved after it had failed', news: [{ saveFailed: 'full' }, { saved: 2 }], expected: { saved: 2 } },
  {
    given: 'failed after something was saved',
    news: [{ saved: 1 }, { saveFailed: 'full' }],
    expected: { saved: 1, saveFailed: 'full' },
  },
])('one batch of news: $given', ({ news, expected }) => {
  expect(news.reduce(mergeNews, {})).toEqual(expected);
});
