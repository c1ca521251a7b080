import type { Facts, Fix, Forecast, Measures, Selection } from '../../preload/contract'
import { checkFile } from './check-file'
import { lengthOf } from './clip-plan'
import { estimateBytes } from './estimate-bytes'
import { predict, predictName, preparedExtension } from './predict'

const measuresOf = (facts: Facts): Measures => ({
  bytes: facts.bytes,
  seconds: facts.kind === 'video' ? lengthOf(facts) : null,
  width: facts.kind === 'other' ? null : facts.width,
  height: facts.kind === 'other' ? null : facts.height,
  frameRate: facts.kind === 'video' ? facts.frameRate : null,
  format: facts.kind === 'video' ? facts.codec : facts.format,
})

/** What a selection and a fix would make of a file, and what preflight would say of it. Pure. */
export const forecast = (
  name: string,
  source: Facts,
  selection: Selection | null,
  fix: Fix,
): Forecast => {
  const facts = predict(source, selection, fix)
  const runs = preparedExtension(source, selection, fix) !== null
  const after = measuresOf(facts)
  const bytes = runs ? estimateBytes(source, selection, fix) : facts.bytes
  return {
    facts,
    report: checkFile(facts, predictName(name, source, selection, fix)),
    outcome: { before: measuresOf(source), after: { ...after, bytes }, runs },
  }
}
