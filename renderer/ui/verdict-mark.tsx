import { classNames } from './class-names'

/** A verdict, `checking` while there is none, or `info`. */
export type Mark = 'pass' | 'warn' | 'fail' | 'checking' | 'info'

const colours: Record<Mark, string> = {
  pass: 'text-pass',
  warn: 'text-warn',
  fail: 'text-fail',
  checking: 'text-muted',
  info: 'text-muted',
}

const Shape = ({ mark }: { mark: Mark }) => {
  switch (mark) {
    case 'pass':
      return (
        <>
          <circle cx="8" cy="8" r="7" fill="currentColor" opacity="0.16" />
          <path d="M4.8 8.3 7 10.5l4.2-4.8" />
        </>
      )
    case 'warn':
      return (
        <>
          <path d="M8 1.6 15 14H1Z" fill="currentColor" opacity="0.18" stroke="none" />
          <path d="M8 6v3.6M8 11.8v.1" />
        </>
      )
    case 'fail':
      return (
        <>
          <rect
            x="1"
            y="1"
            width="14"
            height="14"
            rx="3.5"
            fill="currentColor"
            opacity="0.16"
            stroke="none"
          />
          <path d="m5.4 5.4 5.2 5.2M10.6 5.4l-5.2 5.2" />
        </>
      )
    case 'info':
      return <path d="M4.5 8h7" />
    case 'checking':
      return (
        <g className="origin-center animate-spin">
          <path d="M8 2a6 6 0 0 1 6 6" />
        </g>
      )
  }
}

interface VerdictMarkProps {
  mark: Mark
  label?: string
  className?: string
}

/** A verdict by shape and colour: ✓ ⚠ ✗. `label` is read out; without it the mark is decorative. */
export const VerdictMark = ({ mark, label, className }: VerdictMarkProps) => (
  <svg
    aria-hidden={label === undefined || undefined}
    aria-label={label}
    className={classNames('size-4 shrink-0', colours[mark], className)}
    data-mark={mark}
    fill="none"
    role={label === undefined ? undefined : 'img'}
    stroke="currentColor"
    strokeLinecap="round"
    strokeLinejoin="round"
    strokeWidth="1.75"
    viewBox="0 0 16 16"
  >
    <Shape mark={mark} />
  </svg>
)
