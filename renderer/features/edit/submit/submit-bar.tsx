import { ArrowUpRight } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, DraftCheck } from '../../../../preload/contract'
import { withinLimits } from '../../../data/cost-question'
import { useRemaining, useSubmitRun } from '../../../data/submissions'
import { useChangeSource, useDraftChecks } from '../../../data/use-drafts'
import { useSubmittedBefore } from '../../../data/use-jobs'
import { useShortcut } from '../../../keyboard/use-shortcut'
import { show } from '../../../navigation'
import { Button } from '../../../ui/button'
import { Kbd } from '../../../ui/kbd'
import type { Line } from '../preflight/fold-findings'
import { draftsOf, withSelection } from '../trim/parts'
import { CostLine, sumEstimates } from './cost-line'
import { ProviderPicker } from './provider-picker'
import { pointOut, pressFilter, type SubmitState, submitState } from './submit-state'

const useLabel = (state: SubmitState, sending: boolean, parts: number, again: boolean): string => {
  const { t } = useTranslation()
  if (sending) return t('edit.submit.sending')
  if (state.kind === 'ready' && parts > 1)
    return t(again ? 'edit.submit.againMany' : 'edit.submit.readyMany', { count: parts })
  if (state.kind === 'ready' && again) return t('edit.submit.again')
  switch (state.kind) {
    case 'fix':
      return t('edit.submit.fix', { count: state.count })
    case 'no-clip':
      return t('edit.submit.noClip')
    default:
      return t(`edit.submit.${state.kind}`)
  }
}

/** Goes to what prevents the submission. */
const lead = (state: SubmitState, { provider }: Draft, showPart: (index: number) => void) => {
  switch (state.kind) {
    case 'part':
      return showPart(state.index)
    case 'fix':
    case 'hopeless':
      return pointOut('preflight')
    case 'prompt':
      return pointOut('prompt')
    case 'key':
      return show('settings', provider)
    case 'bucket':
      return show('settings', 'storage')
    default:
      return undefined
  }
}

/** Provider, cost, and the button that submits the edit or names what is missing. */
export const SubmitBar = ({
  draft,
  check,
  open,
}: {
  draft: Draft
  check: DraftCheck | undefined
  open: readonly Line[]
}) => {
  const parts = useMemo(() => draftsOf(draft), [draft])
  const others = useMemo(
    () => parts.filter(({ source }) => source.selection !== draft.source.selection),
    [parts, draft.source.selection],
  )
  const checks = useDraftChecks(others)
  const change = useChangeSource(draft.id)
  const showPart = (index: number) =>
    change((before) => withSelection(before, others[index]?.source.selection ?? null))
  const waits = others.length > 0 && !checks
  const state = submitState({ check: waits ? undefined : check, open, others: checks })
  const { run, start } = useSubmitRun()
  const sending = run !== null
  const edits = useRemaining()(parts)
  const before = useSubmittedBefore()
  const isAgain = edits.every(before)
  const label = useLabel(state, sending, edits.length, isAgain)
  const estimates = edits.map((edit) => {
    const at = others.indexOf(edit)
    return (at === -1 ? check : checks?.[at])?.estimate ?? null
  })
  const ready = state.kind === 'ready'
  const [isNewPress] = useState(pressFilter)
  const press = () => {
    if (!ready) lead(state, draft, showPart)
    else if (isNewPress(draft.id) && !sending) withinLimits(estimates, () => void start(parts))
  }
  useShortcut('edit-submit', press)
  return (
    <footer className="flex shrink-0 flex-col gap-1 border-t border-line px-4 pt-2 pb-4">
      <ProviderPicker draft={draft} />
      <CostLine estimate={sumEstimates(estimates.filter((one) => one !== null))[0]} />
      <Button
        aria-keyshortcuts="Control+Enter Meta+Enter"
        busy={sending}
        className="mt-1 w-full"
        data-state={state.kind}
        data-testid="submit"
        icon={
          ready || state.kind === 'checking' ? null : (
            <ArrowUpRight aria-hidden className="size-4" />
          )
        }
        look={ready && !isAgain ? 'primary' : 'secondary'}
        onClick={press}
        size="lg"
      >
        {label}
        {ready ? <Kbd shortcut="edit-submit" /> : null}
      </Button>
    </footer>
  )
}
