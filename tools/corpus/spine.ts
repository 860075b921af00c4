/** The chains of the CKAD exercises that the spine covers: core concepts, services and networking. */
export const SPINE = 'a-core|f-services';
