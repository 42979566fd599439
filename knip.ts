import type { KnipConfig } from 'knip';
import { functionsOfContexts } from './infra/bundle.ts';

/** Programs begin at the commands and at the Lambda files, which infra names by text. */
const config: KnipConfig = {
  entry: [
    'commands/*.ts',
    'infra/app.ts',
    // The bundler puts it in the place of a package.
    'infra/credentials.ts',
    'console/app.tsx',
    ...Object.entries(functionsOfContexts).flatMap(([context, functions]) =>
      functions.map(({ name }) => `functions/${context}/${name}.ts`),
    ),
  ],
  project: ['**/*.{ts,tsx}'],
  // The CDK CLI is started by its path.
  ignoreDependencies: ['aws-cdk'],
  // A type that an exported function takes or gives is part of its signature.
  ignoreExportsUsedInFile: { type: true, interface: true },
};
export default config;
