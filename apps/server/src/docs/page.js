/* global SwaggerUIBundle */

/**
 * What stands behind the references of an operation. Swagger UI would read the whole document anew for
 * each one that is opened, for seconds; all of ours point into the document, and none in a circle.
 */
function resolved(document, node) {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((one) => resolved(document, one));
  const { $ref, ...rest } = node;
  const own = Object.fromEntries(
    Object.entries(rest).map(([name, one]) => [name, resolved(document, one)]),
  );
  return $ref === undefined ? own : { ...resolved(document, at(document, $ref)), ...own };
}

function at(document, reference) {
  const names = reference.replace('#/', '').split('/');
  return names
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((node, name) => node[name], document);
}

const quickly = {
  fn: {
    resolveSubtree: async (document, path) => ({
      spec: resolved(
        document,
        path.reduce((node, name) => node?.[name], document),
      ),
      errors: [],
    }),
  },
};

/** Each field of the dialog asks for the cursor, and the last would have it: the one for a guest's token. */
const forTheToken = {
  wrapComponents: {
    Input:
      (Input, { React }) =>
      ({ autoFocus = false, ...rest }) =>
        React.createElement(Input, {
          ...rest,
          autoFocus: autoFocus && rest.id === 'auth-bearer-value',
        }),
  },
};

const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', paint);
paint();

SwaggerUIBundle({
  dom_id: '#swagger-ui',
  url: '/openapi.json',
  deepLinking: true,
  displayOperationId: true,
  docExpansion: 'none',
  filter: true,
  persistAuthorization: false,
  plugins: [quickly, forTheToken],
  tryItOutEnabled: true,
  validatorUrl: null, // else a page on a public name is told to a service of Swagger's
});
