/** kubectl get -o: objects in another form than a table. */
import type { JsonObject } from '../../../protocol/plain.ts';
import { Faults, type Context } from './context.ts';
import { fatal } from './fatal.ts';
import { objectsAt, textAt } from './fields.ts';
import { fetchPart, type Part } from './get-parts.ts';
import { customColumns, objectPrinter, printColumns } from './print.ts';
import { sorterOf } from './sort-by.ts';

/** Whether the flags ask for objects; ends the command where they ask for what there is not. */
export const showsObjects = (context: Context): boolean => {
  const printer = objectPrinter(context, { tables: true });
  const columns = customColumns(context);
  return printer !== undefined || columns !== undefined;
};

export async function printObjects(context: Context, parts: readonly Part[]): Promise<number> {
  const { flags } = context;
  const faults = new Faults();
  let objects: JsonObject[] = [];
  for (const part of parts) {
    const answer = await faults.guard(() => fetchPart(context, part, false));
    if (answer === undefined) continue;
    if (part.name !== undefined) objects.push(answer);
    else
      objects.push(
        ...objectsAt(answer, 'items').map((item) => ({
          apiVersion: textAt(answer, 'apiVersion'),
          kind: part.type.kind,
          ...item,
        })),
      );
  }
  await context.flushWarnings();
  const ordered = sorterOf(context)?.(objects, (object) => object);
  if (typeof ordered === 'string') fatal(ordered);
  objects = ordered ?? objects;
  const columns = customColumns(context);
  const single = parts.length === 1 && parts[0]?.name !== undefined;
  if (columns !== undefined) {
    if (objects.length === 0 && faults.empty && single) return 0;
    context.io.out(printColumns(columns, objects, flags.bool('no-headers')));
  } else {
    const printer = objectPrinter(context, { tables: true });
    const [only] = objects;
    if (single) {
      if (only !== undefined && printer !== undefined) context.io.out(printer(only));
    } else if (printer !== undefined && (objects.length > 0 || faults.empty)) {
      context.io.out(printer({ apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } }));
    }
  }
  faults.raise();
  return 0;
}
