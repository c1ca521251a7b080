import { providerRows } from '../../preload/contract'
import { bucketVariables } from '../uploads/bucket-access'

/** The environment variables that hold keys. */
const secretVariables: readonly string[] = [
  ...Object.values(providerRows).flatMap(({ keyVariable }) => keyVariable ?? []),
  bucketVariables.accessKeyId,
  bucketVariables.secretAccessKey,
]

/**
 * Takes the keys out of a process's environment, so that no program that it starts inherits them; gives the environment
 * with them.
 */
export const takeEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const taken: NodeJS.ProcessEnv = {}
  for (const name of secretVariables) {
    if (env[name] === undefined) continue
    taken[name] = env[name]
    delete env[name]
  }
  // The other variables are still looked up in the process: on Windows without regard to case.
  return Object.setPrototypeOf(taken, env)
}
