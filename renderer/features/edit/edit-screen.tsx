import { Clapperboard } from 'lucide-react'
import { lazy, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { useAddAnything } from './add-files'
import { useShelf } from './clips/use-shelf'

/** The screen before the first clip. */
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

/** When the code of the workspace is loaded: after the empty screen, before the first clip. Milliseconds. */
const preloadDelay = 300

/** The Edit screen. */
export const EditScreen = () => {
  const shelf = useShelf()
  useEffect(() => {
    if (!shelf.loaded) return
    const timer = window.setTimeout(() => void loadWorkspace(), preloadDelay)
    return () => window.clearTimeout(timer)
  }, [shelf.loaded])
  if (!shelf.loaded) return null
  return shelf.rows.length === 0 ? <EmptyEdit /> : <Workspace rows={shelf.rows} />
}
