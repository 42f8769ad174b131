// A text browser for tests: it stores cookies, follows redirects and links, and submits forms. It does not run JavaScript.

/** Values for the fields of a form, by name. */
export interface Filled {
  readonly [name: string]: string
}

const attribute = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]

export class TextBrowser {
  readonly #cookies = new Map<string, string>()
  #url = ''
  /** The HTML of the current page. */
  text = ''

  /** Opens a URL, and follows redirects. */
  async open(url: string, body?: URLSearchParams): Promise<void> {
    const key = (name: string) => `${new URL(url).host} ${name}`
    const cookie = [...this.#cookies].flatMap(([name, value]) =>
      name.startsWith(key('')) ? [`${name.slice(key('').length)}=${value}`] : [],
    )
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: cookie.join('; ') },
      ...(body && { method: 'POST', body }),
    })
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = set.split(';', 1)[0]?.split('=') ?? []
      if (/Max-Age=0/.test(set)) this.#cookies.delete(key(name))
      else this.#cookies.set(key(name), value)
    }
    this.#url = url
    this.text = await response.text()
    const location = response.headers.get('location')
    if (location) await this.open(new URL(location, url).href)
  }

  /** Follows the link with this text. */
  follow(label: string): Promise<void> {
    const [, tag] = [...this.text.matchAll(/<a( [^>]*)>(.*?)<\/a>/gs)].find(([, , shown]) => shown === label) ?? []
    if (!tag) throw new Error(`There is no link "${label}" in: ${this.text}`)
    return this.open(new URL(attribute(tag, 'href') ?? '', this.#url).href)
  }

  /** Submits a form with the button that has this text. */
  press(label: string, filled: Filled = {}): Promise<void> {
    for (const [, form = '', content = ''] of this.text.matchAll(/<form( [^>]*)>(.*?)<\/form>/gs)) {
      const buttons = [...content.matchAll(/<button([^>]*)>(.*?)<\/button>/gs)]
      const pressed = buttons.find(([, , shown]) => shown === label)?.[1]
      if (pressed === undefined) continue
      const body = new URLSearchParams()
      const add = (tag: string) => body.append(attribute(tag, 'name') ?? '', attribute(tag, 'value') ?? '')
      for (const [tag] of content.matchAll(/<input [^>]*>/g)) if (/type="hidden"| checked/.test(tag)) add(tag)
      const select = /<select( [^>]*)>\s*<option( [^>]*)>/.exec(content)
      if (select) body.append(attribute(select[1] ?? '', 'name') ?? '', attribute(select[2] ?? '', 'value') ?? '')
      if (attribute(pressed, 'name')) add(pressed)
      for (const [name, value] of Object.entries(filled)) body.set(name, value)
      return this.open(new URL(attribute(form, 'action') ?? '', this.#url).href, body)
    }
    throw new Error(`There is no button "${label}" in: ${this.text}`)
  }
}
