import * as vscode from 'vscode';
import type { Answer } from './walk.ts';

/** One of the lists that a guided action asks through. */
export interface Step {
  readonly title: string;
  readonly placeholder: string;
  readonly step: number;
  readonly totalSteps: number;
}

export interface Choices<T extends vscode.QuickPickItem> {
  /** The items for a text; asked for again as somebody types if `isSearched`, else the list itself finds. */
  readonly find: (search: string) => Promise<readonly T[]> | readonly T[];
  readonly isSearched?: boolean;
  readonly canPickMany?: boolean;
  /** Which items Enter may take where nobody has moved: the first of them. Of all items if absent. */
  readonly isFirst?: (item: T) => boolean;
  /** Why items can't be taken; said, and the list stays. */
  readonly refusalOf?: (items: readonly T[]) => string | undefined;
}

/** Asks one step. Who searches very many records gets an answer for the newest text alone. */
export const askStep = <T extends vscode.QuickPickItem>(
  step: Step,
  choices: Choices<T>,
): Promise<Answer<readonly T[]>> => new Promise((resolve) => showStep(step, choices, resolve));

function showStep<T extends vscode.QuickPickItem>(
  { title, placeholder, step, totalSteps }: Step,
  { find, isSearched = false, canPickMany = false, isFirst = isItem, refusalOf }: Choices<T>,
  answer: (answer: Answer<readonly T[]>) => void,
): void {
  const pick = vscode.window.createQuickPick<T>();
  pick.title = title;
  pick.placeholder = placeholder;
  pick.step = step;
  pick.totalSteps = totalSteps;
  pick.canSelectMany = canPickMany;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.buttons = step > 1 ? [vscode.QuickInputButtons.Back] : [];
  let isOpen = true;
  /** Enter was pressed before what was typed was found. */
  let isHasty = false;
  /** What Enter takes where nobody has moved. */
  let first: readonly T[] = [];

  const end = (given: Answer<readonly T[]>): void => {
    if (!isOpen) return;
    isOpen = false;
    answer(given);
    pick.dispose();
  };
  /** Where somebody looks: at the item; where none was taken, in the input. */
  const refuse = ([taken]: readonly T[], refusal: string): void => {
    if (taken === undefined) {
      pick.placeholder = refusal;
      return;
    }
    // The list cuts what is too long for it.
    void vscode.window.showWarningMessage(refusal);
    const told = { ...taken, detail: `$(warning) ${refusal}` };
    pick.items = pick.items.map((item) => (item === taken ? told : item));
    pick.activeItems = [told];
  };
  const take = (items: readonly T[]): void => {
    if (items.length === 0 && !canPickMany) return;
    const refusal = refusalOf?.(items);
    if (refusal === undefined) end(items);
    else refuse(items, refusal);
  };
  const show = (items: readonly T[]): void => {
    pick.items = items;
    if (canPickMany) pick.selectedItems = items.filter(({ picked }) => picked === true);
    const typed = pick.value.trim().toLowerCase();
    const isTyped = ({ label }: T): boolean => typed !== '' && label.toLowerCase().includes(typed);
    first = [...items.filter(isFirst), ...items.filter(isTyped)].slice(0, 1);
    if (first.length > 0) pick.activeItems = first;
    if (!isHasty) return;
    isHasty = false;
    take(first);
  };
  const refresh = async (): Promise<void> => {
    if (pick.busy) return;
    pick.busy = true;
    try {
      for (;;) {
        const search = pick.value;
        const items = await find(search);
        if (!isOpen) return;
        if (search !== pick.value) continue;
        pick.busy = false;
        show(items);
        return;
      }
    } catch (error) {
      if (isOpen) pick.busy = false;
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  };

  pick.onDidAccept(() => {
    const { selectedItems } = pick;
    if (pick.busy) isHasty = isSearched;
    // What was selected may have gone from the list at this very moment.
    else take(selectedItems.length > 0 || canPickMany ? [...selectedItems] : first);
  });
  pick.onDidTriggerButton(() => end('back'));
  pick.onDidHide(() => end(undefined));
  if (isSearched) pick.onDidChangeValue(() => void refresh());
  pick.show();
  void refresh();
}

const isItem = ({ kind }: vscode.QuickPickItem): boolean =>
  kind !== vscode.QuickPickItemKind.Separator;
