/** The parts of a JSON Schema that the documents and their checks look at. */
export type JsonSchema = {
  type?: string | string[] | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  properties?: Readonly<Record<string, unknown>> | undefined;
  required?: readonly string[] | undefined;
  items?: unknown;
};

/** zod bounds every integer by what JavaScript can count to; that is no rule of ours and only clutters a document. */
export const withoutSafeIntegerBounds = (schema: {
  minimum?: number | undefined;
  maximum?: number | undefined;
}): void => {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
};
