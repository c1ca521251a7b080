import { Copy } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { useCopy } from '../../data/use-app'
import { useProviderName } from '../../data/use-providers'
import { useFormat } from '../../language/use-format'
import { IconButton } from '../../ui/icon-button'
import { Poster } from '../../ui/poster'

const CopyButton = ({ label, text }: { label: string; text: string }) => {
  const copy = useCopy()
  return (
    <IconButton icon={<Copy aria-hidden />} label={label} onClick={() => copy(text)} size="sm" />
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="flex flex-col gap-1.5 border-t border-line px-4 py-3">
    <h3 className="text-sm text-muted">{title}</h3>
    {children}
  </section>
)

/** A table of names and values. */
const Lines = ({ children }: { children: ReactNode }) => (
  <dl className="grid grid-cols-[116px_minmax(0,1fr)] gap-x-3 gap-y-1">{children}</dl>
)

const Line = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{name}</dt>
    <dd className="min-w-0 break-words" data-selectable>
      {children}
    </dd>
  </>
)

const IdLine = ({ name, value }: { name: string; value: string | null }) => {
  const { t } = useTranslation()
  if (!value) return null
  return (
    <Line name={name}>
      <span className="-my-0.5 flex items-center gap-1">
        <span className="min-w-0 flex-1 truncate font-mono text-sm leading-5" title={value}>
          {value}
        </span>
        <CopyButton label={t('library.do.copy', { what: name })} text={value} />
      </span>
    </Line>
  )
}

const Images = ({ images }: { images: LibraryEntry['images'] }) => {
  const { t } = useTranslation()
  if (images.length === 0) return null
  return (
    <Part title={t('library.made.images')}>
      <ul className="flex flex-wrap gap-2">
        {images.map((image, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the prompt refers to images by their position
          <li className="w-[70px]" key={index} title={image.name}>
            <Poster className="h-[70px] w-full" kind="image" url={image.posterUrl} />
            <div className="mt-0.5 truncate text-xs text-muted">
              {t('library.made.image', { number: index + 1 })}
            </div>
          </li>
        ))}
      </ul>
    </Part>
  )
}

const Options = ({ options }: { options: LibraryEntry['options'] }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const onOff = (on: boolean) => t(on ? 'library.made.on' : 'library.made.off')
  return (
    <Part title={t('library.made.options')}>
      <Lines>
        <Line name={t('library.made.quality')}>{options.quality}</Line>
        <Line name={t('library.made.ratio')}>{options.ratio ?? t('library.made.keepsRatio')}</Line>
        <Line name={t('library.made.sound')}>
          {t(options.sound === 'keep' ? 'library.made.soundKeep' : 'library.made.soundAuto')}
        </Line>
        <Line name={t('library.made.seed')}>{options.seed ?? t('library.made.seedAuto')}</Line>
        {options.cut > 0 ? (
          <Line name={t('library.made.cut')}>{format.seconds(options.cut)}</Line>
        ) : null}
        <Line name={t('library.made.promptExtend')}>{onOff(options.promptExtend)}</Line>
        <Line name={t('library.made.watermark')}>{onOff(options.watermark)}</Line>
      </Lines>
    </Part>
  )
}

const Source = ({ source }: { source: LibraryEntry['source'] }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const { selection } = source
  return (
    <Part title={t('library.made.source')}>
      <Lines>
        <Line name={t('library.made.file')}>{source.name}</Line>
        <Line name={t('library.made.selection')}>
          {selection
            ? `${format.timecode(selection.start)} – ${format.timecode(selection.end)}`
            : t('library.made.wholeClip')}
        </Line>
      </Lines>
    </Part>
  )
}

const Result = ({ entry }: { entry: LibraryEntry }) => {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Part title={t('library.made.result')}>
      <Lines>
        <Line name={t('library.made.resolution')}>{format.pixels(entry.width, entry.height)}</Line>
        <Line name={t('library.made.duration')}>{format.seconds(entry.duration)}</Line>
        <Line name={t('library.made.bytes')}>{format.bytes(entry.bytes)}</Line>
      </Lines>
    </Part>
  )
}

const Service = ({ entry }: { entry: LibraryEntry }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const providerName = useProviderName()
  const { billed } = entry
  const figure = (seconds: number) => format.count(Math.round(seconds * 10) / 10)
  const free = billed?.amount === 0
  return (
    <Part title={t('library.made.service')}>
      <Lines>
        <Line name={t('library.made.provider')}>{providerName(entry.provider)}</Line>
        {entry.provider !== 'sandbox' && <Line name={t('library.made.model')}>{entry.model}</Line>}
        {billed && billed.seconds !== null && !free ? (
          <Line name={t('library.made.billedSeconds')}>
            {billed.input === null || billed.output === null
              ? t('library.made.billedPlain', { seconds: figure(billed.seconds) })
              : t('library.made.billedParts', {
                  seconds: figure(billed.seconds),
                  input: figure(billed.input),
                  output: figure(billed.output),
                })}
          </Line>
        ) : null}
        {billed && billed.amount !== null ? (
          <Line name={t('library.made.amount')}>
            {free ? t('library.made.free') : format.money(billed.amount, billed.currency)}
          </Line>
        ) : null}
        <IdLine name={t('library.made.taskId')} value={entry.taskId} />
        <IdLine name={t('library.made.requestId')} value={entry.requestId} />
        <Line name={t('library.made.submitted')}>{format.dateTime(entry.submittedAt)}</Line>
        <Line name={t('library.made.finished')}>{format.dateTime(entry.createdAt)}</Line>
        <Line name={t('library.made.took')}>
          {format.span(entry.createdAt - entry.submittedAt)}
        </Line>
      </Lines>
    </Part>
  )
}

/** The prompt, options, source and bill of a result. */
export const MadePanel = ({ entry }: { entry: LibraryEntry }) => {
  const { t } = useTranslation()
  return (
    <div className="flex flex-col">
      <section className="flex flex-col gap-1.5 px-4 py-3">
        <h3 className="text-sm text-muted">{t('library.made.prompt')}</h3>
        <p className="whitespace-pre-wrap break-words text-lg leading-6">
          {entry.prompt || <span className="text-muted">{t('library.noPrompt')}</span>}
        </p>
      </section>
      {entry.negativePrompt ? (
        <Part title={t('library.made.negative')}>
          <p className="whitespace-pre-wrap break-words">{entry.negativePrompt}</p>
        </Part>
      ) : null}
      <Images images={entry.images} />
      <Options options={entry.options} />
      <Source source={entry.source} />
      <Result entry={entry} />
      <Service entry={entry} />
    </div>
  )
}
