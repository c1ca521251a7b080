import { Grid2x2, Grid3x3, Search, Trash2, X } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
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

interface SearchFieldProps {
  words: string
  onWords: (words: string) => void
  field: RefObject<HTMLInputElement | null>
  /** The person moves on to the results. */
  onLeave: () => void
}

const SearchField = ({ words, onWords, field, onLeave }: SearchFieldProps) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(words)
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
            onLeave()
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

interface ChipsProps {
  all: readonly LibraryEntry[]
  query: LibraryQuery
  onQuery: (query: LibraryQuery) => void
}

const Chips = ({ all, query, onQuery }: ChipsProps) => {
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
          onClick={() => onQuery(toggleProvider(query, chip.id))}
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

interface ChosenBarProps {
  count: number
  onClear: () => void
  onTrash: () => void
}

/** Commands for the chosen results; replaces the search. */
const ChosenBar = ({ count, onClear, onTrash }: ChosenBarProps) => {
  const { t } = useTranslation()
  return (
    <div className="flex flex-1 items-center gap-2">
      <IconButton icon={<X aria-hidden />} label={t('library.clearSelection')} onClick={onClear} />
      <span className="flex-1 font-medium" role="status">
        {t('library.selected', { count })}
      </span>
      <Button icon={<Trash2 aria-hidden className="size-4" />} look="danger" onClick={onTrash}>
        {t('library.trash')}
      </Button>
    </div>
  )
}

const SizeSlider = ({ size, onSize }: { size: number; onSize: (size: number) => void }) => {
  const { t } = useTranslation()
  return (
    <div className="flex shrink-0 items-center gap-2 text-muted">
      <Grid3x3 aria-hidden className="size-4" />
      <Slider
        className="w-24"
        label={t('library.size')}
        max={posterSizes.max}
        min={posterSizes.min}
        onChange={onSize}
        step={posterSizes.step}
        value={size}
      />
      <Grid2x2 aria-hidden className="size-4" />
    </div>
  )
}

/** Search, filters and poster size above the grid. */
export const LibraryToolbar = (props: {
  all: readonly LibraryEntry[]
  found: number
  query: LibraryQuery
  onQuery: (change: (before: LibraryQuery) => LibraryQuery) => void
  field: RefObject<HTMLInputElement | null>
  onLeaveSearch: () => void
  posterSize: number
  onPosterSize: (size: number) => void
  chosen: number
  onClearChosen: () => void
  onTrash: () => void
}) => {
  const { t } = useTranslation()
  const { query, onQuery } = props
  const [setWords] = useState(() => (words: string) => onQuery((before) => ({ ...before, words })))
  const said = isNarrowed(query) ? 'library.found' : 'library.count'
  return (
    <header className="flex h-14 shrink-0 items-center gap-3 px-6">
      {props.chosen > 0 ? (
        <ChosenBar count={props.chosen} onClear={props.onClearChosen} onTrash={props.onTrash} />
      ) : (
        <>
          <h1 className="sr-only">{t('library.title')}</h1>
          <SearchField
            field={props.field}
            onLeave={props.onLeaveSearch}
            onWords={setWords}
            words={query.words}
          />
          <Chips all={props.all} onQuery={(next) => onQuery(() => next)} query={query} />
          <span className="shrink-0 text-sm text-muted" role="status">
            {t(said, { count: props.found })}
          </span>
          <span className="flex-1" />
          <TotalsButton />
          <SizeSlider onSize={props.onPosterSize} size={props.posterSize} />
        </>
      )}
    </header>
  )
}
