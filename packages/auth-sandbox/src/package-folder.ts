/** The folder of this package, in which `src` and `dist` stand side by side. */
export const PACKAGE_FOLDER: URL = new URL("../", import.meta.url);
