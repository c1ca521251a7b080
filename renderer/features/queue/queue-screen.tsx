/** The queue of edits. */
export const QueueScreen = () => null
