/** Where the API server listens. */
export const API_PORT = 6443;
