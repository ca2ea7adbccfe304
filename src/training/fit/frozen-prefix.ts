interface ChainLayer {
  name: string;
  weights: readonly unknown[];
  getClassName(): string;
}

/**
 * Number of layers, from the first on, whose outputs for an image are the same in every step of fine-tuning: those up
 * to the last frozen layer with weights, and those after it up to the first dropout or the first trained layer.
 *
 * Dropout between frozen layers is then off, as in inference. 0 when the first layer with weights is trained.
 *
 * @param layers  all layers of the model, in order.
 * @param trained names of the layers that are trained.
 */
export function frozenPrefix(layers: readonly ChainLayer[], trained: ReadonlySet<string>): number {
  const firstTrained = layers.findIndex(({ name }) => trained.has(name));
  const before = firstTrained < 0 ? layers : layers.slice(0, firstTrained);
  let cut = before.findLastIndex(({ weights }) => weights.length > 0) + 1;
  if (cut === 0) return 0;
  while (cut < before.length && before[cut]!.getClassName() !== "Dropout") cut += 1;
  return cut;
}
