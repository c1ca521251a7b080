/** Brings a part of the screen into sight, gives it the focus and marks it for a moment. */
export const pointOut = (name: string): void => {
  const part = document.querySelector<HTMLElement>(`[data-part="${name}"]`)
  if (!part) return
  part.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
  const target = part.querySelector<HTMLElement>('[data-first]') ?? part
  target.focus({ preventScroll: true })
  part.classList.remove('animate-point-out')
  // Reading the layout lets the animation start again.
  void part.offsetWidth
  part.classList.add('animate-point-out')
  part.addEventListener('animationend', () => part.classList.remove('animate-point-out'), {
    once: true,
  })
}
