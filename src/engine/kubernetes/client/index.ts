export * from './interface.ts';
export { InProcessClient } from './in-process-client.ts';
export { SharedInformers, type InformersOptions, DELIVERY_LATENCY_US } from './informers.ts';
export { ControllerLoop, type ControllerLoopOptions, RECONCILE_COST_US } from './controller-loop.ts';
export { ClientEventRecorder, type RecorderOptions } from './event-recorder.ts';
export { LeaderElector, type LeaderElectorOptions } from './leader-elector.ts';
export { ObjectCache } from './object-cache.ts';
