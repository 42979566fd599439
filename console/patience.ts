const SOON_MS = 200;
const MOST_MS = 2000;

/** How long to wait before looking again at what ends by itself: most of it ends at once, the rest is asked about ever less often. */
export const waitBefore = (look: number): number => Math.min(MOST_MS, SOON_MS * 2 ** look);
