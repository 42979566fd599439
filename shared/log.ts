/** Log lines are a closed list of codes with plain fields: never prose, never a message body, never a person's data. */
export const logCodes = {
  REQUEST_SERVED: 'info',
  REQUEST_REFUSED: 'info',
  REQUEST_FAILED: 'error',
  MESSAGE_HANDLED: 'info',
  MESSAGE_FAILED: 'error',
  MESSAGE_MALFORMED: 'error',
  MESSAGES_HANDLED: 'info',
  MESSAGES_SPLIT: 'warn',
  EVENTS_RELAYED: 'info',
  EVENTS_NOT_RELAYED: 'error',
  PERSONAL_DATA_SHOWN: 'info',
  CONSERVATION_BROKEN: 'error',
  WORKING_DAY_UNKNOWN: 'warn',
  METRIC: 'info',
} as const satisfies Record<string, 'info' | 'warn' | 'error'>;
export type LogCode = keyof typeof logCodes;
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one JSON line to standard output, where Lambda and the local cloud collect it. */
export const log = (code: LogCode, fields: LogFields = {}): void => {
  process.stdout.write(`${JSON.stringify({ level: logCodes[code], code, ...fields })}\n`);
};

/**
 * What to log of an unexpected error: its name and stack frames, not its message, because messages of parsers and
 * clients may quote the data they choked on.
 */
export const errorFields = (error: unknown): LogFields =>
  error instanceof Error
    ? {
        error: error.name,
        at:
          error.stack
            // A message may have lines of its own that look like frames.
            ?.replace(error.message, '')
            .split('\n')
            .filter((line) => /^\s+at /.test(line))
            .slice(0, 4)
            .join(' ') ?? '',
      }
    : { error: typeof error };

/** Records a CloudWatch metric by embedded metric format: one log line, no call. `at` is epoch milliseconds. */
export const metric = (
  name: string,
  value: number,
  dimensions: Readonly<Record<string, string>>,
  at: number,
): void => {
  const definition = {
    Timestamp: at,
    CloudWatchMetrics: [
      {
        Namespace: 'Huimin',
        Dimensions: [Object.keys(dimensions)],
        Metrics: [{ Name: name, Unit: 'Count' }],
      },
    ],
  };
  const line = { level: logCodes.METRIC, code: 'METRIC', ...dimensions, [name]: value, _aws: definition };
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
