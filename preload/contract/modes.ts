import { z } from 'zod'
import { fileRoles, type Mode, modeTable } from './mode-table'

// The window reads the tables without zod, so they have a file of their own.
export * from './mode-table'

export const fileRole = z.enum(fileRoles)

export const mode = z.enum(Object.keys(modeTable) as Mode[])
