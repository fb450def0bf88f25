import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

/** A table with the keys `pk` and `sk`, both texts, that can be put back to any second of the last 35 days. */
export function addTable(
  scope: Construct,
  id: string,
  /** The attribute with the second (since 1970) after which a row may go; null: rows stay. */
  { timeToLiveAttribute }: { readonly timeToLiveAttribute: string | null },
): Table {
  return new Table(scope, id, {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.AWS_MANAGED,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    ...(timeToLiveAttribute && { timeToLiveAttribute }),
  });
}
