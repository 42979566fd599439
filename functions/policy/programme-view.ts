import type * as z from 'zod';
import type { ParameterSet } from '../../shared/parameter.ts';
import { type CatalogueEntry, layerNames } from './catalogue.ts';
import { viewParameter } from './parameter-view.ts';
import type { ProgrammeView } from './views.ts';

/** A programme with the numbers it calculates with as they are on a date. */
export const viewProgramme = (
  entry: CatalogueEntry,
  set: ParameterSet,
  date: string,
): z.input<typeof ProgrammeView> => ({
  ...entry,
  legalBasis: [...entry.legalBasis],
  layerName: layerNames[entry.layer],
  parameters: entry.parameters.map((key) => viewParameter(set, key, date)),
});
