/**
 * Checks files and edits against the model's limits (preload/contract/wan27.ts), and predicts what
 * remedies will do. Pure functions of facts: this folder imports only the contract.
 */
export {
  bitrateFor,
  bufferSeconds,
  type ClipPlan,
  type EncodePlan,
  endOf,
  lengthOf,
  planClip,
  type Treatment,
} from './clip-plan'
export {
  characters,
  type EditSubject,
  impliedRatio,
  type OptionName,
  unsupportedOptions,
} from './edit-rules'
export {
  extensionOf,
  fittingExtensions,
  fittingName,
  looksLikeClip,
  withExtension,
} from './file-names'
export { forecast, predict, predictName, preparedExtension } from './forecast'
export { constantRate, type FrameRate, framesPerSecond, smoothRate } from './frame-rate'
export type { Fit, Rectangle, Size } from './geometry'
export { type ImageEncodePlan, type ImagePlan, planImage } from './image-plan'
export { decodableFormats } from './image-rules'
export { checkClip, checkEdit, checkFile, checkImage, remediesOf, verdictOf } from './verdict'
