/** Where a service of AWS answers in a region; the regions of China have a suffix of their own. */
export const awsHost = (service: string, region: string): string =>
  `${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
