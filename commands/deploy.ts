import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, functionsOfContexts } from '../infra/bundle.ts';
import {
  type EnvironmentName,
  environments,
  isEnvironmentName,
  nameIn,
  placeholderAccounts,
} from '../infra/environments.ts';

const deployable = ['platform', ...Object.keys(functionsOfContexts)];
const deployed = Object.keys(environments).filter((name) => name !== 'local');
const help = `npm run deploy -- <environment> <context> [--dry-run] [--yes]

Deploys the stack of one context, and the platform stack first where it has changed.

  <environment>  ${deployed.join(' | ')}
  <context>      ${deployable.join(' | ')}
  --dry-run      synthesise and show the commands, but run none of them
  --yes          do not ask before permissions are widened (for pipelines)
  --help         this text
`;

/** A wrong call or something missing, as opposed to a deployment that failed. */
const REFUSED = 2;
const root = join(import.meta.dirname, '..');

const refuse = (reason: string): never => {
  process.stderr.write(`${reason}\n`);
  process.exit(REFUSED);
};

const readArguments = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean' },
        yes: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return refuse(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
};

const readTarget = ([name, context, ...more]: readonly string[]): [EnvironmentName, string] => {
  if (name === undefined || context === undefined || more.length > 0) return refuse(help);
  if (name === 'local') {
    return refuse(
      `local is not deployed: npm start runs it on this machine. Choose ${deployed.join(' or ')}.`,
    );
  }
  if (!isEnvironmentName(name))
    return refuse(`There is no environment ${name}. Choose ${deployed.join(' or ')}.`);
  if (!deployable.includes(context)) {
    return refuse(`There is no context ${context}. Choose ${deployable.join(' or ')}.`);
  }
  return [name, context];
};

/** Where the AWS tools look for credentials without asking the network. */
const credentialVariables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];
const hasCredentials = (): boolean =>
  credentialVariables.some((name) => process.env[name]) ||
  [
    process.env.AWS_SHARED_CREDENTIALS_FILE ?? join(homedir(), '.aws', 'credentials'),
    process.env.AWS_CONFIG_FILE ?? join(homedir(), '.aws', 'config'),
  ].some((file) => existsSync(file));

const missingFor = (name: EnvironmentName): string[] => {
  const { account } = environments[name];
  return [
    ...(placeholderAccounts.includes(account)
      ? [`the account of ${name}: infra/environments.ts still says ${account}, which stands for none`]
      : []),
    ...(hasCredentials()
      ? []
      : [
          `credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, for account ${account}`,
        ]),
  ];
};

const cdk = (...words: readonly string[]): number => {
  const { status, error } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/aws-cdk/bin/cdk'), ...words],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (error) throw error;
  return status ?? 1;
};

const { values, positionals } = readArguments();
if (values.help) {
  process.stdout.write(help);
} else {
  const [name, context] = readTarget(positionals);
  const stack = nameIn(environments[name], context);
  const approval = ['--require-approval', values.yes ? 'never' : 'broadening'];
  const missing = missingFor(name);
  if (missing.length > 0 && !values['dry-run']) {
    refuse(
      `${stack} cannot be deployed from here. Missing:\n${missing.map((each) => `  - ${each}`).join('\n')}`,
    );
  }
  // The CDK library takes a second to load, too long to be told of a typing error.
  const { assemblyFolder, synthesise } = await import('../infra/app.ts');
  await bundle();
  synthesise(name);
  const target = ['--app', relative(root, assemblyFolder(name)), stack];
  process.stdout.write(
    `${stack} goes to account ${environments[name].account}, region ${environments[name].region}:\n` +
      `  cdk diff ${target.join(' ')}\n  cdk deploy ${target.join(' ')} ${approval.join(' ')}\n`,
  );
  if (!values['dry-run']) {
    process.exitCode = cdk('diff', ...target) || cdk('deploy', ...target, ...approval);
  }
}
