import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../preload/contract'
import { useFormat } from '../../language/use-format'
import { useLanguage } from '../../language/use-language'
import { Tooltip } from '../../ui/tooltip'
import { calendarDay, clockTime, costOf, dayOf, type Priced } from './job-words'
import { nextStep, secondsUntil } from './next-step'
import { useClock } from './use-clock'

/** Seconds before another try from which on a countdown is shown; before that, the time of day. */
const countdown = 90

const CountDown = ({ verb, at }: { verb: 'asks' | 'tries'; at: number }) => {
  const { t } = useTranslation()
  const language = useLanguage()
  const seconds = useClock((now) => secondsUntil(at, now))
  if (seconds === 0) return t(`queue.next.${verb}Now`)
  return verb === 'tries' && seconds > countdown
    ? t('queue.next.triesAt', { time: clockTime(at, language) })
    : t(`queue.next.${verb}Again`, { seconds })
}

/** What the app does next for the job. */
export const NextStepLine = ({ job }: { job: Pick<Job, 'state' | 'nextPollAt' | 'trouble'> }) => {
  const { t } = useTranslation()
  const step = nextStep(job)
  if (!step) return null
  return (
    <span>
      {'at' in step ? <CountDown at={step.at} verb={step.verb} /> : t(`queue.next.${step.say}`)}
    </span>
  )
}

/** Until when the provider keeps the task and the result: "14:20 tomorrow". */
export const KeptUntil = ({ expiresAt }: { expiresAt: number }) => {
  const { t } = useTranslation()
  const language = useLanguage()
  const day = useClock((now) => dayOf(expiresAt, now))
  if (day === 'past') return <span className="text-warn">{t('queue.notKept')}</span>
  const time = clockTime(expiresAt, language)
  const when = {
    today: t('queue.whenToday', { time }),
    tomorrow: t('queue.whenTomorrow', { time }),
    later: t('queue.whenDay', { time, day: calendarDay(expiresAt, language) }),
  }
  return <span>{t('queue.kept', { when: when[day] })}</span>
}

const billedWords = (seconds: string | null, amount: string | null, t: TFunction): string => {
  if (seconds === null) return t('queue.billedAmount', { amount })
  return amount === null
    ? t('queue.billedNoAmount', { seconds })
    : t('queue.billed', { seconds, amount })
}

/** The estimate while the job is in progress, the billed amount once it is known. */
export const CostLine = ({ job }: { job: Priced }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const cost = costOf(job)
  const seconds = (value: number) => format.count(Math.round(value * 10) / 10)
  switch (cost.kind) {
    case 'none':
      return null
    case 'free':
      return <span>{t('queue.free')}</span>
    case 'estimate':
      return (
        <Tooltip label={t('queue.estimateHint')}>
          <span>
            {t('queue.estimate', {
              seconds: seconds(cost.seconds),
              amount: format.moneyRange(cost.amount, cost.most, cost.currency),
            })}
          </span>
        </Tooltip>
      )
    case 'billed': {
      const amount = cost.amount === null ? null : format.money(cost.amount, cost.currency)
      const billed = billedWords(cost.seconds === null ? null : seconds(cost.seconds), amount, t)
      const estimated = cost.instead === null ? null : format.money(cost.instead, cost.currency)
      return <span>{estimated ? t('queue.billedInstead', { billed, estimated }) : billed}</span>
    }
  }
}
