/**
 * The import table of the project: who may import whom. One rule per folder of ours, each naming what it may reach;
 * everything else of ours is forbidden to it. Specs are free to assemble what they test.
 */
const SPEC = '\\.spec\\.ts$|\\.spec-support\\.ts$|/testing/';
const EVERYBODY = ['src/protocol/', 'src/formats/'];
/** The one place that says what is emulated: constants that every part of the engine may state. */
const VERSIONS = 'src/engine/versions\\.ts$';
/** A component: within its folder, types may name each other in a circle. */
const COMPONENT =
  '^(src/engine/(?:machine|kubernetes)/[^/]+|src/engine/(?!assembly/)[^/]+|src/terminal/[^/]+|src/[^/]+)/';
/** An interpreter is one recursion cut into files by the node of the syntax tree; nothing in it runs when it loads. */
const INTERPRETER = '^src/terminal/shell/';
const KUBERNETES = 'src/engine/kubernetes';
const APIMACHINERY = `${KUBERNETES}/apimachinery/`;
const SIM = 'src/engine/sim/';
const CLIENT = `${KUBERNETES}/client/`;
const RESOURCES = `${KUBERNETES}/resources/`;
const MACHINE_INTERFACES = 'src/engine/machine/[a-z0-9/-]*interface\\.ts$';
const NET_INTERFACES = 'src/engine/machine/net/[a-z0-9/-]*interface\\.ts$';

/**
 * @param {string} folder
 * @param {readonly string[]} reachable
 * @param {string} comment
 */
const only = (folder, reachable, comment) => ({
  name: `${folder.replace(/^src\//, '')} imports only its floor`,
  comment,
  severity: 'error',
  from: { path: `^${folder}`, pathNot: SPEC },
  to: {
    path: '^(src|workers)/',
    pathNot: [folder, ...reachable, ...(folder.startsWith('src/engine/') ? [VERSIONS] : [])].map((path) => `^${path}`),
  },
});

const rules = [
  only('src/protocol/', [], 'Plain types shared by all import nothing.'),
  only('src/formats/', ['src/protocol/'], 'Pure readers and writers know nothing of the world.'),
  only(SIM, EVERYBODY, 'Time, chance and order stand below everything else.'),
  only(APIMACHINERY, EVERYBODY, 'What an API object is does not depend on who serves it.'),
  only('src/engine/machine/', [...EVERYBODY, SIM], 'A Linux host knows neither Docker nor Kubernetes.'),
  only('src/engine/docker/', [...EVERYBODY, SIM, 'src/engine/machine/'], 'Docker stands beside Kubernetes, not on it.'),
  only(`${KUBERNETES}/schema/`, [...EVERYBODY, APIMACHINERY], 'Kinds are data.'),
  only(RESOURCES, [...EVERYBODY, APIMACHINERY, `${KUBERNETES}/schema/`], 'Kinds are data.'),
  only(`${KUBERNETES}/etcd/`, [...EVERYBODY, APIMACHINERY, SIM], 'A store of keys and values.'),
  only(
    `${KUBERNETES}/apiserver/`,
    [
      ...EVERYBODY,
      `${KUBERNETES}/etcd/`,
      RESOURCES,
      `${KUBERNETES}/schema/`,
      APIMACHINERY,
      SIM,
      `${CLIENT}[a-z0-9/-]*interface\\.ts$`,
    ],
    'The API server is the only one that reaches the store.',
  ),
  only(CLIENT, [...EVERYBODY, APIMACHINERY, SIM], 'The transport is given to the client.'),
  ...['controllers', 'scheduler'].map((folder) =>
    only(
      `${KUBERNETES}/${folder}/`,
      [...EVERYBODY, CLIENT, RESOURCES, APIMACHINERY, SIM],
      'Controllers see the world through the client.',
    ),
  ),
  ...['proxy', 'dns'].map((folder) =>
    only(
      `${KUBERNETES}/${folder}/`,
      [...EVERYBODY, CLIENT, RESOURCES, APIMACHINERY, SIM, NET_INTERFACES],
      'Of the machine they use the network, through its interface files.',
    ),
  ),
  ...['kubelet', 'cni'].map((folder) =>
    only(
      `${KUBERNETES}/${folder}/`,
      [...EVERYBODY, CLIENT, RESOURCES, APIMACHINERY, SIM, MACHINE_INTERFACES],
      'They use the machine through its interface files.',
    ),
  ),
  only(
    'src/terminal/',
    [...EVERYBODY, APIMACHINERY, `${KUBERNETES}/schema/`],
    'Programs reach the world only through their process.',
  ),
  only(
    'src/lessons/',
    [...EVERYBODY, APIMACHINERY, `${KUBERNETES}/schema/`],
    'Lessons are data and checks over what the protocol shows.',
  ),
  only('src/ui/', [...EVERYBODY, 'src/lessons/'], 'The page sees updates, never the engine.'),
  only('src/persistence/', EVERYBODY, 'Persistence stores inputs and snapshots without reading them.'),
  // sandbox.ts and what stands beside it.
  only('src/engine/[a-z-]+\\.ts$', [...EVERYBODY, 'src/engine/'], 'The composition root assembles the engine alone.'),
  only('src/engine/assembly/', [...EVERYBODY, 'src/engine/'], 'Parts of the composition root.'),
  only('src/main\\.ts$', [...EVERYBODY, 'src/ui/'], 'It starts the worker by URL and mounts the page; nothing else.'),
  {
    name: 'one controller never imports another',
    severity: 'error',
    from: { path: `^${KUBERNETES}/controllers/([^/]+)/`, pathNot: SPEC },
    to: { path: `^${KUBERNETES}/controllers/[^/]+/`, pathNot: `^${KUBERNETES}/controllers/$1/` },
  },
  {
    name: 'only the API server and the composition root know the store',
    severity: 'error',
    from: {
      path: '^src/',
      pathNot: [SPEC, `^${KUBERNETES}/(etcd|apiserver)/`, '^src/engine/sandbox\\.ts$', '^src/engine/assembly/'],
    },
    to: { path: `^${KUBERNETES}/etcd/` },
  },
  {
    name: 'nobody imports workers or node',
    severity: 'error',
    from: { path: '^src/', pathNot: [SPEC, '^src/node/', '^src/main\\.ts$'] },
    to: { path: '^(workers|src/node)/' },
  },
  {
    name: 'no cycles of values',
    comment: 'Modules that need each other to run cannot be read, tested or loaded one by one.',
    severity: 'error',
    from: { pathNot: INTERPRETER },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no cycles between components',
    comment: 'Types may name each other within one component only: docs/adr/0005-cycles-of-types.md.',
    severity: 'error',
    // sandbox.ts and assembly/ are one component, the composition root.
    from: { path: COMPONENT, pathNot: [SPEC, '^src/engine/[a-z-]+\\.ts$'] },
    to: { circular: true, via: { pathNot: '^$1/' } },
  },
  {
    name: 'no unresolvable import',
    severity: 'error',
    from: { path: '^(src|workers)/' },
    to: { couldNotResolve: true, pathNot: '\\?|^virtual:|^monaco-editor/esm/vs/' },
  },
];

module.exports = {
  forbidden: rules,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)node_modules/(?!\\.)|\\.css$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'browser', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json'],
    },
  },
};
