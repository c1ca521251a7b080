import type { ReactNode } from 'react'
import type { Draft, DraftCheck } from '../../../../preload/contract'
import { useProvider } from '../../../data/use-providers'
import { ImagesSection } from '../images/images-section'
import { OptionsSection } from './options-section'
import { PromptSection } from './prompt-section'

/** The scrolling part of the inspector: `children`, then prompt, images and options. */
export const InspectorSections = ({
  draft,
  check,
  note,
  children,
}: {
  draft: Draft
  check: DraftCheck | undefined
  /** A line above the prompt. */
  note?: string
  children: ReactNode
}) => {
  const provider = useProvider(draft.provider)
  return (
    <div className="min-h-0 flex-1 divide-y divide-line overflow-y-auto [scrollbar-gutter:stable] [&>*]:py-3 [&>*]:pr-1.5 [&>*]:pl-4">
      {children}
      <PromptSection draft={draft} note={note} />
      <ImagesSection check={check} draft={draft} />
      {provider ? <OptionsSection check={check} draft={draft} provider={provider} /> : null}
    </div>
  )
}
