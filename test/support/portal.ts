import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import type { Stage } from '../../config/stages.ts';
import { addPortal } from '../../lib/portal-app.ts';

/** As the CDK's command line would start it, but without bundling code. */
export function portalApp(stageName: string, stage?: Stage) {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
  return { app, ...addPortal(app, stageName, stage) };
}

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export const resourcesOf = (template: Template): [string, Resource][] =>
  Object.entries((template.toJSON() as { Resources: Record<string, Resource> }).Resources);

export interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, unknown>;
}

export const listOf = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** What each function's role may do, by the construct's path, such as `Clock/Tick`. */
export function rightsOf(template: Template, functions: Map<string, string>): Map<string, Statement[]> {
  const rights = new Map<string, Statement[]>();
  for (const [, { Type, Properties }] of resourcesOf(template)) {
    if (Type !== 'AWS::IAM::Policy') continue;
    const { Roles, PolicyDocument } = Properties as {
      Roles: { Ref: string }[];
      PolicyDocument: { Statement: Statement[] };
    };
    for (const { Ref: role } of Roles) {
      const path = functions.get(role);
      if (path !== undefined) rights.set(path, [...(rights.get(path) ?? []), ...PolicyDocument.Statement]);
    }
  }
  return rights;
}
