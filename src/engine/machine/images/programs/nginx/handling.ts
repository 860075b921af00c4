/** One request on its way through a server block, and what comes of it. */
import type { HttpRequest } from '../../../../../protocol/http.ts';
import type { ReactiveContext } from '../../../kernel/reactive/reactive.ts';
import type { Location, Rules, ServerBlock, Site } from './site.ts';

export interface Asked {
  readonly request: HttpRequest;
  readonly port: number;
  readonly remote: string;
  readonly version: string;
}

export interface Handling {
  readonly context: ReactiveContext;
  readonly site: Site;
  readonly asked: Asked;
  /** Absent where no server listens on the port. */
  readonly server: ServerBlock | undefined;
  /** Of the location, else of the server. */
  readonly rules: Rules;
  readonly location: Location | undefined;
  readonly path: string;
  readonly query: string;
  /** Internal redirects so far. */
  readonly depth: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** A line for the error log, without its prefix. */
  readonly error?: string;
  readonly accessLog?: string | false;
  readonly serverName: string;
}

export const nameOf = (server: ServerBlock | undefined): string => server?.names[0] ?? '';

/** The file that a path means: below `root`, or in place of the location's pattern with `alias`. */
export function filePath(rules: Rules, location: Location | undefined, path: string): string {
  if (rules.alias !== undefined && location !== undefined)
    return `${rules.alias}${path.slice(location.pattern.length)}`;
  return `${rules.root ?? '/etc/nginx/html'}${path}`;
}
