import type { ImageSet } from "../../domain/image-set.ts";
import type { Random } from "../../lib/random.ts";

/** One set of the mix, and how much of it each epoch sees. */
export interface Portion {
  set: ImageSet;
  /** Number of its images that each epoch sees, drawn again every time, without repetition; at most all. */
  count: number;
  /**
   * The set consists of this many versions of the same images, one complete version after the first, and epochs use
   * them in turn. 1 by default.
   */
  views?: number;
}

/** The images of several sets, mixed. An index counts through the sets in order. */
export class Sampler {
  readonly rows: number;
  readonly cols: number;
  /** Images per epoch. */
  readonly size: number;
  readonly #portions: readonly Required<Portion>[];
  readonly #random: Random;

  /**
   * @param portions at least one; all of one image size.
   * @param random   decides every epoch's draw.
   */
  constructor(portions: readonly Portion[], random: Random) {
    this.#random = random;
    this.#portions = portions.map(({ set, count, views = 1 }) => {
      if (set.labels.length % views !== 0)
        throw new RangeError(`${set.labels.length} images are not ${views} views of the same ones`);
      return { set, count: Math.min(count, set.labels.length / views), views };
    });
    this.rows = portions[0]!.set.rows;
    this.cols = portions[0]!.set.cols;
    this.size = this.#portions.reduce((total, { count }) => total + count, 0);
  }

  /** The indices of one epoch, in a random order that depends on the epoch. */
  epoch(epoch: number): Uint32Array {
    const random = this.#random.fork(`epoch ${epoch}`);
    const indices = new Uint32Array(this.size);
    let filled = 0;
    let first = 0;
    for (const { set, count, views } of this.#portions) {
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
    const [set, i] = this.#find(index);
    const pixels = set.rows * set.cols;
    return set.images.subarray(i * pixels, (i + 1) * pixels);
  }

  label(index: number): number {
    const [set, i] = this.#find(index);
    return set.labels[i]!;
  }

  #find(index: number): [set: ImageSet, index: number] {
    let i = index;
    for (const { set } of this.#portions) {
      if (i < set.labels.length) return [set, i];
      i -= set.labels.length;
    }
    throw new RangeError(`No image ${index} among the sampler's sets`);
  }
}
