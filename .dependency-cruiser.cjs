/**
 * Who may import whom: the rules of ARCHITECTURE.md, checked by `npm run imports`.
 *
 * TypeScript is parsed by TypeScript 6 (the package named `typescript`), because TypeScript 7 has no
 * programming interface that dependency-cruiser knows; without it every .ts file would be skipped in
 * silence. test/scripts/import-rules.test.ts holds a forbidden import against each rule.
 */

/** The contract is the shared language, so everybody may speak it. */
const contract = '^preload/contract/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two modules that need each other are one, or lack a third below them.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module nobody imports is dead, or a new entry point that belongs in this list.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(main|preload|renderer|scripts)/',
        pathNot: [
          '^main/(index|cli)\\.ts$',
          '^preload/index\\.ts$',
          '^renderer/main\\.tsx$',
          '^scripts/[^/]+\\.mjs$',
          '\\.d\\.ts$',
          '\\.css$',
        ],
      },
      to: {},
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'A package that is here by chance may be gone after the next `npm ci`.',
      severity: 'error',
      from: { path: '^(main|preload|renderer|scripts|test)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined', 'deprecated'] },
    },
    {
      name: 'executables-stay-outside-the-bundle',
      comment:
        'These find their own files beside themselves; as devDependencies they are bundled and lose them.',
      severity: 'error',
      from: { path: '^(main|preload|renderer)/' },
      to: {
        path: 'node_modules/(sharp|ffprobe-static|fluent-ffmpeg|@ffmpeg-installer)/',
        dependencyTypes: ['npm-dev'],
      },
    },
    {
      name: 'sources-know-no-tests-or-scripts',
      comment: 'What ships must not lean on what does not.',
      severity: 'error',
      from: { path: '^(main|preload|renderer)/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'scripts-need-nothing-installed',
      comment:
        'They run on a fresh clone, before `npm ci`. Demo and screenshots drive a window and run after it.',
      severity: 'error',
      from: { path: '^scripts/', pathNot: '^scripts/(demo|screenshots|make-|sample/)' },
      to: { dependencyTypesNot: ['core', 'local', 'undetermined'], path: 'node_modules' },
    },
    {
      name: 'scripts-know-no-sources',
      comment: 'Plain Node cannot load TypeScript.',
      severity: 'error',
      from: { path: '^scripts/' },
      to: { path: '^(main|preload|renderer|test)/' },
    },

    {
      name: 'contract-runs-anywhere',
      comment:
        'Window and main both carry it: besides itself it may use only what has no platform.',
      severity: 'error',
      from: { path: contract },
      to: { pathNot: [contract, 'node_modules/(zod|i18next)/'] },
    },
    {
      name: 'preload-imports-contract-and-electron-only',
      comment: 'A sandboxed preload can require nothing else.',
      severity: 'error',
      from: { path: '^preload/', pathNot: contract },
      to: { pathNot: [contract, '^preload/', 'node_modules/electron/'] },
    },
    {
      name: 'window-knows-only-the-contract',
      comment: 'The contract is the only door between window and main.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(main|preload)/', pathNot: contract },
    },
    {
      name: 'window-has-no-electron',
      comment: 'Pages are sandboxed: there is no Node and no Electron in them.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: ['node_modules/electron/'] },
    },
    {
      name: 'window-has-no-node',
      comment: 'Pages are sandboxed, and their bundler would put empty stubs in place of these.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'ui-knows-no-features',
      comment: 'renderer/ui holds parts without knowledge, so that every feature can use them.',
      severity: 'error',
      from: { path: '^renderer/ui/' },
      to: { path: '^renderer/(features/|app|main)' },
    },

    {
      name: 'main-knows-no-window',
      comment: 'Main speaks to the window by the contract alone.',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: '^(renderer|preload)/', pathNot: contract },
    },
    {
      name: 'electron-only-in-the-shell',
      comment: 'Everything else runs in plain Node too: the command line and the tests rely on it.',
      severity: 'error',
      from: { path: '^main/', pathNot: ['^main/shell/', '^main/index\\.ts$'] },
      to: { path: ['node_modules/electron/'] },
    },
    {
      name: 'nothing-below-knows-the-shell',
      comment:
        'The shell is put around the services by main/index.ts; services never reach out to it.',
      severity: 'error',
      from: { path: '^main/', pathNot: ['^main/shell/', '^main/index\\.ts$'] },
      to: { path: '^main/shell/' },
    },
    {
      name: 'nothing-below-knows-the-composition',
      comment:
        'main/services hands dependencies in; a module that asked it for one would close a circle.',
      severity: 'error',
      from: {
        path: '^main/',
        pathNot: ['^main/(shell|cli|services)/', '^main/(index|cli)\\.ts$'],
      },
      to: { path: '^main/services/' },
    },
    {
      name: 'preflight-is-pure',
      comment: 'Limits are data and rules are functions of facts: no files, no clock, no packages.',
      severity: 'error',
      from: { path: '^main/preflight/' },
      to: { pathNot: ['^main/preflight/', contract] },
    },
    {
      name: 'providers-know-no-jobs',
      comment: 'Nothing flows back: a provider answers calls, it does not know who asks.',
      severity: 'error',
      from: { path: '^main/providers/' },
      to: { path: '^main/(jobs|library)/' },
    },
    {
      name: 'uploads-know-no-jobs',
      comment: 'As providers.',
      severity: 'error',
      from: { path: '^main/uploads/' },
      to: { path: '^main/(jobs|library)/' },
    },
    {
      name: 'fluent-ffmpeg-behind-tools',
      comment: 'It is archived and has known faults; one folder knows its ways around them.',
      severity: 'error',
      from: { path: '^main/', pathNot: '^main/tools/' },
      to: { path: 'node_modules/fluent-ffmpeg/' },
    },
  ],
  options: {
    // Type-only imports count: knowing a type is knowing.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|coverage)/' },
    builtInModules: { add: ['node:sqlite'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.css', '.d.ts'],
    },
  },
}
