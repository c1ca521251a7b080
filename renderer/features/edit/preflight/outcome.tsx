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
import { changesFile, keepOutcome, recipeOf, useOutcomeOf } from '../stage/recipe'

const figuresOf = (
  { seconds, width, height, bytes, frameRate, format: kind }: Measures,
  format: ReturnType<typeof useFormat>,
) => ({
  length: seconds === null ? '' : format.seconds(seconds, 2),
  picture: width === null || height === null ? '' : format.pixels(width, height),
  size: bytes === null ? '' : format.bytes(bytes),
  rate: frameRate === null ? '' : `${Number(frameRate.toFixed(2))} fps`,
  format: kind?.toUpperCase() ?? '',
})

const figureNames = ['length', 'picture', 'size', 'rate', 'format'] as const

/** The forecast of a file's fixes: before and after. */
export const OutcomeLines = ({ outcome }: { outcome: Outcome | undefined }) => {
  const { t } = useTranslation()
  const format = useFormat()
  if (!outcome?.runs) return null
  const before = figuresOf(outcome.before, format)
  const after = figuresOf(outcome.after, format)
  const changed = figureNames.filter((name) => after[name] !== '' && after[name] !== before[name])
  if (changed.length === 0) return null
  return (
    <dl
      aria-label={t('edit.outcome.title')}
      className="mt-2 mb-1 grid grid-cols-[auto_1fr_auto_1fr] gap-x-2 gap-y-0.5 rounded-md bg-hover px-2.5 py-1.5 text-sm"
      data-testid="outcome-forecast"
    >
      {changed.map((name) => (
        <div className="col-span-4 grid grid-cols-subgrid" key={name}>
          <dt className="text-muted">{t(`edit.outcome.${name}`)}</dt>
          <dd className="text-right text-muted">{keepTogether(before[name])}</dd>
          <dd aria-hidden className="text-muted">
            →
          </dd>
          <dd className="font-medium">
            {keepTogether(name === 'size' ? `≈ ${after[name]}` : after[name])}
          </dd>
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
  const outcome = useOutcomeOf(draft, fileId)
  if (!changesFile(recipe) || outcome) return null
  const start = () => {
    const id = newOperationId()
    setOperationId(id)
    prepare.mutate(
      { id: fileId, ...recipe, operationId: id },
      { onSuccess: (file) => keepOutcome(fileId, recipe, file) },
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
