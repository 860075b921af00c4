import type { PageBatch } from '../src/protocol/page.ts';

export type News = Omit<PageBatch, 'number' | 'outputs'>;

/** Later news over earlier. What has been saved since, however late the page hears of it, no longer fails to be. */
export function mergeNews(earlier: News, later: News): News {
  if (later.saved === undefined) return { ...earlier, ...later };
  const { saveFailed: _over, ...rest } = earlier;
  return { ...rest, ...later };
}
