import { imageSize } from 'image-size';
import { isAnimated } from './isAnimated';
import { pictureFormat } from './pictureFormat';

/** What the view has to decode, at most: 160 MB of memory. */
const MAX_PIXELS = 40_000_000;
const MAX_SIDE = 16_384;

export interface PictureFacts {
  readonly contentType: string;
  /** Pixels, as it is to be seen: turned as its camera says. */
  readonly width: number;
  readonly height: number;
}

export type PictureRefusal = 'notPicture' | 'animated' | 'tooManyPixels';

/**
 * Looks at the headers of a picture before anything decodes it: a small file can unfold to
 * gigabytes, and what moves cannot be stopped by who reads beside it.
 */
export function inspectPicture(data: Uint8Array): PictureFacts | PictureRefusal {
  const format = pictureFormat(data);
  const size = format === null ? null : sizeOf(data);
  if (format === null || size === null) return 'notPicture';
  const { width, height } = size;
  if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) return 'tooManyPixels';
  if (isAnimated(data, format)) return 'animated';
  return { contentType: `image/${format}`, width, height };
}

function sizeOf(data: Uint8Array): { width: number; height: number } | null {
  try {
    const { width, height, orientation = 1 } = imageSize(data);
    if (!(width > 0 && height > 0)) return null;
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return null; // the headers are broken: not a picture that anything could show
  }
}
