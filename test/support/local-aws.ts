import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveAws } from '../../local/aws/endpoint.ts';
import { FileBucket } from '../../local/aws/file-bucket.ts';
import { FileQueue } from '../../local/aws/file-queue.ts';
import { s3Service } from '../../local/aws/s3.ts';
import { sqsService } from '../../local/aws/sqs.ts';
import { close } from '../../local/listen.ts';

/** An S3 with one empty bucket and an SQS with one empty queue, as this machine plays them. */
export async function localAws() {
  const data = mkdtempSync(join(tmpdir(), 'herold-aws-'));
  const queue = new FileQueue(join(data, 'queue'), { visibilityTimeoutSeconds: 30, maxReceives: 3 });
  const bucket = new FileBucket(join(data, 'bucket'));
  const { url, server } = await serveAws({
    s3: s3Service({ bucket }),
    sqs: sqsService({ queue }),
  });
  return {
    queue,
    bucket,
    s3: `${url}/s3`,
    sqs: `${url}/sqs`,
    stop: async (): Promise<void> => {
      await close(server);
      rmSync(data, { recursive: true });
    },
  };
}
