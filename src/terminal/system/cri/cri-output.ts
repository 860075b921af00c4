/** What -o asks for: JSON, YAML or a Go template of what the runtime told. */
import { compileGoTemplate, DOCKER_FUNCTIONS } from '../../../formats/go-template.ts';
import { stringifyJson } from '../../../formats/json.ts';
import { stringifyYaml } from '../../../formats/yaml.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Options } from '../../coreutils/command.ts';
import { fatal } from './cri-command.ts';
import type { PlainCall } from '../plain-program.ts';

/** Lists are protocol messages: their fields keep the order of the protocol in JSON, and are sorted in YAML. */
export async function printMessage(call: PlainCall, format: 'json' | 'yaml', message: Plain): Promise<number> {
  call.io.line(format === 'json' ? JSON.stringify(message, null, 2) : stringifyYaml(message));
  return await call.io.end(0);
}

/** Status and information of objects: one as it is, several as an array, keys sorted. */
export async function printStatus(call: PlainCall, options: Options, found: readonly Plain[]): Promise<number> {
  const format = options.value('o') ?? 'json';
  const result = found.length === 1 ? found[0] : found;
  switch (format) {
    case 'json':
      call.io.line(stringifyJson(result, { indent: '  ' }));
      return await call.io.end(0);
    case 'yaml':
      call.io.line(stringifyYaml(result));
      return await call.io.end(0);
    case 'go-template':
      return await printTemplate(call, options.value('template') ?? '', result);
    default:
      return await fatal(call, `unsupported format: ${JSON.stringify(format)}`);
  }
}

async function printTemplate(call: PlainCall, text: string, data: Plain): Promise<number> {
  const { json } = DOCKER_FUNCTIONS;
  const compiled = compileGoTemplate(text, {
    name: 'tmplExecuteRawJSON',
    functions: json === undefined ? {} : { json },
  });
  const written = compiled.ok ? compiled.value.execute(data) : compiled;
  if (!written.ok) return await fatal(call, `execute template: ${written.message}`);
  call.io.line(written.value);
  return await call.io.end(0);
}
