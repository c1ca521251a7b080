/**
 * Checks files and edits against the model's limits (preload/contract/wan27.ts), and predicts what
 * remedies will do. Pure functions of facts: this folder imports only the contract.
 */
export * from './clip-plan'
export {
  characters,
  type EditSubject,
  impliedRatio,
  type OptionName,
  unsupportedOptions,
} from './edit-rules'
export * from './file-names'
export * from './forecast'
export * from './frame-rate'
export type { Fit, Rectangle, Size } from './geometry'
export * from './image-plan'
export { decodableFormats } from './image-rules'
export { isSameCut, type PicturePacket, packetsOfCut } from './key-frame-cut'
export * from './purpose'
export * from './sound-plan'
export { soundOfClip } from './sound-rules'
export { checkClip, checkEdit, checkFile, checkImage, remediesOf, verdictOf } from './verdict'
