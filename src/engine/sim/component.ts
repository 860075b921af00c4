import type { Plain } from '../../protocol/plain.ts';

/**
 * A part of the world that handles events: API server, controller, kubelet, kernel, network. Synchronous: a handler
 * reads, decides, changes its own state and schedules further events.
 */
export interface Component {
  /** Handles one event that was scheduled for this component's target name. */
  handle(type: string, payload: Plain): void;
  /** The whole state as data; never live objects. Called between events. */
  snapshot(): Plain;
  /** Puts the state back; scheduled events are restored by the loop, not by the component. */
  restore(state: Plain): void;
}
