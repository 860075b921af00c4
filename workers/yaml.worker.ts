/** Checks and completes YAML for the editor. */
import 'monaco-yaml/yaml.worker.js';
