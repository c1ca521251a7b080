import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../../../preload/contract'
import { checkDrafts } from '../../../data/draft-checks'
import { changeDrafts, undoDrafts } from '../../../data/draft-store'
import { reportFailure } from '../../../data/failures'
import { knownMedia } from '../../../data/use-media'
import { toast } from '../../../ui/toast-store'
import type { BatchClip } from './batch-summary'
import { following } from './batch-summary'
import { fixedDrafts } from './fix-batch'

/** Changes many drafts at once; one press takes all of it back. */
const useChangeAll = () => {
  const { t } = useTranslation()
  return (drafts: readonly Draft[], text: string) => {
    changeDrafts(drafts)
    toast({
      level: 'pass',
      text,
      action: {
        label: t('common.undo'),
        run: () => undoDrafts(...drafts.map(({ clipId }) => clipId)),
      },
    })
  }
}

/** What can be done to all chosen clips. */
export const useBatchActions = (clips: readonly BatchClip[]) => {
  const { t } = useTranslation()
  const changeAll = useChangeAll()
  const [fixing, setFixing] = useState(false)
  const fixAll = async () => {
    setFixing(true)
    try {
      const drafts = clips.map(({ draft }) => draft)
      const media = new Map(knownMedia().map((item) => [item.id, item.facts]))
      const fixed = await fixedDrafts(drafts, (id) => media.get(id) ?? null, checkDrafts)
      const changed = fixed.filter((draft, index) => draft !== drafts[index])
      if (changed.length > 0) changeAll(changed, t('edit.batch.fixed', { count: changed.length }))
    } catch (error) {
      reportFailure(error)
    } finally {
      setFixing(false)
    }
  }
  const apply = (pattern: Draft) => {
    const others = clips.filter(({ draft }) => draft.clipId !== pattern.clipId)
    changeAll(
      others.map(({ draft }) => following(draft, pattern)),
      t('edit.batch.applied', { count: others.length }),
    )
  }
  return { fixAll, fixing, apply }
}
