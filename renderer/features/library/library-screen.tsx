import { FolderOpen, SearchX, TriangleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryEntry, LibraryQuery } from '../../../preload/contract'
import {
  type Chosen,
  chosenOrFocused,
  focusOn,
  keepKnown,
  noneChosen,
  nothingChosen,
} from '../../chosen-rows'
import { newResults } from '../../data/submitted'
import { useJobs, useMarkSeen } from '../../data/use-jobs'
import { useLibrary } from '../../data/use-library'
import { useShortcut } from '../../keyboard/use-shortcut'
import { show, useTarget } from '../../navigation'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { EntryView } from './entry-view'
import { isNarrowed } from './filter'
import { posterSizeOf } from './grid'
import { LibraryGrid } from './library-grid'
import { LibraryToolbar } from './library-toolbar'
import { QuickLook } from './quick-look'
import { TotalsButton } from './totals-button'
import { TrashDialog } from './trash-dialog'
import { useKept, useRemembered } from './use-kept'

const everything: LibraryQuery = { words: '', providers: [] }

const nothing: readonly LibraryEntry[] = []

/** The chosen results; results that are removed are no longer chosen. */
const useChosen = (entries: readonly LibraryEntry[]) => {
  const [chosen, setChosen] = useKept<Chosen>('library.chosen', nothingChosen)
  const before = useRef<string[]>([])
  useEffect(() => {
    const now = entries.map((entry) => entry.id)
    const last = before.current
    before.current = now
    if (last.length > 0) setChosen((chosen) => keepKnown(chosen, last, now))
  }, [entries, setChosen])
  return [chosen, setChosen] as const
}

const focusGrid = () =>
  document.querySelector<HTMLElement>('[role="listbox"]')?.focus({ preventScroll: true })

const EmptyLibrary = () => {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={<FolderOpen />}
      sentence={t('library.empty.text')}
      title={t('library.empty.title')}
    >
      <Button look="primary" onClick={() => show('edit')}>
        {t('library.empty.action')}
      </Button>
      <TotalsButton />
    </EmptyState>
  )
}

const NothingFound = ({ query, onAll }: { query: LibraryQuery; onAll: () => void }) => {
  const { t } = useTranslation()
  const words = query.words.trim()
  return (
    <EmptyState
      icon={<SearchX />}
      sentence={words ? t('library.nothing.text', { words }) : t('library.nothing.textFilter')}
      title={t('library.nothing.title')}
    >
      <Button onClick={onAll}>{t('library.nothing.action')}</Button>
    </EmptyState>
  )
}

interface BrowserProps {
  query: LibraryQuery
  setQuery: (change: (before: LibraryQuery) => LibraryQuery) => void
  entries: readonly LibraryEntry[]
  all: readonly LibraryEntry[]
}

const Browser = ({ query, setQuery, entries, all }: BrowserProps) => {
  const field = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useChosen(entries)
  const [posterSize, setPosterSize] = useRemembered('poster-size', posterSizeOf)
  const [previewing, setPreviewing] = useState<string | null>(null)
  const [trashing, setTrashing] = useState<readonly LibraryEntry[]>(nothing)
  const returned = useRef(chosen.focus !== null)
  useEffect(() => {
    // After a visit to a result, arrow keys continue from the same tile.
    if (returned.current) focusGrid()
  }, [])
  const focusSearch = () => field.current?.select()
  useShortcut('library-search', focusSearch)
  useShortcut('library-find', focusSearch)

  const clearChosen = () => setChosen(noneChosen)
  const askTrash = () => {
    const ids = new Set(chosenOrFocused(chosen))
    setTrashing(entries.filter((entry) => ids.has(entry.id)))
  }
  const open = (id: string) => {
    setChosen((before) => focusOn(before, id))
    show('library', id)
  }
  const step = (by: 1 | -1) => {
    const next = entries[entries.findIndex((entry) => entry.id === previewing) + by]
    if (!next) return
    setPreviewing(next.id)
    setChosen((before) => focusOn(before, next.id))
  }
  return (
    <div className="flex h-full flex-col">
      <LibraryToolbar
        all={all}
        chosen={chosen.ids.size}
        field={field}
        found={entries.length}
        onClearChosen={clearChosen}
        onLeaveSearch={focusGrid}
        onPosterSize={setPosterSize}
        onQuery={setQuery}
        onTrash={askTrash}
        posterSize={posterSize}
        query={query}
      />
      {entries.length === 0 ? (
        <NothingFound onAll={() => setQuery(() => everything)} query={query} />
      ) : (
        <LibraryGrid
          chosen={chosen}
          entries={entries}
          onChoose={setChosen}
          posterSize={posterSize}
          commands={{ open, preview: setPreviewing, trash: askTrash }}
        />
      )}
      <QuickLook
        entry={entries.find((entry) => entry.id === previewing) ?? null}
        onClose={() => {
          setPreviewing(null)
          focusGrid()
        }}
        onOpen={open}
        onStep={step}
      />
      <TrashDialog
        entries={trashing}
        onClose={() => setTrashing(nothing)}
        onTrashed={clearChosen}
      />
    </div>
  )
}

/** The library: the grid of all results, or one result in full. */
export const LibraryScreen = () => {
  const { t } = useTranslation()
  const [query, setQuery] = useKept<LibraryQuery>('library.query', everything)
  const all = useLibrary(everything)
  const found = useLibrary(query)
  const openId = useTarget('library')
  useMarkSeen(newResults(useJobs().data ?? []))
  if (found.isError)
    return (
      <EmptyState icon={<TriangleAlert />} sentence={t('library.broken')}>
        <Button onClick={() => void found.refetch()}>{t('common.tryAgain')}</Button>
      </EmptyState>
    )
  if (!found.data || !all.data) return <div aria-busy className="h-full" />
  if (openId !== null) {
    const entries = found.data.some((entry) => entry.id === openId) ? found.data : all.data
    return <EntryView entries={entries} id={openId} />
  }
  if (all.data.length === 0 && !isNarrowed(query)) return <EmptyLibrary />
  return <Browser all={all.data} entries={found.data} query={query} setQuery={setQuery} />
}
