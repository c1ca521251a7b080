import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../../../preload/contract'
import { wan27 } from '../../../../preload/contract/wan27'
import { changeDrafts } from '../../../data/draft-store'
import { useChangeDraft } from '../../../data/use-drafts'
import { usePrompts } from '../../../data/use-prompts'
import { useFormat } from '../../../language/use-format'
import { classNames } from '../../../ui/class-names'
import { Field, TextArea } from '../../../ui/field'
import { RecentPrompts, recalled } from './recent-prompts'
import { useLimits } from './use-limits'

/** The number of Unicode code points, as the services count: 字 and 🎬 count one each. */
export const countCharacters = (text: string): number => [...text].length

const Counter = ({ text, limit }: { text: string; limit: number }) => {
  const format = useFormat()
  const count = countCharacters(text)
  return (
    <span className={classNames(count > limit && 'font-medium text-fail')}>
      {format.count(count)} / {format.count(limit)}
    </span>
  )
}

/** Prompt and negative prompt with their character counts. */
export const PromptSection = ({ draft, note }: { draft: Draft; note: string | undefined }) => {
  const { t } = useTranslation()
  const change = useChangeDraft(draft.id)
  const { data: prompts = [] } = usePrompts()
  /** One undo step, unlike what is typed: text fields undo that themselves. */
  const use = (prompt: string) => changeDrafts([{ ...draft, prompt }])
  const recall = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart, selectionEnd } = event.currentTarget
    const isPlain = !(event.shiftKey || event.ctrlKey || event.altKey || event.metaKey)
    if (selectionStart + selectionEnd > 0 || !isPlain || !/^Arrow(Up|Down)$/.test(event.key)) return
    const back = event.key === 'ArrowUp' ? 1 : -1
    const isRecalled = draft.prompt === '' || prompts.some(({ text }) => text === draft.prompt)
    const found = isRecalled ? recalled(prompts, draft.prompt, back) : null
    if (found === null || found === draft.prompt) return
    event.preventDefault()
    const field = event.currentTarget
    use(found)
    requestAnimationFrame(() => field.setSelectionRange(0, 0))
  }
  const { promptCharacters, negativePromptCharacters } = useLimits(draft) ?? wan27.edit.options
  const tooLong = countCharacters(draft.prompt) > promptCharacters
  return (
    <section className="flex flex-col gap-3">
      {note ? <p className="text-sm text-muted">{note}</p> : null}
      <div className="rounded-md" data-part="prompt">
        <Field
          aside={
            <span className="flex items-center gap-1">
              <Counter limit={promptCharacters} text={draft.prompt} />
              <RecentPrompts onUse={use} />
            </span>
          }
          htmlFor="prompt"
          label={t('edit.prompt.label')}
          problem={tooLong ? t('edit.prompt.tooLong', { count: promptCharacters }) : null}
        >
          <TextArea
            aria-invalid={tooLong}
            className="max-h-[40vh] min-h-32 text-[14px] leading-[22px]"
            data-first
            data-testid="prompt"
            id="prompt"
            onChange={(event) => change({ prompt: event.target.value })}
            onKeyDown={recall}
            placeholder={t('edit.prompt.placeholder')}
            value={draft.prompt}
          />
        </Field>
      </div>
      <Field
        aside={<Counter limit={negativePromptCharacters} text={draft.negativePrompt} />}
        htmlFor="negative-prompt"
        label={t('edit.prompt.negative')}
      >
        <TextArea
          aria-invalid={countCharacters(draft.negativePrompt) > negativePromptCharacters}
          className="max-h-32 min-h-9"
          data-testid="negative-prompt"
          id="negative-prompt"
          onChange={(event) => change({ negativePrompt: event.target.value })}
          placeholder={t('edit.prompt.negativePlaceholder')}
          rows={1}
          value={draft.negativePrompt}
        />
      </Field>
    </section>
  )
}
