// `node:http` as CommonJS has it; what for is said in ../pipeline-function.ts.
'use strict';

module.exports = process.getBuiltinModule('node:http');
