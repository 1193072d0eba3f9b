export { diskFiles, type Files } from "./files.ts";
export { type Loaded, type LoadRequest, load } from "./load.ts";
export { publishedSchema } from "./published.ts";
