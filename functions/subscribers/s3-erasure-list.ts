import { s3Client } from '../platform/s3-client.ts';
import { S3ObjectStore } from '../platform/s3-object-store.ts';
import { ErasureList } from './erasure-list.ts';

/** The list of erasures in a bucket. */
export const erasureListIn = (bucket: string): ErasureList =>
  new ErasureList(new S3ObjectStore(s3Client(), bucket));
