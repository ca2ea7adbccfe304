import type { Node } from "../pipeline/node.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";

/**
 * The nodes of a run that are certain to be skipped: those that are unchanged, and whose readers of values held in
 * memory are all certain to be skipped as well. Each edge of the pipeline is followed once per change of its reader.
 */
export class CertainSkips {
  readonly #planned: ReadonlySet<Node>;
  readonly #certain: Set<Node>;
  readonly #unchanged = new Set<Node>();
  /** By node, the nodes whose outputs it reads from memory. */
  readonly #holders: ReadonlyMap<Node, readonly Node[]>;
  /** Number of nodes that read an output from memory and are not certain to be skipped, by the node that outputs it. */
  readonly #needing = new Map<Node, number>();

  /**
   * @param planned nodes that are skipped in any case; what they hold in memory, no other node reads.
   * @param isHeld  whether an output is held in memory only.
   */
  constructor({ nodes }: Pipeline, planned: ReadonlySet<Node>, isHeld: (output: string) => boolean) {
    this.#planned = planned;
    this.#certain = new Set(planned);
    const holderOf = new Map(
      nodes.flatMap((node) => node.outputs.filter(isHeld).map((output) => [output, node] as const)),
    );
    this.#holders = new Map(
      nodes.map((node) => [node, [...new Set(node.inputs.flatMap((name) => holderOf.get(name) ?? []))]]),
    );
    for (const node of nodes) if (!planned.has(node)) this.#count(node, 1);
  }

  has(node: Node): boolean {
    return this.#certain.has(node);
  }

  /** Sets whether a node is unchanged. A node that is planned to be skipped is skipped in any case. */
  set(node: Node, isUnchanged: boolean): void {
    if (this.#planned.has(node)) return;
    if (isUnchanged) this.#unchanged.add(node);
    else this.#unchanged.delete(node);
    const affected = [node];
    for (const one of affected) {
      const isCertain = this.#unchanged.has(one) && (this.#needing.get(one) ?? 0) === 0;
      if (isCertain === this.#certain.has(one)) continue;
      if (isCertain) this.#certain.add(one);
      else this.#certain.delete(one);
      affected.push(...this.#count(one, isCertain ? -1 : 1));
    }
  }

  /** @returns the nodes whose count has changed. */
  #count(node: Node, change: number): readonly Node[] {
    const holders = this.#holders.get(node) ?? [];
    for (const holder of holders) this.#needing.set(holder, (this.#needing.get(holder) ?? 0) + change);
    return holders;
  }
}
