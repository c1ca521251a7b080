import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BucketTest, BucketView, SettingsView } from '../../../preload/contract'
import { useProviders } from '../../data/use-providers'
import { useBucket, useClearBucket, useSetBucket, useTestBucket } from '../../data/use-settings'
import { useFormat } from '../../language/use-format'
import { useSay } from '../../language/use-say'
import { Button } from '../../ui/button'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast-store'
import { VerdictMark } from '../../ui/verdict-mark'
import { BucketFields } from './bucket-fields'
import {
  asksKeysOnly,
  type BucketForm,
  changeOf,
  formOf,
  hostOf,
  problemsOf,
  stepsOf,
} from './bucket-form'
import { PlainWarning } from './key-form'
import { Card, Section } from './section'

/** The names of the providers that need a bucket. */
const Needs = () => {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: providers = [] } = useProviders()
  const named = (stores: 'nothing' | 'images') =>
    providers.filter((one) => one.stores === stores).map(({ name }) => name)
  const [always, sometimes] = [named('nothing'), named('images')]
  return (
    <p className="text-sm text-muted">
      {always.length > 0
        ? t('storage.needed', { names: format.list(always), count: always.length })
        : null}{' '}
      {sometimes.length > 0
        ? t('storage.mayNeed', { names: format.list(sometimes), count: sometimes.length })
        : null}
    </p>
  )
}

const State = ({ view }: { view: BucketView }) => {
  const { t } = useTranslation()
  const isNone = view.settings === null && view.environment.length === 0
  const { inUse } = view
  const lacksKeys = asksKeysOnly(view) && [view.accessKey, view.secretKey].includes('none')
  const missing = lacksKeys ? 'keysMissing' : 'notComplete'
  const words = inUse
    ? t('storage.inUse', { bucket: inUse.bucket, host: hostOf(inUse) })
    : t(`storage.${isNone ? 'none' : missing}`)
  return (
    <p className="flex items-center gap-1.5" data-testid="bucket-state">
      <VerdictMark mark={inUse ? 'pass' : isNone ? 'info' : 'warn'} />
      {words}
    </p>
  )
}

const RemoveBucket = ({ onRemoved }: { onRemoved: () => void }) => {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const { mutate: clear, isPending } = useClearBucket()
  const remove = () =>
    clear(undefined, {
      onSuccess: () => {
        toast({ level: 'info', text: t('storage.removed') })
        onRemoved()
      },
      onSettled: () => setAsking(false),
    })
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {t('common.remove')}
      </Button>
      <ConfirmDialog
        busy={isPending}
        confirm={t('common.remove')}
        description={t('storage.removeText')}
        onClose={() => setAsking(false)}
        onConfirm={remove}
        open={asking}
        title={t('storage.removeTitle')}
      />
    </>
  )
}

const marks = { pass: 'pass', fail: 'fail', skipped: 'info' } as const

/** The outcome of each step, and the storage's answer to the step that failed. */
const BucketTestOutcome = ({ test }: { test: BucketTest }) => {
  const { t } = useTranslation()
  const say = useSay()
  const said = test.ok ? null : test.failure.provider
  const words = said ? [said.code, said.message].filter(Boolean).join(': ') : ''
  return (
    <div className="flex flex-col gap-2" data-testid="bucket-test">
      <ol className="flex flex-col gap-1">
        {stepsOf(test).map(({ step, outcome }) => (
          <li className="flex items-center gap-2" data-outcome={outcome} key={step}>
            <VerdictMark label={t(`storage.outcome.${outcome}`)} mark={marks[outcome]} />
            <span className={outcome === 'skipped' ? 'text-muted' : ''}>
              {t(`storage.steps.${step}`)}
            </span>
          </li>
        ))}
      </ol>
      {test.ok ? (
        <p className="flex items-start gap-2">
          {test.isPrivate ? <VerdictMark className="mt-0.5" mark="warn" /> : null}
          {t(test.isPrivate ? 'storage.isPrivate' : 'storage.works')}
        </p>
      ) : (
        <>
          <p>{say(test.failure.text)}</p>
          {words ? (
            <p className="text-sm break-words text-muted">{t('storage.details', { words })}</p>
          ) : null}
        </>
      )}
    </div>
  )
}

const BucketCard = ({ view, settings }: { view: BucketView; settings: SettingsView }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const [typed, setTyped] = useState<Partial<BucketForm>>({})
  const stored = formOf(view.settings)
  const form = { ...stored, ...typed }
  const isTouched = JSON.stringify(form) !== JSON.stringify(stored)
  const forget = () => setTyped({})
  const [accepted, setAccepted] = useState(false)
  const { mutate: save, isPending: saving } = useSetBucket()
  const { mutate: test, isPending: testing, data: outcome, reset } = useTestBucket()
  const keysOnly = asksKeysOnly(view)
  const problems = problemsOf(form, view, keysOnly)
  const hasSecret = form.accessKey.trim() !== '' || form.secretKey.trim() !== ''
  const isPlain = hasSecret && !settings.keyStore.encrypted
  const maySave = isTouched && problems.length === 0 && (!isPlain || accepted)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!maySave) return
    reset()
    save(changeOf(form, keysOnly), {
      onSuccess: () => {
        forget()
        setAccepted(false)
        toast({ level: 'pass', text: t('storage.saved') })
      },
    })
  }
  return (
    <Card className="flex flex-col gap-4 divide-y-0 p-4">
      <div className="flex items-center justify-between gap-4">
        <State view={view} />
        {view.settings || [view.accessKey, view.secretKey].includes('stored') ? (
          <RemoveBucket onRemoved={forget} />
        ) : null}
      </div>
      {view.environment.length > 0 ? (
        <p className="text-sm text-muted">
          {t('storage.environment', { variables: format.list(view.environment) })}
        </p>
      ) : null}
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <BucketFields
          form={form}
          onChange={(part) => setTyped((before) => ({ ...before, ...part }))}
          problems={problems}
          view={view}
        />
        {isPlain ? (
          <PlainWarning accepted={accepted} folder={settings.homeFolder} onAccept={setAccepted} />
        ) : null}
        <div className="flex items-center gap-2">
          <Button
            busy={saving}
            disabled={!maySave}
            look={maySave ? 'primary' : 'secondary'}
            type="submit"
          >
            {t('storage.save')}
          </Button>
          <Button
            busy={testing}
            disabled={!view.isReady || isTouched}
            onClick={() => test()}
            title={t(isTouched ? 'storage.saveFirst' : 'storage.testHint')}
          >
            {t(testing ? 'common.testing' : 'storage.test')}
          </Button>
          {isTouched ? <span className="text-sm text-muted">{t('storage.saveFirst')}</span> : null}
        </div>
      </form>
      <div className="contents" role="status">
        {outcome ? <BucketTestOutcome test={outcome} /> : null}
      </div>
    </Card>
  )
}

/** The person's own bucket, for providers that accept only URLs. */
export const StorageSection = ({ view }: { view: SettingsView }) => {
  const { t } = useTranslation()
  const { data: bucket } = useBucket()
  return (
    <Section id="storage" intro={t('storage.intro')}>
      <Needs />
      {bucket ? <BucketCard settings={view} view={bucket} /> : null}
    </Section>
  )
}
