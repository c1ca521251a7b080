/** The settings of edits. */
export const SettingsScreen = () => null
