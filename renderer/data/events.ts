import type { Job, MediaItem } from '../../preload/contract'
import { changeLanguage, sayNow } from '../language'
import { show } from '../navigation'
import { toast } from '../ui/toast-store'
import { client } from './client'
import { renewChecks } from './draft-checks'
import { keys } from './keys'
import { withItem, withItems, withoutIds } from './list-cache'
import { setOperation } from './operations'

/** News of files come in bursts when a folder is dropped: they reach the screen once a frame. */
const pending = new Map<string, MediaItem>()
let planned = false

const applyPending = () => {
  planned = false
  const items = [...pending.values()]
  pending.clear()
  client.setQueryData<MediaItem[]>(keys.media, (list) => withItems(list ?? [], items))
  renewChecks(new Set(items.map(({ id }) => id)))
}

const onMedia = (item: MediaItem) => {
  pending.set(item.id, item)
  if (planned) return
  planned = true
  // Not a frame: a hidden window draws none.
  window.setTimeout(applyPending, 32)
}

/** Keeps what the window knows true to what main says; gives the way to stop. */
export const followMain = (): (() => void) => {
  const { on } = window.reshoot
  const stops = [
    on('mediaChanged', onMedia),
    on('mediaRemoved', ({ ids }) => {
      for (const id of ids) pending.delete(id)
      client.setQueryData<MediaItem[]>(keys.media, (list) => withoutIds(list ?? [], ids))
    }),
    on('operation', ({ operationId, fraction }) => setOperation(operationId, fraction)),
    on('jobChanged', (job) =>
      client.setQueryData<Job[]>(keys.jobs, (list) => withItem(list ?? [], job)),
    ),
    on('jobsRemoved', ({ ids }) =>
      client.setQueryData<Job[]>(keys.jobs, (list) => withoutIds(list ?? [], ids)),
    ),
    on('libraryChanged', () => void client.invalidateQueries({ queryKey: keys.library })),
    on('settingsChanged', (view) => {
      client.setQueryData(keys.settings, view)
      changeLanguage(view.language)
      void client.invalidateQueries({ queryKey: keys.tools })
      void client.invalidateQueries({ queryKey: keys.providers })
      void client.invalidateQueries({ queryKey: keys.bucket })
      renewChecks()
    }),
    on('show', ({ view, id }) => show(view, id)),
    on('notice', ({ level, text }) => toast({ level, text: sayNow(text) })),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
