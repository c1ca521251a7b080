/** Limits as data, rules as pure functions, one verdict; imports the contract and nothing else. */
export { checkClip, checkEdit, checkFile, checkImage, remediesOf, verdictOf } from './check-file'
export { type ClipPlan, type EncodePlan, lengthOf, planClip } from './clip-plan'
export { characters, type EditSubject } from './edit-rules'
export {
  extensionOf,
  fittingExtensions,
  fittingName,
  looksLikeClip,
  withExtension,
} from './file-names'
export { constantRate, type FrameRate, framesPerSecond } from './frame-rate'
export type { Fit, Size } from './geometry'
export { type ImageEncodePlan, type ImagePlan, planImage } from './image-plan'
export { decodableFormats } from './image-rules'
export { clipLimits, imageLimits } from './limits'
export { predict, predictName, preparedExtension } from './predict'
