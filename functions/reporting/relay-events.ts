import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { composed } from '../../shared/composed.ts';
import { environment } from '../../shared/environment.ts';
import { relayEvents } from '../../shared/relay.ts';

export const handler = composed(() =>
  relayEvents(new EventBridgeClient({}), environment('BUS_NAME').BUS_NAME),
);
