import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { environments, platformNames } from '../infra/environments.ts';
import type { Cloud } from '../infra/local/cloud.ts';
import { LOCAL_CREDENTIALS } from '../infra/local/lambda/function.ts';
import type { Envelope } from '../shared/event.ts';
import { openHandover, type Payees } from '../shared/handover.ts';

/** What another context tells payments, put on the bus of a bureau as its relay would, with what it hands over beside it. */

const { bus, handoverBucket } = platformNames(environments.local);

export type Announcer = (
  event: Envelope,
  handed?: { readonly key: string; readonly payees: Payees },
) => Promise<void>;

export const announcerIn = ({ awsUrl }: Pick<Cloud, 'awsUrl'>): Announcer => {
  const { region } = environments.local;
  const { accessKeyId, secretAccessKey } = LOCAL_CREDENTIALS;
  const client = new EventBridgeClient({ endpoint: awsUrl, region, credentials: LOCAL_CREDENTIALS });
  const handover = openHandover(handoverBucket, {
    AWS_ENDPOINT_URL: awsUrl,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  });
  return async (event, handed) => {
    if (handed) await handover.give(handed.key, handed.payees);
    const entry = {
      EventBusName: bus,
      Source: event.source,
      DetailType: event.type,
      Detail: JSON.stringify(event),
    };
    await client.send(new PutEventsCommand({ Entries: [entry] }));
  };
};
