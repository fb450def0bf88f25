/** In place of a release's name in templates that are only looked at. */
export const NO_RELEASE = 'no-release.tar.gz';
