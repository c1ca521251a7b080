/** An address with names in punycode and everything else escaped; what is no address stays as it is. */
export const asciiUrl = (url: string): string => URL.parse(url)?.href ?? url
