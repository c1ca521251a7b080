import { z } from 'zod'
import { errorIdPattern, newErrorId } from '../../preload/contract'

type Schema = Record<string, unknown>

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null

/** Which variant is taken where a schema has several, by the place; the first one elsewhere. */
type Choices = ReadonlyMap<string, number>

interface Making {
  choices: Choices
  /** Called for every place with several variants. */
  onChoice: (place: string, count: number) => void
}

/**
 * Values that a schema of the contract accepts, with every member filled: together they have every variant of every
 * union. The first one has the first variants.
 */
export const samplesOf = (input: z.ZodType): [unknown, ...unknown[]] => {
  const schema: unknown = z.toJSONSchema(input, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
  })
  if (!isSchema(schema)) return [undefined]
  const waiting: Choices[] = []
  const seen = new Set<string>()
  const sampleWith = (choices: Choices) =>
    made(schema, '', {
      choices,
      onChoice: (place, count) => {
        for (let variant = 1; variant < count; variant++) {
          if (choices.has(place) || seen.has(`${place}=${variant}`)) continue
          seen.add(`${place}=${variant}`)
          waiting.push(new Map([...choices, [place, variant]]))
        }
      },
    })
  const samples: [unknown, ...unknown[]] = [sampleWith(new Map())]
  for (let next = waiting.shift(); next; next = waiting.shift()) samples.push(sampleWith(next))
  return samples
}

/** Null is no variant: it is tried at every place anyway. */
const isValue = (schema: unknown): schema is Schema => isSchema(schema) && schema['type'] !== 'null'

const made = (schema: Schema, place: string, making: Making): unknown => {
  const variants = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(variants)) {
    const values = variants.filter(isValue)
    making.onChoice(place, values.length)
    return made(values[making.choices.get(place) ?? 0] ?? {}, place, making)
  }
  if (Array.isArray(schema['type']))
    return made({ ...schema, type: schema['type'][0] }, place, making)
  if ('const' in schema) return schema['const']
  if (Array.isArray(schema['enum'])) return schema['enum'][0]
  if (schema['type'] === 'object') return madeObject(schema, place, making)
  if (schema['type'] === 'array')
    return isSchema(schema['items']) ? [made(schema['items'], `${place}[]`, making)] : []
  if (schema['type'] === 'boolean') return true
  if (schema['type'] === 'string') return madeText(schema)
  if (schema['type'] === 'number' || schema['type'] === 'integer')
    return Math.max(Number(schema['minimum'] ?? 0), 'exclusiveMinimum' in schema ? 0.5 : 0)
  return new Uint8Array(4)
}

const madeObject = (
  { properties, additionalProperties }: Schema,
  place: string,
  making: Making,
): unknown => {
  const named = isSchema(properties)
    ? Object.entries(properties).map(([name, value]) => [
        name,
        isSchema(value) ? made(value, `${place}.${name}`, making) : null,
      ])
    : []
  const others = isSchema(additionalProperties)
    ? [['a', made(additionalProperties, `${place}.*`, making)]]
    : []
  return Object.fromEntries([...named, ...others])
}

const madeText = ({ pattern, format }: Schema): string => {
  if (format === 'uri') return 'https://example.com/'
  if (String(pattern).startsWith('^#')) return '#123456'
  if (String(pattern) === errorIdPattern.source) return newErrorId()
  return 'abc'
}

/** The path of every value inside a value, as lists of names; [] is the value itself. */
export const pathsIn = (value: unknown): string[][] => {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [[]]
  const inner = Object.entries(value).flatMap(([name, member]) =>
    pathsIn(member).map((path) => [name, ...path]),
  )
  return [[], ...inner]
}
