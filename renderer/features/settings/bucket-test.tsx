import { useTranslation } from 'react-i18next'
import type { BucketTest } from '../../../preload/contract'
import { useSay } from '../../language/use-say'
import { VerdictMark } from '../../ui/verdict-mark'
import { stepsOf } from './bucket-form'

const marks = { pass: 'pass', fail: 'fail', skipped: 'info' } as const

/** How each step went, and what the storage said to the one that failed. */
export const BucketTestOutcome = ({ test }: { test: BucketTest }) => {
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
