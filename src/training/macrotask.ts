/**
 * Resolves in a later macrotask. Tensors' memory is only given back between macrotasks (microtasks alone let it
 * grow without end), and whoever shares the process gets a turn.
 */
export function nextMacrotask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
