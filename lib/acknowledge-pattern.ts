import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Acknowledges to cdk-nag that a policy names resources by a pattern, and why. Only that pattern, on that construct.
 *
 * cdk-nag names such a finding by the pattern as it stands in the template, and references to other stacks get their
 * final form late in synthesis: after the aspects, before validations. So this waits for the latter.
 */
export function acknowledgePattern(construct: IConstruct, pattern: string, reason: string): void {
  construct.node.addValidation({
    validate: () => {
      const id = `AwsSolutions-IAM5[Resource::${flat(Stack.of(construct).resolve(pattern))}]`;
      Validations.of(construct).acknowledge({ id, reason });
      return [];
    },
  });
}

/** As cdk-nag writes a reference in the name of a finding. */
function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  const intrinsic = value as {
    'Fn::Join'?: [string, unknown[]];
    'Fn::GetAtt'?: [string, string];
    Ref?: string;
  };
  if (intrinsic['Fn::Join'] !== undefined) {
    const [separator, parts] = intrinsic['Fn::Join'];
    return parts.map(flat).join(separator);
  }
  if (intrinsic['Fn::GetAtt'] !== undefined) return `<${intrinsic['Fn::GetAtt'].join('.')}>`;
  if (intrinsic.Ref !== undefined) return `<${intrinsic.Ref}>`;
  return JSON.stringify(value);
}
