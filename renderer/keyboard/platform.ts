/** Whether shortcuts are written and meant the way macOS does. */
export const isMac = (): boolean =>
  typeof window !== 'undefined' && window.reshoot?.platform === 'darwin'
