/** Compose an edit: the clips, the clip at hand, and what is to become of it. */
export const EditScreen = () => null
