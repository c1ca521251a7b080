import { useTranslation } from 'react-i18next'
import { useSay } from '../../../language/use-say'
import { Disclosure } from '../../../ui/disclosure'
import { VerdictMark } from '../../../ui/verdict-mark'
import type { Line } from './fold-findings'

/** What is as it should be, folded into one line. */
export const PassedLines = ({ lines }: { lines: readonly Line[] }) => {
  const { t } = useTranslation()
  const say = useSay()
  if (lines.length === 0) return null
  return (
    <Disclosure label={t('edit.preflight.passed', { count: lines.length })}>
      <ul className="flex flex-col gap-1 py-1">
        {lines.map(({ key, finding, subject }) => (
          <li className="flex gap-2 text-sm text-muted" key={key}>
            <VerdictMark className="mt-px size-3.5" mark={finding.level} />
            <span>
              {subject.kind === 'image'
                ? `${t('edit.preflight.image', { number: subject.number })} `
                : ''}
              {say(finding.text)}
            </span>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
