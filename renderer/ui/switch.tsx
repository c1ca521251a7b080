import { Switch as Radix } from 'radix-ui'

interface SwitchProps {
  /** The accessible name. */
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean | undefined
  /** Read out after the name, for example why the switch is disabled. */
  description?: string | undefined
}

/** An on/off switch that applies at once. */
export const Switch = ({ label, checked, onChange, disabled, description }: SwitchProps) => (
  <Radix.Root
    aria-description={description}
    aria-label={label}
    checked={checked}
    className="inline-flex h-[18px] w-[30px] shrink-0 items-center rounded-full bg-edge px-0.5 transition-colors disabled:opacity-45 data-[state=checked]:bg-accent-fill"
    disabled={disabled}
    onCheckedChange={onChange}
  >
    <Radix.Thumb className="size-3.5 rounded-full bg-white transition-transform data-[state=checked]:translate-x-3" />
  </Radix.Root>
)
