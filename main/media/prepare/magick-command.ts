import type { ImageEncodePlan, Size } from '../../preflight'
import { commandLine } from '../../tools/quote'

interface StillRun {
  path: string
  plan: ImageEncodePlan
  background: string
  output: string
}

const sized = ({ width, height }: Size) => `${width}x${height}`

const blurred = (pad: Size) =>
  ['(', '+clone', '-resize', `${sized(pad)}^`, '-gravity', 'center', '-extent', sized(pad)].concat([
    '-blur',
    '0x32',
    ')',
    '+swap',
    '-gravity',
    'center',
    '-composite',
  ])

const steps = ({ plan: { fit, flatten, blur }, background }: StillRun): string[] => [
  ...(fit?.crop ? ['-crop', `${sized(fit.crop)}+${fit.crop.x}+${fit.crop.y}`, '+repage'] : []),
  ...(fit?.scale ? ['-resize', `${sized(fit.scale)}!`] : []),
  ...(flatten ? ['-background', background, '-alpha', 'remove', '-alpha', 'off'] : []),
  ...(fit?.pad && blur ? blurred(fit.pad) : []),
  ...(fit?.pad && !blur
    ? ['-background', background, '-gravity', 'center', '-extent', sized(fit.pad)]
    : []),
]

/**
 * What was done to a still, in ImageMagick's words.
 *
 * Stills are made by sharp inside the app, which no shell can repeat: the first line says so, as a comment.
 */
export const magickCommand = (run: StillRun): string => {
  const words = [`${run.path}[0]`, '-auto-orient', ...steps(run), '-colorspace', 'sRGB', run.output]
  return `# Made by sharp inside Reshoot; much the same with ImageMagick 7:\n${commandLine('magick', words)}`
}
