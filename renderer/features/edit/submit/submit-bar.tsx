import { ArrowUpRight } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, DraftCheck, Job } from '../../../../preload/contract'
import { withinLimits } from '../../../data/cost-question'
import { flushDrafts } from '../../../data/draft-store'
import { useChangeSource, useDraftChecks } from '../../../data/use-drafts'
import { useSubmitMany } from '../../../data/use-jobs'
import { useShortcut } from '../../../keyboard/use-shortcut'
import { show } from '../../../navigation'
import { Button } from '../../../ui/button'
import { Kbd } from '../../../ui/kbd'
import { toast } from '../../../ui/toast-store'
import type { Line } from '../preflight/fold-findings'
import { draftsOf, withSelection } from '../trim/parts'
import { CostLine, sumEstimates } from './cost-line'
import { ProviderPicker } from './provider-picker'
import { pointOut, pressFilter, type SubmitState, submitState } from './submit-state'

const useLabel = (state: SubmitState, sending: boolean, parts: number): string => {
  const { t } = useTranslation()
  if (sending) return t('edit.submit.sending')
  if (state.kind === 'ready' && parts > 1) return t('edit.submit.readyMany', { count: parts })
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

/** Gives a function that reports submitted edits, with a link to the queue. */
export const useSentToast = () => {
  const { t } = useTranslation()
  return (jobs: readonly Job[]) =>
    toast({
      level: 'pass',
      text: t('edit.submit.sent', { count: jobs.length }),
      action: {
        label: t('edit.submit.showQueue'),
        run: () => show('queue', jobs[0]?.id ?? null),
      },
    })
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
  const reportSent = useSentToast()
  const { mutate: submit, isPending: sending } = useSubmitMany()
  const send = () => {
    flushDrafts()
    submit(parts, { onSuccess: reportSent })
  }
  const label = useLabel(state, sending, parts.length)
  const estimates = [check, ...(checks ?? [])].flatMap((one) => one?.estimate ?? [])
  const ready = state.kind === 'ready'
  const [isNewPress] = useState(pressFilter)
  const press = () => {
    if (!ready) lead(state, draft, showPart)
    else if (isNewPress(draft.id) && !sending) withinLimits(estimates, send)
  }
  useShortcut('edit-submit', press)
  return (
    <footer className="flex shrink-0 flex-col gap-1 border-t border-line px-4 pt-2 pb-4">
      <ProviderPicker draft={draft} />
      <CostLine estimate={sumEstimates(estimates)[0]} />
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
        look={ready ? 'primary' : 'secondary'}
        onClick={press}
        size="lg"
      >
        {label}
        {ready ? <Kbd shortcut="edit-submit" /> : null}
      </Button>
    </footer>
  )
}
