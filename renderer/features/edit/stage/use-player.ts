import { createContext, useContext, useSyncExternalStore } from 'react'
import { Player, type PlayerState } from './player'

/** The player of the clip at hand; shared, so that a remedy can trim at the playhead. */
export const PlayerContext = createContext(new Player())

export const usePlayer = (): Player => useContext(PlayerContext)

export const usePlayerState = (player: Player): PlayerState =>
  useSyncExternalStore(player.subscribe, player.state)
