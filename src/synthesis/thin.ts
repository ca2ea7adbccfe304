/**
 * Thins the ink of an image to lines of one pixel, in place, without breaking them: peels off the border pixels whose
 * removal leaves their neighbourhood connected, alternately from the south-east and the north-west, until none is left.
 *
 * @param ink  uint8 [rows * cols], 1 for ink and 0 for blank; the outermost rows and columns must be blank.
 * @param cols of the image.
 *
 * Source: T. Y. Zhang and C. Y. Suen, A fast parallel algorithm for thinning digital patterns, 1984.
 */
export function thin(ink: Uint8Array, cols: number): void {
  const around = [-cols, 1 - cols, 1, cols + 1, cols, cols - 1, -1, -cols - 1];
  const isPeeled = (at: number, isSecond: boolean) => {
    let count = 0;
    let changes = 0;
    for (let i = 0; i < 8; i++) {
      const value = ink[at + around[i]!]!;
      count += value;
      if (value === 0 && ink[at + around[(i + 1) % 8]!] === 1) changes += 1;
    }
    if (count < 2 || count > 6 || changes !== 1) return false;
    const north = ink[at - cols]!;
    const east = ink[at + 1]!;
    const south = ink[at + cols]!;
    const west = ink[at - 1]!;
    return isSecond
      ? north * east * west === 0 && north * south * west === 0
      : north * east * south === 0 && east * south * west === 0;
  };
  let left: number[] = [];
  for (let at = 0; at < ink.length; at++) if (ink[at] === 1) left.push(at);
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    for (const isSecond of [false, true]) {
      const peeled = left.filter((at) => isPeeled(at, isSecond));
      if (peeled.length === 0) continue;
      for (const at of peeled) ink[at] = 0;
      left = left.filter((at) => ink[at] === 1);
      hasChanged = true;
    }
  }
}
