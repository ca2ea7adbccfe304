import type { ImageSet } from "../../domain/image-set.ts";
import type { Random } from "../../lib/random.ts";

export interface Portion {
  set: ImageSet;
  /** How many of its images each epoch sees, drawn anew without repetition; at most all of them. */
  count: number;
  /**
   * The set is so many versions of the same images, one version after the other, and epochs take them in turn.
   * 1 when not given.
   */
  views?: number;
}

/** The images of several sets, mixed. An index counts through the sets in order. */
export class Sampler {
  readonly rows: number;
  readonly cols: number;
  /** Images an epoch. */
  readonly size: number;
  private readonly portions: readonly Required<Portion>[];

  /**
   * @param portions at least one; all of one image size.
   * @param random   decides every epoch's draw.
   */
  constructor(
    portions: readonly Portion[],
    private readonly random: Random,
  ) {
    this.portions = portions.map(({ set, count, views = 1 }) => {
      if (set.labels.length % views !== 0)
        throw new RangeError(`${set.labels.length} images are not ${views} views of the same ones`);
      return { set, count: Math.min(count, set.labels.length / views), views };
    });
    this.rows = portions[0]!.set.rows;
    this.cols = portions[0]!.set.cols;
    this.size = this.portions.reduce((total, { count }) => total + count, 0);
  }

  /** The indices of one epoch, in random order: the same for the same epoch, another for another. */
  epoch(epoch: number): Uint32Array {
    const random = this.random.fork(`epoch ${epoch}`);
    const indices = new Uint32Array(this.size);
    let filled = 0;
    let first = 0;
    for (const { set, count, views } of this.portions) {
      const images = set.labels.length / views;
      const start = first + images * ((epoch - 1) % views);
      const all = Uint32Array.from({ length: images }, (_, i) => start + i);
      indices.set(random.shuffle(all).subarray(0, count), filled);
      filled += count;
      first += set.labels.length;
    }
    return random.shuffle(indices);
  }

  /** uint8 [rows * cols], a view. */
  image(index: number): Uint8Array {
    const [set, i] = this.find(index);
    const pixels = set.rows * set.cols;
    return set.images.subarray(i * pixels, (i + 1) * pixels);
  }

  label(index: number): number {
    const [set, i] = this.find(index);
    return set.labels[i]!;
  }

  private find(index: number): [set: ImageSet, index: number] {
    let i = index;
    for (const { set } of this.portions) {
      if (i < set.labels.length) return [set, i];
      i -= set.labels.length;
    }
    throw new RangeError(`No image ${index} among the sampler's sets`);
  }
}
