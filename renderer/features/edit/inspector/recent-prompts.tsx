import { History, Star } from 'lucide-react'
import { Popover as Radix } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Prompt } from '../../../../preload/contract'
import { usePrompts, useStarPrompt } from '../../../data/use-prompts'
import { classNames } from '../../../ui/class-names'
import { TextInput } from '../../../ui/field'
import { IconButton } from '../../../ui/icon-button'
import { Popover } from '../../../ui/popover'

/** The prompts that contain all these words, in their order. */
export const matching = (prompts: readonly Prompt[], words: string): Prompt[] => {
  const wanted = words.toLowerCase().split(/\s+/u).filter(Boolean)
  return prompts.filter(({ text }) => wanted.every((word) => text.toLowerCase().includes(word)))
}

/**
 * The prompt before a text in the history, or after it for a negative `back`; null where there is none. A text that is
 * not in the history stands after the newest.
 */
export const recalled = (prompts: readonly Prompt[], text: string, back: 1 | -1): string | null => {
  const newestFirst = prompts.toSorted((a, b) => b.usedAt - a.usedAt).map((one) => one.text)
  const at = newestFirst.indexOf(text) + back
  return at === -1 ? '' : (newestFirst[at] ?? null)
}

/** Above this number of prompts there is a search. */
const few = 6

const Row = ({ prompt, onUse }: { prompt: Prompt; onUse: (text: string) => void }) => {
  const { t } = useTranslation()
  const { mutate: star } = useStarPrompt()
  const { text, starred } = prompt
  return (
    <li className="flex items-start gap-1">
      <Radix.Close asChild>
        <button
          className="min-w-0 flex-1 rounded-md px-2 py-1.5 text-left hover:bg-hover"
          data-testid="recent-prompt"
          onClick={() => onUse(text)}
          title={text}
          type="button"
        >
          <span className="line-clamp-2 break-words">{text}</span>
        </button>
      </Radix.Close>
      <IconButton
        className={classNames('mt-1', starred && '[&_svg]:fill-current')}
        icon={<Star aria-hidden />}
        label={t(starred ? 'edit.prompt.unstar' : 'edit.prompt.star')}
        onClick={() => star({ text, starred: !starred })}
        pressed={starred}
        side="left"
        size="sm"
      />
    </li>
  )
}

const List = ({ onUse }: { onUse: (text: string) => void }) => {
  const { t } = useTranslation()
  const { data: prompts } = usePrompts()
  const [words, setWords] = useState('')
  if (!prompts) return <div aria-busy className="h-16" />
  const found = matching(prompts, words)
  return (
    <>
      {prompts.length > few ? (
        <TextInput
          aria-label={t('edit.prompt.search')}
          className="mb-2 w-full"
          onChange={(event) => setWords(event.target.value)}
          placeholder={t('edit.prompt.search')}
          type="search"
          value={words}
        />
      ) : null}
      {found.length > 0 ? (
        <ul className="-mx-1 flex max-h-80 flex-col overflow-y-auto">
          {found.map((prompt) => (
            <Row key={prompt.text} onUse={onUse} prompt={prompt} />
          ))}
        </ul>
      ) : (
        <p className="px-1 py-2 text-muted">
          {t(prompts.length > 0 ? 'edit.prompt.noneFound' : 'edit.prompt.noneYet')}
        </p>
      )}
    </>
  )
}

/** A button with the prompts that were submitted. `onUse` gets the one that is chosen. */
export const RecentPrompts = ({ onUse }: { onUse: (text: string) => void }) => {
  const { t } = useTranslation()
  return (
    <Popover
      align="end"
      label={t('edit.prompt.recent')}
      trigger={
        <IconButton
          data-testid="recent-prompts"
          icon={<History aria-hidden />}
          label={t('edit.prompt.recent')}
          size="sm"
        />
      }
    >
      <List onUse={onUse} />
    </Popover>
  )
}
