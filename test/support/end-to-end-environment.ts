// The tests run in Electron's Node. With this variable the app would run as Node too.
delete process.env['ELECTRON_RUN_AS_NODE']
