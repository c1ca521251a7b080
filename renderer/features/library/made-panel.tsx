import { Copy } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { fileOf, filesOf } from '../../../preload/contract/mode-table'
import { useCopy } from '../../data/use-app'
import { useProviderName } from '../../data/use-providers'
import type { texts } from '../../language/en'
import { useFormat } from '../../language/use-format'
import { useSay } from '../../language/use-say'
import { IconButton } from '../../ui/icon-button'
import { Poster } from '../../ui/poster'

/** A name in the panel that needs no values. */
type Name = Exclude<
  keyof (typeof texts)['library']['made'],
  'image' | 'billedParts' | 'billedPlain'
>

const Part = ({ title, children }: { title: Name; children: ReactNode }) => {
  const { t } = useTranslation()
  return (
    <section className="flex flex-col gap-1.5 border-t border-line px-4 py-3">
      <h3 className="text-sm text-muted">{t(`library.made.${title}`)}</h3>
      {children}
    </section>
  )
}

/** A titled table of names and values. */
const Lines = ({ title, children }: { title: Name; children: ReactNode }) => (
  <Part title={title}>
    <dl className="grid grid-cols-[116px_minmax(0,1fr)] gap-x-3 gap-y-1">{children}</dl>
  </Part>
)

const Line = ({ name, children }: { name: Name; children: ReactNode }) => {
  const { t } = useTranslation()
  return (
    <>
      <dt className="text-muted">{t(`library.made.${name}`)}</dt>
      <dd className="min-w-0 break-words" data-selectable>
        {children}
      </dd>
    </>
  )
}

const IdLine = ({ name, value }: { name: 'taskId' | 'requestId'; value: string | null }) => {
  const { t } = useTranslation()
  const copy = useCopy()
  if (!value) return null
  return (
    <Line name={name}>
      <span className="-my-0.5 flex items-center gap-1">
        <span className="min-w-0 flex-1 truncate font-mono text-sm leading-5" title={value}>
          {value}
        </span>
        <IconButton
          icon={<Copy aria-hidden />}
          label={t('common.copy', { what: t(`library.made.${name}`) })}
          onClick={() => copy(value)}
          size="sm"
        />
      </span>
    </Line>
  )
}

/** What a video that is no edit was made from: its mode, and its files by role. */
const MadeFrom = ({ entry: { mode, files } }: { entry: LibraryEntry }) => {
  const say = useSay()
  return (
    <section className="flex flex-col gap-1.5 border-t border-line px-4 py-3">
      <h3 className="text-sm text-muted">{say({ key: `mode.${mode}`, values: {} })}</h3>
      {files.length > 0 ? (
        <dl className="grid grid-cols-[116px_minmax(0,1fr)] gap-x-3 gap-y-1">
          {files.map(({ role, name }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the files of a result never change
            <Fragment key={index}>
              <dt className="text-muted first-letter:uppercase">
                {say({ key: `role.${role}`, values: {} })}
              </dt>
              <dd className="min-w-0 break-words" data-selectable>
                {name}
              </dd>
            </Fragment>
          ))}
        </dl>
      ) : null}
    </section>
  )
}

const Images = ({ files }: { files: LibraryEntry['files'] }) => {
  const { t } = useTranslation()
  const images = filesOf(files, 'reference-image')
  if (images.length === 0) return null
  return (
    <Part title="images">
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
    <Lines title="options">
      <Line name="quality">{options.quality}</Line>
      <Line name="ratio">{options.ratio ?? t('library.made.keepsRatio')}</Line>
      <Line name="sound">
        {t(options.sound === 'keep' ? 'library.made.soundKeep' : 'library.made.soundAuto')}
      </Line>
      <Line name="seed">{options.seed ?? t('library.made.seedAuto')}</Line>
      {options.cut > 0 ? <Line name="cut">{format.seconds(options.cut)}</Line> : null}
      <Line name="promptExtend">{onOff(options.promptExtend)}</Line>
      <Line name="watermark">{onOff(options.watermark)}</Line>
    </Lines>
  )
}

const Source = ({ files }: { files: LibraryEntry['files'] }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const clip = fileOf(files, 'clip')
  if (!clip) return null
  const { name, selection } = clip
  return (
    <Lines title="source">
      <Line name="file">{name}</Line>
      <Line name="selection">
        {selection
          ? `${format.timecode(selection.start)} – ${format.timecode(selection.end)}`
          : t('library.made.wholeClip')}
      </Line>
    </Lines>
  )
}

const Result = ({ entry }: { entry: LibraryEntry }) => {
  const format = useFormat()
  return (
    <Lines title="result">
      <Line name="resolution">{format.pixels(entry.width, entry.height)}</Line>
      <Line name="duration">{format.seconds(entry.duration)}</Line>
      <Line name="bytes">{format.bytes(entry.bytes)}</Line>
    </Lines>
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
    <Lines title="service">
      <Line name="provider">{providerName(entry.provider)}</Line>
      {entry.provider !== 'sandbox' && <Line name="model">{entry.model}</Line>}
      {billed && billed.seconds !== null && !free ? (
        <Line name="billedSeconds">
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
        <Line name="amount">
          {free ? t('library.made.free') : format.money(billed.amount, billed.currency)}
        </Line>
      ) : null}
      <IdLine name="taskId" value={entry.taskId} />
      <IdLine name="requestId" value={entry.requestId} />
      <Line name="submitted">{format.dateTime(entry.submittedAt)}</Line>
      <Line name="finished">{format.dateTime(entry.createdAt)}</Line>
      <Line name="took">{format.span(entry.createdAt - entry.submittedAt)}</Line>
    </Lines>
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
          {entry.prompt || <span className="text-muted">{t('common.noPrompt')}</span>}
        </p>
      </section>
      {entry.negativePrompt ? (
        <Part title="negative">
          <p className="whitespace-pre-wrap break-words">{entry.negativePrompt}</p>
        </Part>
      ) : null}
      {entry.mode === 'edit' ? <Images files={entry.files} /> : <MadeFrom entry={entry} />}
      <Options options={entry.options} />
      {entry.mode === 'edit' ? <Source files={entry.files} /> : null}
      <Result entry={entry} />
      <Service entry={entry} />
    </div>
  )
}
