import { rmsPropStep } from "../../kernels/own-operations.ts";
import * as tf from "../../kernels/tf.ts";

/**
 * RMSprop as in Keras: each weight's step is divided by the running root mean square of its gradients.
 *
 *   m ← ρ·m + (1 − ρ)·g²
 *   w ← w − learningRate · g / √(m + ε)
 *
 * with ρ = 0.9 and ε = 1e-7. Every update creates new tensors: XNNPACK would continue to use the packed form of a
 * weight that is changed in place.
 *
 * Source: T. Tieleman and G. Hinton, Lecture 6.5, Neural Networks for Machine Learning, 2012; Keras 3,
 * `keras.optimizers.RMSprop`.
 */
export class RMSprop {
  readonly #squares = new Map<string, tf.Variable>();

  /**
   * @param gradients by variable name, as `tf.variableGrads` returns them; not disposed of.
   * @param variables the weights to change.
   */
  apply(gradients: tf.NamedTensorMap, variables: readonly tf.Variable[], learningRate: number): void {
    for (const variable of variables) {
      const gradient = gradients[variable.name];
      if (gradient === undefined) throw new RangeError(`No gradient for weight "${variable.name}"`);
      const attributes = { learningRate, rho: RHO, epsilon: EPSILON };
      const squares = this.#squaresOf(variable);
      tf.tidy(() => rmsPropStep(variable, squares, gradient, attributes));
    }
  }

  /** The running means, one array per variable; zeros for one that has not been changed yet. */
  state(variables: readonly tf.Variable[]): Float32Array[] {
    return variables.map((variable) => this.#squaresOf(variable).dataSync() as Float32Array);
  }

  /** @param state as `state` returned it for the same variables. @throws {RangeError} when it does not fit them. */
  restore(variables: readonly tf.Variable[], state: readonly Float32Array[]): void {
    if (state.length !== variables.length) {
      throw new RangeError(
        `The optimiser's state is of ${state.length} weights, expected ${variables.length}`,
      );
    }
    variables.forEach((variable, i) => {
      tf.tidy(() => this.#squaresOf(variable).assign(tf.tensor(state[i]!.slice(), variable.shape)));
    });
  }

  dispose(): void {
    for (const squares of this.#squares.values()) squares.dispose();
    this.#squares.clear();
  }

  #squaresOf(variable: tf.Variable): tf.Variable {
    const known = this.#squares.get(variable.name);
    if (known !== undefined) return known;
    const squares = tf.tidy(() => tf.variable(tf.zerosLike(variable), false));
    this.#squares.set(variable.name, squares);
    return squares;
  }
}

const RHO = 0.9;
const EPSILON = 1e-7;
