const { commands } = require('vscode');

exports.activate = () => commands.executeCommand('twin.startDemo');
