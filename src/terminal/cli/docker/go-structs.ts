import { DOCKER_FUNCTIONS, type TemplateOptions } from '../../../formats/go-template.ts';
import { stringifyJson } from '../../../formats/json.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';

/** Objects whose fields templates know by other names than JSON does, as Go's structs have both. */
export class GoStructs {
  readonly #sources = new Map<unknown, JsonValue>();

  /** A list or map that was never made: empty, and null in JSON. */
  nil<T extends JsonValue>(empty: T): T {
    this.#sources.set(empty, null);
    return empty;
  }

  /** For templates: `json` gives the source. */
  readonly functions: TemplateOptions['functions'] = {
    ...DOCKER_FUNCTIONS,
    json: (item) => ({
      ok: true,
      value: stringifyJson(this.#sources.has(item) ? this.#sources.get(item) : item, {
        sortKeys: false,
        escapeHtml: false,
      }),
    }),
  };

  /** @param names those of Go by those of JSON, where they differ; the rest stay */
  struct(source: JsonObject, names: Readonly<Record<string, string>>): JsonObject {
    return this.view(
      source,
      Object.fromEntries(Object.entries(source).map(([name, field]) => [names[name] ?? name, field])),
    );
  }

  /** A struct that holds others. */
  view(source: JsonValue, view: JsonObject): JsonObject {
    this.#sources.set(view, source);
    return view;
  }
}
