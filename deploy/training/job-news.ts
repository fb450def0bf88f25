import type { DescribeTrainingJobCommandOutput } from '@aws-sdk/client-sagemaker';

export interface JobNews {
  /** Shows what is new since the last time. */
  tell(
    job: Pick<DescribeTrainingJobCommandOutput, 'SecondaryStatusTransitions' | 'FinalMetricDataList'>,
  ): void;
}

/** In the order of models/training/metric-definitions.json, rounded as they are printed there. */
const DIGITS = 4;

export function createJobNews(show: (line: string) => void): JobNews {
  let shown = 0;
  let lastFigures = '';
  return {
    tell({ SecondaryStatusTransitions: transitions = [], FinalMetricDataList: metrics = [] }) {
      for (const { Status, StartTime, StatusMessage } of transitions.slice(shown)) {
        const at = StartTime?.toISOString().slice(11, 19) ?? '';
        show([at, Status, StatusMessage && `- ${StatusMessage}`].filter(Boolean).join(' '));
      }
      shown = Math.max(shown, transitions.length);
      const figures = metrics
        .map(({ MetricName, Value = Number.NaN }) => `${MetricName} ${rounded(Value)}`)
        .join(', ');
      if (figures !== '' && figures !== lastFigures) show(`  ${figures}`);
      lastFigures = figures;
    },
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(DIGITS));
}
