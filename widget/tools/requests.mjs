// Requests that would be made again and again: in a loop, for each element of a list, or by a function that asks and calls itself.
import ts from 'typescript';

const JQUERY = new Set(['ajax', 'get', 'post', 'getJSON', 'load']);
const FOR_EACH = new Set(['forEach', 'map', 'each', 'filter', 'reduce', 'some', 'every', 'find', 'flatMap']);
const AFTER = new Set(['then', 'done', 'always', 'fail', 'finally', 'catch']);
const LOOPS = new Set([ts.SyntaxKind.ForStatement, ts.SyntaxKind.ForInStatement, ts.SyntaxKind.ForOfStatement, ts.SyntaxKind.WhileStatement, ts.SyntaxKind.DoStatement]);

/** Every broken rule of a file as a sentence without the file's name. */
export function repeatedRequests(text) {
  const source = ts.createSourceFile('script.js', text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  if (source.parseDiagnostics.length > 0) return ['does not parse: ' + ts.flattenDiagnosticMessageText(source.parseDiagnostics[0].messageText, ' ')];
  const functions = namedFunctions(source);
  const asking = [...functions.values()].filter((one) => reaches(one, (other) => other.asks, functions));
  const names = new Set(asking.map((one) => one.name));
  const problems = new Set();
  if (hasLoop(source, names)) problems.add('has requests in a loop');
  for (const one of functions.values()) {
    const callsItself = [...one.uses].some((name) => functions.has(name) && reaches(functions.get(name), (other) => other === one, functions));
    // What comes of an answer may be asked in another file: whoever waits for one and begins anew asks anew.
    const asks = names.has(one.name) || (one.uses.has(one.name) && one.waits);
    if (callsItself && asks) problems.add(`has requests in a loop: ${one.name.replace('.', '')} asks and calls itself`);
  }
  return [...problems];
}

/** Each function with a name: whom it uses, and whether it asks or waits for an answer itself. */
function namedFunctions(source) {
  const found = new Map();
  visit(source, null);
  return found;

  function visit(node, owner) {
    const name = nameOf(node);
    const inside = name ? { name, uses: new Set(), asks: false, waits: false } : owner;
    if (name) found.set(name, inside);
    if (inside) note(node, inside);
    ts.forEachChild(node, (child) => visit(child, inside));
  }
}

function note(node, owner) {
  if (isRequest(node)) owner.asks = true;
  if (ts.isAwaitExpression(node) || (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && AFTER.has(node.expression.name.text))) owner.waits = true;
  const used = usedName(node);
  if (used !== null) owner.uses.add(used);
}

// A function that is handed over is called by somebody: its bare name counts as a call. Members of an object begin with a dot.
function usedName(node) {
  if (ts.isPropertyAccessExpression(node) && ['this', 'self', 'that'].includes(node.expression.getText())) return `.${node.name.text}`;
  if (!ts.isIdentifier(node)) return null;
  const { parent } = node;
  const isDeclared = (ts.isFunctionLike(parent) || ts.isVariableDeclaration(parent) || ts.isParameter(parent)) && parent.name === node;
  const isMember = (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node;
  return isDeclared || isMember || isParameter(node) ? null : node.text;
}

function isParameter(node) {
  for (let around = node.parent; around; around = around.parent) {
    if (ts.isFunctionLike(around) && around.parameters.some((one) => one.name.getText() === node.text)) return true;
  }
  return false;
}

function nameOf(node) {
  if (!ts.isFunctionLike(node)) return null;
  if (node.name && ts.isIdentifier(node.name)) return node.name.text;
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return parent.name.text;
  return ts.isPropertyAssignment(parent) && ts.isIdentifier(parent.name) ? `.${parent.name.text}` : null;
}

function isRequest(node) {
  if (ts.isNewExpression(node)) return node.expression.getText() === 'XMLHttpRequest';
  if (!ts.isCallExpression(node)) return false;
  const callee = node.expression;
  if (ts.isIdentifier(callee)) return callee.text === 'fetch';
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const name = callee.name.text;
  return name === '$authorizedAjax' || name === 'crm_post' || (JQUERY.has(name) && ['$', 'jQuery'].includes(callee.expression.getText().split('.').at(-1)));
}

function reaches(from, isIt, functions, seen = new Set()) {
  if (isIt(from)) return true;
  seen.add(from);
  return [...from.uses].some((name) => functions.has(name) && !seen.has(functions.get(name)) && reaches(functions.get(name), isIt, functions, seen));
}

/** Whether something is asked within a loop, or within what is done for each element. */
function hasLoop(node, asking) {
  const repeated = LOOPS.has(node.kind) ? [node] : ts.isCallExpression(node) && isForEach(node.expression) ? [...node.arguments] : [];
  return repeated.some((part) => contains(part, asking)) || ts.forEachChild(node, (child) => hasLoop(child, asking) || undefined) === true;
}

function isForEach(callee) {
  return ts.isPropertyAccessExpression(callee) ? FOR_EACH.has(callee.name.text) : ts.isIdentifier(callee) && callee.text === 'setInterval';
}

function contains(node, asking) {
  return isRequest(node) || asking.has(usedName(node)) || ts.forEachChild(node, (child) => contains(child, asking) || undefined) === true;
}
