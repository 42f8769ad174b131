/** A node of a parsed document. */
export interface Node {
  readonly [key: string]: unknown
}

/** Tells whether a value is a node, not a list or a plain value. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The node below a key; an empty one when it is missing. */
export function below(node: Node, ...keys: readonly string[]): Node {
  let at: unknown = node
  for (const key of keys) at = isNode(at) ? at[key] : undefined
  return isNode(at) ? at : {}
}

/** The nodes of a list below a key. */
export function listBelow(node: Node, key: string): readonly Node[] {
  const value = node[key]
  return Array.isArray(value) ? value.filter(isNode) : []
}

/** A parameter in the path, the query or a header. */
export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly schema: Node
}

/** One HTTP operation as LINE's files describe it. */
export interface OpenApiOperation {
  readonly id: string
  readonly method: string
  readonly path: string
  /** The origin, without a slash at its end. */
  readonly server: string
  readonly security: readonly Node[]
  /** LINE's page about it, where the file has one. */
  readonly page: string | undefined
  readonly parameters: readonly Parameter[]
  /** The body by its media type. */
  readonly body: { readonly mediaType: string; readonly schema: Node } | undefined
  /** The successful response; without a schema when the file describes no body. */
  readonly answer: { readonly mediaType: string; readonly schema: Node } | undefined
  readonly document: Node
}

const methods = ['get', 'post', 'put', 'delete']

function content(holder: Node): { mediaType: string; schema: Node } | undefined {
  const [entry] = Object.entries(below(holder, 'content'))
  return entry && { mediaType: entry[0], schema: below({ entry: entry[1] }, 'entry', 'schema') }
}

function readParameter(node: Node): Parameter {
  return {
    name: String(node['name']),
    in: String(node['in']),
    required: node['required'] === true,
    schema: below(node, 'schema'),
  }
}

/** Lists the operations of one document. */
export function listOperations(document: Node): readonly OpenApiOperation[] {
  return Object.entries(below(document, 'paths')).flatMap(([path, item]) => {
    if (!isNode(item)) return []
    return methods.flatMap((method): OpenApiOperation[] => {
      const operation = item[method]
      if (!isNode(operation)) return []
      const [server] = [...listBelow(operation, 'servers'), ...listBelow(document, 'servers')]
      const success = Object.entries(below(operation, 'responses')).find(([status]) => status.startsWith('2'))
      const page = below(operation, 'externalDocs')['url']
      return [
        {
          id: String(operation['operationId']),
          method: method.toUpperCase(),
          path,
          server: String(server?.['url']).replace(/\/$/, ''),
          security: 'security' in operation ? listBelow(operation, 'security') : listBelow(document, 'security'),
          page: typeof page === 'string' ? page : undefined,
          parameters: [...listBelow(item, 'parameters'), ...listBelow(operation, 'parameters')].map(readParameter),
          body: content(below(operation, 'requestBody')),
          answer: success && isNode(success[1]) ? content(success[1]) : undefined,
          document,
        },
      ]
    })
  })
}
