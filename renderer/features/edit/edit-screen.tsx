import { lazy, useEffect } from 'react'
import { useShelf } from './clips/use-shelf'
import { EmptyEdit } from './empty-edit'

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
