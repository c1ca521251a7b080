/**
 * The same keys in another language. Forms that a language lacks (a singular in Chinese) may be missing.
 */
export type TableLike<T> = {
  [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string
    ? string
    : TableLike<T[K]>
} & {
  [K in keyof T as K extends `${string}_one` ? K : never]?: string
}
