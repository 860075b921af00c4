/** What a page fetches before its first prompt, in few files that are asked for at the same time. */
import { join } from 'node:path';
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

type Modules = Rolldown.ChunkingContext;
type Graph = ReadonlySet<string>;

const THREAD = 'workers/simulation.worker.ts';
/** The files of a world, by the module that brings them. */
const PARTS = {
  engine: 'workers/simulation-host.ts',
  cluster: 'src/engine/assembly/cluster/cluster-world.ts',
  docker: 'src/engine/docker/engine.ts',
};
/** They are needed where a part is, so they may need its file. */
const KUBECTL = 'src/terminal/cli/kubectl/program.ts';
const DOCKER_ROUTES = 'src/engine/docker/routes/all-routes.ts';

/**
 * Without this every module that a program shares with the engine would be a file of its own. What two parts need, or a part
 * and a program, lies in the engine's file: so no program brings a part that its world does not have.
 */
export function worldParts(root: string): Rolldown.CodeSplittingOptions {
  const part = inEachBuild((modules) => {
    const graph = (entry: string): Graph => staticGraph(join(root, entry), modules);
    const thread = graph(THREAD);
    const parts = Object.entries(PARTS).map(([name, entry]) => ({ name, graph: graph(entry) }));
    const { engine, cluster, docker } = PARTS;
    const own = [cluster, docker, KUBECTL, DOCKER_ROUTES].map((entry) => join(root, entry));
    const programs = lateEntries(join(root, THREAD), own, modules)
      .filter((entry) => entry !== join(root, engine))
      .map((entry) => staticGraph(entry, modules));
    return (id: string): string | null => {
      if (thread.has(id)) return null;
      const [first, ...others] = parts.filter((candidate) => candidate.graph.has(id));
      if (first === undefined) return null;
      return others.length > 0 || programs.some((program) => program.has(id)) ? 'engine' : first.name;
    };
  });
  return {
    // What the thread's first script needs stays in it.
    includeDependenciesRecursively: false,
    groups: [{ debugName: 'parts of a world', name: (id, modules) => part(modules)(id) }],
  };
}

/** Works something out once for all modules of a build. */
function inEachBuild<T>(work: (modules: Modules) => T): (modules: Modules) => T {
  const done = new WeakMap<Modules, { readonly value: T }>();
  return (modules) => {
    const known = done.get(modules) ?? { value: work(modules) };
    done.set(modules, known);
    return known.value;
  };
}

/** A module with all that it imports statically. */
const staticGraph = (entry: string, modules: Modules): Graph =>
  reachable(entry, (id) => modules.getModuleInfo(id)?.importedIds ?? []);

/** What is imported when it is needed, from a module or anything it may ever import: not `own`, nor what only those import. */
function lateEntries(entry: string, own: readonly string[], modules: Modules): readonly string[] {
  const late = (id: string): readonly string[] => modules.getModuleInfo(id)?.dynamicallyImportedIds ?? [];
  const all = reachable(entry, (id) =>
    own.includes(id) ? [] : [...(modules.getModuleInfo(id)?.importedIds ?? []), ...late(id)],
  );
  return [...new Set([...all].filter((id) => !own.includes(id)).flatMap(late))].filter((id) => !own.includes(id));
}

function reachable(entry: string, next: (id: string) => readonly string[]): Graph {
  const found = new Set<string>();
  const waiting = [entry];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...next(id));
  }
  return found;
}

/** Names in the page's head what its script imports once it runs, so that it is fetched with the script. */
export function preloadPage(module: string): Plugin {
  return {
    name: 'drydock-preload-page',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
        const page = chunks.find(({ facadeModuleId }) => facadeModuleId === module);
        if (page === undefined) return [];
        const files = reachable(page.fileName, (file) => chunks.find((one) => one.fileName === file)?.imports ?? []);
        const script = chunks.find(({ isEntry }) => isEntry)?.fileName;
        return [
          ...[...files]
            .filter((file) => file !== script)
            .map((file) => link({ rel: 'modulepreload', crossorigin: true, href: `./${file}` })),
          ...[...(page.viteMetadata?.importedCss ?? [])].map((file) =>
            link({ rel: 'stylesheet', crossorigin: true, href: `./${file}` }),
          ),
        ];
      },
    },
  };
}

const link = (attrs: Record<string, string | boolean>): HtmlTagDescriptor => ({ tag: 'link', attrs, injectTo: 'head' });
