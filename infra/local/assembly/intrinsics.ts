import type { Json, JsonObject } from '../aws-service.ts';

/** How names inside one template are answered: `Ref` and `Fn::GetAtt` of resources, parameters and pseudo parameters. */
export type Names = {
  /** `undefined` stands for `AWS::NoValue`: the property is left out. */
  readonly ref: (name: string) => Json | undefined;
  readonly attribute: (logicalId: string, attribute: string) => string;
};

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: Json | undefined, where: string): readonly Json[] => {
  if (!Array.isArray(value)) throw new Error(`${where} wants a list, not ${JSON.stringify(value)}.`);
  return value;
};
const text = (value: Json | undefined, where: string): string => {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new Error(`${where} wants text, not ${JSON.stringify(value)}.`);
  }
  return String(value);
};

const attributeOf = (argument: Json | undefined, names: Names): string => {
  const path = typeof argument === 'string' ? argument : list(argument, 'Fn::GetAtt').join('.');
  const dot = path.indexOf('.');
  return names.attribute(path.slice(0, dot), path.slice(dot + 1));
};

const substituted = (argument: Json | undefined, names: Names): string => {
  const [template, given] = typeof argument === 'string' ? [argument, {}] : list(argument, 'Fn::Sub');
  const variables = isObject(given) ? given : {};
  return text(template, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (variables[name] !== undefined) return text(resolve(variables[name], names), 'Fn::Sub');
    return name.includes('.') ? attributeOf(name, names) : text(names.ref(name), 'Fn::Sub');
  });
};

const functions: Readonly<
  Record<string, (argument: Json | undefined, names: Names, given: Json | undefined) => Json | undefined>
> = {
  Ref: (argument, names) => names.ref(text(argument, 'Ref')),
  'Fn::GetAtt': (_argument, names, given) => attributeOf(given, names),
  'Fn::Sub': (_argument, names, given) => substituted(given, names),
  'Fn::Join': (argument) => {
    const [separator, parts] = list(argument, 'Fn::Join');
    return list(parts, 'Fn::Join')
      .map((part) => text(part, 'Fn::Join'))
      .join(text(separator, 'Fn::Join'));
  },
  'Fn::Select': (argument) => {
    const [index, options] = list(argument, 'Fn::Select');
    const chosen = list(options, 'Fn::Select')[Number(index)];
    if (chosen === undefined) throw new Error(`Fn::Select has no item ${String(index)}.`);
    return chosen;
  },
  'Fn::Split': (argument) => {
    const [separator, source] = list(argument, 'Fn::Split');
    return text(source, 'Fn::Split').split(text(separator, 'Fn::Split'));
  },
  'Fn::ImportValue': (argument) => {
    throw new Error(
      `Fn::ImportValue of ${JSON.stringify(argument)}: stacks find each other by name here, because CloudFormation exports lock two stacks together.`,
    );
  },
};

/**
 * Answers every intrinsic function in a template value. Refuses the ones it does not know, values that only a deployed
 * account can answer (`{{resolve:…}}`) and `Fn::ImportValue`.
 */
export const resolve = (value: Json, names: Names): Json | undefined => {
  if (typeof value === 'string' && value.includes('{{resolve:')) {
    throw new Error(`${value} can only be looked up in a deployed account.`);
  }
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, names)).filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'))) {
    const run = functions[name];
    if (!run) throw new Error(`The intrinsic function ${name} is not known here.`);
    // GetAtt and Sub read their argument as written: a `${name}` or a logical id is not a value yet.
    const raw = name === 'Fn::GetAtt' || name === 'Fn::Sub';
    return run(raw || argument === undefined ? undefined : resolve(argument, names), names, argument);
  }
  return Object.fromEntries(
    entries.flatMap(([key, item]) => {
      const resolved = item === undefined ? undefined : resolve(item, names);
      return resolved === undefined ? [] : [[key, resolved] as const];
    }),
  );
};
