/** The scene of the sample clip: a small boat crosses a bay at sunset. `frame` is a pure function of the time. */

export const size = { width: 1280, height: 720 }
/** Seconds. Longer than the model's limit, so that people learn to trim with it. */
export const length = 14
const horizon = 430
const sunX = 1034

/** @param {number} from @param {number} to @param {number} at */
const mix = (from, to, at) => from + (to - from) * at

/** Eases in and out. @param {number} at */
const ease = (at) => at * at * (3 - 2 * at)

/** @param {string} colour `#rrggbb` */
const channels = (colour) =>
  [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16))

/** @param {string} from @param {string} to @param {number} at */
const mixColour = (from, to, at) => {
  const ends = channels(to)
  const mixed = channels(from).map((value, index) =>
    Math.round(mix(value, ends[index] ?? value, at)),
  )
  return `rgb(${mixed.join(',')})`
}

/** A number 0..1, always the same for a seed. @param {number} seed */
const fixed = (seed) => {
  const value = Math.sin(seed * 127.1 + 311.7) * 43758.5453
  return value - Math.floor(value)
}

/** @param {number} value */
const px = (value) => value.toFixed(2)

/** Each colour in the late afternoon and at dusk. @type {Record<string, [string, string]>} */
const palette = {
  skyTop: ['#568eba', '#1c224a'],
  skyMiddle: ['#ecc498', '#924660'],
  skyLow: ['#ffd68c', '#f68048'],
  far: ['#a498a8', '#5c3a5c'],
  middle: ['#76748a', '#3c2a4c'],
  near: ['#42525c', '#201c36'],
  waterFar: ['#f0c48c', '#d6684c'],
  waterNear: ['#3a6280', '#181a3a'],
  glow: ['#ffecbe', '#ff9654'],
  sun: ['#fffae4', '#ffc470'],
  shore: ['#222a2e', '#0e0e1a'],
}

/** @param {string} name @param {number} dusk */
const colour = (name, dusk) => {
  const pair = palette[name]
  if (!pair) throw new Error(`The palette has no ${name}`)
  return mixColour(...pair, dusk)
}

/**
 * A hill line from left to right, closed at the horizon.
 *
 * @param {number} seed @param {number} height @param {number} width of a hill @param {number} shift
 */
const hills = (seed, height, width, shift) => {
  const points = []
  for (let x = -40; x <= size.width + 40; x += 16) {
    const u = (x + shift) / width + seed * 10
    const y =
      0.55 +
      0.3 * Math.sin(u) +
      0.14 * Math.sin(2.3 * u + seed) +
      0.05 * Math.sin(7.1 * u + 2 * seed)
    points.push(`${x},${px(horizon - height * Math.max(0.04, y))}`)
  }
  return `M-40,${horizon + 2} L${points.join(' L')} L${size.width + 40},${horizon + 2} Z`
}

/** @param {number} time @param {number} dusk */
const clouds = (time, dusk) => {
  const parts = []
  for (let index = 0; index < 7; index++) {
    const y = 70 + 235 * fixed(index + 1)
    const depth = mix(0.5, 1.2, fixed(index + 20))
    const x = ((fixed(index + 40) * 1700 + time * 9 * depth) % 1700) - 240
    const wide = mix(120, 260, fixed(index + 60))
    const opacity = mix(0.34, 0.5, dusk) * mix(0.5, 1, fixed(index + 80))
    for (let puff = 0; puff < 5; puff++) {
      const along = (puff - 2) * wide * 0.3
      const thick = mix(5, 12, fixed(index * 7 + puff)) * (1 - Math.abs(puff - 2) * 0.26)
      parts.push(
        `<ellipse cx="${px(x + along)}" cy="${px(y - thick * 0.4 * (puff % 2))}" rx="${px(wide * 0.42)}" ry="${px(thick)}" fill="url(#cloud)" opacity="${px(opacity)}"/>`,
      )
    }
  }
  return parts.join('')
}

/** @param {number} time @param {number} dusk */
const stars = (time, dusk) => {
  const shown = Math.max(0, (dusk - 0.45) / 0.55)
  if (shown === 0) return ''
  const parts = []
  for (let index = 0; index < 70; index++) {
    const twinkle = 0.6 + 0.4 * Math.sin(time * mix(1.5, 4, fixed(index + 3)) + index)
    const y = 300 * fixed(index + 500) ** 1.6
    parts.push(
      `<circle cx="${px(size.width * fixed(index + 400))}" cy="${px(y)}" r="${px(mix(0.6, 1.7, fixed(index + 600)))}" fill="#fff6e0" opacity="${px(shown * twinkle * (1 - y / 330))}"/>`,
    )
  }
  return parts.join('')
}

