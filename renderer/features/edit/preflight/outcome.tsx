import { Eye } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, Measures, Outcome } from '../../../../preload/contract'
import { cancelOperation, newOperationId, useOperation } from '../../../data/operations'
import { usePrepare } from '../../../data/use-media'
import { keepTogether } from '../../../language/keep-together'
import { useFormat } from '../../../language/use-format'
import { Button } from '../../../ui/button'
import { Progress } from '../../../ui/progress'
import { keepOutcome, useOutcome } from '../stage/prepared-store'
import { changesFile, recipeName, recipeOf } from '../stage/recipe'

interface Change {
  name: 'length' | 'picture' | 'size' | 'rate' | 'format'
  before: string
  after: string
}

/** The figures that a fix changes, before and after. */
const changesOf = (
  { before, after, runs }: Outcome,
  format: ReturnType<typeof useFormat>,
): Change[] => {
  const seconds = ({ seconds: value }: Measures) => (value === null ? '' : format.seconds(value, 2))
  const picture = ({ width, height }: Measures) =>
    width === null || height === null ? '' : format.pixels(width, height)
  const rate = ({ frameRate }: Measures) =>
    frameRate === null ? '' : keepTogether(`${Number(frameRate.toFixed(2))} fps`)
  const kind = (measures: Measures) => measures.format?.toUpperCase() ?? ''
  const bytes = (measures: Measures, about: boolean) =>
    measures.bytes === null
      ? ''
      : keepTogether(`${about ? '≈ ' : ''}${format.bytes(measures.bytes)}`)
  const all: Change[] = [
    { name: 'length', before: seconds(before), after: seconds(after) },
    { name: 'picture', before: picture(before), after: picture(after) },
    { name: 'size', before: bytes(before, false), after: bytes(after, runs) },
    { name: 'rate', before: rate(before), after: rate(after) },
    { name: 'format', before: kind(before), after: kind(after) },
  ]
  const isSame = ({ before: was, after: will }: Change) => was === will.replace(/^≈\s/, '')
  return all.filter((one) => one.after !== '' && !isSame(one))
}

/** The forecast of a file's fixes: before and after. */
export const OutcomeLines = ({ outcome }: { outcome: Outcome | undefined }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const changes = outcome?.runs ? changesOf(outcome, format) : []
  if (changes.length === 0) return null
  return (
    <dl
      aria-label={t('edit.outcome.title')}
      className="mt-2 mb-1 grid grid-cols-[auto_1fr_auto_1fr] gap-x-2 gap-y-0.5 rounded-md bg-hover px-2.5 py-1.5 text-sm"
      data-testid="outcome-forecast"
    >
      {changes.map(({ name, before, after }) => (
        <div className="col-span-4 grid grid-cols-subgrid" key={name}>
          <dt className="text-muted">{t(`edit.outcome.${name}`)}</dt>
          <dd className="text-right text-muted">{before}</dd>
          <dd aria-hidden className="text-muted">
            →
          </dd>
          <dd className="font-medium">{after}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The button that prepares a file with its selection and fixes for a preview, then its progress. */
export const PreviewOutcome = ({ draft, fileId }: { draft: Draft; fileId: string }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const [operationId, setOperationId] = useState<string | null>(null)
  const fraction = useOperation(operationId)
  const prepare = usePrepare()
  // Nothing shows the result after this component is gone.
  useEffect(() => () => void (operationId && cancelOperation(operationId)), [operationId])
  const recipe = recipeOf(draft, fileId)
  const name = recipeName(recipe)
  const outcome = useOutcome(fileId, name)
  if (!changesFile(recipe) || outcome) return null
  const start = () => {
    const id = newOperationId()
    setOperationId(id)
    prepare.mutate(
      { id: fileId, ...recipe, operationId: id },
      { onSuccess: (file) => keepOutcome(fileId, { recipe: name, file }) },
    )
  }
  if (prepare.isPending && operationId)
    return (
      <div className="flex h-7 items-center gap-2 text-sm" role="status">
        <span className="text-muted">{t('edit.preflight.preparing')}</span>
        <Progress className="flex-1" fraction={fraction} label={t('edit.preflight.preparing')} />
        {fraction === null ? null : <span>{format.percent(fraction)}</span>}
        <Button look="quiet" onClick={() => cancelOperation(operationId)} size="sm">
          {t('common.cancel')}
        </Button>
      </div>
    )
  return (
    <div>
      <Button
        className="-ml-1 text-muted"
        icon={<Eye aria-hidden className="size-4" />}
        look="ghost"
        onClick={start}
        size="sm"
      >
        {t('edit.preflight.previewOutcome')}
      </Button>
    </div>
  )
}
