// The tests run in Electron's Node, the app they start must not: it would run as Node too.
delete process.env['ELECTRON_RUN_AS_NODE']
