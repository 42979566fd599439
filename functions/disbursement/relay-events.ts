import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { environment } from '../../shared/environment.ts';
import { composed } from '../../shared/http.ts';
import { relayEvents } from '../../shared/relay.ts';

export const handler = composed(() =>
  relayEvents(new EventBridgeClient({}), environment('BUS_NAME').BUS_NAME),
);
