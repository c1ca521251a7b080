import { useEffect } from 'react'
import { create } from 'zustand'

/** The present time in ms since the epoch, updated every second while a component uses it. */
const useNow = create(() => Date.now())

let users = 0
let timer: ReturnType<typeof setInterval> | undefined

const tick = () => useNow.setState(Date.now())

/** A value derived from the present time: the component renders again only when the value changes. */
export const useClock = <T extends string | number | boolean>(derive: (now: number) => T): T => {
  useEffect(() => {
    users += 1
    if (users === 1) {
      tick()
      timer = setInterval(tick, 1000)
    }
    return () => {
      users -= 1
      if (users === 0) clearInterval(timer)
    }
  }, [])
  return useNow(derive)
}
