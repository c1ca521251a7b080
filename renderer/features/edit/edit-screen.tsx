import { lazy, useEffect } from 'react'
import { useShelf } from './clips/use-shelf'
import { EmptyEdit } from './empty-edit'

const loadWorkspace = () => import('./workspace')
const Workspace = lazy(() => loadWorkspace().then((module) => ({ default: module.Workspace })))

/** Compose an edit. */
export const EditScreen = () => {
  const shelf = useShelf()
  useEffect(() => {
    if (!shelf.loaded) return
    // An empty screen should not wait for all that a clip needs, nor the first clip for it to be read.
    const idle = requestIdleCallback(() => void loadWorkspace())
    return () => cancelIdleCallback(idle)
  }, [shelf.loaded])
  if (!shelf.loaded) return null
  return shelf.rows.length === 0 ? <EmptyEdit /> : <Workspace rows={shelf.rows} />
}
