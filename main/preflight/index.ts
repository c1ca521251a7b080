/** Limits as data, rules as pure functions, one verdict; imports the contract and nothing else. */
export { checkClip, checkEdit, checkFile, checkImage, remediesOf, verdictOf } from './check-file'
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
export { characters, type EditSubject, impliedRatio } from './edit-rules'
export {
  extensionOf,
  fittingExtensions,
  fittingName,
  looksLikeClip,
  withExtension,
} from './file-names'
export { forecast } from './forecast'
export { constantRate, type FrameRate, framesPerSecond, smoothRate } from './frame-rate'
export type { Fit, Rectangle, Size } from './geometry'
export { type ImageEncodePlan, type ImagePlan, planImage } from './image-plan'
export { decodableFormats } from './image-rules'
export { predict, predictName, preparedExtension } from './predict'
