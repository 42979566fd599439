import { systemClock } from './clock.ts';
import { openKeyService } from './data-key.ts';
import { openTable } from './dynamo.ts';
import { environment } from './environment.ts';
import { keyring, type Seals } from './keyring.ts';

/** The seals of a Lambda that may open or close personal fields. */
export const sealsFromEnvironment = (): (() => Promise<Seals>) => {
  const { TABLE_NAME, KEY_ID } = environment('TABLE_NAME', 'KEY_ID');
  return keyring(openTable(TABLE_NAME), openKeyService(KEY_ID, process.env), systemClock);
};
