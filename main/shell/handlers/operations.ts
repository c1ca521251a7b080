import type { HandlerContext } from './context'
import type { Group } from './group'

export const operationHandlers = ({ operations }: HandlerContext): Group<'operations'> => ({
  cancel: async ({ operationId }) => operations.cancel(operationId),
})
