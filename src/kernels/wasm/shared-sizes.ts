// Sizes on which the kernels and their callers must agree. Both compilers read this file, AssemblyScript as well as
// TypeScript, so it contains only integers.

/** Rows of the tile of C that one call computes. */
export const TILE_ROWS = 6;
/** Columns of that tile, and of a panel of packed B. */
export const TILE_COLS = 8;
/** Bytes of one step of packed A: a value for each row of the tile, repeated in four lanes. */
export const A_STEP = 96;
/** Bytes of one step of a panel of packed B, and of a row of the tile: a value for each column. */
export const B_STEP = 32;
/** Bytes of the scratch tile that is used when only part of a tile is inside C. */
export const EDGE_BYTES = 192;
/** Steps of K that one pass covers: packed A then takes 24 KiB and stays in the L1 cache. */
export const K_BLOCK = 256;

/** Elements that one chunk of an element-wise kernel covers. */
export const SPAN = 16384;

/** Bytes of an entry in a list of values that are not 0: an offset and the value. */
export const ENTRY_BYTES = 8;
/** Columns that a sparse product computes together: twelve vectors, as many as fit into registers. */
export const SPARSE_BLOCK = 48;
/** Bytes of a row of such a block. */
export const SPARSE_BLOCK_BYTES = 192;

/** Values of a tile in Winograd's F(4×4, 3×3) and F(3×3, 4×4): six by six. */
export const WINOGRAD_ELEMENTS = 36;
/** Tiles that are transformed, multiplied and transformed back together, so that they stay in the L2 cache. */
export const STRIP_TILES = 12;
/** The same for the filter gradient, where longer strips add to the sums less often. */
export const GRADIENT_TILES = 36;
/** Bytes of scratch for transforming a tile: twice 6×6 vectors. */
export const WINOGRAD_TEMP_BYTES = 1152;
