/** scripts/hostTest.ts ends with it where no VS Code is to be had; scripts/test.ts counts its tests as skipped then. */
export const EXIT_NO_VSCODE = 3;
