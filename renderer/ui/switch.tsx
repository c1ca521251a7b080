import { Switch as Radix } from 'radix-ui'

interface SwitchProps {
  /** Accessible name. */
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  /** Read out after the name, for example why it is disabled. */
  description?: string | undefined
  id?: string
}

/** On or off, at once. */
export const Switch = ({
  label,
  checked,
  onChange,
  disabled = false,
  description,
  id,
}: SwitchProps) => (
  <Radix.Root
    aria-description={description}
    aria-label={label}
    checked={checked}
    className="inline-flex h-[18px] w-[30px] shrink-0 items-center rounded-full bg-edge px-0.5 transition-colors disabled:opacity-45 data-[state=checked]:bg-accent-fill"
    disabled={disabled}
    id={id}
    onCheckedChange={onChange}
  >
    <Radix.Thumb className="size-3.5 rounded-full bg-white transition-transform data-[state=checked]:translate-x-3" />
  </Radix.Root>
)
