/** A piece of HTML. Texts that are put into it are escaped. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

const entities: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '')

/** What can stand in a template: text, HTML, lists of HTML, or nothing. */
export type Inserted = string | Html | readonly Html[] | undefined | false

const written = (value: Inserted): string => {
  if (typeof value === 'string') return escaped(value)
  if (value instanceof Html) return value.text
  return value ? value.map(({ text }) => text).join('') : ''
}

/** Writes HTML. */
export function html(texts: TemplateStringsArray, ...values: readonly Inserted[]): Html {
  return new Html(texts.map((text, at) => text + written(values[at])).join(''))
}

const style = /* @__PURE__ */ new Html(`
  body { margin: 0; background: #f5f6f7; color: #1f1f1f; font: 16px/1.5 system-ui, sans-serif }
  main { max-width: 26rem; margin: 2rem auto; padding: 1.5rem 2rem 2rem; background: #fff; border-radius: .75rem }
  h1 { font-size: 1.4rem } h2 { font-size: 1rem; margin-top: 2rem }
  form { margin: 1rem 0 } label { display: block; margin: .5rem 0 }
  select, button { box-sizing: border-box; width: 100%; padding: .7rem; font: inherit; border: 1px solid #b7b7b7; border-radius: .4rem }
  button { margin-top: .6rem; background: #fff; cursor: pointer }
  button.main { background: #06733c; border-color: #06733c; color: #fff; font-weight: 600 }
  .qr { font: 700 1.2rem monospace; text-align: center; padding: 2rem; border: 4px dashed #1f1f1f }
  footer { color: #595959; font-size: .85rem; text-align: center }
`)

/** Makes a page of LINE's login, which says that it is none. */
export function page(
  title: string,
  body: Html,
  status = 200,
  headers: { readonly [name: string]: string } = {},
): Response {
  const { text } = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
<footer>An emulator stands in for LINE here.</footer>
</body>
</html>
`
  return new Response(text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src https:; base-uri 'none'; frame-ancestors 'none'",
      ...headers,
    },
  })
}
