import { ArrowUpRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Draft, DraftCheck } from '../../../../preload/contract'
import { flushDrafts } from '../../../data/draft-store'
import { useSubmit } from '../../../data/use-jobs'
import { useShortcut } from '../../../keyboard/use-shortcut'
import { show } from '../../../navigation'
import { Button } from '../../../ui/button'
import { Kbd } from '../../../ui/kbd'
import { toast } from '../../../ui/toast-store'
import type { Line } from '../preflight/fold-findings'
import { CostLine } from './cost-line'
import { pointOut } from './point-out'
import { ProviderPicker } from './provider-picker'
import { type SubmitState, submitState } from './submit-state'

const useLabel = (state: SubmitState, sending: boolean): string => {
  const { t } = useTranslation()
  if (sending) return t('edit.submit.sending')
  switch (state.kind) {
    case 'fix':
      return t('edit.submit.fix', { count: state.count })
    case 'no-clip':
      return t('edit.submit.noClip')
    default:
      return t(`edit.submit.${state.kind}`)
  }
}

/** Leads to what stands in the way. */
const lead = (state: SubmitState) => {
  switch (state.kind) {
    case 'fix':
    case 'hopeless':
      return pointOut(state.place)
    case 'prompt':
      return pointOut('prompt')
    case 'key':
      return show('settings')
    default:
      return undefined
  }
}

const useSend = (draft: Draft) => {
  const { t } = useTranslation()
  const submit = useSubmit()
  const send = () => {
    flushDrafts()
    submit.mutate(draft, {
      onSuccess: ({ id }) =>
        toast({
          level: 'pass',
          text: t('edit.submit.sent'),
          action: { label: t('edit.submit.showQueue'), run: () => show('queue', id) },
        }),
    })
  }
  return { send, sending: submit.isPending }
}

/** Provider, cost, and the button that sends the edit or says what is missing. */
export const SubmitBar = ({
  draft,
  check,
  open,
}: {
  draft: Draft
  check: DraftCheck | undefined
  open: readonly Line[]
}) => {
  const state = submitState({
    check,
    prompt: draft.prompt,
    images: draft.imageIds.length,
    open,
  })
  const { send, sending } = useSend(draft)
  const label = useLabel(state, sending)
  const ready = state.kind === 'ready'
  const press = () => {
    if (sending) return
    if (ready) send()
    else lead(state)
  }
  useShortcut('edit-submit', press)
  return (
    <footer className="flex shrink-0 flex-col gap-1 border-t border-line px-4 pt-2 pb-4">
      <ProviderPicker draft={draft} />
      <CostLine estimate={check?.estimate} />
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
