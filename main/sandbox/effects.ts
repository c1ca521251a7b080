/** The size of the picture in pixels, and pseudo-random numbers in 0..1 from the seed. */
interface EffectContext {
  width: number
  height: number
  random: () => number
}

/** A look that ffmpeg can produce, and the words of a prompt that request it. */
interface Effect {
  id: string
  /** Whole words, in any case. */
  english: readonly string[]
  chinese: readonly string[]
  /** A filter chain with one input and one output. Its inner labels begin with the effect's id. */
  filter: (context: EffectContext) => string
}

/** The nearest even number of pixels, at least 2. */
export const even = (value: number): number => Math.max(2, Math.round(value / 2) * 2)

const between = (random: () => number, low: number, high: number): string =>
  (low + random() * (high - low)).toFixed(3)

/** A wide blur at a quarter of the size: the same look in a tenth of the time. */
const softly = ({ width, height }: EffectContext, sigma: number): string =>
  `scale=${even(width / 4)}:${even(height / 4)},gblur=sigma=${(sigma / 4).toFixed(2)},scale=${width}:${height}`

const words = (list: string): readonly string[] => list.split(', ')

/** In the order of application: geometry, drawing, colour. */
export const effects: readonly Effect[] = [
  {
    id: 'mirror',
    english: words('mirror, mirrored, flip, flipped'),
    chinese: words('镜像, 翻转, 镜面'),
    filter: () => 'hflip',
  },
  {
    id: 'pixel',
    english: words('pixel, pixels, pixelated, pixel art, 8-bit, 8 bit, mosaic, lego'),
    chinese: words('像素, 马赛克, 积木, 乐高'),
    filter: ({ width, height, random }) => {
      const block = 10 + Math.floor(random() * 6)
      const small = `${even(width / block)}:${even(height / block)}`
      return `scale=${small}:flags=area,scale=${width}:${height}:flags=neighbor`
    },
  },
  {
    id: 'sketch',
    english: words('sketch, sketched, pencil, drawing, line art, charcoal, manga'),
    chinese: words('素描, 铅笔, 线稿, 手绘, 速写'),
    filter: (context) =>
      'format=gray,split[sketch1][sketch2];' +
      `[sketch2]negate,${softly(context, (context.width / 160) * (0.8 + context.random() * 0.4))}[sketch3];` +
      '[sketch1][sketch3]blend=all_mode=dodge,eq=gamma=0.4:contrast=1.1,format=yuv420p',
  },
  {
    id: 'cartoon',
    english: words('cartoon, anime, comic, toon, clay, claymation'),
    chinese: words('卡通, 动漫, 漫画, 动画风, 粘土'),
    filter: () =>
      "smartblur=lr=3:ls=1:lt=12,lutyuv=y='floor(val/32)*32+16',eq=saturation=1.7," +
      'format=yuv420p,split[cartoon1][cartoon2];' +
      '[cartoon2]format=gray,edgedetect=low=0.08:high=0.2,negate,format=yuv420p[cartoon3];' +
      '[cartoon1][cartoon3]blend=c0_mode=multiply',
  },
  {
    id: 'watercolour',
    english: words(
      'watercolor, watercolour, painting, painted, oil paint, impressionist, van gogh',
    ),
    chinese: words('水彩, 油画, 绘画, 水墨, 国画'),
    filter: ({ random }) =>
      'smartblur=lr=5:ls=1:lt=24,smartblur=lr=3:ls=1:lt=16,' +
      `lutyuv=y='floor(val/20)*20+10',eq=saturation=${between(random, 1.4, 1.8)}:brightness=0.05,` +
      'unsharp=7:7:0.8',
  },
  {
    id: 'blur',
    english: words('blur, blurry, blurred, dreamy, dream, fog, foggy, mist, misty, soft focus'),
    chinese: words('模糊, 梦幻, 雾, 朦胧, 柔焦'),
    filter: (context) =>
      `${softly(context, (context.width / 250) * (0.8 + context.random() * 0.4))},eq=brightness=0.04`,
  },
  {
    id: 'glitch',
    english: words('glitch, vhs, broken tv'),
    chinese: words('故障, 录像带'),
    filter: ({ random }) => {
      const shift = 4 + Math.floor(random() * 8)
      return `rgbashift=rh=${shift}:bh=-${shift},noise=alls=14:allf=t,format=yuv420p`
    },
  },
  {
    id: 'neon',
    english: words('neon, cyberpunk, synthwave, disco, glow, glowing'),
    chinese: words('霓虹, 赛博, 荧光, 发光'),
    filter: (context) =>
      `hue=h=${between(context.random, -40, 40)}:s=1.9,eq=contrast=1.25:brightness=-0.08,` +
      `format=yuv420p,split[neon1][neon2];[neon2]${softly(context, context.width / 90)}[neon3];` +
      '[neon1][neon3]blend=c0_mode=screen:c0_opacity=0.7,colorbalance=rs=.1:bs=.25:bm=.1:rh=.08',
  },
  {
    id: 'negative',
    english: words('negative, invert, inverted, x-ray'),
    chinese: words('负片, 反色, 反相, x光'),
    filter: () => 'negate',
  },
  {
    id: 'noir',
    english: words('black and white, black-and-white, b&w, monochrome, grayscale, greyscale, noir'),
    chinese: words('黑白, 单色, 灰度'),
    filter: ({ random }) => `hue=s=0,eq=contrast=${between(random, 1.15, 1.3)},vignette=PI/5`,
  },
  {
    id: 'sepia',
    english: words('sepia, vintage, retro, old film, old movie, nostalgic, antique'),
    chinese: words('复古, 怀旧, 老电影, 胶片, 旧照片, 泛黄'),
    filter: ({ random }) =>
      'colorchannelmixer=.393:.769:.189:0:.349:.686:.168:0:.272:.534:.131,' +
      `eq=contrast=0.95:saturation=${between(random, 0.8, 1)},noise=alls=9:allf=t,vignette=PI/4.5`,
  },
  {
    id: 'night',
    english: words('night, midnight, moonlight, moonlit, dark, darker'),
    chinese: words('夜, 月光, 黑暗, 昏暗'),
    filter: ({ random }) =>
      `eq=gamma=0.72:saturation=0.75:brightness=-0.04,colorbalance=bs=${between(random, 0.12, 0.22)}:bm=.12:rm=-.06,vignette=PI/4.5`,
  },
  {
    id: 'cold',
    english: words('cold, cool, winter, snow, snowy, ice, icy, frozen, blue, ocean'),
    chinese: words('冷, 冬, 雪, 冰, 寒, 蓝, 海洋'),
    filter: ({ random }) =>
      `colorbalance=rs=-.1:bs=${between(random, 0.1, 0.18)}:rm=-.1:bm=.14:bh=.08,eq=brightness=0.06:saturation=0.8:gamma=1.1`,
  },
  {
    id: 'warm',
    english: words('warm, warmer, sunset, sunrise, golden, autumn, fall, summer, orange, fire'),
    chinese: words('暖, 日落, 夕阳, 黄昏, 金色, 秋, 夏, 橙, 火'),
    filter: ({ random }) =>
      `colorbalance=rs=.1:bs=-.1:rm=${between(random, 0.12, 0.2)}:gm=.03:bm=-.14:rh=.06:bh=-.08,eq=saturation=1.2`,
  },
  {
    id: 'green',
    english: words('green, forest, jungle, matrix, spring'),
    chinese: words('绿, 森林, 丛林, 春'),
    filter: ({ random }) =>
      `colorbalance=gs=.08:gm=${between(random, 0.12, 0.2)}:rm=-.05:bm=-.06,eq=saturation=1.15`,
  },
  {
    id: 'pink',
    english: words('pink, purple, violet, magenta, cherry blossom, sakura'),
    chinese: words('粉, 紫, 樱花'),
    filter: ({ random }) =>
      `colorbalance=rs=.08:gm=-.12:rm=${between(random, 0.08, 0.16)}:bm=.12:rh=.05:bh=.06,eq=saturation=1.15`,
  },
  {
    id: 'bright',
    english: words('bright, brighter, sunny, daylight, vivid, colorful, colourful'),
    chinese: words('明亮, 阳光, 晴, 鲜艳, 缤纷'),
    filter: () => 'eq=brightness=0.06:contrast=1.08:saturation=1.4:gamma=1.08',
  },
  {
    id: 'vignette',
    english: words('vignette, spotlight, cinematic, cinema, movie, dramatic'),
    chinese: words('暗角, 电影感, 电影, 聚光, 戏剧'),
    filter: ({ random }) =>
      `eq=contrast=1.12:saturation=1.05,colorbalance=bs=.06:rh=.05:bh=-.04,vignette=${between(random, 0.62, 0.75)}`,
  },
]

