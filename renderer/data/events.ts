import i18next from 'i18next'
import type { MediaItem } from '../../preload/contract'
import { show } from '../navigation'
import { toast } from '../ui/toast-store'
import { client, keys, putInList, removeFromList } from './client'
import { renewChecks } from './draft-checks'
import { noticeToast, reportFailure } from './failures'
import { setOperation } from './operations'
import { openReport } from './report'

/** Changed files that are not in the cache yet: dropping a folder changes many at once. */
const pending = new Map<string, MediaItem>()

const applyPending = () => {
  const items = [...pending.values()]
  pending.clear()
  putInList(keys.media, items)
  renewChecks(new Set(items.map(({ id }) => id)))
}

const onMedia = (item: MediaItem) => {
  // A timer, not an animation frame: a hidden window draws no frames.
  if (pending.size === 0) window.setTimeout(applyPending, 32)
  pending.set(item.id, item)
}

/** Applies main's events to the window, until it closes. */
export const followMain = (): void => {
  const { on } = window.reshoot
  on('mediaChanged', onMedia)
  on('mediaRemoved', ({ ids }) => {
    for (const id of ids) pending.delete(id)
    removeFromList(keys.media, ids)
  })
  on('operation', ({ operationId, fraction }) => setOperation(operationId, fraction))
  on('jobChanged', (job) => putInList(keys.jobs, [job]))
  on('jobsRemoved', ({ ids }) => removeFromList(keys.jobs, ids))
  on('libraryChanged', () => void client.invalidateQueries({ queryKey: keys.library }))
  on('settingsChanged', (view) => {
    client.setQueryData(keys.settings, view)
    for (const queryKey of [keys.tools, keys.providers, keys.bucket])
      void client.invalidateQueries({ queryKey })
    renewChecks()
  })
  on('updatesChanged', (state) => client.setQueryData(keys.updates, state))
  on('show', ({ view, id }) => show(view, id))
  on('report', () => openReport())
  on('notice', ({ level, text, show: target }) => {
    const label = i18next.t('edit.submit.showQueue')
    const shown = target && { action: { label, run: () => show(target.view, target.id) } }
    toast({ level, ...noticeToast(text), ...shown })
  })
}

/** Shows errors of the page that nothing else has caught, until it closes. */
export const followFaults = (): void => {
  // Without an error it is a notice of the browser, such as that a size was observed late.
  window.addEventListener('error', ({ error }) => {
    if (error !== null && error !== undefined) reportFailure(error)
  })
  window.addEventListener('unhandledrejection', ({ reason }) => reportFailure(reason))
}
