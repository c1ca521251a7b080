import type { ListedTask, TaskList } from '../provider'

/** Tasks of a page at most. */
export const pageSize = 50
const mostPages = 20

/** One page of a task list, and the service's clock when it answered. */
interface TaskPage {
  tasks: readonly ListedTask[]
  isLast: boolean
  date: number | null
}

/** Reads a task list page by page, from page 1. A list of more than 20 pages is cut off and thus not complete. */
export const readTaskPages = async (
  ask: (page: number) => Promise<TaskPage>,
): Promise<TaskList> => {
  // A task moves to the next page when a new one appears, so it may be seen twice.
  const found = new Map<string, ListedTask>()
  let now: number | null = null
  for (let page = 1; page <= mostPages; page += 1) {
    const { tasks, isLast, date } = await ask(page)
    for (const task of tasks) found.set(task.taskId, task)
    now = date
    if (isLast) return { tasks: [...found.values()], isComplete: true, now }
  }
  return { tasks: [...found.values()], isComplete: false, now }
}
