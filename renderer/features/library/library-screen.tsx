/** The library of edits. */
export const LibraryScreen = () => null
