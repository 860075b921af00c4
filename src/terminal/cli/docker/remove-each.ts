/** Removal of objects by name. */
import { each, encode, type Context } from './context.ts';

/** A command that deletes what its arguments name and echoes the names. */
export const removeEach =
  (path: string) =>
  (context: Context): Promise<number> =>
    each(context, async (name) => {
      await context.client.must('DELETE', `/${path}/${encode(name)}`);
      return name;
    });
