/**
 * One place the bureau's system runs in. Everything that differs between environments is a field here; constructs ask no
 * environment for its name to decide anything, and nothing of this is read from the shell.
 */
export type Environment = {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** `aws-cn` is a cloud of its own: other accounts, other endpoints, other ARNs. */
  readonly partition: 'aws' | 'aws-cn';
  /** The OIDC provider whose tokens officers bring, and the audience its tokens must name. */
  readonly issuer: string;
  readonly audience: string;
  /** Whether tables, objects and keys outlive their stack and refuse to be deleted. */
  readonly keepsData: boolean;
  /** Whether the month begins by itself; a rehearsal environment opens its runs by hand. */
  readonly scheduledRuns: boolean;
  /** Gets every alarm by e-mail once it has confirmed the subscription. */
  readonly alarmEmail?: string;
  readonly logRetentionDays: number;
  /** Megabytes by function name, where an environment's size asks for other memory than the function's own. */
  readonly memoryMb: Readonly<Record<string, number>>;
  /** Who answers electronic income checks: a simulator, or the province's platform through an integration. */
  readonly incomeChecks: 'simulated' | 'integration';
  readonly agency: { readonly creditCode: string };
};

/**
 * The Cybersecurity Law (art. 21) wants logs kept for at least six months. CloudWatch's next shorter choice, 180 days, is less
 * than six calendar months.
 */
const logRetentionDays = 365;

const agency = { creditCode: '1133070200259915X2' };

/** Account numbers that stand for "not chosen yet"; a deployment to one of them is refused. */
export const placeholderAccounts: readonly string[] = ['000000000000', '111111111111'];

export const environments = {
  /** One machine. Its account and region only shape names; nothing is called there. */
  local: {
    name: 'local',
    account: '000000000000',
    region: 'cn-northwest-1',
    partition: 'aws-cn',
    issuer: 'http://127.0.0.1:8787',
    audience: 'huimin',
    keepsData: false,
    scheduledRuns: true,
    logRetentionDays,
    memoryMb: {},
    incomeChecks: 'simulated',
    agency,
  },
  /** Rehearsals with invented people. Replace `account`, `issuer` and `alarmEmail` by the bureau's own. */
  staging: {
    name: 'staging',
    account: '111111111111',
    region: 'ap-east-1',
    partition: 'aws',
    issuer: 'https://login.staging.example.org',
    audience: 'huimin',
    keepsData: true,
    scheduledRuns: false,
    alarmEmail: 'huimin-staging@example.org',
    logRetentionDays,
    memoryMb: {},
    incomeChecks: 'simulated',
    agency,
  },
  /** The bureau's month; personal data stays in mainland China. Replace `account`, `issuer` and `alarmEmail` as above. */
  production: {
    name: 'production',
    account: '111111111111',
    region: 'cn-northwest-1',
    partition: 'aws-cn',
    issuer: 'https://login.example.org',
    audience: 'huimin',
    keepsData: true,
    scheduledRuns: true,
    alarmEmail: 'huimin@example.org',
    logRetentionDays,
    memoryMb: {},
    incomeChecks: 'integration',
    agency,
  },
} as const satisfies Readonly<Record<string, Environment>>;
export type EnvironmentName = keyof typeof environments;

export const isEnvironmentName = (name: string): name is EnvironmentName => Object.hasOwn(environments, name);

/** `huimin-<environment>-<part>-…`: every physical name begins so, which lets stacks find each other without exports. */
export const nameIn = ({ name }: Pick<Environment, 'name'>, ...parts: readonly string[]): string =>
  ['huimin', name, ...parts].join('-');

/** By these names the stacks of contexts find what all of them share. */
export const platformNames = (environment: Pick<Environment, 'name' | 'account'>) => ({
  bus: nameIn(environment),
  keyAlias: `alias/${nameIn(environment)}`,
  alarmTopic: nameIn(environment, 'alarms'),
  handoverBucket: nameIn(environment, 'handover', environment.account),
});
