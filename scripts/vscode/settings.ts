export type Settings = Readonly<Record<string, string | boolean>>;

/** Keeps everything away that covers the extension: welcome pages, chat, recommendations, prompts about Git. */
export const QUIET_SETTINGS: Settings = {
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  // In a browser VS Code saves after a second, and what a test reverts then stays.
  'files.autoSave': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

export function quietSettings(theme?: string): Settings {
  return theme === undefined
    ? QUIET_SETTINGS
    : { ...QUIET_SETTINGS, 'workbench.colorTheme': theme };
}
