import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { BucketView, KeySource } from '../../../preload/contract'
import { Field, TextInput } from '../../ui/field'
import { Segmented } from '../../ui/segmented'
import { asksKeysOnly, type BucketField, type BucketForm } from './bucket-form'

interface Fields {
  form: BucketForm
  view: BucketView
  /** Fields whose value main would refuse. */
  problems: readonly BucketField[]
  onChange: (change: Partial<BucketForm>) => void
}

const variables = {
  bucket: 'RESHOOT_S3_BUCKET',
  region: 'RESHOOT_S3_REGION',
  endpoint: 'RESHOOT_S3_ENDPOINT',
  prefix: null,
  accessKey: 'RESHOOT_S3_ACCESS_KEY',
  secretKey: 'RESHOOT_S3_SECRET_KEY',
} as const

interface LineProps {
  name: Exclude<BucketField, 'accessKey' | 'secretKey'>
  hint?: string
  placeholder?: string
  fields: Fields
}

const Line = ({
  name,
  hint,
  placeholder,
  fields: { form, view, problems, onChange },
}: LineProps) => {
  const { t } = useTranslation()
  const id = useId()
  const variable = variables[name]
  const isElsewhere = variable !== null && view.environment.includes(variable)
  const isWrong =
    !isElsewhere && problems.includes(name) && (name !== 'bucket' || form.bucket.trim() !== '')
  return (
    <Field
      hint={isElsewhere ? t('storage.fromEnvironment', { variable }) : hint}
      htmlFor={id}
      label={t(`storage.fields.${name}`)}
      problem={isWrong ? t(`storage.problems.${name}`) : null}
    >
      <TextInput
        aria-invalid={isWrong}
        data-field={name}
        disabled={isElsewhere}
        id={id}
        maxLength={512}
        onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
        placeholder={placeholder}
        value={form[name]}
      />
    </Field>
  )
}

interface SecretProps {
  name: 'accessKey' | 'secretKey'
  source: KeySource
  fields: Fields
}

/** A field for a key. Main stores the key and never gives it back, so the field is empty after saving. */
const Secret = ({ name, source, fields: { form, onChange } }: SecretProps) => {
  const { t } = useTranslation()
  const id = useId()
  const variable = variables[name]
  return (
    <Field htmlFor={id} label={t(`storage.fields.${name}`)}>
      {source === 'environment' ? (
        <p className="flex h-8 items-center text-sm text-muted">
          {t('storage.fromEnvironment', { variable })}
        </p>
      ) : (
        <TextInput
          autoComplete="new-password"
          data-field={name}
          id={id}
          maxLength={512}
          onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
          placeholder={source === 'stored' ? t('storage.kept') : undefined}
          type="password"
          value={form[name]}
        />
      )}
    </Field>
  )
}

const Addressing = ({ fields: { form, onChange } }: { fields: Fields }) => {
  const { t } = useTranslation()
  return (
    <div className="col-span-2 flex items-center justify-between gap-4">
      <span className="text-sm text-muted">{t('storage.fields.addressing')}</span>
      <Segmented
        label={t('storage.fields.addressing')}
        onChange={(addressing) => onChange({ addressing })}
        segments={(['auto', 'host', 'path'] as const).map((value) => ({
          value,
          label: t(`storage.fields.${value}`),
        }))}
        value={form.addressing}
      />
    </div>
  )
}

/** The fields of the bucket; only its keys if the environment sets the rest. */
export const BucketFields = (fields: Fields) => {
  const { t } = useTranslation()
  const { view } = fields
  const keysOnly = asksKeysOnly(view)
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3 [&_input]:w-full">
      {keysOnly ? null : (
        <>
          <Line fields={fields} name="bucket" />
          <Line fields={fields} name="region" />
          <Line
            fields={fields}
            hint={t('storage.fields.endpointHint')}
            name="endpoint"
            placeholder="https://…"
          />
          <Line fields={fields} name="prefix" />
        </>
      )}
      <Secret fields={fields} name="accessKey" source={view.accessKey} />
      <Secret fields={fields} name="secretKey" source={view.secretKey} />
      {keysOnly ? null : <Addressing fields={fields} />}
    </div>
  )
}
