import { useEffect, useState } from 'react'

/** Milliseconds a clip is looked at before anything costly is made for it. */
const glance = 400

/** Whether somebody has stayed with this clip for a moment, not just passed by. */
export const useSettledOn = (id: string): boolean => {
  const [settled, setSettled] = useState<string | null>(null)
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(id), glance)
    return () => window.clearTimeout(timer)
  }, [id])
  return settled === id
}
