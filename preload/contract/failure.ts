import { z } from 'zod'
import { text } from './text'

/** The kinds of failure of a provider, the network or the disk. */
export const failureKind = z.enum([
  'auth',
  'billing',
  'moderation',
  'invalid-input',
  'rate-limit',
  'temporary',
  'gone',
  'unknown',
  /** On this computer: no provider was involved. */
  'local',
])
export type FailureKind = z.infer<typeof failureKind>

/** What the person can do about a failure; the window shows it as one button. */
export const failureAction = z.enum([
  'enter-key',
  'try-region',
  'set-up-bucket',
  'top-up',
  'change-prompt',
  'fix-file',
  'wait',
  'try-again',
  'choose-folder',
  'free-space',
  'reconnect',
  'contact-provider',
  'none',
])
export type FailureAction = z.infer<typeof failureAction>

/** Why a job failed: one sentence, one action, and the provider's original answer. */
export const failure = z.object({
  kind: failureKind,
  text,
  action: failureAction,
  /** When the provider accepts requests again, if it said so; ms since the epoch. */
  until: z.number().optional(),
  /** The provider's own code, message, request id and HTTP status; keys that it repeated are left out. */
  provider: z
    .object({
      code: z.string().nullable(),
      message: z.string().nullable(),
      requestId: z.string().nullable(),
      httpStatus: z.number().int().nullable(),
    })
    .nullable(),
})
export type Failure = z.infer<typeof failure>

/** The error of an answer from main to the window. */
export const answerError = z.object({
  code: z.string(),
  /** English, for logs. */
  message: z.string(),
  text,
  action: failureAction.optional(),
})
export type AnswerError = z.infer<typeof answerError>

export type Answer<T> = { ok: true; value: T } | { ok: false; error: AnswerError }
