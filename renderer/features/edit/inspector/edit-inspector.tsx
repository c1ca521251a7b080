import type { MediaItem } from '../../../../preload/contract'
import { modeRow } from '../../../../preload/contract/mode-table'
import { useDraft } from '../../../data/use-drafts'
import { useProvider } from '../../../data/use-providers'
import { refusalOf } from '../file-kind'
import { ImagesSection } from '../images/images-section'
import { ofClip } from '../preflight/fold-findings'
import { PreflightSection } from '../preflight/preflight-section'
import { SubmitBar } from '../submit/submit-bar'
import { FileActions } from './file-actions'
import { OptionsSection } from './options-section'
import { PromptSection } from './prompt-section'
import { useEdit } from './use-edit'

/** What the clip is, what is to become of it, what it costs, and the way to send it. */
export const EditInspector = ({ item }: { item: MediaItem }) => {
  const draft = useDraft(item.id)
  const provider = useProvider(draft?.provider)
  const limits = provider && modeRow(provider, 'edit').limits
  const { check, folded } = useEdit(item, draft)
  if (!draft) return null
  if (refusalOf(item))
    return (
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4">
        <PreflightSection
          draft={draft}
          folded={ofClip(folded)}
          item={item}
          limits={undefined}
          outcome={undefined}
        />
        <FileActions item={item} />
      </div>
    )
  return (
    <>
      <div className="min-h-0 flex-1 divide-y divide-line overflow-y-auto [scrollbar-gutter:stable] [&>*]:py-3 [&>*]:pr-1.5 [&>*]:pl-4">
        <PreflightSection
          draft={draft}
          folded={folded}
          item={item}
          limits={limits}
          outcome={check?.files.find(({ id }) => id === item.id)?.outcome}
        />
        <PromptSection draft={draft} limits={limits} />
        <ImagesSection check={check} draft={draft} provider={provider} />
        {provider ? <OptionsSection check={check} draft={draft} provider={provider} /> : null}
      </div>
      <SubmitBar check={check} draft={draft} open={folded.open} />
    </>
  )
}
