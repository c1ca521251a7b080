/** Whether the person asked the computer for less motion: then nothing plays before it is told to. */
export const wantsCalm = (): boolean =>
  window.matchMedia('(prefers-reduced-motion: reduce)').matches
