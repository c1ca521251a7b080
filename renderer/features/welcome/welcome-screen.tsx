import { FlaskConical, FolderOpen, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useChooseLibraryFolder, useSettings } from '../../data/use-settings'
import { Button } from '../../ui/button'

/** The app's icon (resources/icon.svg). Its plate would vanish in a dark window, so there it is lighter. */
const Icon = () => (
  <svg aria-hidden className="size-14" viewBox="64 64 896 896">
    <rect
      className="fill-[#161514] dark:fill-raised"
      height="896"
      rx="208"
      width="896"
      x="64"
      y="64"
    />
    <path
      d="M 694.4 329.6 A 258 258 0 1 0 770 512"
      fill="none"
      stroke="#e8a33d"
      strokeLinecap="round"
      strokeWidth="72"
    />
    <g fill="#e8a33d" stroke="#e8a33d" strokeLinejoin="round">
      <path d="M 770 226 L 770 400 L 596 400 Z" strokeWidth="28" />
      <path d="M 452 414 L 614 512 L 452 610 Z" strokeWidth="40" />
    </g>
  </svg>
)

interface PointProps {
  icon: ReactNode
  title: string
  children: ReactNode
  aside?: ReactNode
}

const Point = ({ icon, title, children, aside }: PointProps) => (
  <li className="flex items-start gap-4 px-5 py-4">
    <span aria-hidden className="mt-0.5 text-accent-text [&_svg]:size-5 [&_svg]:stroke-[1.6]">
      {icon}
    </span>
    <div className="min-w-0 flex-1">
      <h2 className="font-medium">{title}</h2>
      <div className="mt-0.5 text-pretty text-muted">{children}</div>
    </div>
    {aside}
  </li>
)

/** The first screen of a new home: what the app does, where results go, and what the Sandbox is. */
export const WelcomeScreen = ({ onBegin }: { onBegin: () => void }) => {
  const { t } = useTranslation()
  const folder = useSettings().data?.libraryFolder
  const { mutate: choose, isPending } = useChooseLibraryFolder()
  return (
    <main className="flex h-full flex-col overflow-y-auto" data-testid="welcome">
      <div className="m-auto flex w-full max-w-[600px] flex-col items-center gap-6 px-8 py-8">
        <header className="flex flex-col items-center gap-3 text-center">
          <Icon />
          <h1 className="mt-1 text-2xl font-semibold">{t('welcome.title')}</h1>
          <p className="max-w-[440px] text-lg text-balance break-keep text-muted">
            {t('welcome.lead')}
          </p>
        </header>
        <ul className="w-full divide-y divide-line rounded-lg border border-line bg-panel">
          <Point icon={<ShieldCheck />} title={t('welcome.check.title')}>
            {t('welcome.check.text')}
          </Point>
          <Point
            aside={
              <Button busy={isPending} className="mt-1" onClick={() => choose()}>
                {t('settings.library.change')}
              </Button>
            }
            icon={<FolderOpen />}
            title={t('welcome.results.title')}
          >
            <span className="font-mono text-sm break-all" data-selectable dir="ltr">
              {folder ?? '\u00a0'}
            </span>
          </Point>
          <Point icon={<FlaskConical />} title={t('welcome.sandbox.title')}>
            {t('welcome.sandbox.text')}
          </Point>
        </ul>
        <Button autoFocus className="min-w-40" look="primary" onClick={onBegin} size="lg">
          {t('welcome.begin')}
        </Button>
      </div>
    </main>
  )
}
