import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { BucketView } from '../../../preload/contract'
import { longest } from '../../../preload/contract/bounds'
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

const settingNames = ['bucket', 'region', 'endpoint', 'prefix'] as const

const Line = ({ name, fields }: { name: (typeof settingNames)[number]; fields: Fields }) => {
  const { form, view, problems, onChange } = fields
  const { t } = useTranslation()
  const id = useId()
  const hint = name === 'endpoint' ? t('storage.fields.endpointHint') : undefined
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
        placeholder={name === 'endpoint' ? 'https://…' : undefined}
        value={form[name]}
      />
    </Field>
  )
}

/** A field for a key. Main stores the key and never gives it back, so the field is empty after saving. */
const Secret = ({ name, fields }: { name: 'accessKey' | 'secretKey'; fields: Fields }) => {
  const { form, view, onChange } = fields
  const { t } = useTranslation()
  const id = useId()
  const variable = variables[name]
  return (
    <Field htmlFor={id} label={t(`storage.fields.${name}`)}>
      {view[name] === 'environment' ? (
        <p className="flex h-8 items-center text-sm text-muted">
          {t('storage.fromEnvironment', { variable })}
        </p>
      ) : (
        <TextInput
          autoComplete="new-password"
          data-field={name}
          id={id}
          maxLength={longest[name]}
          onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
          placeholder={view[name] === 'stored' ? t('storage.kept') : undefined}
          type="password"
          value={form[name]}
        />
      )}
    </Field>
  )
}

/** The fields of the bucket; only its keys if the environment sets the rest. */
export const BucketFields = (fields: Fields) => {
  const { t } = useTranslation()
  const keysOnly = asksKeysOnly(fields.view)
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3 [&_input]:w-full">
      {keysOnly
        ? null
        : settingNames.map((name) => <Line fields={fields} key={name} name={name} />)}
      <Secret fields={fields} name="accessKey" />
      <Secret fields={fields} name="secretKey" />
      {keysOnly ? null : (
        <div className="col-span-2 flex items-center justify-between gap-4">
          <span className="text-sm text-muted">{t('storage.fields.addressing')}</span>
          <Segmented
            label={t('storage.fields.addressing')}
            onChange={(addressing) => fields.onChange({ addressing })}
            segments={(['auto', 'host', 'path'] as const).map((value) => ({
              value,
              label: t(`storage.fields.${value}`),
            }))}
            value={fields.form.addressing}
          />
        </div>
      )}
    </div>
  )
}
