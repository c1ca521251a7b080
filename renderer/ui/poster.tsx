import { File, Film, Image } from 'lucide-react'
import { useState } from 'react'
import { classNames } from './class-names'

const signs = { clip: Film, image: Image, other: File }

interface PosterProps {
  url: string | null
  kind?: 'clip' | 'image' | 'other'
  fit?: 'cover' | 'contain'
  className?: string
}

/** A still of a file, or an icon when there is none. */
export const Poster = ({ url, kind = 'clip', fit = 'cover', className }: PosterProps) => {
  const [broken, setBroken] = useState<string | null>(null)
  const Sign = signs[kind]
  return (
    <div
      className={classNames(
        'flex shrink-0 items-center justify-center overflow-hidden rounded-md bg-stage text-muted',
        className,
      )}
    >
      {url && url !== broken ? (
        <img
          alt=""
          className={classNames('size-full', fit === 'cover' ? 'object-cover' : 'object-contain')}
          decoding="async"
          draggable={false}
          loading="lazy"
          onError={() => setBroken(url)}
          src={url}
        />
      ) : (
        <Sign aria-hidden className="size-5 opacity-60" strokeWidth={1.5} />
      )}
    </div>
  )
}
