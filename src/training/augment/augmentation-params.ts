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
  /** Share of the images that are shifted by up to a quarter of a side besides `shift_px`, 0..1. */
  far?: number;
  /** Share of the images of which only the edges of the strokes remain, 0..1. */
  edges?: number;
  /** Share of the images with blots of ink and blank spots, 0..1. */
  blots?: number;
  /** Share of the images with inverted margins, 0..1. */
  margins?: number;
}

/** The parameters without what only poor scans and photographs show: warps and stroke widths, as other hands have them. */
export function withoutDamage(params: AugmentationParams | null): AugmentationParams | null {
  if (params === null) return null;
  const {
    noise: _noise,
    lines: _lines,
    far: _far,
    edges: _edges,
    blots: _blots,
    margins: _margins,
    ...kept
  } = params;
  return kept;
}
