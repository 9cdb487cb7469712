import { Tags, Validations, type App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { stageNamed, type Stage } from '../config/stages.ts';
import { DataStack } from './data-stack.ts';
import { EdgeStack } from './edge-stack.ts';
import { FirewallStack } from './firewall-stack.ts';
import { ObservabilityStack } from './observability-stack.ts';
import { PipelineStack } from './pipeline-stack.ts';

/** All stacks of one stage, in the order in which they are deployed. */
export function addPortal(app: App, stageName: string, stage: Stage = stageNamed(stageName)) {
  const { account, region } = stage;
  const prefix = `Herold${stageName.charAt(0).toUpperCase()}${stageName.slice(1)}`;
  const env = { account, region };
  const metricNamespace = `Herold/${stageName}`;
  const crossRegionReferences = region !== 'us-east-1';

  const data = new DataStack(app, `${prefix}-Data`, { env, stage });
  const firewall = new FirewallStack(app, `${prefix}-Firewall`, {
    env: { account, region: 'us-east-1' },
    crossRegionReferences,
    stage,
  });
  const edge = new EdgeStack(app, `${prefix}-Edge`, {
    env,
    crossRegionReferences,
    stage,
    feeds: data.feeds,
    webAclArn: firewall.webAclArn,
    certificate: firewall.certificate,
  });
  const pipeline = new PipelineStack(app, `${prefix}-Pipeline`, {
    env,
    stageName,
    stage,
    data,
    edge,
    metricNamespace,
  });
  const observability = new ObservabilityStack(app, `${prefix}-Observability`, {
    env,
    stage,
    data,
    edge,
    pipeline,
    metricNamespace,
  });

  Tags.of(app).add('herold:stage', stageName, { excludeResourceTypes: ['AWS::CloudWatch::Dashboard'] });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { data, firewall, edge, pipeline, observability };
}
