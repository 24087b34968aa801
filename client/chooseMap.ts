import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type MapNode, mapNodes, uriOf } from './mapNodes.ts';
import type { MapsView } from './maps.ts';

/** A map of a document: its number there, or all of them where none is given. */
export interface ChosenMap {
  readonly uri: vscode.Uri;
  readonly map?: number;
  readonly title: string;
}

/** The map that a command was called for: by a node of the tree, a place, or the editor in front. */
export async function mapFor(
  client: LanguageClient,
  maps: MapsView,
  target: unknown,
): Promise<ChosenMap | undefined> {
  if (isNode(target)) return chosen(client, mapOf(target));
  if (target instanceof vscode.Uri) return { uri: target, title: pathOf(target) };
  const active = vscode.window.activeTextEditor?.document.uri;
  const uri = active && client.code2ProtocolConverter.asUri(active);
  const found = (await maps.documents()).find((document) => document.uri === uri);
  return active === undefined || found === undefined
    ? undefined
    : { uri: active, title: pathOf(active) };
}

/** Lets a person choose among the maps of the workspace. */
export async function chooseMap(
  client: LanguageClient,
  maps: MapsView,
  placeHolder: string,
): Promise<ChosenMap | undefined> {
  const picked = await vscode.window.showQuickPick(await mapItems(client, maps), {
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.map;
}

export interface MapPick extends vscode.QuickPickItem {
  readonly map: ChosenMap;
}

/** The maps of the workspace as a list shows them. */
export const mapItems = async (
  client: LanguageClient,
  maps: MapsView,
): Promise<readonly MapPick[]> =>
  (await maps.documents()).flatMap(mapNodes).map((node) => {
    const { name, version, legs } = node.item;
    const map = chosen(client, node);
    return {
      label: name === '' ? map.title : name,
      description: [version, legs[0]?.destination ?? ''].filter((part) => part !== '').join(' · '),
      detail: pathOf(map.uri),
      map,
    };
  });

export const isNode = (value: unknown): value is MapNode =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  'id' in value &&
  typeof value.id === 'string' &&
  value.id.includes('#');

const mapOf = (node: MapNode): MapNode & { readonly kind: 'map' } =>
  node.kind === 'map' ? node : node.kind === 'leg' ? node.map : node.leg.map;

function chosen(client: LanguageClient, node: MapNode & { readonly kind: 'map' }): ChosenMap {
  const uri = client.protocol2CodeConverter.asUri(uriOf(node));
  const { name, version } = node.item;
  return {
    uri,
    map: Number(node.id.slice(node.id.lastIndexOf('#') + 1)),
    title: [name, version, `(${pathOf(uri)})`].filter((part) => part !== '').join(' '),
  };
}

const pathOf = (uri: vscode.Uri): string => vscode.workspace.asRelativePath(uri);
