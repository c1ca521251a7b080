/** What a document says of one member of a body: what is wrong with a value, or null. */
export type MemberRule = (value: unknown, name: string) => string | null

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const rule =
  (isAllowed: (value: unknown) => boolean): MemberRule =>
  (value, name) =>
    isAllowed(value) ? null : `${name} is invalid: ${JSON.stringify(value)}`

export const text = rule((value) => typeof value === 'string')
/** A text that a document requires. */
export const words = rule((value) => typeof value === 'string' && value.trim() !== '')
export const boolean = rule((value) => typeof value === 'boolean')
export const oneOf = (...values: readonly unknown[]): MemberRule =>
  rule((value) => values.includes(value))
export const whole = (min: number, max: number, ...others: readonly number[]): MemberRule =>
  rule(
    (value) =>
      typeof value === 'number' &&
      Number.isInteger(value) &&
      (others.includes(value) || (value >= min && value <= max)),
  )

/** One address. */
export const url: MemberRule = (value, name) =>
  isUrl(value) ? null : `${name} is no URL: ${JSON.stringify(value)}`

/** Plain http or https, nothing unescaped; loopback is allowed, for this is a test. */
const isUrl = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:\/\/[!-~]+$/.test(value)

export const urls = (min: number, max: number): MemberRule =>
  rule(
    (value) =>
      Array.isArray(value) && value.length >= min && value.length <= max && value.every(isUrl),
  )

export const callbackUrl = rule(
  (value) => typeof value === 'string' && /^https:\/\/[!-~]+$/.test(value) && value.length <= 2048,
)

export const ratio = oneOf('16:9', '9:16', '1:1', '4:3', '3:4')

/** The first thing wrong with an object: an unknown member, one that is missing, or one that breaks its rule. */
export const judgeMembers = (
  value: unknown,
  rules: Readonly<Record<string, MemberRule>>,
  required: readonly string[],
  name = '',
): string | null => {
  if (!isRecord(value)) return `${name || 'the body'} must be an object`
  const at = (member: string) => (name ? `${name}.${member}` : member)
  for (const member of required) {
    if (value[member] === undefined) return `'${at(member)}' is required.`
  }
  for (const [member, content] of Object.entries(value)) {
    const judge = Object.hasOwn(rules, member) ? rules[member] : undefined
    if (!judge) return `unknown field ${at(member)}`
    const wrong = judge(content, at(member))
    if (wrong) return wrong
  }
  return null
}
