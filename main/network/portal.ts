/** A web page came where a service promises something else: usually the sign-in page of a network (a captive portal). */
export class PortalError extends Error {
  override readonly name = 'PortalError'
  constructor(options?: ErrorOptions) {
    super('a web page came in place of the answer', options)
  }
}

/** Whether a text begins like a web page. Comments and an XML declaration may come first. */
export const isPage = (text: string): boolean =>
  /^\s*(<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*)*<(!doctype\s+html|html)[\s>]/i.test(text)

export const isPageType = (contentType: string | null | undefined): boolean =>
  /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(contentType ?? '')
