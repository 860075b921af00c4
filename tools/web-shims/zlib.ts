/** Stands for Node's zlib in the page: just-bash imports it for gzip commands, which Drydock never hands to it. */
function unavailable(): never {
  throw new Error('gzip is not available in the page');
}

export const constants = {};
export const gzipSync = unavailable;
export const gunzipSync = unavailable;
export const deflateSync = unavailable;
export const inflateSync = unavailable;
export default { constants, gzipSync, gunzipSync, deflateSync, inflateSync };
