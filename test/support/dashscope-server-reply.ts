import { randomUUID } from 'node:crypto'

/** An answer before it is sent. */
export interface Reply {
  status: number
  json?: Record<string, unknown>
  raw?: { body: Buffer; headers: Record<string, string | number> }
}

/** A refusal in DashScope's own shape. */
export const refused = (status: number, code: string, message: string): Reply => ({
  status,
  json: { request_id: randomUUID(), code, message },
})
