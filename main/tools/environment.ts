/** What tools need of the environment: where programs, libraries, temporary files and the home are, and the language. */
const needed =
  /^(PATH|PATHEXT|HOME|USER|LOGNAME|USERPROFILE|TMPDIR|TEMP|TMP|LANG|LANGUAGE|LC_\w+|TZ|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|LOCALAPPDATA|APPDATA|LD_LIBRARY_PATH|DYLD_\w+|FONTCONFIG_\w+|XDG_RUNTIME_DIR|LIBVA_\w+|DISPLAY)$/i

/** The environment of a child process: never a key, nor anything else that it does not need. */
export const bareEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => needed.test(name)))
