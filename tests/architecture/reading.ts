import { parseAst } from 'vitest/node';

export interface Import {
  from: string;
  typeOnly: boolean;
}

/** What a file imports, and the words of its code that a room may forbid. */
export interface Reading {
  imports: Import[];
  words: Set<string>;
}

interface Node {
  type: string;
  [part: string]: unknown;
}

export function reading(source: string, isMarkup = false): Reading {
  const found: Reading = { imports: [], words: new Set() };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isNode(value)) return;
    const from = importOf(value);
    if (from) found.imports.push(from);
    wordsOf(value).forEach((word) => found.words.add(word));
    Object.values(value).forEach(visit);
  };
  visit(parseAst(source, { lang: isMarkup ? 'tsx' : 'ts' }));
  return found;
}

function importOf(node: Node): Import | undefined {
  const from = literal(node['source']);
  if (from === undefined) return undefined;
  const kinds = list(node['specifiers']).map((one) => one['importKind'] ?? one['exportKind']);
  const allTypes = kinds.length > 0 && kinds.every((kind) => kind === 'type');
  const typeOnly = (node['importKind'] ?? node['exportKind']) === 'type' || allTypes;
  return { from, typeOnly: typeOnly || node.type === 'TSImportType' };
}

function wordsOf(node: Node): string[] {
  switch (node.type) {
    case 'Identifier':
      return [String(node['name'])];
    case 'AwaitExpression':
      return ['await'];
    case 'ForOfStatement':
      return node['await'] ? ['await'] : [];
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'SwitchStatement':
      return ['if'];
    case 'NewExpression':
      return nameOf(node['callee']) === 'Date' && isEmpty(node['arguments']) ? ['new Date()'] : [];
    case 'MemberExpression':
      return [`${nameOf(node['object'])}.${nameOf(node['property'])}`];
    case 'ImportSpecifier':
      return [`import ${nameOf(node['imported'])}`];
    case 'CallExpression':
      return runsText(node) ? ['execute(text)'] : [];
    default:
      return [];
  }
}

/** `execute()` runs a typed query; `execute(text)` runs SQL that somebody wrote. */
function runsText(call: Node): boolean {
  const callee = isNode(call['callee']) ? call['callee'] : undefined;
  const [first] = list(call['arguments']);
  const texts = ['Literal', 'TemplateLiteral', 'TaggedTemplateExpression', 'Identifier'];
  return nameOf(callee?.['property']) === 'execute' && texts.includes(first?.type ?? '');
}

function nameOf(value: unknown): string {
  if (!isNode(value)) return '';
  return value.type === 'Identifier' ? String(value['name']) : (literal(value) ?? '');
}

function literal(value: unknown): string | undefined {
  return isNode(value) && typeof value['value'] === 'string' ? value['value'] : undefined;
}

function list(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