/** Light on the water: short strokes, most of them below the sun. @param {number} time @param {number} dusk @param {number} sunY */
const ripples = (time, dusk, sunY) => {
  const parts = []
  const strength = Math.min(1, Math.max(0.25, (horizon + 60 - sunY) / 130))
  for (let index = 0; index < 260; index++) {
    const depth = fixed(index + 1000) ** 1.7
    const y = horizon + 5 + depth * (size.height - horizon - 20)
    const underSun = index % 5 !== 0
    const spread = underSun ? mix(26, 190, depth) : 1500
    const sway = Math.sin(time * mix(0.8, 1.9, fixed(index)) + index) * mix(3, 16, depth)
    const x =
      (underSun ? sunX : 640) +
      (fixed(index + 2000) - 0.5) * 2 * spread * (underSun ? 1 : 0.5) +
      sway
    const long = mix(8, 62, depth) * mix(0.5, 1.2, fixed(index + 3000))
    const gleam = 0.5 + 0.5 * Math.sin(time * mix(1.6, 3.4, fixed(index + 4000)) + index * 1.7)
    const opacity = (underSun ? 0.85 * strength : 0.2) * gleam * gleam
    const shade = underSun ? colour('glow', dusk) : colour('skyMiddle', dusk)
    parts.push(
      `<rect x="${px(x - long / 2)}" y="${px(y)}" width="${px(long)}" height="${px(mix(1.4, 4.2, depth))}" rx="2" fill="${shade}" opacity="${px(opacity)}"/>`,
    )
  }
  return parts.join('')
}

/** The boat and its reflection. @param {number} time @param {number} dusk */
const boat = (time, dusk) => {
  const x = mix(230, 960, time / length)
  const y = 500 + 2.2 * Math.sin(time * 1.5)
  const lean = 2.4 * Math.sin(time * 1.1 + 0.6) + 3
  const hull = colour('shore', dusk)
  const light = mixColour('#fff8e8', '#ffba82', dusk)
  const shade = mixColour('#ecd6bc', '#c47062', dusk)
  const body = `
    <path d="M-62,0 C-40,24 40,26 66,-6 L58,-8 C20,2 -26,2 -62,0 Z" fill="${hull}"/>
    <path d="M-58,1 C-26,4 20,4 60,-7" fill="none" stroke="#e8a33d" stroke-width="2.6"/>
    <rect x="-3" y="-142" width="4" height="142" fill="${hull}"/>
    <path d="M3,-140 C52,-100 62,-50 54,-16 L3,-10 Z" fill="${light}"/>
    <path d="M-6,-128 C-24,-84 -46,-42 -56,-10 L-6,-12 Z" fill="${shade}"/>
    <path d="M1,-142 l20,${px(5 + 2 * Math.sin(time * 7))} l-20,7 Z" fill="#d9573f"/>
    <circle cx="-28" cy="-14" r="6.4" fill="${hull}"/><path d="M-36,2 q2,-14 8,-14 q7,0 9,13 Z" fill="${hull}"/>`
  const wake = [0, 1, 2, 3]
    .map((index) => {
      const far = 26 + index * 34 + 8 * Math.sin(time * 2 + index)
      return `<rect x="${px(x - 60 - far)}" y="${px(511 + index * 3)}" width="${px(46 + index * 12)}" height="2.2" rx="1" fill="${colour('glow', dusk)}" opacity="${px(0.42 - index * 0.09)}"/>`
    })
    .join('')
  return `
    <g opacity="0.26" transform="translate(${px(x)} ${px(1012 - y + 14)}) scale(1 -0.62) rotate(${px(-lean)}) skewX(${px(5 * Math.sin(time * 2.1))})">${body}</g>
    ${wake}
    <g transform="translate(${px(x)} ${px(y)}) rotate(${px(lean)})">${body}</g>`
}

/** @param {number} time @param {number} dusk */
const birds = (time, dusk) => {
  const shade = colour('near', dusk)
  return [0, 16, -6, 28, 12]
    .map((lower, index) => {
      const x = -60 + time * 74 + index * 44 - (index % 2) * 24
      const y = 214 - time * 4.5 + lower + 6 * Math.sin(time * 1.3 + index)
      const flap = Math.sin(time * (8.4 + 0.5 * index) + index * 1.9)
      const wing = mix(9, 15, fixed(index + 70))
      return `<path d="M${px(x - wing)},${px(y - flap * 7)} Q${px(x - wing * 0.4)},${px(y - 4 - flap * 2)} ${px(x)},${px(y)} Q${px(x + wing * 0.4)},${px(y - 4 - flap * 2)} ${px(x + wing)},${px(y - flap * 7)}" fill="none" stroke="${shade}" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>`
    })
    .join('')
}

