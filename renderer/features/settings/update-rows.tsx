import { useTranslation } from 'react-i18next'
import type { SettingsView, UpdateState } from '../../../preload/contract'
import { useUpdate, useUpdates } from '../../data/use-app'
import { useChangeSettings } from '../../data/use-settings'
import { useFormat } from '../../language/use-format'
import { useSay } from '../../language/use-say'
import { Button } from '../../ui/button'
import { Switch } from '../../ui/switch'
import { Card, Row } from './section'

const why = {
  'package-manager': 'packageManager',
  'by-hand': 'byHand',
  'no-releases': 'noReleases',
} as const

/** What the row's button does; none while something is in progress. */
const nextStep = ({ kind }: UpdateState): 'look' | 'download' | 'install' | null => {
  if (kind === 'found') return 'download'
  if (kind === 'ready') return 'install'
  return kind === 'looking' || kind === 'downloading' ? null : 'look'
}

const Sentence = ({ state }: { state: UpdateState }) => {
  const { t } = useTranslation()
  const say = useSay()
  const format = useFormat()
  if (state.kind === 'elsewhere') return t(`settings.updates.${why[state.why]}`)
  if (state.kind === 'failed') return say(state.text)
  const { version, fraction } = { version: '', fraction: 0, ...state }
  return t(`settings.updates.${state.kind}`, {
    version,
    percent: format.percent(fraction),
  })
}

const Step = ({ verb }: { verb: 'look' | 'download' | 'install' }) => {
  const { t } = useTranslation()
  const { mutate, isPending } = useUpdate(verb)
  return (
    <Button busy={isPending} onClick={() => mutate()}>
      {t(`settings.updates.${verb}`)}
    </Button>
  )
}

/** Whether there is a newer version, what can be done about it, and whether it is looked for. */
export const UpdateRows = ({ view }: { view: SettingsView }) => {
  const { t } = useTranslation()
  const { data: state } = useUpdates()
  const { mutate: change } = useChangeSettings()
  if (!state) return null
  const verb = nextStep(state)
  return (
    <Card>
      <Row detail={<Sentence state={state} />} name={t('settings.updates.name')}>
        {state.kind === 'elsewhere' || verb === null ? null : <Step key={verb} verb={verb} />}
      </Row>
      {state.kind === 'elsewhere' ? null : (
        <Row detail={t('settings.updates.why')} name={t('settings.updates.automatic')}>
          <Switch
            checked={view.settings.lookForUpdates}
            label={t('settings.updates.automatic')}
            onChange={(lookForUpdates) => change({ lookForUpdates })}
          />
        </Row>
      )}
    </Card>
  )
}
