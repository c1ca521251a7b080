import { Grid2x2, Grid3x3, Search, Trash2, X } from 'lucide-react'
import { type RefObject, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryEntry, LibraryQuery } from '../../../preload/contract'
import { useProviderName } from '../../data/use-providers'
import { useFormat } from '../../language/use-format'
import { Button } from '../../ui/button'
import { classNames } from '../../ui/class-names'
import { TextInput } from '../../ui/field'
import { IconButton } from '../../ui/icon-button'
import { Slider } from '../../ui/slider'
import { isNarrowed, providerChips, toggleProvider } from './filter'
import { posterSizes } from './grid'
import { TotalsButton } from './totals-button'

/** Milliseconds without typing before the search starts. */
const searchDelay = 150

interface ToolbarProps {
  all: readonly LibraryEntry[]
  found: number
  query: LibraryQuery
  onQuery: (change: (before: LibraryQuery) => LibraryQuery) => void
  field: RefObject<HTMLInputElement | null>
  /** The person moves on to the results. */
  onLeaveSearch: () => void
  posterSize: number
  onPosterSize: (size: number) => void
  chosen: number
  onClearChosen: () => void
  onTrash: () => void
}

const SearchField = ({ query, onQuery, field, onLeaveSearch }: ToolbarProps) => {
  const { t } = useTranslation()
  const { words } = query
  const [typed, setTyped] = useState(words)
  const onWords = useCallback(
    (words: string) => onQuery((before) => ({ ...before, words })),
    [onQuery],
  )
  useEffect(() => setTyped(words), [words])
  useEffect(() => {
    if (typed === words) return
    const timer = setTimeout(() => onWords(typed), searchDelay)
    return () => clearTimeout(timer)
  }, [typed, words, onWords])
  const clear = () => {
    setTyped('')
    onWords('')
  }
  return (
    <div className="relative w-72 min-w-40 shrink">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted"
      />
      <TextInput
        aria-label={t('library.search')}
        className="w-full pr-8 pl-8"
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && typed !== '') clear()
          else if (
            ['Escape', 'ArrowDown', 'Enter'].includes(event.key) &&
            !event.nativeEvent.isComposing
          ) {
            onWords(typed)
            onLeaveSearch()
          } else return
          event.preventDefault()
        }}
        placeholder={t('library.search')}
        ref={field}
        role="searchbox"
        value={typed}
      />
      {typed === '' ? null : (
        <IconButton
          className="absolute top-1 right-1"
          icon={<X aria-hidden />}
          label={t('library.clearSearch')}
          onClick={clear}
          size="sm"
        />
      )}
    </div>
  )
}

const Chips = ({ all, query, onQuery }: ToolbarProps) => {
  const { t } = useTranslation()
  const format = useFormat()
  const providerName = useProviderName()
  const chips = providerChips(all, query.providers)
  // With one provider there is nothing to choose.
  if (chips.length < 2 && query.providers.length === 0) return null
  return (
    <fieldset
      aria-label={t('library.filters')}
      className="flex min-w-0 gap-1 overflow-x-auto p-0.5"
    >
      {chips.map((chip) => (
        <button
          aria-pressed={chip.on}
          className={classNames(
            'flex h-7 max-w-48 shrink-0 items-center gap-1.5 rounded-full border px-3 text-sm transition-colors',
            chip.on
              ? 'border-accent bg-accent-soft text-accent-text'
              : 'border-line text-muted hover:bg-hover hover:text-text',
          )}
          key={chip.id}
          onClick={() => onQuery((before) => toggleProvider(before, chip.id))}
          title={providerName(chip.id)}
          type="button"
        >
          <span className="truncate">{providerName(chip.id, 'short')}</span>
          <span className="opacity-75">{format.count(chip.count)}</span>
        </button>
      ))}
    </fieldset>
  )
}

/** Commands for the chosen results; replaces the search. */
const ChosenBar = ({ chosen, onClearChosen, onTrash }: ToolbarProps) => {
  const { t } = useTranslation()
  return (
    <div className="flex flex-1 items-center gap-2">
      <IconButton
        icon={<X aria-hidden />}
        label={t('library.clearSelection')}
        onClick={onClearChosen}
      />
      <span className="flex-1 font-medium" role="status">
        {t('library.selected', { count: chosen })}
      </span>
      <Button icon={<Trash2 aria-hidden className="size-4" />} look="danger" onClick={onTrash}>
        {t('library.trash')}
      </Button>
    </div>
  )
}

/** Search, filters and poster size above the grid. */
export const LibraryToolbar = (props: ToolbarProps) => {
  const { t } = useTranslation()
  const said = isNarrowed(props.query) ? 'library.found' : 'library.count'
  return (
    <header className="flex h-14 shrink-0 items-center gap-3 px-6">
      {props.chosen > 0 ? (
        <ChosenBar {...props} />
      ) : (
        <>
          <h1 className="sr-only">{t('library.title')}</h1>
          <SearchField {...props} />
          <Chips {...props} />
          <span className="shrink-0 text-sm text-muted" role="status">
            {t(said, { count: props.found })}
          </span>
          <span className="flex-1" />
          <TotalsButton />
          <div className="flex shrink-0 items-center gap-2 text-muted">
            <Grid3x3 aria-hidden className="size-4" />
            <Slider
              className="w-24"
              label={t('library.size')}
              max={posterSizes.max}
              min={posterSizes.min}
              onChange={props.onPosterSize}
              step={posterSizes.step}
              value={props.posterSize}
            />
            <Grid2x2 aria-hidden className="size-4" />
          </div>
        </>
      )}
    </header>
  )
}
