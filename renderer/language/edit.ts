import type { TableLike } from './table'

const en = {}

const zh: TableLike<typeof en> = {}

export const edit = { en, zh }
