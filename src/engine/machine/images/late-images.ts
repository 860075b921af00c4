/** What loads when a host is first brought an image: the programs of images, and images that no world begins with. */
import type { ImageParts } from './image-programs.ts';
import { IMAGE_PROGRAMS } from './programs/all-programs.ts';
import { RPM_NOT_SIMULATED, rpmImages } from './rpm/rpm-images.ts';

export const LATE_IMAGES: ImageParts = { programs: IMAGE_PROGRAMS, images: rpmImages, notSimulated: RPM_NOT_SIMULATED };
