/**
 * Resolves in a later macrotask. Tensors' memory is released only between macrotasks (with microtasks alone it grows
 * without limit), and other work in the process gets a turn.
 */
export function nextMacrotask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
