/** Every verb that kubectl has here. */
import type { Verb } from '../verb.ts';
import { apply } from './apply.ts';
import { attach } from './attach.ts';
import { AUTHS } from './auth.ts';
import { completion } from './completion.ts';
import { CONFIGS } from './config.ts';
import { cp } from './cp.ts';
import { ACCESS } from './create/access.ts';
import { createConfigmap } from './create/configmap.ts';
import { create } from './create/create.ts';
import { createDeployment } from './create/deployment.ts';
import { POLICIES } from './create/policies.ts';
import { SECRETS } from './create/secret.ts';
import { SERVICES } from './create/service.ts';
import { createCronjob, createJob } from './create/workloads.ts';
import { deleteVerb } from './delete.ts';
import { describe } from './describe.ts';
import { diff } from './diff.ts';
import { drain } from './drain.ts';
import { edit } from './edit.ts';
import { exec } from './exec.ts';
import { explain } from './explain.ts';
import { expose } from './expose.ts';
import { get } from './get.ts';
import { apiResources, apiVersions, clusterInfo, version } from './info.ts';
import { annotate, label } from './label.ts';
import { setLastApplied, viewLastApplied } from './last-applied.ts';
import { kustomizeVerb } from './kustomize.ts';
import { logs } from './logs.ts';
import { cordon, taint, uncordon } from './nodes.ts';
import { events, TOPS } from './observe.ts';
import { patch, replace } from './patch.ts';
import { pluginList } from './plugin.ts';
import { portForward } from './port-forward.ts';
import { proxy } from './proxy.ts';
import { ROLLOUTS } from './rollout.ts';
import { run } from './run.ts';
import { autoscale, scale } from './scale.ts';
import { SETS } from './set.ts';
import { wait } from './wait.ts';

export const VERBS: readonly Verb[] = [
  annotate,
  apiResources,
  apiVersions,
  apply,
  attach,
  autoscale,
  clusterInfo,
  completion,
  cordon,
  create,
  createConfigmap,
  createCronjob,
  createDeployment,
  cp,
  createJob,
  deleteVerb,
  describe,
  diff,
  drain,
  edit,
  events,
  exec,
  explain,
  expose,
  get,
  kustomizeVerb,
  label,
  logs,
  patch,
  portForward,
  proxy,
  replace,
  run,
  scale,
  taint,
  uncordon,
  version,
  setLastApplied,
  viewLastApplied,
  pluginList,
  wait,
  ...ACCESS,
  ...AUTHS,
  ...CONFIGS,
  ...POLICIES,
  ...ROLLOUTS,
  ...SECRETS,
  ...SERVICES,
  ...SETS,
  ...TOPS,
];
