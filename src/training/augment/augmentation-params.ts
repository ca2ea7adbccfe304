/** The amount, or the share of images, of each change of augmentation: `augmentation` in parameters.yml. */
export interface AugmentationParams {
  /** Degrees, shift in pixels, scale and shear as fractions: each drawn uniformly in ±value. 0 = off. */
  rotate_deg: number;
  shift_px: number;
  scale: number;
  shear: number;
  /** Standard deviation of a smooth random warp, pixels; absent or 0 = off, as for all parameters below. */
  elastic_px?: number;
  /** Share of the images whose strokes are made thicker or thinner, 0..1. */
  stroke_width?: number;
  /** Share of the images that get another background, less contrast, noise, specks or blur, 0..1. */
  noise?: number;
  /** Share of the images crossed by a line, solid or dashed, of ink or blank, 0..1. */
  lines?: number;
}
