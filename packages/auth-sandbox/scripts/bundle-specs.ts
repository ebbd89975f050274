// Writes specs/<vendor>.json for every vendor of the root redocly.yaml, so that the package carries them.
import { bundleSpecifications } from "@org/vendors";

await bundleSpecifications(new URL("../specs/", import.meta.url));
