/** As buildRelease names one. */
export const RELEASE = `vibe-${'0123456789abcdef'.repeat(4)}.tar.gz`;
