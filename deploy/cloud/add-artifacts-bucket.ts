import { Duration } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { OWN_BUCKET, TIDY } from './add-archive-bucket.ts';

/** For releases/ (all of them: any can be gone back to) and training/ (data/, source/, checkpoints/, output/). */
export function addArtifactsBucket(scope: Construct): Bucket {
  return new Bucket(scope, 'Artifacts', {
    ...OWN_BUCKET,
    lifecycleRules: [
      TIDY,
      { id: 'older', noncurrentVersionExpiration: Duration.days(30) },
      // what somebody took back is not to be found a month later
      { id: 'data', prefix: 'training/data/', noncurrentVersionExpiration: Duration.days(1) },
      {
        id: 'checkpoints',
        prefix: 'training/checkpoints/',
        // a training that was interrupted goes on within hours
        expiration: Duration.days(14),
        noncurrentVersionExpiration: Duration.days(1),
      },
    ],
  });
}
