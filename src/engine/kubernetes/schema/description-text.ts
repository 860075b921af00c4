import { DESCRIPTION_LINES, DESCRIPTION_TEXTS } from './generated/descriptions.ts';

let lines: ReadonlyMap<string, string> | undefined;

/** The reference text of a model, or of one of its fields; empty where upstream has none. */
export function describeInText(model: string, field?: string): string {
  lines ??= new Map(DESCRIPTION_LINES.split('\n').map((line) => [line.slice(0, line.indexOf(' ')), line]));
  const words = lines.get(model)?.split(' ') ?? [];
  const number =
    field === undefined ? words[1] : words.find((word) => word.startsWith(`${field}=`))?.slice(field.length + 1);
  return number === undefined ? '' : (DESCRIPTION_TEXTS[Number(number)] ?? '');
}
