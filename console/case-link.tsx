import { hashOf } from './place.ts';

/** A case number that leads to the case. */
export const CaseLink = ({ caseNo }: { readonly caseNo: string }) => (
  <a href={hashOf({ desk: 'cases', id: caseNo })}>{caseNo}</a>
);