const gentle: Effect = {
  id: 'gentle',
  english: [],
  chinese: [],
  filter: ({ random }) =>
    `eq=contrast=1.06:saturation=${between(random, 1.1, 1.25)}:gamma=1.03,colorbalance=rh=.03:bs=.04,vignette=PI/6`,
}

const mostEffects = 3

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const asksFor = (prompt: string, effect: Effect): boolean => {
  const english = effect.english.some((word) =>
    new RegExp(`(?<![a-z0-9])${escaped(word)}(?![a-z0-9])`, 'i').test(prompt),
  )
  return english || effect.chinese.some((word) => prompt.toLowerCase().includes(word))
}

/** The effects that a prompt's words request, at most three; a gentle colour grade where they request none. */
export const effectsFor = (prompt: string): readonly Effect[] => {
  const text = prompt.replace(/\[[a-z-]+\]/gi, ' ')
  const found = effects.filter((effect) => asksFor(text, effect)).slice(0, mostEffects)
  return found.length > 0 ? found : [gentle]
}

/** Whether the prompt requests silence; counts where the request leaves the sound to the model. */
export const asksForSilence = (prompt: string): boolean =>
  /\b(mute|muted|silent|silence|no sound|without sound)\b/i.test(prompt) ||
  ['静音', '无声', '去掉声音'].some((word) => prompt.includes(word))

/** A generator of numbers in 0..1 that depend on the seed alone (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
