import { ArrowLeft, ChevronLeft, ChevronRight, FileX2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { titleOf } from '../../format'
import { useShortcut } from '../../keyboard/use-shortcut'
import { show } from '../../navigation'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { IconButton } from '../../ui/icon-button'
import { ComparePlayer } from './compare-player'
import { EntryActions } from './entry-actions'
import { MadePanel } from './made-panel'
import { TrashDialog } from './trash-dialog'

const back = () => show('library')

/** One result in full: the comparison with its source at the left, its details at the right. */
export const EntryView = ({ id, entries }: { id: string; entries: readonly LibraryEntry[] }) => {
  const { t } = useTranslation()
  const [trashing, setTrashing] = useState(false)
  const index = entries.findIndex((entry) => entry.id === id)
  const entry = entries[index]
  const step = (by: 1 | -1) => {
    const next = entries[index + by]
    if (next) show('library', next.id)
  }
  useShortcut('library-previous', () => step(-1))
  useShortcut('library-next', () => step(1))
  useShortcut('library-back', back)
  useShortcut('library-trash', () => setTrashing(true))
  if (!entry)
    return (
      <EmptyState icon={<FileX2 />} sentence={t('library.gone')}>
        <Button onClick={back}>{t('library.back')}</Button>
      </EmptyState>
    )
  return (
    <div className="flex h-full flex-col">
      <header className="flex h-12 shrink-0 items-center gap-3 border-b border-line pr-4 pl-3">
        <Button icon={<ArrowLeft aria-hidden className="size-4" />} look="quiet" onClick={back}>
          {t('library.back')}
        </Button>
        <h1 className="min-w-0 flex-1 truncate font-medium">
          {titleOf(entry.prompt, entry.fileName)}
        </h1>
        <span className="shrink-0 text-sm text-muted">
          {t('library.position', { index: index + 1, count: entries.length })}
        </span>
        <div className="flex">
          <IconButton
            disabled={index === 0}
            icon={<ChevronLeft aria-hidden />}
            onClick={() => step(-1)}
            shortcut="library-previous"
            side="bottom"
          />
          <IconButton
            disabled={index === entries.length - 1}
            icon={<ChevronRight aria-hidden />}
            onClick={() => step(1)}
            shortcut="library-next"
            side="bottom"
          />
        </div>
      </header>
      <div className="flex min-h-0 flex-1">
        {entry.missing ? (
          <div className="min-w-0 flex-1 bg-stage">
            <EmptyState
              icon={<FileX2 />}
              sentence={t('library.missingText', { name: entry.fileName })}
              title={t('common.missing')}
            />
          </div>
        ) : (
          <div className="flex min-w-0 flex-1">
            <ComparePlayer entry={entry} key={entry.id} />
          </div>
        )}
        <aside
          aria-label={t('library.made.title')}
          className="w-[340px] shrink-0 overflow-y-auto border-l border-line bg-panel"
        >
          <EntryActions entry={entry} onTrash={() => setTrashing(true)} />
          <MadePanel entry={entry} />
        </aside>
      </div>
      <TrashDialog
        entries={trashing ? [entry] : []}
        onClose={() => setTrashing(false)}
        onTrashed={() => {
          const next = entries[index + 1] ?? entries[index - 1]
          show('library', next?.id ?? null)
        }}
      />
    </div>
  )
}
