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
  /** Of the step's change of the weights. */
  learning_rate: number;
  /** Of the epochs that have ended the one whose weights would be kept; null before the first has. */
  best_epoch: number | null;
}

export interface EpochRecord {
  epoch: number;
  loss: number;
  val_loss: number | null;
  val_accuracy: number | null;
  samples_per_s: number;
  /** Of the epoch's last step. */
  learning_rate: number;
  seconds: number;
}
