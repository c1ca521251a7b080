import { Eye } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../../../preload/contract'
import { cancelOperation, newOperationId, useOperation } from '../../../data/operations'
import { usePrepare } from '../../../data/use-media'
import { useFormat } from '../../../language/use-format'
import { Button } from '../../../ui/button'
import { Progress } from '../../../ui/progress'
import { keepOutcome, useOutcome } from '../stage/prepared-store'
import { changesFile, recipeName, recipeOf } from '../stage/recipe'

/** Makes what the selection and the fixes lead to, so that it can be looked at before it is sent. */
export const PreviewOutcome = ({ draft, fileId }: { draft: Draft; fileId: string }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const [operationId, setOperationId] = useState<string | null>(null)
  const fraction = useOperation(operationId)
  const prepare = usePrepare()
  // Nobody waits for it any more once this is gone from the screen.
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
