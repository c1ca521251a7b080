import { z } from 'zod'
import { errorIdPattern, newErrorId } from '../../preload/contract'

type Schema = Record<string, unknown>

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null

/** A value that a schema of the contract accepts, with every member filled. */
export const sampleOf = (input: z.ZodType): unknown => {
  const schema: unknown = z.toJSONSchema(input, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
  })
  return isSchema(schema) ? made(schema) : undefined
}

const made = (schema: Schema): unknown => {
  const choices = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(choices)) return made(choices.find(isSchema) ?? {})
  if (Array.isArray(schema['type'])) return made({ ...schema, type: schema['type'][0] })
  if ('const' in schema) return schema['const']
  if (Array.isArray(schema['enum'])) return schema['enum'][0]
  if (schema['type'] === 'object') return madeObject(schema)
  if (schema['type'] === 'array') return isSchema(schema['items']) ? [made(schema['items'])] : []
  if (schema['type'] === 'boolean') return true
  if (schema['type'] === 'string') return madeText(schema)
  if (schema['type'] === 'number' || schema['type'] === 'integer')
    return Math.max(Number(schema['minimum'] ?? 0), 'exclusiveMinimum' in schema ? 0.5 : 0)
  return new Uint8Array(4)
}

const madeObject = ({ properties, additionalProperties }: Schema): unknown => {
  const named = isSchema(properties)
    ? Object.entries(properties).map(([name, value]) => [
        name,
        isSchema(value) ? made(value) : null,
      ])
    : []
  const others = isSchema(additionalProperties) ? [['a', made(additionalProperties)]] : []
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
