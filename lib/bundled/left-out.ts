// Stands in bundles for packages that they do without (../pipeline-function.ts).
export {};
