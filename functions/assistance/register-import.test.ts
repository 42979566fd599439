import { beforeEach, describe, expect, test } from 'vitest';
import { gb18030Bytes } from './sample-file.ts';
