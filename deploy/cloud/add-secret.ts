import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** Shown empty, to be filled in: an empty value is none. */
const TO_FILL_IN = {
  DISCORD_TOKEN: '',
  TELEGRAM_TOKEN: '',
  TELEGRAM_WEBHOOK_SECRET: '',
  OPENAI_API_KEY: '',
  YOUTUBE_API_KEY: '',
};

/**
 * The secret whose keys are names of settings. SIGNING_SECRET, which pseudonyms are made with, is made here, so that it
 * outlives the instance's volume. CloudFormation makes the whole secret anew when what it is made from changes
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html), tokens and
 * all: leave this as it is.
 */
export function addSecret(scope: Construct): Secret {
  return new Secret(scope, 'Settings', {
    description: 'Settings of music-vibe-bot that nobody may see',
    generateSecretString: {
      secretStringTemplate: JSON.stringify(TO_FILL_IN),
      generateStringKey: 'SIGNING_SECRET',
      passwordLength: 64,
      excludePunctuation: true,
    },
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
}
