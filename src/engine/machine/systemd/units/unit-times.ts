/** When a unit changed its state: the moments that `systemctl show` tells (ActiveEnterTimestamp= and its like). */
import type { ActiveState } from '../interface.ts';
import type { UnitState } from './unit-state.ts';

/** Writes down that the unit changes to another state now. */
export function noteChange(unit: UnitState, active: ActiveState, unixUs: number): void {
  if (unit.active !== active) noteLeaving(unit, unixUs);
  if (isInactive(unit.active) && !isInactive(active)) unit.inactiveUntilUnixUs = unixUs;
  if (!isInactive(unit.active) && isInactive(active)) unit.inactiveFromUnixUs = unixUs;
  if (active === 'active' && unit.active !== 'active' && unit.active !== 'reloading') unit.activeFromUnixUs = unixUs;
  if (unit.active !== active) unit.sinceUnixUs = unixUs;
}

/** It ceases to be active, at the latest now. */
export function noteLeaving(unit: UnitState, unixUs: number): void {
  if (unit.active === 'active') unit.activeUntilUnixUs = unixUs;
}

const isInactive = (active: ActiveState): boolean => active === 'inactive' || active === 'failed';