/** Grass on the near shore. @param {number} time @param {number} dusk */
const shore = (time, dusk) => {
  const shade = colour('shore', dusk)
  const parts = [
    `<path d="M-10,${size.height} L-10,664 C180,630 300,676 470,694 C640,710 900,716 1010,704 C1120,690 1220,668 1290,676 L1290,${size.height} Z" fill="${shade}"/>`,
  ]
  for (let index = 0; index < 150; index++) {
    const left = index < 95
    const x = left
      ? -10 + 400 * fixed(index + 7000) ** 1.35
      : 1290 - 260 * fixed(index + 7000) ** 1.3
    const ground = left ? mix(668, 692, Math.max(0, x) / 400) : mix(694, 676, (x - 1030) / 260)
    const tall = mix(26, left ? 116 : 84, fixed(index + 8000)) * (left ? mix(1, 0.4, x / 400) : 0.8)
    const wind =
      Math.sin(time * 1.25 + x * 0.012) * 0.14 + Math.sin(time * 2.9 + index) * 0.03 + 0.1
    const tipX = x + (fixed(index + 9000) - 0.5) * 26 + wind * tall
    parts.push(
      `<path d="M${px(x - 2.4)},${px(ground + 8)} Q${px(x)},${px(ground - tall * 0.55)} ${px(tipX)},${px(ground - tall)} Q${px(x + 3)},${px(ground - tall * 0.5)} ${px(x + 2.6)},${px(ground + 8)} Z" fill="${shade}"/>`,
    )
    if (index % 9 === 0)
      parts.push(
        `<ellipse cx="${px(tipX)}" cy="${px(ground - tall)}" rx="2.7" ry="9" transform="rotate(${px(wind * 60)} ${px(tipX)} ${px(ground - tall)})" fill="${shade}"/>`,
      )
  }
  return parts.join('')
}

/** @param {number} dusk @param {number} sunY */
const gradients = (dusk, sunY) => `
  <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
    <stop offset="0" stop-color="${colour('skyTop', dusk)}"/>
    <stop offset="0.68" stop-color="${colour('skyMiddle', dusk)}"/>
    <stop offset="1" stop-color="${colour('skyLow', dusk)}"/>
  </linearGradient>
  <linearGradient id="water" x1="0" y1="0" x2="0" y2="1">
    <stop offset="0" stop-color="${colour('waterFar', dusk)}"/>
    <stop offset="0.42" stop-color="${mixColour('#96948e', '#683a52', dusk)}"/>
    <stop offset="1" stop-color="${colour('waterNear', dusk)}"/>
  </linearGradient>
  <radialGradient id="glow" gradientUnits="userSpaceOnUse" cx="${sunX}" cy="${px(sunY)}" r="430">
    <stop offset="0" stop-color="${colour('glow', dusk)}" stop-opacity="0.95"/>
    <stop offset="0.18" stop-color="${colour('glow', dusk)}" stop-opacity="0.5"/>
    <stop offset="1" stop-color="${colour('glow', dusk)}" stop-opacity="0"/>
  </radialGradient>
  <radialGradient id="cloud"><stop offset="0" stop-color="${mixColour('#fff6e8', '#ff9e78', dusk)}"/>
    <stop offset="1" stop-color="${mixColour('#fff6e8', '#ff9e78', dusk)}" stop-opacity="0"/></radialGradient>
  <linearGradient id="haze" x1="0" y1="0" x2="0" y2="1">
    <stop offset="0" stop-color="${colour('skyLow', dusk)}" stop-opacity="0"/>
    <stop offset="1" stop-color="${colour('skyLow', dusk)}" stop-opacity="0.55"/>
  </linearGradient>
  <radialGradient id="edge" cx="0.5" cy="0.46" r="0.75">
    <stop offset="0.62" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity="0.34"/>
  </radialGradient>
  <clipPath id="above"><rect width="${size.width}" height="${horizon}"/></clipPath>`

/** One frame as an SVG document. @param {number} time Seconds from the beginning. */
export const frame = (time) => {
  const dusk = ease(time / length)
  const sunY = mix(236, horizon + 6, time / length)
  const { width, height } = size
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
  <defs>${gradients(dusk, sunY)}</defs>
  <rect width="${width}" height="${horizon}" fill="url(#sky)"/>
  ${stars(time, dusk)}
  <g clip-path="url(#above)">
    <rect width="${width}" height="${horizon}" fill="url(#glow)"/>
    <circle cx="${sunX}" cy="${px(sunY)}" r="44" fill="${colour('sun', dusk)}"/>
  </g>
  ${clouds(time, dusk)}
  <path d="${hills(0.3, 150, 150, time * 2)}" fill="${colour('far', dusk)}"/>
  <rect y="${horizon - 150}" width="${width}" height="150" fill="url(#haze)" opacity="0.7"/>
  <path d="${hills(0.9, 104, 118, time * 4)}" fill="${colour('middle', dusk)}"/>
  <rect y="${horizon - 100}" width="${width}" height="100" fill="url(#haze)" opacity="0.5"/>
  <path d="${hills(2.6, 56, 96, 60 + time * 6)}" fill="${colour('near', dusk)}"/>
  <rect y="${horizon}" width="${width}" height="${height - horizon}" fill="url(#water)"/>
  <rect y="${horizon - 2}" width="${width}" height="5" fill="${colour('glow', dusk)}" opacity="0.5"/>
  ${ripples(time, dusk, sunY)}
  ${birds(time, dusk)}
  ${boat(time, dusk)}
  ${shore(time, dusk)}
  <rect width="${width}" height="${height}" fill="url(#edge)"/>
</svg>`
}
