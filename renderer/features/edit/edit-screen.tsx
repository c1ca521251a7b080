import { Clapperboard } from 'lucide-react'
import { lazy, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { useAddAnything } from './add-files'
import { useShelf } from './clips/use-shelf'

/** Before the first clip. */
const EmptyEdit = () => {
  const { t } = useTranslation()
  const { openFiles, addSample, opening, sampling } = useAddAnything()
  return (
    <EmptyState icon={<Clapperboard />} sentence={t('edit.empty.sentence')}>
      <Button busy={opening} look="primary" onClick={() => void openFiles('any')}>
        {t('edit.empty.open')}
      </Button>
      <Button busy={sampling} look="ghost" onClick={() => void addSample()}>
        {t('edit.empty.sample')}
      </Button>
    </EmptyState>
  )
}

const loadWorkspace = () => import('./workspace')
const Workspace = lazy(() => loadWorkspace().then((module) => ({ default: module.Workspace })))

/**
 * Milliseconds from the first answers to the reading of what a clip needs: the empty screen should not wait for it, nor
 * the first clip when it comes.
 */
const soon = 300

/** Compose an edit. */
export const EditScreen = () => {
  const shelf = useShelf()
  useEffect(() => {
    if (!shelf.loaded) return
    const timer = window.setTimeout(() => void loadWorkspace(), soon)
    return () => window.clearTimeout(timer)
  }, [shelf.loaded])
  if (!shelf.loaded) return null
  return shelf.rows.length === 0 ? <EmptyEdit /> : <Workspace rows={shelf.rows} />
}
