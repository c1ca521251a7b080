/** Collects ids that changed and hands them over together, so that hundreds of files do not mean thousands of messages. */
export interface Changes {
  mark: (id: string) => void
  /** Hands over now what was collected. */
  flush: () => void
  /** Hands over what was collected, then stays silent. */
  close: () => void
}

/** Milliseconds between two hand-overs: quicker than a person sees. */
const interval = 40

export const createChanges = (onChange: (ids: string[]) => void): Changes => {
  const marked = new Set<string>()
  let timer: NodeJS.Timeout | null = null
  let closed = false

  const flush = (): void => {
    if (timer) clearTimeout(timer)
    timer = null
    if (marked.size === 0) return
    const ids = [...marked]
    marked.clear()
    onChange(ids)
  }

  return {
    mark: (id) => {
      if (closed) return
      marked.add(id)
      timer ??= setTimeout(flush, interval)
    },
    flush,
    close: () => {
      flush()
      closed = true
    },
  }
}
