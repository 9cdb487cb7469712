import { App } from 'aws-cdk-lib';
import { checkConfig } from '../config/check-config.ts';
import { addPortal } from '../lib/portal-app.ts';

// The CDK's command line sets the stage by `--context stage=…`; `npm run deploy -- --stage …` does it for people.
checkConfig();
const app = new App();
addPortal(app, String(app.node.tryGetContext('stage') ?? 'dev'));
app.synth();
