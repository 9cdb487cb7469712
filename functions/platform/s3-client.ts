import { S3Client } from '@aws-sdk/client-s3';

/** Not beside the other clients: it is the largest, and a bundle can do without it only by a file. */
export const s3Client = (): S3Client => new S3Client({});
