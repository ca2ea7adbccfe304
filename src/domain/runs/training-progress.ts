/** Progress that a training node reports after some of its steps. */
export interface TrainProgress {
  epoch: number;
  epochs: number;
  step: number;
  steps: number;
  loss: number;
  /** On the validation split, after each epoch; null within one. */
  val_loss: number | null;
  val_accuracy: number | null;
  samples_per_s: number;
  /** The learning rate of the step. */
  learning_rate: number;
  /** The finished epoch whose weights would be kept: the best, or without validation the last; null before the first. */
  best_epoch: number | null;
}

/** The record of one finished epoch. */
export interface EpochRecord {
  epoch: number;
  loss: number;
  val_loss: number | null;
  val_accuracy: number | null;
  samples_per_s: number;
  /** The learning rate of the epoch's last step. */
  learning_rate: number;
  /** Duration of the epoch. */
  seconds: number;
}
