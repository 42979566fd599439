import { AwsError } from '../aws-service.ts';

/** The ValidationException DynamoDB answers a malformed request with. */
export const validation = (message: string): AwsError => new AwsError('ValidationException', message);

/** The wording DynamoDB uses for values that break the request's own shape. */
export const invalidParameter = (message: string): AwsError =>
  validation(`One or more parameter values were invalid: ${message}`);
