import * as vscode from 'vscode';
import type { RowsResult } from '../src/service/protocol/rows.ts';
import type { FieldItem, FilterItem } from '../src/service/features/mapTree.ts';
import type { MapNode, PageNode } from './mapNodes.ts';

/** What a node looks like: the thing as label, one small fact behind it, all else in the tooltip. */
export function treeItem(node: MapNode): vscode.TreeItem {
  const item = itemOf(node);
  item.id = node.id;
  item.contextValue = node.kind;
  if (node.kind !== 'page') {
    item.command = {
      command: 'dualWrite.openInMaps',
      title: vscode.l10n.t('Open'),
      arguments: [node],
    };
  }
  return item;
}

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

function itemOf(node: MapNode): vscode.TreeItem {
  switch (node.kind) {
    case 'map':
      return mapItem(node);
    case 'leg': {
      const { source, destination, mappings } = node.item;
      const item = new vscode.TreeItem(`${source} → ${destination}`, Collapsed);
      item.description = vscode.l10n.t('{0} field mappings', mappings);
      item.iconPath = new vscode.ThemeIcon('arrow-swap');
      if (node.map.item.legs.length === 1) item.collapsibleState = Expanded;
      item.accessibilityInformation = {
        label: vscode.l10n.t(
          'Leg from {0} to {1}, {2} field mappings',
          source,
          destination,
          mappings,
        ),
      };
      return item;
    }
    case 'filter':
      return filterItem(node.item);
    case 'page':
      return pageItem(node);
    case 'field':
      return fieldItem(node.item);
  }
}

function mapItem({
  uri,
  item: { name, version, legs },
}: MapNode & { kind: 'map' }): vscode.TreeItem {
  const path = vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true));
  const item = new vscode.TreeItem(name === '' ? path : name, Collapsed);
  const [leg] = legs;
  // Copies of a map bear one name: the file tells them apart, and the tables stand in most names already.
  item.description = [name === '' ? '' : path, version].filter((part) => part !== '').join(' · ');
  item.iconPath = new vscode.ThemeIcon('map');
  const tooltip = new vscode.MarkdownString();
  tooltip.appendText([name, version].filter((part) => part !== '').join(' '));
  for (const { source, destination, mappings, filters } of legs) {
    tooltip.appendMarkdown('\n\n');
    tooltip.appendText(
      `${source} → ${destination}, ${vscode.l10n.t('{0} field mappings', mappings)}`,
    );
    for (const { text } of filters) tooltip.appendCodeblock(text, 'plaintext');
  }
  tooltip.appendMarkdown('\n\n');
  tooltip.appendText(path);
  item.tooltip = tooltip;
  const spoken = [name === '' ? path : name, version].filter((part) => part !== '').join(', ');
  item.accessibilityInformation = {
    // A screen reader leaves out signs, or spells them.
    label:
      leg === undefined
        ? spoken
        : vscode.l10n.t('Map {0}, from {1} to {2}', spoken, leg.source, leg.destination),
  };
  return item;
}

function filterItem({ side, text }: FilterItem): vscode.TreeItem {
  const item = new vscode.TreeItem(text, None);
  const name = sideName(side);
  item.description = name;
  item.iconPath = new vscode.ThemeIcon('filter');
  item.tooltip = new vscode.MarkdownString()
    .appendText(vscode.l10n.t('Filter of {0}', name))
    .appendCodeblock(text, 'plaintext');
  item.accessibilityInformation = { label: `${vscode.l10n.t('Filter of {0}', name)}, ${text}` };
  return item;
}

const sideName = (side: FilterItem['side']): string =>
  side === 'fo' ? 'Finance and Operations' : 'Dataverse';

/** A filter with how many rows of the row file beside it it keeps. */
export function withRows(
  item: vscode.TreeItem,
  { side, text }: FilterItem,
  rows: RowsResult,
): vscode.TreeItem {
  if (rows.kind !== 'rows') return item;
  const counts = countsOf(rows.counts.asWritten);
  item.description = `${counts} · ${sideName(side)}`;
  item.accessibilityInformation = {
    label: [vscode.l10n.t('Filter of {0}', sideName(side)), text, counts].join(', '),
  };
  return item;
}

function countsOf({
  kept,
  dropped,
  lostToNull,
}: Readonly<Record<'kept' | 'dropped' | 'lostToNull', number>>): string {
  const all = vscode.l10n.t('{0} of {1} rows', kept, kept + dropped + lostToNull);
  return lostToNull === 0 ? all : `${all}, ${vscode.l10n.t('{0} lost to NULL', lostToNull)}`;
}

function pageItem({ start, count }: PageNode): vscode.TreeItem {
  const item = new vscode.TreeItem(
    vscode.l10n.t('Field mappings {0} to {1}', start + 1, start + count),
    Collapsed,
  );
  item.iconPath = new vscode.ThemeIcon('list-ordered');
  return item;
}

function fieldItem({
  source,
  destination,
  direction,
  glyph,
  transforms,
  lookup,
}: FieldItem): vscode.TreeItem {
  const nothing = vscode.l10n.t('(default)');
  const item = new vscode.TreeItem(
    `${source === '' ? nothing : source} ${glyph} ${destination === '' ? nothing : destination}`,
    None,
  );
  item.description = transforms;
  item.iconPath = new vscode.ThemeIcon(
    direction === 3 ? 'arrow-both' : direction === 1 ? 'arrow-right' : 'arrow-left',
  );
  const way =
    direction === 3
      ? vscode.l10n.t('in both directions')
      : direction === 1
        ? vscode.l10n.t('from Finance and Operations to Dataverse')
        : vscode.l10n.t('from Dataverse to Finance and Operations');
  const tooltip = new vscode.MarkdownString();
  tooltip.appendText(
    `${source === '' ? nothing : source}, ${destination === '' ? nothing : destination}: ${way}`,
  );
  if (lookup !== '') {
    tooltip.appendMarkdown('\n\n');
    tooltip.appendText(vscode.l10n.t('Lookup in {0}', lookup));
  }
  if (transforms !== '') tooltip.appendCodeblock(transforms, 'plaintext');
  item.tooltip = tooltip;
  item.accessibilityInformation = {
    label: [source || nothing, destination || nothing, way, transforms].join(', '),
  };
  return item;
}
