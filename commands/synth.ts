import { parseArgs } from 'node:util';
import { assemblyFolder, synthesise } from '../infra/app.ts';
import { bundle, functionsOfContexts } from '../infra/bundle.ts';
import { environments, isEnvironmentName } from '../infra/environments.ts';

const help = `npm run synth

Bundles every function and synthesises the stacks of every environment into cdk.out/<environment>, with the template rules of
the CDK library switched on. Needs no network and no credentials.
`;

/** `AWS::Lambda::Function` → `Lambda::Function 41`, the most frequent first. */
const summaryOf = (template: { readonly Resources: Readonly<Record<string, { readonly Type: string }>> }) => {
  const counts = new Map<string, number>();
  for (const { Type } of Object.values(template.Resources)) counts.set(Type, (counts.get(Type) ?? 0) + 1);
  const most = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, 5);
  return most.map(([type, count]) => `${type.replace('AWS::', '')} ${count}`).join(', ');
};

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  process.stdout.write(help);
} else {
  await bundle();
  const functions = Object.values(functionsOfContexts).flat().length;
  process.stdout.write(`${functions} functions bundled, and the layer with their libraries.\n`);
  for (const name of Object.keys(environments).filter(isEnvironmentName)) {
    process.stdout.write(`\n${name} → ${assemblyFolder(name)}\n`);
    for (const { stackName, template } of synthesise(name).stacks) {
      const count = Object.keys(template.Resources).length;
      process.stdout.write(
        `  ${stackName.padEnd(34)} ${String(count).padStart(4)} resources: ${summaryOf(template)} …\n`,
      );
    }
  }
}
