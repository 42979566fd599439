import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { published } from '../events/published.ts';
import { functionsOfContexts } from './bundle.ts';
import { contextDefinitions } from './contexts.ts';
import { readAssembly } from './local/assembly/assembly.ts';
import { listIn, ofType, synthesiseForTest } from './synthesised.ts';

vi.stubEnv('CDK_VALIDATION', 'false');
const { folder, resources } = synthesiseForTest('local');
afterAll(() => rmSync(folder, { recursive: true }));

/** Announced for the audit trail, for reports and for contexts to come; nothing consumes them yet. */
const external = new Set<string>([
  'AbsenceRecorded',
  'AdjustmentDecided',
  'AdjustmentProposed',
  'AideRegistered',
  'AideRetired',
  'ApplicationDataShown',
  'ApplicationDecided',
  'ApplicationStepTaken',
  'ApprovalGiven',
  'AttachmentAdded',
  'CaseDataShown',
  'CaseMoved',
  'CaseReviewed',
  'CommentAnswered',
  'CommentReceived',
  'CommenterShown',
  'ConsultationConcluded',
  'ConsultationOpened',
  'DocumentDrafted',
  'DocumentEnded',
  'DocumentReturned',
  'DocumentRevised',
  'DocumentSubmitted',
  'FilesIssued',
  'FindingExplained',
  'FindingMoved',
  'GiftCampaignDecided',
  'GiftCampaignOpened',
  'GiftGiven',
  'GiftReturned',
  'HomeAccountProposed',
  'HomeAccountRejected',
  'HomeReconciled',
  'HomeRecorded',
  'HouseholdPaired',
  'InspectionOpened',
  'LeadAssigned',
  'LeadClosed',
  'LeadReceived',
  'LedgerEntryRecorded',
  'LineDecided',
  'ObjectionRaised',
  'ParameterChangePrepared',
  'ParameterChangeRejected',
  'ParameterChangeWithdrawn',
  'PersonalDataShown',
  'PriceIndexApproved',
  'PriceIndexRecorded',
  'PublicityOpened',
  'RegisterApplied',
  'RegisterChecked',
  'RegisterRefused',
  'ReliefDecided',
  'ReliefGiven',
  'ReliefRefunded',
  'ProgressReported',
  'ReportIssued',
  'ReportPrepared',
  'ReportWithdrawn',
  'ReserveMoved',
  'ReserveMovementProposed',
  'ReserveMovementRejected',
  'ReserveReconciled',
  'ReturnImported',
  'RosterImported',
  'RosterRefused',
  'RunClosed',
  'RunPlanned',
  'RunRejected',
  'ShardPlanned',
  'SupplementPrepared',
  'SweepApplied',
  'SweepChecked',
  'SweepPlanned',
  'SweepRejected',
  'TargetDecided',
  'TargetProposed',
  'VisitPlanChanged',
  'VisitRecorded',
  'VoucherPosted',
  'VoucherProposed',
  'VoucherRejected',
  'WarningRaised',
]);

describe('events', () => {
  const rules = ofType(resources, 'Events::Rule').map(({ Properties }) => Properties.EventPattern);

  it.each(Object.values(published).flatMap((own) => Object.entries(own)))(
    '%s has a rule or is listed as external, not both',
    (name, event) => {
      const patterns = rules.filter(
        (rule) => JSON.stringify(rule?.['detail-type']) === JSON.stringify([event.type]),
      );

      expect(patterns.length > 0).not.toBe(external.has(name));
      for (const pattern of patterns) expect(pattern?.source).toEqual([event.source]);
    },
  );

  it('leave the table through a filter that passes nothing but new event items, and are retried until they are too old', () => {
    const relays = ofType(resources, 'Lambda::EventSourceMapping').filter(
      ({ Properties }) => Properties.StartingPosition,
    );

    expect(relays.length).toBe(contextDefinitions.length);
    for (const { Properties } of relays) {
      expect(Properties).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        BisectBatchOnFunctionError: true,
      });
      expect(Properties.MaximumRetryAttempts).toBeUndefined();
      expect(JSON.parse(String(listIn(Properties.FilterCriteria?.Filters)[0]?.Pattern))).toEqual({
        eventName: ['INSERT'],
        dynamodb: { NewImage: { kind: { S: ['event'] } } },
      });
    }
  });
});

describe('the environment local', () => {
  it('holds nothing the local cloud cannot run', () => {
    const assembly = readAssembly(
      join(folder, 'assembly'),
      (account, queue) => `http://127.0.0.1:8787/${account}/${queue}`,
    );

    expect(assembly.ofType('AWS::Lambda::Function')).toHaveLength(
      Object.values(functionsOfContexts).flat().length,
    );
  });
});
