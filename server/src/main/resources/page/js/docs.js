// The API's reference, from the OpenAPI file that the server gives out.

import { request } from './api.js';

const METHODS = ['get', 'post', 'delete'];
let api;

show().catch((problem) => {
  const place = document.getElementById('page-problem');
  place.textContent = problem.message;
  place.hidden = false;
});

async function show() {
  api = await (await request('../v1/openapi.json')).json();
  document.getElementById('description').append(...marked(api.info.description));
  for (const tag of api.tags) {
    const operations = operationsOf(tag.name);
    document.getElementById('contents').append(contents(tag, operations));
    document.getElementById('reference').append(section(tag, operations));
  }
  document.getElementById('reference').append(schemas());
  if (location.hash) {
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }
}

/** {method, path, operation} of all operations with a tag; parameters of the path are moved in. */
function operationsOf(tag) {
  return Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]?.tags.includes(tag)).map((method) => ({
      method,
      path,
      operation: {
        ...item[method],
        parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map(resolve),
      },
    })));
}

function resolve(object) {
  return object?.$ref ? object.$ref.split('/').slice(1).reduce((part, name) => part[name], api) : object;
}

/** An element with attributes and children; strings become text, so nothing is read as HTML. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Text in which `this` becomes code. */
function marked(text) {
  return text.split('`').map((part, index) => (index % 2 ? element('code', {}, part) : part));
}

function contents(tag, operations) {
  return element('div', {}, element('strong', {}, tag.name),
    element('ul', {}, ...operations.map(({ operation }) => element('li', {},
      element('a', { href: `#${operation.operationId}` }, operation.summary)))));
}

function section(tag, operations) {
  return element('section', { class: 'tag-section' },
    element('h2', {}, tag.name), element('p', { class: 'soft' }, ...marked(tag.description)),
    ...operations.map(card));
}

function card({ method, path, operation }) {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  return element('article', { class: 'operation', id: operationId },
    element('h3', {}, summary),
    element('p', { class: 'route' }, element('span', { class: `method ${method}` }, method.toUpperCase()),
      element('code', {}, path)),
    description ? element('p', {}, ...marked(description)) : null,
    parameters.length ? parameterTable(parameters) : null,
    requestBody ? body(resolve(requestBody)) : null,
    answers(responses),
    ...(operation['x-codeSamples'] ?? []).map(sample));
}

/** An example, for the server that this page came from. */
function sample({ source }) {
  const local = source.replace('http://127.0.0.1:8080', location.origin);
  return element('pre', { tabindex: '0', 'aria-label': 'Example' }, element('code', {}, local));
}

function parameterTable(parameters) {
  return table(['Parameter', 'Type', 'Meaning'], parameters.map((parameter) => [
    [element('code', {}, parameter.name), element('small', {},
      parameter.in === 'query' ? '' : ` in the ${parameter.in}`, parameter.required ? ' required' : '')],
    typeOf(parameter.schema),
    marked(parameter.description ?? ''),
  ]));
}

function body({ description, content }) {
  return element('p', {}, element('strong', {}, 'Body. '), `${description} As `,
    ...listed(Object.keys(content).map((type) => element('code', {}, type))), '.');
}

function answers(responses) {
  return table(['Answer', 'Type', 'Meaning'], Object.entries(responses).map(([status, reference]) => {
    const response = resolve(reference);
    return [
      [element('code', {}, status === 'default' ? '4xx, 5xx' : status)],
      Object.entries(response.content ?? {}).flatMap(([type, { schema }], index) => [
        ...(index ? [element('br')] : []), element('code', {}, type), ...(schema ? [' ', ...typeOf(schema)] : [])]),
      [response.description, ...Object.entries(response.headers ?? {}).flatMap(([name, header]) => [
        element('br'), element('code', {}, name), `: ${resolve(header).description}`])],
    ];
  }));
}

function schemas() {
  const shown = Object.entries(api.components.schemas).filter(([, schema]) => schema.properties);
  return element('section', { class: 'tag-section' }, element('h2', {}, 'Objects'),
    ...shown.map(([name, schema]) => element('article', { class: 'operation', id: `schema-${name}` },
      element('h3', {}, name),
      table(['Field', 'Type', 'Meaning'], Object.entries(schema.properties).map(([field, property]) => [
        [element('code', {}, field)], typeOf(property), marked(property.description ?? '')])))));
}

/** A schema in a few words. */
function typeOf(schema) {
  if (schema.$ref) {
    const name = schema.$ref.split('/').pop();
    return resolve(schema).properties ? [element('a', { href: `#schema-${name}` }, name)]
      : typeOf(resolve(schema));
  }
  if (schema.enum) {
    return listed(schema.enum.map((value) => element('code', {}, value)), 'or', schema.default);
  }
  if (schema.oneOf) {
    return listed(schema.oneOf.map((one) => element('span', {}, ...typeOf(one))), 'or', schema.default);
  }
  if (schema.const !== undefined) {
    return [element('code', {}, schema.const)];
  }
  if (schema.type === 'array') {
    return ['list of ', ...typeOf(schema.items)];
  }
  const limits = [schema.minimum ?? '', schema.maximum ?? ''].join(' to ').trim()
    .replace(/^(\S+) to$/, 'from $1');
  const type = [schema.type ?? 'bytes'].flat().join(' or ');
  return [[schema.format ?? type, limits.replace(/^to$/, '')].filter(Boolean).join(', '),
    schema.default === undefined ? '' : `; ${schema.default} if not given`];
}

function listed(parts, word = 'or', fallback) {
  const joined = parts.flatMap((part, index) =>
    (index === 0 ? [part] : [index === parts.length - 1 ? ` ${word} ` : ', ', part]));
  return fallback === undefined ? joined : [...joined, `; ${fallback} if not given`];
}

function table(heads, rows) {
  return element('div', { class: 'table' }, element('table', {},
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, ...rows.map((cells) =>
      element('tr', {}, ...cells.map((cell) => element('td', {}, ...cell)))))));
}
